using ExchangeBus.Release.Cutting;

namespace ExchangeBus.Subscriptions.Rules;

/// <summary>What happens to one event for one subscription.</summary>
internal enum RulingKind
{
    /// <summary>It was not asked for.</summary>
    Unmatched,

    /// <summary>It was asked for, and no agreement permits it.</summary>
    Withheld,

    /// <summary>It was accepted after the subscription's end.</summary>
    Expired,

    /// <summary>It is delivered.</summary>
    Deliver,
}

/// <summary>The answer of the rules for one event and one subscription.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Rule">The rule that said no (<see cref="RuleNames"/>); null when it is delivered.</param>
/// <param name="Cut">What leaves of the body; null when it is not delivered.</param>
/// <param name="Agreement">The agreement that permits it, or the one that came closest.</param>
internal readonly record struct Ruling(RulingKind Kind, string? Rule, Cut? Cut, AgreementRule? Agreement)
{
    internal static Ruling Unmatched(string rule) => new(RulingKind.Unmatched, rule, null, null);
}

/// <summary>Names of the rules that may say no; stable, for explanations.</summary>
internal static class RuleNames
{
    internal const string Recipient = "recipient";
    internal const string Before = "subscription.before";
    internal const string SubscriptionEnded = "subscription.ended";
    internal const string SubscriptionExpired = "subscription.expired";
    internal const string Type = "subscription.type";
    internal const string Province = "subscription.province";
    internal const string Filter = "subscription.filter";
    internal const string NoAgreement = "agreement.none";
    internal const string AgreementState = "agreement.state";
    internal const string AgreementType = "agreement.type";
    internal const string AgreementDay = "agreement.day";
    internal const string AgreementProcedure = "agreement.procedure";
    internal const string AgreementProvince = "agreement.province";
    internal const string AgreementSignature = "agreement.signature";
}
