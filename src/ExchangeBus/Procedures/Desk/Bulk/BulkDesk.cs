using ExchangeBus.Agencies;
using ExchangeBus.Contracts;
using ExchangeBus.Procedures.Dossiers;
using ExchangeBus.Procedures.Search;

namespace ExchangeBus.Procedures.Desk.Bulk;

/// <summary>Where officers make and steer bulk jobs.</summary>
internal sealed class BulkDesk(DossierSearch search, DossierReader dossiers, StuckDesk desk, BulkStore store)
{
    private const int Page = 1_000;
    private const int AtOnce = 8;

    /// <summary>Freezes a selection with what the rules say of each dossier now; nothing is done yet.</summary>
    internal async Task<(BulkView? Job, Violation? Why)> FreezeAsync(BulkDraft draft, Officer officer, CancellationToken cancellationToken)
    {
        if (Judge(officer, draft.Reason) is { } refusal)
            return (null, refusal);
        if (draft.Check() is { } wrong)
            return (null, wrong);
        var numbers = draft.Numbers ?? await FindAsync(draft.Filter!, cancellationToken);
        if (numbers.Count is 0 or > BulkDraft.MaxItems)
            return (null, DeskRejections.Selection(BulkDraft.MaxItems));
        string[] distinct = [.. numbers.Distinct(StringComparer.Ordinal)];
        var selected = new Selected[distinct.Length];
        await Parallel.ForAsync(0, distinct.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (i, _) =>
            selected[i] = await dossiers.FindAsync(distinct[i]) is { } dossier
                ? new Selected(distinct[i], dossier.Version, ForecastOf(dossier, draft, officer)?.Code)
                : new Selected(distinct[i], 0, DeskRejections.UnknownDossier().Code));

        var id = await store.FreezeAsync(draft, selected, officer, cancellationToken);
        return ((await store.PageAsync(id, 1, cancellationToken))[0], null);
    }

    /// <summary>Starts, pauses, resumes, stops or approves a job; null when that was done.</summary>
    internal async Task<Violation?> StepAsync(Guid id, string action, string? reason, Officer officer, CancellationToken cancellationToken)
    {
        if (await store.PageAsync(id, 1, cancellationToken) is not [var job])
            return DeskRejections.UnknownJob();
        if (action == "approve")
        {
            return !officer.Is(OfficerRole.Approver) ? DeskRejections.Role("approver")
                : officer.IsSame(job.Agency, job.Officer) ? DeskRejections.SameOfficer()
                : !StuckDesk.IsReason(reason) ? DeskRejections.Reason()
                : !job.NeedsSecondOfficer || job.State != BulkState.Frozen || !await store.ApproveAsync(id, officer, reason, cancellationToken) ? DeskRejections.Decided() : null;
        }

        if (Judge(officer, reason) is { } refusal)
            return refusal;
        if (!officer.Is(OfficerRole.Administrator) && officer.Agency != job.Agency)
            return DeskRejections.Elsewhere();
        if (action == "start" && job is { NeedsSecondOfficer: true, ApprovedBy: null })
            return DeskRejections.NotApproved();
        return await store.StepAsync(id, action, officer, reason!.Trim(), cancellationToken) is { } state ? DeskRejections.JobState(state.ToString().ToLowerInvariant()) : null;
    }

    private async Task<IReadOnlyList<string>> FindAsync(DossierFilter filter, CancellationToken cancellationToken)
    {
        var numbers = new List<string>();
        for (string? after = null; numbers.Count <= BulkDraft.MaxItems;)
        {
            var page = await search.PageAsync(filter, after, Page, cancellationToken);
            numbers.AddRange(page.Dossiers.Select(d => d.DossierNumber));
            if (page.Next is null)
                break;
            after = page.Next;
        }

        return numbers;
    }

    private Violation? ForecastOf(DossierState dossier, BulkDraft draft, Officer officer) =>
        !desk.MayAct(officer, dossier) ? DeskRejections.Elsewhere() : DeskRules.Judge(dossier, draft.Order.OrderFor(dossier.Version, draft.Reason!));

    private static Violation? Judge(Officer officer, string? reason) =>
        !officer.Is(OfficerRole.Operator) && !officer.Is(OfficerRole.Administrator) ? DeskRejections.Role("operator")
        : !StuckDesk.IsReason(reason) ? DeskRejections.Reason() : null;
}
