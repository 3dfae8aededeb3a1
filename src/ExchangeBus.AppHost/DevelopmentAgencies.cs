using ExchangeBus.Contracts;

namespace ExchangeBus.AppHost;

/// <summary>A system of an agency as the bus is told of it.</summary>
internal sealed record DevelopmentSystem(string Name, string Key, params string[] Publishes);

/// <summary>A subscription of an agency as the bus is told of it.</summary>
internal sealed record DevelopmentSubscription(string Name, params string[] Types);

/// <summary>An agency as the bus is told of it.</summary>
internal sealed record DevelopmentAgency(string Code, string Name, DevelopmentSystem[] Systems, DevelopmentSubscription[] Subscriptions);

/// <summary>
/// The agencies of the development bus. Their keys are known to everyone who reads this file, so that examples can use them;
/// everything listens on loopback only.
/// </summary>
internal static class DevelopmentAgencies
{
    internal static string KeyOf(string system) => $"dev-{system}-key-not-for-production";

    internal static IReadOnlyList<DevelopmentAgency> All { get; } =
    [
        new("G22.99.08", "Cổng Dịch vụ công quốc gia", [System("portal", "vn.portal.*")],
            [new("progress", EventTypes.DossierProgressed)]),
        new("G15", "Bộ Tư pháp", [System("civilstatus", EventTypes.BirthRegistered, EventTypes.BirthRegistrationRefused)],
            [new("commands", EventTypes.RegisterBirth)]),
        new("G01", "Bộ Công an",
            [System("residence", EventTypes.PermanentResidenceRegistered, EventTypes.PermanentResidenceRefused), System("population", "vn.population.*")],
            [new("commands", EventTypes.RegisterPermanentResidence)]),
        new("G24", "Bảo hiểm xã hội Việt Nam", [System("socialinsurance", EventTypes.ChildHealthCardIssued, EventTypes.ChildHealthCardRefused)],
            [new("commands", EventTypes.IssueChildHealthCard)]),
        // Nobody of ours reads this one: it is for a newcomer's own consumer.
        new("G18", "Bộ Y tế", [System("adapter")],
            [new("births", EventTypes.BirthRegistered, EventTypes.CitizenUpdated)]),
    ];

    /// <summary>The agencies as environment variables of the host, section <c>Bus</c>.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> HostVariables() =>
        All.SelectMany((agency, i) => VariablesOf(agency, $"Bus__Agencies__{i}__"));

    private static DevelopmentSystem System(string name, params string[] publishes) => new(name, KeyOf(name), publishes);

    private static IEnumerable<KeyValuePair<string, string>> VariablesOf(DevelopmentAgency agency, string at)
    {
        yield return new($"{at}Code", agency.Code);
        yield return new($"{at}Name", agency.Name);
        for (var s = 0; s < agency.Systems.Length; s++)
        {
            yield return new($"{at}Systems__{s}__System", agency.Systems[s].Name);
            yield return new($"{at}Systems__{s}__Key", agency.Systems[s].Key);
            foreach (var variable in Listed($"{at}Systems__{s}__Publishes__", agency.Systems[s].Publishes))
                yield return variable;
        }

        for (var s = 0; s < agency.Subscriptions.Length; s++)
        {
            yield return new($"{at}Subscriptions__{s}__Name", agency.Subscriptions[s].Name);
            foreach (var variable in Listed($"{at}Subscriptions__{s}__Types__", agency.Subscriptions[s].Types))
                yield return variable;
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Listed(string at, string[] values) =>
        values.Select((value, i) => new KeyValuePair<string, string>($"{at}{i}", value));
}
