using MassTransit.Middleware;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace ExchangeBus.MassTransit.RabbitMq;

/// <summary>The channel of an endpoint, with a memory for its consumer, so that it can be told what the connection did not tell it. Everything else is handed on.</summary>
internal sealed class WatchedChannel(ChannelContext channel) : ProxyPipeContext(channel), ChannelContext
{
    private volatile IAsyncBasicConsumer? _consumer;

    public IChannel Channel => channel.Channel;

    public ConnectionContext ConnectionContext => channel.ConnectionContext;

    /// <summary>The connection is closed, and the channel does not know.</summary>
    public bool IsLost => !channel.ConnectionContext.Connection.IsOpen && channel.Channel.IsOpen;

    /// <summary>Says to the consumer what a channel says when it closes: what is in work is cancelled, and the consumer ends when it has ended.</summary>
    public Task TellConsumerAsync() => _consumer is null ? Task.CompletedTask : _consumer.HandleChannelShutdownAsync(
        Channel, channel.ConnectionContext.Connection.CloseReason ?? new ShutdownEventArgs(ShutdownInitiator.Library, Constants.ChannelError, "The connection is closed."));

    public Task<string> BasicConsume(string queue, bool noAck, bool exclusive, IDictionary<string, object> arguments, IAsyncBasicConsumer consumer,
        string consumerTag, CancellationToken cancellationToken)
    {
        _consumer = consumer;
        return channel.BasicConsume(queue, noAck, exclusive, arguments, consumer, consumerTag, cancellationToken);
    }

    public Task BasicPublishAsync(string exchange, string routingKey, bool mandatory, BasicProperties basicProperties, byte[] body, bool awaitAck,
        CancellationToken cancellationToken) =>
        channel.BasicPublishAsync(exchange, routingKey, mandatory, basicProperties, body, awaitAck, cancellationToken);

    public Task ExchangeBind(string destination, string source, string routingKey, IDictionary<string, object> arguments, CancellationToken cancellationToken) =>
        channel.ExchangeBind(destination, source, routingKey, arguments, cancellationToken);

    public Task ExchangeDeclare(string exchange, string type, bool durable, bool autoDelete, IDictionary<string, object> arguments,
        CancellationToken cancellationToken) =>
        channel.ExchangeDeclare(exchange, type, durable, autoDelete, arguments, cancellationToken);

    public Task ExchangeDeclarePassive(string exchange, CancellationToken cancellationToken) => channel.ExchangeDeclarePassive(exchange, cancellationToken);

    public Task QueueBind(string queue, string exchange, string routingKey, IDictionary<string, object> arguments, CancellationToken cancellationToken) =>
        channel.QueueBind(queue, exchange, routingKey, arguments, cancellationToken);

    public Task<QueueDeclareOk> QueueDeclare(string queue, bool durable, bool exclusive, bool autoDelete, IDictionary<string, object> arguments,
        CancellationToken cancellationToken) =>
        channel.QueueDeclare(queue, durable, exclusive, autoDelete, arguments, cancellationToken);

    public Task<QueueDeclareOk> QueueDeclarePassive(string queue, CancellationToken cancellationToken) => channel.QueueDeclarePassive(queue, cancellationToken);

    public Task<uint> QueuePurge(string queue, CancellationToken cancellationToken) => channel.QueuePurge(queue, cancellationToken);

    public Task BasicQos(uint prefetchSize, ushort prefetchCount, bool global, CancellationToken cancellationToken) =>
        channel.BasicQos(prefetchSize, prefetchCount, global, cancellationToken);

    public ValueTask BasicAck(ulong deliveryTag, bool multiple, CancellationToken cancellationToken) => channel.BasicAck(deliveryTag, multiple, cancellationToken);

    public Task BasicNack(ulong deliveryTag, bool multiple, bool requeue, CancellationToken cancellationToken) =>
        channel.BasicNack(deliveryTag, multiple, requeue, cancellationToken);

    public Task BasicCancel(string consumerTag, CancellationToken cancellationToken) => channel.BasicCancel(consumerTag, cancellationToken);

    public void NotifyFaulted(Exception exception, Uri inputAddress) => channel.NotifyFaulted(exception, inputAddress);
}
