using System.Net.Http.Json;
using System.Text.Json;
using ExchangeBus.Delivery.Unroutable;
using ExchangeBus.IntegrationTests.Road;
using ExchangeBus.Platform;
using ExchangeBus.Testing;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace ExchangeBus.IntegrationTests.Delivery;

[TestFixture]
public sealed class When_no_queue_takes_a_message
{
    private static readonly string[] Words = ["one", "two"];

    [Test]
    public async Task Should_raise_an_alarm_until_somebody_has_cleared_it()
    {
        using var logs = new LoggedTexts();
        await using var bus = await RunningBus.StartAsync(Servers.Current, [Samples.Portal], Samples.WithoutProcedures, logs);
        await using var connection = await new ConnectionFactory { Uri = bus.AmqpUri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        using var http = new HttpClient { BaseAddress = bus.Address };
        var watch = bus.Provider.GetRequiredService<UnroutableWatch>();
        await Eventually.GetAsync(() => DeclaredAsync(connection), declared => declared, "the bus has declared its queues");
        await watch.LookAsync(CancellationToken.None);
        var before = await http.GetFromJsonAsync<JsonElement>("health");

        await channel.QueueUnbindAsync(Topology.Intake, Topology.Intake, "");
        foreach (var word in Words)
            await channel.BasicPublishAsync(Topology.Intake, "", mandatory: true, new BasicProperties(), System.Text.Encoding.UTF8.GetBytes(word));
        await Eventually.GetAsync(() => LookAsync(watch), n => n == 2, "both are seen");
        await watch.LookAsync(CancellationToken.None);
        var degraded = await http.GetFromJsonAsync<JsonElement>("health");
        using var ready = await http.GetAsync("health/ready");

        await channel.QueuePurgeAsync(Topology.Unroutable);
        await Eventually.GetAsync(() => LookAsync(watch), n => n == 0, "it is empty again");
        var after = await http.GetFromJsonAsync<JsonElement>("health");

        var check = Check(degraded);
        var seen = check.GetProperty("data");
        Assert.Multiple(() =>
        {
            Assert.That(before.GetProperty("status").GetString(), Is.EqualTo("healthy"), before.GetRawText());
            Assert.That(degraded.GetProperty("status").GetString(), Is.EqualTo("degraded"));
            Assert.That(check.GetProperty("status").GetString(), Is.EqualTo("degraded"));
            Assert.That(seen.GetProperty("count").GetInt64(), Is.EqualTo(2));
            Assert.That(seen.GetProperty("last").GetDateTimeOffset(), Is.GreaterThanOrEqualTo(seen.GetProperty("since").GetDateTimeOffset()));
            Assert.That(ready.IsSuccessStatusCode, Is.True, "the host works");
            Assert.That(after.GetProperty("status").GetString(), Is.EqualTo("healthy"));
            Assert.That(logs.All.Count(l => l.Contains("2 lie in exchangebus.unroutable")), Is.EqualTo(1), "once for a change, not for a look");
        });
    }

    private static JsonElement Check(JsonElement health) => health.GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("code").GetString() == "delivery.unroutable");

    private static async Task<long> LookAsync(UnroutableWatch watch)
    {
        await watch.LookAsync(CancellationToken.None);
        return watch.Seen.Count;
    }

    private static async Task<bool> DeclaredAsync(IConnection connection)
    {
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            return await channel.MessageCountAsync(Topology.Intake) == 0;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return false;
        }
    }
}
