using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExchangeBus.Contracts;
using ExchangeBus.IntegrationTests.Road;
using ExchangeBus.Log;
using ExchangeBus.Testing;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace ExchangeBus.IntegrationTests.Delivery;

/// <summary>A bus with a publisher and a subscriber, and what the people of the subscriber's agency do.</summary>
internal sealed class DeliveryDesk(RunningBus bus) : IAsyncDisposable
{
    internal const string Subscription = "G18.births";
    internal const string Queue = "sub.G18.births";
    private HttpClient _portal = bus.ClientOf(Samples.Portal);
    private IConnection? _connection;

    internal RunningBus Bus => bus;

    internal HttpClient Agency { get; private set; } = bus.ClientOf(Samples.Health);

    internal HttpClient Stranger => _portal;

    internal static async Task<DeliveryDesk> StartAsync(IReadOnlyDictionary<string, string?>? settings = null, TestAgency? subscriber = null)
    {
        var all = Samples.WithoutProcedures;
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
            all[name] = value;
        return new DeliveryDesk(await RunningBus.StartAsync(Servers.Current, [Samples.Portal, subscriber ?? Samples.Health], all));
    }

    /// <summary>Starts the host again, with what is configured for the subscriber by then.</summary>
    internal async Task RestartAsync(TestAgency? subscriber = null)
    {
        Agency.Dispose();
        _portal.Dispose();
        await bus.RestartAsync([Samples.Portal, subscriber ?? Samples.Health]);
        (_portal, Agency) = (bus.ClientOf(Samples.Portal), bus.ClientOf(Samples.Health));
    }

    public async ValueTask DisposeAsync()
    {
        Agency.Dispose();
        _portal.Dispose();
        if (_connection is not null)
            await _connection.DisposeAsync();
        await bus.DisposeAsync();
    }

