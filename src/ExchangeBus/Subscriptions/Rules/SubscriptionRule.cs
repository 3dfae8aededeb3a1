using ExchangeBus.CloudEvents.Sql;

namespace ExchangeBus.Subscriptions.Rules;

/// <summary>One version of what a subscription asks for, ready to judge events.</summary>
internal sealed class SubscriptionRule
{
    internal SubscriptionRule(SubscriptionVersion version, AgreementRules[] agreements)
    {
        (Version, Agreements) = (version, agreements);
        // It was parsed when it was taken; one that a later version of the language refuses lets nothing through.
        if (version.Terms.Filter is { } text)
            Filter = CesqlExpression.TryParseFilter(text, null, out var filter, out _) ? filter : CesqlExpression.ParseFilter("FALSE");
    }

    internal SubscriptionVersion Version { get; }

    internal CesqlExpression? Filter { get; }

    /// <summary>Those that it names and that exist, in its order.</summary>
    internal AgreementRules[] Agreements { get; }
}

/// <summary>All versions of one agreement, the oldest first.</summary>
internal sealed record AgreementRules(string Id, AgreementRule[] Versions)
{
    internal AgreementRule Current => Versions[^1];

    /// <summary>The version that holds for a position; null before the first.</summary>
    internal AgreementRule? At(long sequence)
    {
        for (var i = Versions.Length - 1; i >= 0; i--)
        {
            if (Versions[i].Version.FromSequence < sequence)
                return Versions[i];
        }

        return null;
    }
}
