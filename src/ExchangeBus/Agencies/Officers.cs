using Microsoft.Extensions.Options;

namespace ExchangeBus.Agencies;

/// <summary>An officer who acts, as the system that he uses, or his sign-in, has vouched for.</summary>
internal sealed record Officer(string Agency, string Code, IReadOnlySet<OfficerRole> Roles)
{
    internal bool Is(OfficerRole role) => Roles.Contains(role);

    internal bool IsSame(string agency, string code) => Agency == agency && Code == code;
}

/// <summary>The officers that are configured.</summary>
internal sealed class Officers(IOptions<AgenciesOptions> options)
{
    private readonly Dictionary<(string Agency, string Code), Officer> _officers = options.Value.Agencies
        .SelectMany(a => a.Officers.Select(o => new Officer(a.Code, o.Code, o.Roles.ToHashSet())))
        .ToDictionary(o => (o.Agency, o.Code));

    internal Officer? Find(string agency, string? code) => code is null ? null : _officers.GetValueOrDefault((agency, code));
}