    /// <summary>Publishes events of several dossiers and returns when all are in the queue.</summary>
    internal async Task PublishAsync(int count)
    {
        var before = await CountAsync("select coalesce(sum(handed), 0) from delivery_position where subscription = 'G18.births'");
        for (var from = 0; from < count; from += 250)
        {
            var events = Enumerable.Range(from, Math.Min(250, count - from)).Select(i => Samples.LinkedBirth(subject: $"G22.99.08-261123-{i % 20:000000}"));
            var body = $"[{string.Join(',', events.Select(e => Encoding.UTF8.GetString(CloudEventJson.Write(e))))}]";
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new(CloudEventJson.BatchMediaType) } };
            using var answer = await _portal.PostAsync("events", content);
            answer.EnsureSuccessStatusCode();
        }

        await Eventually.GetAsync(
            () => CountAsync("select sum(handed) from delivery_position where subscription = 'G18.births'"), n => n >= before + count, "all in the queue", TimeSpan.FromMinutes(3));
    }

    internal Task<long> CountAsync(string sql) => Database.CountAsync(bus.ConnectionString, sql);

    internal async Task<DateTimeOffset> RecordedAtAsync(long sequence) =>
        (await bus.Provider.GetRequiredService<LogReader>().FindAsync(sequence, DateTimeOffset.MinValue, CancellationToken.None))!.RecordedAt;

    internal Task<long> AcknowledgedAsync() => CountAsync("select acknowledged from delivery_position where subscription = 'G18.births'");

    internal Task<long> DeadAsync(int atLeast, TimeSpan? within = null) => Eventually.GetAsync(
        () => CountAsync("select count(*) from dead_letter where redriven_at is null"), n => n >= atLeast, $"{atLeast} dead letters", within);

    internal async Task<IChannel> OpenAsync() => await (_connection ??= await new ConnectionFactory { Uri = bus.AmqpUri }.CreateConnectionAsync()).CreateChannelAsync();

    /// <summary>Refuses the next deliveries; returns when they are dead letters.</summary>
    internal async Task RejectAsync(int count, TimeSpan? within = null)
    {
        var before = await CountAsync("select count(*) from dead_letter where redriven_at is null");
        await TakeAsync(count, (channel, last) => channel.BasicNackAsync(last, multiple: true, requeue: false), within);
        await DeadAsync((int)before + count, within);
    }

    /// <summary>
    /// Takes the next deliveries and settles them; acknowledges to the broker unless told otherwise. All by one command for the last one: RabbitMQ sends commands to a
    /// quorum queue 32 at a time, and forgets the rest of them with a channel that is closed.
    /// </summary>
    internal async Task<IReadOnlyList<CloudEvent>> TakeAsync(int count, Func<IChannel, ulong, ValueTask>? settle = null, TimeSpan? within = null)
    {
        await using var channel = await OpenAsync();
        var (taken, last) = (new List<CloudEvent>(), 0UL);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await channel.BasicQosAsync(0, (ushort)count, global: false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, e) =>
        {
            taken.Add(CloudEventJson.Read(e.Body.ToArray()));
            last = e.DeliveryTag;
            if (taken.Count == count)
                all.SetResult();
            return Task.CompletedTask;
        };
        var tag = await channel.BasicConsumeAsync(Queue, autoAck: false, consumer);
        await Task.WhenAny(all.Task, Task.Delay(within ?? TimeSpan.FromSeconds(30), TimeProvider.System, CancellationToken.None));
        Assert.That(taken, Has.Count.EqualTo(count), "deliveries in the queue");
        await channel.BasicCancelAsync(tag);
        await (settle?.Invoke(channel, last) ?? channel.BasicAckAsync(last, multiple: true));
        return taken;
    }

    /// <summary>Refuses one message, whatever it is.</summary>
    internal async Task RejectRawAsync()
    {
        await using var channel = await OpenAsync();
        var message = await Eventually.GetAsync(() => channel.TakeAsync(Queue, acknowledge: false), m => m is not null, "a message");
        await channel.BasicRejectAsync(message!.DeliveryTag, requeue: false);
    }

    /// <summary>Tells the bus what is done, as a plain AMQP client does.</summary>
    internal async Task SayAsync(long after, long sequence)
    {
        using var answer = await Agency.PostAsJsonAsync("acknowledgements", new { subscription = Subscription, partition = 0, after, sequence });
        Assert.That((int)answer.StatusCode, Is.EqualTo(204), "the word connects");
    }

    internal async Task<JsonElement> StartAsync(string kind, object request, int expected = 202)
    {
        using var answer = await Agency.PostAsJsonAsync($"subscriptions/{Subscription}/{kind}", request);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.That((int)answer.StatusCode, Is.EqualTo(expected), body.GetRawText());
        return body;
    }

    internal async Task<int> StepAsync(string job, string action)
    {
        using var answer = await Agency.PostAsJsonAsync($"subscriptions/{Subscription}/jobs/{job}/{action}", new { reason = "Theo yêu cầu của trực ban", officer = "CB-17" });
        return (int)answer.StatusCode;
    }

    internal Task<JsonElement> JobAsync(string job) => Agency.GetFromJsonAsync<JsonElement>($"subscriptions/{Subscription}/jobs/{job}");

    internal Task<JsonElement> CompletedAsync(string job, TimeSpan? within = null) =>
        Eventually.GetAsync(() => JobAsync(job), j => j.GetProperty("state").GetString() == "completed", "the job is completed", within);

    internal async Task<long[]> DeadSequencesAsync() =>
        [.. (await Agency.GetFromJsonAsync<JsonElement[]>($"subscriptions/{Subscription}/dead-letters?limit=500"))!.Select(d => d.GetProperty("sequence").GetInt64())];
}

internal static class JobAnswers
{
    internal static string Id(this JsonElement job) => job.GetProperty("id").GetString()!;

    internal static long Number(this JsonElement job, string name) => job.GetProperty(name).GetInt64();

    internal static long Skipped(this JsonElement job, string rule) => job.GetProperty("skipped").TryGetProperty(rule, out var count) ? count.GetInt64() : 0;
}
