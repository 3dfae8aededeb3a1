using System.Xml;
using ExchangeBus.Contracts;

namespace ExchangeBus.Delivery.Jobs;

/// <summary>Who asks for something and why.</summary>
internal abstract record ReasonedRequest
{
    /// <summary>Why, 3 to 1,000 characters, without personal data. Required.</summary>
    public string? Reason { get; init; }

    /// <summary>Code of the officer, at most 64 characters. Required.</summary>
    public string? Officer { get; init; }

    internal virtual void Check(List<Violation> violations)
    {
        if (Reason is not { Length: >= 3 and <= 1000 } || Reason.Contains('\0', StringComparison.Ordinal))
            violations.Add(DeliveryProblems.BadWhy());
        if (Officer is not { Length: >= 1 and <= 64 } || Officer.Any(char.IsControl))
            violations.Add(DeliveryProblems.BadOfficer());
    }
}

/// <summary>Pauses, resumes or stops a job.</summary>
internal sealed record JobStepRequest : ReasonedRequest;

/// <summary>What redrives and replays have in common.</summary>
internal abstract record JobRequest : ReasonedRequest
{
    internal const int DefaultRate = 50;
    internal const int MaxRate = 5_000;

    /// <summary>Deliveries a second. Default 50, 1 to 5,000.</summary>
    public int? Rate { get; init; }

    /// <summary>Skips what was accepted longer ago, an ISO 8601 duration; null for no ceiling.</summary>
    public string? OlderThan { get; init; }

    /// <summary>Says what it would do, and does nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Null where there is no ceiling, or where it cannot be read.</summary>
    internal TimeSpan? Ceiling
    {
        get
        {
            try
            {
                return OlderThan is { Length: <= 64 } ? XmlConvert.ToTimeSpan(OlderThan) : null;
            }
            catch (Exception e) when (e is FormatException or OverflowException)
            {
                return null;
            }
        }
    }

    internal override void Check(List<Violation> violations)
    {
        // Who only looks needs no reason.
        if (!DryRun)
            base.Check(violations);
        if (Rate is < 1 or > MaxRate)
            violations.Add(DeliveryProblems.BadRate());
        // A hundred years and more is no ceiling, and a time that cannot be subtracted.
        if (OlderThan is not null && !(Ceiling > TimeSpan.Zero && Ceiling < TimeSpan.FromDays(36_500)))
            violations.Add(DeliveryProblems.BadAge());
    }
}

/// <summary>Hands out dead letters.</summary>
internal sealed record RedriveRequest : JobRequest
{
    internal const int MaxSequences = 10_000;

    /// <summary>Named one by one, also those that were handed out before.</summary>
    public IReadOnlyList<long>? Sequences { get; init; }

    /// <summary>All that were not handed out yet.</summary>
    public bool All { get; init; }

    /// <summary>Of all, only those of these reasons.</summary>
    public IReadOnlyList<string>? Reasons { get; init; }

    /// <summary>Of all, only those that died before.</summary>
    public DateTimeOffset? Before { get; init; }

    internal override void Check(List<Violation> violations)
    {
        base.Check(violations);
        if (!IsSelection(Sequences, All, Reasons, Before))
            violations.Add(DeliveryProblems.BadSelection(MaxSequences));
    }

    /// <summary>Either some by name, or all of these reasons and of that age.</summary>
    internal static bool IsSelection(IReadOnlyList<long>? sequences, bool all, IReadOnlyList<string>? reasons, DateTimeOffset? before)
    {
        var isListed = sequences is { Count: >= 1 and <= MaxSequences };
        return (sequences is null || isListed) && isListed != all && !(isListed && (reasons is not null || before is not null)) && reasons is not { Count: 0 or > 100 }
            && reasons?.Any(r => r is null || r.Length > 64 || r.Contains('\0', StringComparison.Ordinal)) != true;
    }
}

/// <summary>Hands out a part of the log once more.</summary>
internal sealed record ReplayRequest : JobRequest
{
    /// <summary>The first position; this or <see cref="FromTime"/>.</summary>
    public long? FromSequence { get; init; }

    /// <summary>What was accepted from then on.</summary>
    public DateTimeOffset? FromTime { get; init; }

    /// <summary>The last position. Default: where live deliveries stand.</summary>
    public long? ToSequence { get; init; }

    /// <summary>What was accepted until then.</summary>
    public DateTimeOffset? ToTime { get; init; }

    internal override void Check(List<Violation> violations)
    {
        base.Check(violations);
        if (FromSequence is null == FromTime is null || (ToSequence is not null && ToTime is not null) || FromSequence < 1 || ToSequence < (FromSequence ?? 1) || ToTime < FromTime)
            violations.Add(DeliveryProblems.BadRange());
    }
}
