using System.Text.RegularExpressions;
using ExchangeBus.Agencies;
using ExchangeBus.Checks;
using ExchangeBus.Contracts;
using ExchangeBus.Release;

namespace ExchangeBus.Subscriptions.Agreements;

/// <summary>Says everything that is wrong with the terms of an agreement, and whose data it is about.</summary>
internal sealed partial class AgreementChecks(ReleasableTypes types, Jurisdictions jurisdictions, LegalDocuments documents, TimeProvider time)
{
    // No agreement has a tenth of it; without bounds one request could keep a core busy for long.
    private const int MaxReleases = 100;
    private const int MaxTypes = 100;
    private const int MaxOthers = 100;
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    [GeneratedRegex("^[a-z][a-z0-9-]{0,59}$")]
    internal static partial Regex NameForm();

    /// <param name="terms">What somebody wants to agree.</param>
    /// <param name="owners">Which types each agency decides on.</param>
    /// <param name="owner">Whose data it is about; null when that is not one agency.</param>
    internal IReadOnlyList<Violation> Check(AgreementTerms terms, IReadOnlyList<(string Agency, string[] Owns)> owners, out string? owner)
    {
        owner = null;
        if (TooMuch(terms) is { } tooMuch)
            return [tooMuch];
        var found = new List<Violation>();
        if (terms.Purpose.Trim().Length is < 3 or > 500)
            found.Add(AgreementRejections.Purpose());
        if (terms.Releases.Count == 0)
            found.Add(AgreementRejections.NoReleases());
        var owning = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < terms.Releases.Count; i++)
            CheckRelease(terms.Releases[i], i, owners, owning, found);
        if (owning.Count > 1)
            found.Add(AgreementRejections.SeveralOwners(string.Join(", ", owning.Order(StringComparer.Ordinal))));
        owner = owning.Count == 1 ? owning.First() : null;

        var today = DateOnly.FromDateTime(time.GetUtcNow().ToOffset(Vietnam).DateTime);
        for (var i = 0; i < terms.Provinces.Count; i++)
        {
            if (!jurisdictions.IsProvince(terms.Provinces[i], today))
                found.Add(AgreementRejections.Province(i));
        }

        if (terms.ValidUntil < (terms.ValidFrom > today ? terms.ValidFrom : today))
            found.Add(AgreementRejections.Validity());
        if (terms.LegalBasis is null)
            found.Add(AgreementRejections.NoBasis());
        else if (!documents.IsInForce(terms.LegalBasis.Document, terms.ValidFrom > today ? terms.ValidFrom.Value : today))
            found.Add(AgreementRejections.Basis());
        return found;
    }

    private void CheckRelease(ReleaseTerms release, int index, IReadOnlyList<(string Agency, string[] Owns)> owners, HashSet<string> owning, List<Violation> found)
    {
        var matched = new HashSet<ReleasableType>();
        for (var i = 0; i < release.Types.Count; i++)
        {
            var ofPattern = types.All.Where(t => TypePattern.Matches(release.Types[i], t.Name)).ToArray();
            matched.UnionWith(ofPattern);
            if (ofPattern.Length == 0)
                found.Add(AgreementRejections.Types(index, i));
            owning.UnionWith(ofPattern.Select(t => OwnerOf(t.Name, owners)).OfType<string>());
            // By name: of a pattern nobody could guess which.
            var without = ofPattern.Select(t => t.Name).Where(t => OwnerOf(t, owners) is null).Order(StringComparer.Ordinal).ToArray();
            if (without.Length > 0)
                found.Add(AgreementRejections.NoOwner(index, i, string.Join(", ", without)));
        }

        if (release.Types.Count == 0)
            found.Add(AgreementRejections.NoReleases());
        // A pointer must lead somewhere in one of the types; a class, anywhere.
        for (var i = 0; i < release.Fields.Count && matched.Count > 0; i++)
        {
            Violation? wrong = null;
            var compiles = matched.Any(t => t.TryCompile([release.Fields[i]], out _, out var violations) || Remember(violations));
            if (!compiles && wrong is not null)
                found.Add(wrong with { Pointer = $"/terms/releases/{index}/fields/{i}" });

            bool Remember(IReadOnlyList<Violation> violations)
            {
                wrong = violations[0];
                return false;
            }
        }
    }

    private static Violation? TooMuch(AgreementTerms terms)
    {
        if (terms.Releases.Count > MaxReleases)
            return AgreementRejections.TooMuch("/terms/releases", MaxReleases);
        for (var i = 0; i < terms.Releases.Count; i++)
        {
            if (terms.Releases[i].Types.Count > MaxTypes)
                return AgreementRejections.TooMuch($"/terms/releases/{i}/types", MaxTypes);
        }

        if (terms.Releases.Sum(r => r.Fields.Count) > ReleasableType.MaxFields)
            return AgreementRejections.TooMuch("/terms/releases", ReleasableType.MaxFields);
        return terms.Provinces.Count > MaxOthers ? AgreementRejections.TooMuch("/terms/provinces", MaxOthers)
            : terms.Procedures.Count > MaxOthers ? AgreementRejections.TooMuch("/terms/procedures", MaxOthers)
            : null;
    }

    /// <summary>The agency with the longest pattern; null when none has one.</summary>
    private static string? OwnerOf(string type, IReadOnlyList<(string Agency, string[] Owns)> owners) =>
        type.StartsWith("vn.exchangebus.", StringComparison.Ordinal)
            ? Subscription.BusAgency
            : owners.SelectMany(o => o.Owns.Where(p => TypePattern.Matches(p, type)).Select(p => (o.Agency, p.Length))).OrderByDescending(o => o.Length).Select(o => o.Agency).FirstOrDefault();
}
