using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Desk;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.Population;
using ExchangeBus.MassTransit.CloudEvents;
using ExchangeBus.MassTransit.PostgreSql;
using ExchangeBus.MassTransit.RabbitMq;
using ExchangeBus.Platform;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Deadlines;
using ExchangeBus.Procedures.Dossiers;
using ExchangeBus.Procedures.LinkedBirth;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Procedures;

/// <summary>Linked procedures as sagas over the bus's own events.</summary>
public static class ProceduresRegistration
{
    internal const string Source = "urn:exchangebus:bus:procedures";
    private const string LinkedBirthQueue = "exchangebus.procedures.linkedbirth";

    /// <summary>Adds the linked-birth procedure.</summary>
    public static IServiceCollection AddProcedures(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ProceduresOptions>().Bind(configuration.GetSection("Procedures")).ValidateDataAnnotations()
            .Validate(o => o.OutsideSteps.All(ProceduresOptions.MayBeOutside), "Procedures:OutsideSteps takes intake, householdConsent and verification.").ValidateOnStart();
        services.AddSingleton<LegalClock>();
        services.AddSingleton<DossierWork>();
        services.AddSingleton<UnknownDossiers>();
        services.AddSingleton<ITransitionObserver, DossierHistory>();
        services.AddSingleton<LinkedBirthSteps>();
        services.AddHostedService<DeadlineSweep>();
        services.AddSingleton<DeadLetterStore>();
        services.AddSingleton<AcknowledgeFilter>();
        services.AddHostedService<ProcedureSubscriptions>();
        services.AddSingleton<ProcedureAcknowledgements>();
        services.AddHostedService(provider => provider.GetRequiredService<ProcedureAcknowledgements>());

        services.AddSingleton<IOutgoingMessageStore, EventLogOutbox>();
        services.AddPostgreSqlStorage(storage => storage.Schema = "procedures");
        // A host starts while RabbitMQ is away; what the procedures are to do waits in the log.
        services.Configure<MassTransitHostOptions>(host => host.WaitUntilStarted = false);
        services.AddMassTransit(AddLinkedBirth);
        return services;
    }

    private static void AddLinkedBirth(IBusRegistrationConfigurator bus)
    {
        // A government network sends nothing to anybody's usage statistics.
        bus.DisableUsageTelemetry();
        bus.AddSagaStateMachine<LinkedBirthProcess, LinkedBirthState>().PostgreSqlRepository(saga =>
        {
            saga.Table = "linked_birth";
            saga.KeepCompleted = true;
            saga.SearchBy(s => s.DossierNumber, unique: true);
            saga.SearchBy(s => s.SubmittedAt);
            saga.SearchBy(s => s.Holders);
            saga.SearchBy(s => s.LookAt);
            saga.SearchBy(s => s.RegistrationKey);
            saga.SearchBy(s => s.PersonalId);
        });
        bus.UsingRabbitMq((context, rabbit) =>
        {
            var broker = context.GetRequiredService<IOptions<BrokerOptions>>().Value;
            var procedures = context.GetRequiredService<IOptions<ProceduresOptions>>().Value;
            rabbit.Host(new Uri(broker.Uri));
            rabbit.ReceiveEndpoint(LinkedBirthQueue, endpoint => Configure(endpoint, context, broker, procedures));
        });
    }

    private static void Configure(
        IRabbitMqReceiveEndpointConfigurator endpoint, IBusRegistrationContext context, BrokerOptions broker, ProceduresOptions procedures)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;
        endpoint.Durable = true;
        foreach (var (name, value) in Topology.QuorumArguments(broker.DeliveryLimit, singleActiveConsumer: true))
            endpoint.SetQueueArgument(name, value);
        endpoint.WatchConnection(context.GetRequiredService<TimeProvider>());
        endpoint.PrefetchCount = 4 * procedures.Concurrency;
        endpoint.ConcurrentMessageLimit = procedures.Concurrency;

        // What fails is in the log and in the dead letters; copies in further queues would only hold personal data once more.
        endpoint.DiscardFaultedMessages();
        endpoint.DiscardSkippedMessages();
        endpoint.ClearSerialization();
        endpoint.UseCloudEvents(MessageTypes(context.GetRequiredService<TimeProvider>()));
        endpoint.UseFilter(context.GetRequiredService<AcknowledgeFilter>());
        endpoint.UsePostgreSqlOutbox(context);
        endpoint.ConfigureSaga<LinkedBirthState>(context);
    }

    private static CloudEventsOptions MessageTypes(TimeProvider time) => new CloudEventsOptions { Source = Source, TimeProvider = time }
        .Map<LinkedBirthSubmitted>(EventTypes.LinkedBirthSubmitted)
        .Map<RequestIntake>(EventTypes.RequestIntake)
        .Map<IntakeAccepted>(EventTypes.IntakeAccepted)
        .Map<IntakeRefused>(EventTypes.IntakeRefused)
        .Map<SupplementRequested>(EventTypes.SupplementRequested)
        .Map<SupplementSubmitted>(EventTypes.SupplementSubmitted)
        .Map<DossierWithdrawn>(EventTypes.DossierWithdrawn)
        .Map<RequestHouseholdConsent>(EventTypes.RequestHouseholdConsent)
        .Map<HouseholdConsentAnswered>(EventTypes.HouseholdConsentAnswered)
        .Map<VerifyCitizen>(EventTypes.VerifyCitizen)
        .Map<CitizenVerified>(EventTypes.CitizenVerified)
        .Map<RegisterBirth>(EventTypes.RegisterBirth)
        .Map<BirthRegistered>(EventTypes.BirthRegistered)
        .Map<BirthRegistrationRefused>(EventTypes.BirthRegistrationRefused)
        .Map<RegisterPermanentResidence>(EventTypes.RegisterPermanentResidence)
        .Map<ResidenceVerificationStarted>(EventTypes.ResidenceVerificationStarted)
        .Map<PermanentResidenceRegistered>(EventTypes.PermanentResidenceRegistered)
        .Map<PermanentResidenceRefused>(EventTypes.PermanentResidenceRefused)
        .Map<IssueChildHealthCard>(EventTypes.IssueChildHealthCard)
        .Map<ChildHealthCardIssued>(EventTypes.ChildHealthCardIssued)
        .Map<ChildHealthCardRefused>(EventTypes.ChildHealthCardRefused)
        .Map<IssueChildIdCard>(EventTypes.IssueChildIdCard)
        .Map<ChildIdCardIssued>(EventTypes.ChildIdCardIssued)
        .Map<ChildIdCardRefused>(EventTypes.ChildIdCardRefused)
        .Map<PersonalIdAssigned>(EventTypes.PersonalIdAssigned)
        .Map<PersonalIdReplaced>(EventTypes.PersonalIdReplaced)
        .Map<DossierProgressed>(EventTypes.DossierProgressed)
        .Map<DeadlineReached>(EventTypes.DeadlineReached);
}
