using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.IntegrationTests.SagaStore;

[NonParallelizable]
internal sealed class When_the_storage_is_measured
{
    [Test]
    public async Task Should_name_its_measurements_after_OpenTelemetry()
    {
        var seen = new ConcurrentDictionary<string, string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, l) => Enable(instrument, l) };
        listener.SetMeasurementEventCallback<double>((i, _, tags, _) => Note(i, tags));
        listener.SetMeasurementEventCallback<int>((i, _, tags, _) => Note(i, tags));
        listener.SetMeasurementEventCallback<long>((i, _, tags, _) => Note(i, tags));
        listener.Start();
        await using var host = await StartAsync();
        var messageId = NewId.NextGuid();
        var message = new CountOne { CounterId = NewId.NextGuid() };
        await host.Bus.Publish(message, x => x.MessageId = messageId);
        await host.EventuallyAsync(() => host.Results.Count, 1, "results");
        await host.Bus.Publish(message, x => x.MessageId = messageId);
        await host.ReceivedAsync(2);

        string[] expected =
        [
            "messaging.client.operation.duration/load", "messaging.client.operation.duration/commit", "messaging.client.operation.duration/send",
            "messaging.batch.message_count/load", "messaging.batch.message_count/commit", "messaging.client.sent.messages/send",
            "exchangebus.saga.transition.duration/", "exchangebus.inbox.duplicates/",
        ];
        Assert.That(seen.Keys, Is.SupersetOf(expected));
        Assert.That(seen["messaging.client.sent.messages/send"], Does.Contain("messaging.system=masstransit"));
        Assert.That(seen["exchangebus.saga.transition.duration/"], Does.Contain("exchangebus.saga.table=saga_counter").And.Contain("exchangebus.saga.to=Counting"));

        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var all = tags.ToArray().ToDictionary(x => x.Key, x => x.Value?.ToString());
            seen.TryAdd(instrument.Name + "/" + all.GetValueOrDefault("messaging.operation.name"), string.Join(' ', all.Select(x => x.Key + "=" + x.Value)));
        }
    }

    [Test]
    public async Task Should_keep_the_trace_of_the_sender_when_the_sweep_delivers()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = x => x.Name == StorageTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await StartAsync(time);
        using var work = new Activity("work").Start();
        var trace = work.TraceId;
        await using (var connection = await host.DataSource.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using var outbox = host.Get<BusOutbox>().Begin(transaction);
            // Written and committed, but never told to deliver: that is left to the sweep.
            await outbox.PublishEndpoint.Publish(new Counted { CounterId = Guid.Empty, Count = 1 });
            await outbox.WriteAsync();
            await transaction.CommitAsync();
        }
        work.Stop();
        time.Advance(TimeSpan.FromMinutes(1));
        await host.EventuallyAsync(() => host.Results.Count, 1, "results");
        await host.EventuallyAsync(() => spans.Count(x => x.OperationName == "send" && x.TraceId == trace && x.ParentSpanId == work.SpanId), 1, "send spans of the trace");
    }

    private static void Enable(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == StorageTelemetry.Name)
            listener.EnableMeasurementEvents(instrument);
    }

    private static Task<StorageHost> StartAsync(TimeProvider? time = null) => StorageHost.StartAsync(x =>
    {
        x.AddSagaStateMachine<CounterMachine, Counter>().PostgreSqlRepository();
        x.UsePostgreSqlOutboxOnEndpoints();
    }, services: x => x.AddSingleton(time ?? TimeProvider.System));
}
