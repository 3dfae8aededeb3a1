using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace ExchangeBus.Testing;

/// <summary>Takes single messages from a queue with one active consumer, which RabbitMQ does not let be asked with <c>basic.get</c>.</summary>
public static class QueueReading
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(300);

    /// <summary>The next message, acknowledged; null when none comes within 300 ms.</summary>
    public static async Task<BasicGetResult?> TakeAsync(this IChannel channel, string queue, bool acknowledge = true)
    {
        var taken = new TaskCompletionSource<BasicGetResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        await channel.BasicQosAsync(0, 1, global: false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, e) =>
        {
            taken.TrySetResult(new BasicGetResult(e.DeliveryTag, e.Redelivered, e.Exchange, e.RoutingKey, 0, e.BasicProperties, e.Body.ToArray()));
            return Task.CompletedTask;
        };
        var tag = await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
        await Task.WhenAny(taken.Task, Task.Delay(Longest, TimeProvider.System, CancellationToken.None));
        // With one message at a time nothing else can be under way.
        await channel.BasicCancelAsync(tag);
        if (!taken.Task.IsCompleted)
            return null;
        var result = await taken.Task;
        if (acknowledge)
            await channel.BasicAckAsync(result.DeliveryTag, multiple: false);
        return result;
    }
}
