using ExchangeBus.AppHost;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.SampleAgencies;
using ExchangeBus.SampleAgencies.CivilStatus;
using ExchangeBus.SampleAgencies.Portal;
using ExchangeBus.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.IntegrationTests.Journeys;

/// <summary>The sample agencies, each on its own database, talking to a bus under test through the client only. The bus knows them as the development bus does.</summary>
internal sealed class LinkedBirthAgencies : IAsyncDisposable
{
    internal static readonly IReadOnlyList<TestAgency> All = [.. DevelopmentAgencies.All.SelectMany(SystemsOf)];
    internal static readonly TestAgency Portal = All.Single(a => a.System == "portal");
    internal static readonly TestAgency Health = All.Single(a => a.System == "adapter");

    /// <summary>Settings of the bus: each step goes through it, to the desk that the development bus names.</summary>
    internal static readonly IReadOnlyDictionary<string, string?> EveryStep = new Dictionary<string, string?>
    {
        ["Procedures:OutsideSteps"] = "",
        ["Procedures:OneStopAgency"] = DevelopmentAgencies.OneStop,
    };

    private readonly AgencyGroup _group;
    private readonly IReadOnlyDictionary<string, string> _databases;

    private LinkedBirthAgencies(AgencyGroup group, IReadOnlyDictionary<string, string> databases) => (_group, _databases) = (group, databases);

    internal static async Task<LinkedBirthAgencies> StartAsync(Uri bus, Uri broker, IReadOnlyDictionary<string, string?>? behaviour = null)
    {
        var settings = new Dictionary<string, string?>(behaviour ?? new Dictionary<string, string?>()) { ["Logging:LogLevel:Default"] = "Warning", ["Agencies:portal:Rate"] = "0" };
        var databases = new Dictionary<string, string>();
        foreach (var name in SampleAgency.Names)
        {
            databases[name] = await Servers.Current.Postgres.CreateDatabaseAsync($"{name}_{Guid.CreateVersion7():N}");
            settings[$"Agencies:{name}:ConnectionString"] = databases[name];
            settings[$"Agencies:{name}:PrivateKey"] = All.Single(a => a.System == name).PrivateKey.ToPrivateJwk();
            settings[$"Agencies:{name}:BrokerPassword"] = All.Single(a => a.System == name).BrokerPassword;
            settings[$"Agencies:{name}:BusAddress"] = bus.ToString();
            settings[$"Agencies:{name}:BrokerAddress"] = new UriBuilder(broker) { UserName = "", Password = "" }.Uri.ToString();
        }

        var group = await AgencyGroup.StartAsync(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
            logging => logging.AddSimpleConsole(console => console.SingleLine = true));
        return new LinkedBirthAgencies(group, databases);
    }

    /// <summary>Citizens hand in dossiers.</summary>
    internal Task<IReadOnlyList<string>> SubmitAsync(int count) => _group["portal"].Services.GetRequiredService<PortalDesk>().SubmitAsync(count);

    /// <summary>A citizen hands in a death.</summary>
    internal Task SubmitAsync(LinkedDeathSubmitted death) => _group["portal"].Services.GetRequiredService<CitizenDesk>().SubmitDeathAsync(death);

    /// <summary>The civil-status registry finds that somebody it has registered as dead lives.</summary>
    internal Task RevokeDeathAsync(string dossier) => _group["civilstatus"].Services.GetRequiredService<CivilStatusDesk>().RevokeDeathAsync(dossier, "mistakenIdentity");

    /// <summary>A citizen withdraws a dossier.</summary>
    internal Task WithdrawAsync(string dossier) => _group["portal"].Services.GetRequiredService<CitizenDesk>().WithdrawAsync(dossier);

    /// <summary>What the citizens see of their dossiers, by number.</summary>
    internal Task<Dictionary<string, string>> PortalStatesAsync() => Database.PairsAsync(_databases["portal"], "select number, state from dossier");

    /// <summary>The same question to every agency, added up.</summary>
    internal async Task<long> SumAsync(string sql)
    {
        var sum = 0L;
        foreach (var database in _databases.Values)
            sum += await Database.CountAsync(database, sql);
        return sum;
    }

    internal Task<long> CountAsync(string agency, string sql, object? parameters = null) => Database.CountAsync(_databases[agency], sql, parameters);

    /// <summary>Dossiers whose end the citizen has been told of.</summary>
    internal Task<long> FinishedAsync() => CountAsync("portal", "select count(*) from dossier where finished_at is not null");

    /// <summary>Fails when any agency did any step of any dossier twice, or was asked more than once.</summary>
    internal async Task AssertNoStepTwiceAsync()
    {
        // The residence registry is asked for the consent and for the residence, the population database about each person.
        foreach (var (agency, most) in (IEnumerable<(string, int)>)[("onestop", 1), ("civilstatus", 1), ("residence", 2), ("socialinsurance", 1), ("identity", 1), ("population", 3)])
        {
            Assert.That(await CountAsync(agency, "select count(*) from (select dossier_number from step_attempt group by dossier_number having count(*) > @most) twice", new { most }),
                Is.Zero, $"{agency} must do each step once");
            Assert.That(await CountAsync(agency, "select count(*) from step_attempt where outcome = 'repeated'"), Is.Zero, $"{agency} must be asked once");
        }
    }

    public ValueTask DisposeAsync() => _group.DisposeAsync();

    // The subscriptions of an agency stand with its first system.
    private static IEnumerable<TestAgency> SystemsOf(DevelopmentAgency agency) => agency.Systems.Select((system, i) => new TestAgency(
        agency.Code, system.Name, system.Publishes, i > 0 ? [] : [.. agency.Subscriptions.Select(s => (s.Name, s.Types))])
    {
        Fields = [.. agency.Subscriptions.SelectMany(s => s.Fields).Distinct()],
        Owns = i > 0 ? [] : agency.Owns,
        Reviews = system.Reviews,
    });
}
