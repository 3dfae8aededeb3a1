using ExchangeBus.Contracts;
using ExchangeBus.SampleAgencies;
using ExchangeBus.SampleAgencies.Portal;
using ExchangeBus.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.IntegrationTests.Journeys;

/// <summary>The four sample agencies, each on its own database, talking to a bus under test through the client only.</summary>
internal sealed class LinkedBirthAgencies : IAsyncDisposable
{
    internal static readonly TestAgency Portal = new("G22.99.08", "portal", ["vn.portal.*"], ("progress", [EventTypes.DossierProgressed]));
    internal static readonly TestAgency Health = new("G18", "adapter", [], ("births", [EventTypes.BirthRegistered]));

    internal static readonly IReadOnlyList<TestAgency> All =
    [
        Portal,
        new("G15", "civilstatus", ["vn.civilstatus.*"], ("commands", [EventTypes.RegisterBirth])),
        new("G01", "residence", ["vn.residence.*"], ("commands", [EventTypes.RegisterPermanentResidence])),
        new("G24", "socialinsurance", ["vn.socialinsurance.*"], ("commands", [EventTypes.IssueChildHealthCard])),
        Health,
    ];

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

    internal Task<long> CountAsync(string agency, string sql) => Database.CountAsync(_databases[agency], sql);

    /// <summary>Dossiers whose end the citizen has been told of.</summary>
    internal Task<long> FinishedAsync() => CountAsync("portal", "select count(*) from dossier where finished_at is not null");

    /// <summary>Fails when any agency did any step of any dossier twice, or was asked more than once.</summary>
    internal async Task AssertNoStepTwiceAsync()
    {
        foreach (var agency in (string[])["civilstatus", "residence", "socialinsurance"])
        {
            Assert.That(await CountAsync(agency, "select count(*) from (select dossier_number from step_attempt group by dossier_number having count(*) > 1) twice"),
                Is.Zero, $"{agency} must do each step once");
        }
    }

    public ValueTask DisposeAsync() => _group.DisposeAsync();
}
