using MassTransit;
using MassTransit.Configuration;
using MassTransit.Courier.Contracts;
using MassTransit.DependencyInjection;
using MassTransit.JobService;
using MassTransit.Middleware;
using MassTransit.Transports;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Puts the outbox before every consumer, saga and activity of an endpoint.</summary>
internal sealed class OutboxConfigurationObserver(IReceiveEndpointConfigurator endpoint, IRegistrationContext context, OutboxCoverage coverage)
    : IConsumerConfigurationObserver, ISagaConfigurationObserver, IActivityConfigurationObserver
{
    public void ConsumerConfigured<TConsumer>(IConsumerConfigurator<TConsumer> configurator) where TConsumer : class
    {
    }

    public void ConsumerMessageConfigured<TConsumer, TMessage>(IConsumerMessageConfigurator<TConsumer, TMessage> configurator)
        where TConsumer : class
        where TMessage : class =>
        Add<TConsumer, TMessage>((IPipeConfigurator<ConsumeContext<TMessage>>)configurator, new OutboxConsumeOptions());

    public void SagaConfigured<TSaga>(ISagaConfigurator<TSaga> configurator) where TSaga : class, ISaga => coverage.OutboxAdded(typeof(TSaga));

    public void StateMachineSagaConfigured<TInstance>(ISagaConfigurator<TInstance> configurator, SagaStateMachine<TInstance> stateMachine)
        where TInstance : class, ISaga, SagaStateMachineInstance => coverage.OutboxAdded(typeof(TInstance));

    public void SagaMessageConfigured<TSaga, TMessage>(ISagaMessageConfigurator<TSaga, TMessage> configurator)
        where TSaga : class, ISaga
        where TMessage : class =>
        Add<TSaga, TMessage>((IPipeConfigurator<ConsumeContext<TMessage>>)configurator, new SagaOutboxOptions());

    public void ActivityConfigured<TActivity, TArguments>(IExecuteActivityConfigurator<TActivity, TArguments> configurator, Uri compensateAddress)
        where TActivity : class, IExecuteActivity<TArguments>
        where TArguments : class =>
        configurator.RoutingSlip(x => Add<TActivity, RoutingSlip>(x, new OutboxConsumeOptions()));

    public void ExecuteActivityConfigured<TActivity, TArguments>(IExecuteActivityConfigurator<TActivity, TArguments> configurator)
        where TActivity : class, IExecuteActivity<TArguments>
        where TArguments : class =>
        configurator.RoutingSlip(x => Add<TActivity, RoutingSlip>(x, new OutboxConsumeOptions()));

    public void CompensateActivityConfigured<TActivity, TLog>(ICompensateActivityConfigurator<TActivity, TLog> configurator)
        where TActivity : class, ICompensateActivity<TLog>
        where TLog : class =>
        configurator.RoutingSlip(x => Add<TActivity, RoutingSlip>(x, new OutboxConsumeOptions()));

    private void Add<TConsumer, TMessage>(IPipeConfigurator<ConsumeContext<TMessage>> pipe, OutboxConsumeOptions options)
        where TConsumer : class
        where TMessage : class
    {
        options.ConsumerId = JobMetadataCache<TConsumer, TMessage>.GenerateJobTypeId(endpoint.InputAddress.GetEndpointName());
        options.ConsumerType = TypeCache<TConsumer>.ShortName;
        var scopes = new ConsumeScopeProvider(context);
        pipe.AddPipeSpecification(new FilterPipeSpecification<ConsumeContext<TMessage>>(new OutboxConsumeFilter<UnitOfWork, TMessage>(scopes, options)));
    }
}
