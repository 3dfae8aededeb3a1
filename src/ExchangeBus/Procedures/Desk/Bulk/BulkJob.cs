using ExchangeBus.Contracts;
using ExchangeBus.Procedures.Search;

namespace ExchangeBus.Procedures.Desk.Bulk;

/// <summary>Where a bulk job stands.</summary>
internal enum BulkState
{
    /// <summary>The selection is made and shown; nothing has been done.</summary>
    Frozen,

    /// <summary>A node runs it, or will within a moment.</summary>
    Running,

    /// <summary>Stopped for a while by a person.</summary>
    Paused,

    /// <summary>Ended by a person; what it has not come to is left.</summary>
    Stopped,

    /// <summary>It has come to its end.</summary>
    Completed,
}

/// <summary>What is done to each dossier; the version is the one that it had when the selection was frozen.</summary>
internal sealed record BulkTerms(DeskAction Action, string? Step = null, string? Matter = null, int? WorkingDays = null, int? Hours = null)
{
    internal DeskOrder OrderFor(int version, string reason) => new()
    {
        Action = Action,
        Version = version,
        Reason = reason,
        Step = Step,
        Matter = Matter,
        WorkingDays = WorkingDays,
        Hours = Hours,
    };

    internal Violation? Check() => Action is DeskAction.Enter or DeskAction.Resend or DeskAction.Withdraw or DeskAction.TakeOver ? DeskRejections.BulkAction() : null;
}

/// <summary>A selection to freeze: by a filter, or by numbers.</summary>
/// <param name="Order">What shall be done.</param>
/// <param name="Filter">Which dossiers, as they are now.</param>
/// <param name="Numbers">Or named one by one.</param>
/// <param name="Reason">Why, 3 to 1,000 characters.</param>
/// <param name="Rate">Dossiers a second. Default 20, 1 to 500.</param>
internal sealed record BulkDraft(BulkTerms Order, DossierFilter? Filter = null, IReadOnlyList<string>? Numbers = null, string? Reason = null, int? Rate = null)
{
    internal const int MaxItems = 10_000;
    internal const int MaxRate = 500;
    internal const int DefaultRate = 20;

    internal Violation? Check() => Order.Check()
        ?? ((Filter is null) == (Numbers is null) || Numbers is { Count: 0 or > MaxItems } ? DeskRejections.Selection(MaxItems)
            : Rate is < 1 or > MaxRate ? DeskRejections.Rate(MaxRate)
            : Filter?.Check());
}

/// <summary>Starts, pauses, resumes or stops a job.</summary>
/// <param name="Reason">Why, 3 to 1,000 characters.</param>
internal sealed record BulkStepRequest(string? Reason = null);

/// <summary>A job as officers see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Order">What is done to each dossier.</param>
/// <param name="Agency">Agency of the officer who made it.</param>
/// <param name="Officer">Who made it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Rate">Dossiers a second.</param>
/// <param name="CreatedAt">When the selection was frozen.</param>
/// <param name="StartedAt">When it began to run.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="NeedsSecondOfficer">Whether another officer has to approve before it runs.</param>
/// <param name="ApprovedBy">Who has; null when nobody has.</param>
/// <param name="Total">How many dossiers were selected.</param>
/// <param name="Possible">Of these, how many the rules let it act on when the selection was frozen.</param>
/// <param name="Hindered">The others, by what was in the way.</param>
/// <param name="Outcomes">What it has come to: <c>done</c>, or what was in the way.</param>
/// <param name="Steps">Who steered it.</param>
internal sealed record BulkView(
    Guid Id, BulkState State, BulkTerms Order, string Agency, string Officer, string Reason, int Rate, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt,
    bool NeedsSecondOfficer, string? ApprovedBy, long Total, long Possible, IReadOnlyDictionary<string, long> Hindered, IReadOnlyDictionary<string, long> Outcomes,
    IReadOnlyList<BulkStep> Steps);

/// <summary>Who steered a job, and why.</summary>
internal sealed record BulkStep(string Action, DateTimeOffset At, string Agency, string Officer, string Reason);

/// <summary>One dossier of a job.</summary>
/// <param name="Position">Its place, from 1.</param>
/// <param name="DossierNumber">Its number.</param>
/// <param name="Version">The version that was frozen.</param>
/// <param name="Forecast">What was in the way then; null when nothing was.</param>
/// <param name="Outcome"><c>done</c>, what was in the way, or null while it has not come to it.</param>
/// <param name="DoneAt">When.</param>
internal sealed record BulkItem(int Position, string DossierNumber, int Version, string? Forecast, string? Outcome, DateTimeOffset? DoneAt);
