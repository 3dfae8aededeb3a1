using ExchangeBus.Agencies;
using ExchangeBus.Checks;
using ExchangeBus.CloudEvents.Sql;
using ExchangeBus.Contracts;
using ExchangeBus.Release;
using ExchangeBus.Subscriptions.Agreements;

namespace ExchangeBus.Subscriptions;

/// <summary>Says everything that is wrong with what a subscription asks for.</summary>
internal sealed class SubscriptionChecks(ReleasableTypes types, Jurisdictions jurisdictions, TimeProvider time)
{
    private const int MaxTypes = 100;
    private const int MaxAgreements = 20;
    private const int MaxProvinces = 100;
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    /// <param name="terms">What is asked for.</param>
    /// <param name="caller">The system that asks.</param>
    /// <param name="agreements">All agreements of its agency.</param>
    internal IReadOnlyList<Violation> Check(SubscriptionTerms terms, AgencySystem caller, IReadOnlyList<Agreement> agreements)
    {
        var found = new List<Violation>();
        if (terms.Types.Count is 0 or > MaxTypes)
            found.Add(SubscriptionRejections.NoTypes());
        var usable = CheckAgreements(terms, caller, agreements, found);
        for (var i = 0; i < Math.Min(terms.Types.Count, MaxTypes); i++)
        {
            var matched = types.All.Where(t => TypePattern.Matches(terms.Types[i], t.Name)).ToArray();
            if (matched.Length == 0)
                found.Add(SubscriptionRejections.Type(i));
            else if (!matched.Any(t => usable.Any(a => Covers(a, t.Name))))
                found.Add(SubscriptionRejections.NotAgreed(i));
        }

        if (terms.Filter is { } filter && !CesqlExpression.TryParseFilter(filter, null, out _, out var error))
            found.Add(SubscriptionRejections.Filter(error));
        var now = time.GetUtcNow();
        if (terms.Provinces.Count > MaxProvinces)
            found.Add(AgreementRejections.TooMuch("/terms/provinces", MaxProvinces));
        for (var i = 0; i < Math.Min(terms.Provinces.Count, MaxProvinces); i++)
        {
            if (!jurisdictions.IsProvince(terms.Provinces[i], DateOnly.FromDateTime(now.ToOffset(Vietnam).DateTime)))
                found.Add(SubscriptionRejections.Province(i));
        }

        if (terms.ExpiresAt <= now)
            found.Add(SubscriptionRejections.Expires());
        return found;
    }

    /// <summary>What may not be meant, of terms in which nothing is wrong; null when nothing is odd.</summary>
    internal static IReadOnlyList<Violation>? Warn(SubscriptionTerms terms)
    {
        if (terms.Filter is not { } text || !CesqlExpression.TryParseFilter(text, null, out var filter, out _))
            return null;
        var odd = filter.Attributes.Where(a => !AttributeSpelling.IsKnown(a)).Select(a => SubscriptionRejections.Attribute(filter.ColumnOf(a), a, AttributeSpelling.NearestTo(a))).ToArray();
        return odd.Length > 0 ? odd : null;
    }

    private static List<Agreement> CheckAgreements(SubscriptionTerms terms, AgencySystem caller, IReadOnlyList<Agreement> agreements, List<Violation> found)
    {
        var usable = new List<Agreement>();
        if (terms.Agreements.Count is 0 or > MaxAgreements)
            found.Add(SubscriptionRejections.NoAgreements());
        for (var i = 0; i < Math.Min(terms.Agreements.Count, MaxAgreements); i++)
        {
            var agreement = agreements.FirstOrDefault(a => a.Id == terms.Agreements[i] && a.Agency == caller.Agency);
            if (agreement is null || agreement.Current.State == AgreementState.Ended || (agreement.Current.Terms.System is { } system && $"{caller.Agency}.{system}" != caller.BrokerUser))
                found.Add(SubscriptionRejections.Agreement(i));
            else
                usable.Add(agreement);
        }

        return usable;
    }

    private static bool Covers(Agreement agreement, string type) =>
        agreement.Current.Terms.Releases.Any(r => r.Types.Any(pattern => TypePattern.Matches(pattern, type)));
}
