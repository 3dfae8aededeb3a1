using ExchangeBus.Benchmarks.Contenders.Ours;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.LocalServers;
using ExchangeBus.Testing;

namespace ExchangeBus.Benchmarks.Contenders.Dossiers;

/// <summary>The whole bus in this process with everything on, a portal that hands dossiers in and hears of them, and the agencies that answer.</summary>
internal sealed class DossierBus : IAsyncDisposable
{
    private static readonly TestAgency Portal = new("G22.99.08", "portal", ["vn.portal.*"], ("progress", [EventTypes.DossierProgressed]));
    private static readonly TestAgency CivilStatus = new("G15", "civilstatus", ["vn.civilstatus.*"], ("commands", [EventTypes.RegisterBirth]));
    private static readonly TestAgency Residence =
        new("G01", "residence", ["vn.residence.*"], ("commands", [EventTypes.RegisterPermanentResidence, EventTypes.RequestHouseholdConsent]));
    private static readonly TestAgency Insurance = new("G24", "socialinsurance", ["vn.socialinsurance.*"], ("commands", [EventTypes.IssueChildHealthCard]));
    private static readonly TestAgency OneStop = new("G22", "onestop", ["vn.onestop.*"], ("commands", [EventTypes.RequestIntake]));
    private static readonly TestAgency Population =
        new("G01.C06", "population", ["vn.population.*", "vn.identity.*"], ("commands", [EventTypes.VerifyCitizen, EventTypes.IssueChildIdCard]));

    private readonly List<IAsyncDisposable> _agencies = [];
    private readonly HttpPublisher _portal;
    private volatile Action<string>? _completed;

    private DossierBus(RunningBus running) => (Running, _portal) = (running, new HttpPublisher(running.Address, Portal.AuthenticationAt(running.Address)));

    internal RunningBus Running { get; }

    internal static async Task<DossierBus> StartAsync(LocalServerSet servers, bool everyStep, CancellationToken cancellationToken)
    {
        TestAgency[] answering = everyStep ? [CivilStatus, Residence, Insurance, OneStop, Population] : [CivilStatus, Residence, Insurance];
        var settings = new Dictionary<string, string?>(BenchmarkBus.Unlimited);
        if (everyStep)
            settings["Procedures:OutsideSteps"] = "";
        var bus = new DossierBus(await RunningBus.StartAsync(servers, [Portal, .. answering], settings));
        try
        {
            await bus.StartAgenciesAsync(answering, cancellationToken);
            return bus;
        }
        catch
        {
            await bus.DisposeAsync();
            throw;
        }
    }

    /// <summary>The portal tells this the number of each dossier that it hears has been completed.</summary>
    internal void Use(Action<string> completed) => _completed = completed;

    /// <summary>Hands a dossier in now; returns when the bus has accepted it.</summary>
    internal Task SubmitAsync(LinkedBirthSubmitted submission, CancellationToken cancellationToken) => _portal.PublishAsync(
        CloudEventJson.Write(new CloudEvent
        {
            Id = Guid.CreateVersion7().ToString("D"),
            Source = Portal.Source,
            Type = EventTypes.LinkedBirthSubmitted,
            Subject = submission.DossierNumber,
            Time = TimeProvider.System.GetUtcNow(),
            DataContentType = "application/json",
            Data = EventData.Write(submission),
        }), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var agency in _agencies)
            await agency.DisposeAsync();
        _portal.Dispose();
        await Running.DisposeAsync();
    }

    private async Task StartAgenciesAsync(TestAgency[] answering, CancellationToken cancellationToken)
    {
        foreach (var agency in answering)
            _agencies.Add(await AnsweringAgency.StartAsync(agency, Running, cancellationToken));
        _agencies.Add(await BusSubscriber.StartAsync(Portal, Running.AmqpUri, Hear, static _ => Task.CompletedTask, cancellationToken));
    }

    private void Hear(CloudEvent received)
    {
        var progress = EventData.Read<DossierProgressed>(received.Data.Span);
        if (progress.State == DossiersByBus.Completed)
            _completed?.Invoke(progress.DossierNumber);
    }
}
