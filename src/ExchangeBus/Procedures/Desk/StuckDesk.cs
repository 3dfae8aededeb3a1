using System.Diagnostics.CodeAnalysis;
using Dapper;
using ExchangeBus.Agencies;
using ExchangeBus.Contracts;
using ExchangeBus.Procedures.Dossiers;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.Procedures.Desk;

/// <summary>What became of a request or a decision.</summary>
/// <param name="Request">As it is kept; null when there was nothing to keep.</param>
/// <param name="Violations">Why nothing has changed; empty when it was done, or waits.</param>
/// <param name="Version">Version of the dossier after it; null when that is not known yet.</param>
internal sealed record DeskAnswer(DeskRequest? Request, IReadOnlyList<Violation> Violations, int? Version = null);

/// <summary>A second officer's word.</summary>
internal sealed record Approval(string Agency, string Officer, string Reason, DateTimeOffset At);

/// <summary>
/// Where officers act on dossiers. Every request is judged, kept and answered; what is carried out goes through the log, where it meets the dossier in the order
/// of all that happens to it: of two officers at once, the second is told that the dossier has moved on.
/// </summary>
internal sealed class StuckDesk(
    DossierReader dossiers, DeskStore store, DeskEvents events, Resending resending, NpgsqlDataSource dataSource, IOptions<ProceduresOptions> options, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan WaitAtMost = TimeSpan.FromSeconds(5);

    private const string SelectOutcome = "select version, note from dossier_history where dossier_number = @Number and procedure = @Procedure and event_id = @EventId limit 1";

    /// <summary>Asks for an action on a dossier.</summary>
    internal Task<DeskAnswer> RequestAsync(string number, DeskOrder order, Officer officer, CancellationToken cancellationToken) =>
        RequestAsync(Guid.CreateVersion7(time.GetUtcNow()), number, order, officer, approval: null, cancellationToken);

    /// <summary>Asks for an action on a dossier, under an id of the caller's: asked again under it, it is done once.</summary>
    /// <param name="id">The id.</param>
    /// <param name="number">The dossier.</param>
    /// <param name="order">The action.</param>
    /// <param name="officer">Who asks.</param>
    /// <param name="approval">The second officer's word, where it was given for many at once; null when it has still to be given.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task<DeskAnswer> RequestAsync(Guid id, string number, DeskOrder order, Officer officer, Approval? approval, CancellationToken cancellationToken)
    {
        if (await dossiers.FindAsync(number) is not { } dossier)
            return new DeskAnswer(null, [DeskRejections.UnknownDossier()]);
        if (await store.FindAsync(id, cancellationToken) is { } known)
            return known.RefusedBecause is { } code ? new DeskAnswer(known, [DeskRejections.All.FirstOrDefault(v => v.Code == code) ?? DeskRejections.Decided()]) : await OutcomeAsync(known, dossier.Procedure, cancellationToken);
        var request = DeskRequest.Of(id, number, order, officer, time.GetUtcNow()) with
        {
            DecidedAt = approval?.At,
            DecidedAgency = approval?.Agency,
            DecidedBy = approval?.Officer,
            DecisionReason = approval?.Reason,
        };
        if (Judge(dossier, order, officer) is { } refusal)
            return await RefuseAsync(request, [refusal], cancellationToken);
        if (order.Action == DeskAction.Resend)
            return await ResendAsync(request, dossier, cancellationToken);

        // Also of a request that has to wait: the second officer is asked about something that is right in its form.
        var (toLog, wrong) = events.Make(request, dossier);
        if (toLog is null)
            return await RefuseAsync(request, wrong, cancellationToken);
        if (DeskRules.NeedsSecondOfficer(order.Action) && approval is null)
        {
            var waiting = request with { State = DeskRequestState.Waiting };
            return await store.AddAsync(waiting, null, cancellationToken) ? new DeskAnswer(waiting, []) : await RefuseAsync(request, [DeskRejections.Pending()], cancellationToken);
        }

        var sent = request with { EventId = toLog.Event.Id };
        await store.AddAsync(sent, toLog, cancellationToken);
        return await OutcomeAsync(sent, dossier.Procedure, cancellationToken);
    }

    /// <summary>The second officer decides on what another one has asked for.</summary>
    /// <param name="id">The request.</param>
    /// <param name="approves">Whether it is carried out.</param>
    /// <param name="version">The version of the dossier that the second officer sees.</param>
    /// <param name="reason">Why.</param>
    /// <param name="officer">The second officer.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task<DeskAnswer> DecideAsync(Guid id, bool approves, int version, string? reason, Officer officer, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } request || await dossiers.FindAsync(request.DossierNumber) is not { } dossier)
            return new DeskAnswer(null, [DeskRejections.UnknownRequest()]);
        if (JudgeDecision(request, dossier, reason, officer) is { } refusal)
            return new DeskAnswer(request, [refusal]);

        var decided = request with
        {
            State = approves ? DeskRequestState.Sent : DeskRequestState.Denied,
            Order = request.Order with { Version = version },
            DecidedAt = time.GetUtcNow(),
            DecidedAgency = officer.Agency,
            DecidedBy = officer.Code,
            DecisionReason = reason,
        };
        if (!approves)
            return await store.DecideAsync(decided, null, cancellationToken) ? new DeskAnswer(decided, []) : new DeskAnswer(request, [DeskRejections.Decided()]);

        // The dossier may have moved on since it was asked for; an approver's stale screen leaves the request where it is.
        if (version != dossier.Version)
            return new DeskAnswer(request, [DeskRejections.Stale()]);
        var (toLog, wrong) = DeskRules.Judge(dossier, decided.Order) is { } off ? (null, [off]) : events.Make(decided, dossier);
        if (toLog is null)
        {
            var impossible = decided with { State = DeskRequestState.Refused, RefusedBecause = wrong[0].Code };
            return await store.DecideAsync(impossible, null, cancellationToken) ? new DeskAnswer(impossible, wrong) : new DeskAnswer(request, [DeskRejections.Decided()]);
        }

        var sent = decided with { EventId = toLog.Event.Id };
        return await store.DecideAsync(sent, toLog, cancellationToken) ? await OutcomeAsync(sent, dossier.Procedure, cancellationToken) : new DeskAnswer(request, [DeskRejections.Decided()]);
    }

    /// <summary>True when the officer's agency has to do with the dossier.</summary>
    internal bool MayAct(Officer officer, DossierState dossier) => officer.Is(OfficerRole.Administrator)
        || officer.Agency == options.Value.OneStopAgency
        || dossier.Steps.Values.Any(s => s.Agency == officer.Agency || s.Clock?.Holders.Any(h => h.Agency == officer.Agency) == true);

    private Violation? Judge(DossierState dossier, DeskOrder order, Officer officer) =>
        !officer.Is(OfficerRole.Operator) && !officer.Is(OfficerRole.Administrator) ? DeskRejections.Role("operator")
        : !MayAct(officer, dossier) ? DeskRejections.Elsewhere()
        : !IsReason(order.Reason) ? DeskRejections.Reason()
        : DeskRules.Judge(dossier, order);

    private Violation? JudgeDecision(DeskRequest request, DossierState dossier, string? reason, Officer officer) =>
        !officer.Is(OfficerRole.Approver) ? DeskRejections.Role("approver")
        : !MayAct(officer, dossier) ? DeskRejections.Elsewhere()
        : officer.IsSame(request.Agency, request.Officer) ? DeskRejections.SameOfficer()
        : !IsReason(reason) ? DeskRejections.Reason()
        : request.State != DeskRequestState.Waiting ? DeskRejections.Decided() : null;

    private async Task<DeskAnswer> ResendAsync(DeskRequest request, DossierState dossier, CancellationToken cancellationToken)
    {
        if (await resending.StartAsync(request, dossier, cancellationToken) is not { } eventId)
            return await RefuseAsync(request, [DeskRejections.NotSent()], cancellationToken);
        var sent = request with { EventId = eventId };
        await store.AddAsync(sent, null, cancellationToken);
        return new DeskAnswer(sent, [], dossier.Version);
    }

    private async Task<DeskAnswer> RefuseAsync(DeskRequest request, IReadOnlyList<Violation> why, CancellationToken cancellationToken)
    {
        var refused = request with { State = DeskRequestState.Refused, RefusedBecause = why[0].Code };
        await store.AddAsync(refused, null, cancellationToken);
        return new DeskAnswer(refused, why);
    }

    /// <summary>Waits until the procedure has taken it, for a while: who has pressed a button wants to know what it did.</summary>
    private async Task<DeskAnswer> OutcomeAsync(DeskRequest sent, RegisteredProcedure procedure, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var select = new CommandDefinition(SelectOutcome, new { Number = sent.DossierNumber, Procedure = procedure.Name, sent.EventId }, cancellationToken: cancellationToken);
        for (var since = time.GetTimestamp(); time.GetElapsedTime(since) < WaitAtMost; await Task.Delay(LookEvery, time, cancellationToken))
        {
            if (await connection.QuerySingleOrDefaultAsync<(int Version, string? Note)?>(select) is { } outcome)
                return new DeskAnswer(sent, outcome.Note is { } note && DeskRejections.All.FirstOrDefault(v => v.Code == note) is { } late ? [late] : [], outcome.Version);
        }

        return new DeskAnswer(sent, []);
    }

    internal static bool IsReason([NotNullWhen(true)] string? reason) => reason?.Trim() is { Length: >= 3 and <= 1000 } && !reason.Contains('\0', StringComparison.Ordinal);
}
