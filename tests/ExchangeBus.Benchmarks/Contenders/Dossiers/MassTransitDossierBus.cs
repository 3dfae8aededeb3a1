using ExchangeBus.Contracts.Desk;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.Population;
using ExchangeBus.LocalServers;
using ExchangeBus.Testing;
using MassTransit;
using MassTransit.Saga;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExchangeBus.Benchmarks.Contenders.Dossiers;

/// <summary>MassTransit as it comes: the saga in memory, its agencies consumers of one queue each; no log, no checks, no durability but the broker's.</summary>
internal sealed class MassTransitDossierBus : IAsyncDisposable
{
    private const int Concurrency = 64;
    private readonly IHost _host;
    private readonly IBus _bus;
    private readonly IndexedSagaDictionary<Dossier> _dossiers;
    private volatile Action<string>? _completed;

    private MassTransitDossierBus(Uri broker, bool everyStep)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.Configure<MassTransitHostOptions>(x => x.WaitUntilStarted = true);
        builder.Services.AddSingleton(new DossierSteps(everyStep));
        builder.Services.AddMassTransit(x =>
        {
            x.DisableUsageTelemetry();
            x.AddSagaStateMachine<DossierMachine, Dossier>().InMemoryRepository().Endpoint(e => e.Name = "dossiers");
            x.AddConfigureEndpointsCallback((context, _, endpoint) =>
            {
                Prepare((IRabbitMqReceiveEndpointConfigurator)endpoint);
                // Else an answer may come before the dossier that it answers is kept.
                endpoint.UseInMemoryOutbox(context);
            });
            x.UsingRabbitMq((context, configurator) =>
            {
                configurator.Host(broker);
                configurator.ReceiveEndpoint("civilstatus", e => Answer<RegisterBirth, BirthRegistered>(e, Answers.To));
                configurator.ReceiveEndpoint("residence", e =>
                {
                    Answer<RegisterPermanentResidence, PermanentResidenceRegistered>(e, Answers.To);
                    Answer<RequestHouseholdConsent, HouseholdConsentAnswered>(e, Answers.To);
                });
                configurator.ReceiveEndpoint("socialinsurance", e => Answer<IssueChildHealthCard, ChildHealthCardIssued>(e, Answers.To));
                configurator.ReceiveEndpoint("portal", Hear);
                if (everyStep)
                    ReceiveOtherSteps(configurator);
                configurator.ConfigureEndpoints(context);
            });
        });
        _host = builder.Build();
        _bus = _host.Services.GetRequiredService<IBus>();
        _dossiers = _host.Services.GetRequiredService<IndexedSagaDictionary<Dossier>>();
    }

    internal static async Task<MassTransitDossierBus> StartAsync(LocalServerSet servers, bool everyStep, CancellationToken cancellationToken)
    {
        var broker = await VirtualHost.CreateAsync(servers.RabbitMq, $"dossiers_{Guid.CreateVersion7():N}");
        var bus = new MassTransitDossierBus(broker, everyStep);
        await bus._host.StartAsync(cancellationToken);
        return bus;
    }

    /// <summary>How many dossiers are completed.</summary>
    internal long Completed => _dossiers.Select(d => d).Count(d => d.CurrentState == DossiersByBus.Completed);

    /// <summary>The portal tells this the number of each dossier that it hears has been completed.</summary>
    internal void Use(Action<string> completed) => _completed = completed;

    /// <summary>Returns when the broker has confirmed.</summary>
    internal Task SubmitAsync(LinkedBirthSubmitted submission, CancellationToken cancellationToken) => _bus.Publish(submission, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }

    private static void ReceiveOtherSteps(IRabbitMqBusFactoryConfigurator configurator)
    {
        configurator.ReceiveEndpoint("onestop", e => Answer<RequestIntake, IntakeAccepted>(e, Answers.To));
        configurator.ReceiveEndpoint("population", e =>
        {
            Answer<VerifyCitizen, CitizenVerified>(e, Answers.To);
            Answer<IssueChildIdCard, ChildIdCardIssued>(e, Answers.To);
        });
    }

    private static void Answer<TCommand, TAnswer>(IRabbitMqReceiveEndpointConfigurator endpoint, Func<TCommand, TAnswer> answer)
        where TCommand : class
        where TAnswer : class
    {
        Prepare(endpoint);
        endpoint.Handler<TCommand>(context => context.Publish(answer(context.Message)));
    }

    private static void Prepare(IRabbitMqReceiveEndpointConfigurator endpoint)
    {
        endpoint.SetQuorumQueue();
        endpoint.PrefetchCount = 4 * Concurrency;
        endpoint.ConcurrentMessageLimit = Concurrency;
    }

    private void Hear(IRabbitMqReceiveEndpointConfigurator endpoint)
    {
        Prepare(endpoint);
        endpoint.Handler<DossierProgressed>(context =>
        {
            if (context.Message.State == DossiersByBus.Completed)
                _completed?.Invoke(context.Message.DossierNumber);
            return Task.CompletedTask;
        });
    }
}
