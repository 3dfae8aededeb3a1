using ExchangeBus.MassTransit.CloudEvents;
using ExchangeBus.MassTransit.PostgreSql;
using ExchangeBus.MassTransit.RabbitMq;
using ExchangeBus.Platform;
using ExchangeBus.Procedures.Dossiers;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Procedures;

/// <summary>How any linked procedure stores its dossiers, reads its queue and says how far it has come.</summary>
internal static class ProcedureEndpoint
{
    /// <summary>The acknowledgements of one procedure, and the filter that feeds them.</summary>
    internal static void AddAcknowledgements(this IServiceCollection services, RegisteredProcedure procedure)
    {
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ProcedureAcknowledgements>(provider, procedure));
        services.AddSingleton<IHostedService>(provider => AcknowledgementsOf(provider, procedure));
    }

    internal static void AddDossiers<TProcess, TState>(this IBusRegistrationConfigurator bus, RegisteredProcedure procedure)
        where TProcess : DossierProcess<TState>
        where TState : DossierState =>
        bus.AddSagaStateMachine<TProcess, TState>().PostgreSqlRepository(saga =>
        {
            saga.Table = procedure.Table;
            saga.KeepCompleted = true;
            saga.SearchBy(s => s.DossierNumber, unique: true);
            saga.SearchBy(s => s.SubmittedAt);
            saga.SearchBy(s => s.Commune);
            saga.SearchBy(s => s.Province);
            saga.SearchBy(s => s.DueAt);
            saga.SearchBy(s => s.Holders);
            saga.SearchBy(s => s.LookAt);
            saga.SearchBy(s => s.RegistrationKey);
            saga.SearchBy(s => s.PersonalId);
        });

    /// <param name="rabbit">The bus.</param>
    /// <param name="context">The container of the bus.</param>
    /// <param name="procedure">The procedure.</param>
    /// <param name="messages">Which record each event type is read as or written from.</param>
    internal static void ReceiveDossiers<TState>(
        this IRabbitMqBusFactoryConfigurator rabbit, IBusRegistrationContext context, RegisteredProcedure procedure, Action<CloudEventsOptions> messages)
        where TState : DossierState =>
        rabbit.ReceiveEndpoint(procedure.Queue, endpoint =>
        {
            var broker = context.GetRequiredService<IOptions<BrokerOptions>>().Value;
            var concurrency = context.GetRequiredService<IOptions<ProceduresOptions>>().Value.Concurrency;
            var time = context.GetRequiredService<TimeProvider>();
            endpoint.ConfigureConsumeTopology = false;
            endpoint.PublishFaults = false;
            endpoint.Durable = true;
            foreach (var (name, value) in Topology.QuorumArguments(broker.DeliveryLimit, singleActiveConsumer: true))
                endpoint.SetQueueArgument(name, value);
            endpoint.WatchConnection(time);
            // What is fetched is bounded here, what runs at once in the filter: the transport's own limit would let waiting deliveries keep out those they wait for.
            endpoint.PrefetchCount = 4 * concurrency;

            // What fails is in the log and in the dead letters; copies in further queues would only hold personal data once more.
            endpoint.DiscardFaultedMessages();
            endpoint.DiscardSkippedMessages();
            endpoint.ClearSerialization();
            var options = new CloudEventsOptions { Source = ProceduresRegistration.Source, TimeProvider = time };
            messages(options);
            endpoint.UseCloudEvents(options);
            var acknowledgements = AcknowledgementsOf(context, procedure);
            endpoint.UseFilter(ActivatorUtilities.CreateInstance<LogOrderFilter>(context, acknowledgements));
            endpoint.UseFilter(ActivatorUtilities.CreateInstance<AcknowledgeFilter>(context, procedure, acknowledgements));
            endpoint.UsePostgreSqlOutbox(context);
            endpoint.ConfigureSaga<TState>(context);
        });

    private static ProcedureAcknowledgements AcknowledgementsOf(IServiceProvider provider, RegisteredProcedure procedure) =>
        provider.GetServices<ProcedureAcknowledgements>().Single(a => a.Procedure == procedure);
}
