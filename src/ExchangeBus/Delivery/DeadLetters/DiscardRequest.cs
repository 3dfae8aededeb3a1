using ExchangeBus.Contracts;
using ExchangeBus.Delivery.Jobs;

namespace ExchangeBus.Delivery.DeadLetters;

/// <summary>Discards dead letters, selected as for a redrive.</summary>
internal sealed record DiscardRequest : ReasonedRequest
{
    /// <summary>Named one by one.</summary>
    public IReadOnlyList<long>? Sequences { get; init; }

    /// <summary>All that were not handed out again.</summary>
    public bool All { get; init; }

    /// <summary>Of all, only those of these reasons.</summary>
    public IReadOnlyList<string>? Reasons { get; init; }

    /// <summary>Of all, only those that died before.</summary>
    public DateTimeOffset? Before { get; init; }

    internal override void Check(List<Violation> violations)
    {
        base.Check(violations);
        if (!RedriveRequest.IsSelection(Sequences, All, Reasons, Before))
            violations.Add(DeliveryProblems.BadSelection(RedriveRequest.MaxSequences));
    }
}

/// <summary>What a discard came to.</summary>
/// <param name="Discarded">How many.</param>
internal sealed record DiscardResult(long Discarded);
