using ExchangeBus.Log;
using ExchangeBus.Release.Cutting;
using ExchangeBus.Subscriptions.Rules;

namespace ExchangeBus.Delivery.Webhooks.Delivering;

/// <summary>Where a delivery stands that was read from the log.</summary>
internal enum FlightState
{
    /// <summary>It is being sent, or waits for its turn.</summary>
    Flying,

    /// <summary>The receiver has it.</summary>
    Answered,

    /// <summary>Between reading and sending the rules have taken it back.</summary>
    TakenBack,

    /// <summary>It has failed, or one of its key before it has: it waits in the database and holds up nothing else.</summary>
    SetAside,
}

/// <summary>One delivery on its way. Only one worker has it at a time; its state is the ledger's.</summary>
internal sealed class Flight(LoggedEvent logged, string key, long previous, SubscriptionRules judgedBy, Cut cut)
{
    internal LoggedEvent Logged { get; private set; } = logged;

    internal long Sequence { get; } = logged.Sequence;

    internal string Key { get; } = key;

    internal long Previous { get; } = previous;

    /// <summary>The rules that let it through, and what they let through.</summary>
    internal SubscriptionRules JudgedBy { get; private set; } = judgedBy;

    internal Cut Cut { get; private set; } = cut;

    internal FlightState State { get; set; }

    /// <summary>What the rules said when they took it back.</summary>
    internal RulingKind TakenBackAs { get; set; }

    /// <summary>As it waits, when it was set aside.</summary>
    internal WaitingRow? Row { get; set; }

    /// <summary>Why it is dead already; null when it is not.</summary>
    internal DeadAttempt? Dead { get; set; }

    /// <summary>Judges again when the rules have changed since. False when they no longer let it through.</summary>
    internal bool IsStillLetThroughBy(SubscriptionRules rules)
    {
        if (ReferenceEquals(rules, JudgedBy))
            return true;
        var ruling = rules.Judge(Logged);
        if (ruling.Kind != RulingKind.Deliver)
        {
            TakenBackAs = ruling.Kind;
            return false;
        }

        (JudgedBy, Cut) = (rules, ruling.Cut!);
        return true;
    }

    /// <summary>What is done and waits in line for the position must not keep bodies in memory.</summary>
    internal void ForgetBody() => Logged = null!;
}
