using System.Collections.Concurrent;
using ExchangeBus.Agencies;
using ExchangeBus.Checks;
using ExchangeBus.Log;
using ExchangeBus.Release;
using ExchangeBus.Release.Cutting;
using ExchangeBus.Subscriptions.Agreements;

namespace ExchangeBus.Subscriptions.Rules;

/// <summary>One version of an agreement, ready to judge events.</summary>
internal sealed class AgreementRule(AgreementVersion version, IReadOnlyDictionary<string, KnownFields> known, ReleasableTypes types, Jurisdictions jurisdictions)
{
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    // A type that the agreement does not cover has no cut.
    private readonly ConcurrentDictionary<string, Cut?> _cuts = new(StringComparer.Ordinal);

    internal AgreementVersion Version => version;

    /// <summary>Null when it permits the event; <paramref name="cut"/> then says what leaves.</summary>
    internal string? Refuses(LoggedEvent logged, EnvelopeAttributes attributes, out Cut? cut)
    {
        cut = null;
        var terms = version.Terms;
        if (version.State != AgreementState.Active)
            return RuleNames.AgreementState;
        if (_cuts.GetOrAdd(logged.Type, Compile) is not { } released)
            return RuleNames.AgreementType;
        if (terms.ValidFrom is not null || terms.ValidUntil is not null)
        {
            var day = DateOnly.FromDateTime(logged.RecordedAt.ToOffset(Vietnam).DateTime);
            if (day < terms.ValidFrom || day > terms.ValidUntil)
                return RuleNames.AgreementDay;
        }

        if (terms.Procedures.Count > 0 && (attributes.Purpose is not { } purpose || !terms.Procedures.Contains(purpose)))
            return RuleNames.AgreementProcedure;
        if (terms.Provinces.Count > 0 && (jurisdictions.ProvinceOf(logged) is not { } province || !terms.Provinces.Contains(province)))
            return RuleNames.AgreementProvince;
        if (terms.RequireSignature && !attributes.IsSigned)
            return RuleNames.AgreementSignature;
        cut = released;
        return null;
    }

    // Only the types whose fields were written down with the agreement: a type that came later is not part of what was agreed.
    private Cut? Compile(string type)
    {
        var fields = version.Terms.Releases.Where(r => r.Types.Any(pattern => TypePattern.Matches(pattern, type))).SelectMany(r => r.Fields).Distinct().ToArray();
        if (fields.Length == 0 || types.Find(type) is not { } releasable)
            return null;
        if (version.Known.Count > 0)
        {
            if (version.Known.Select(known.GetValueOrDefault).FirstOrDefault(k => k?.Type == type) is not { } then)
                return null;
            releasable = releasable.Knowing(then.Hash, then.Fields);
        }

        // A pointer of another type of the same list, or one that the schema has lost, releases nothing here.
        fields = [.. fields.Where(f => releasable.TryCompile([f], out _, out _))];
        return releasable.TryCompile(fields, out var cut, out _) ? cut : null;
    }
}

/// <summary>The fields that a type had on a day.</summary>
internal sealed record KnownFields(string Hash, string Type, string[] Fields);
