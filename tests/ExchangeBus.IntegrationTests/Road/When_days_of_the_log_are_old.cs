using System.Net.Http.Json;
using Dapper;
using ExchangeBus.Contracts;
using ExchangeBus.Log;
using ExchangeBus.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace ExchangeBus.IntegrationTests.Road;

[TestFixture]
public sealed class When_days_of_the_log_are_old
{
    private RunningBus _bus = null!;
    private HttpClient _portal = null!;
    private HttpClient _health = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _bus = await RunningBus.StartAsync(
            Servers.Current, [Samples.Portal, Samples.Health], new Dictionary<string, string?>(Samples.WithoutProcedures) { ["Log:RetentionDays"] = "30" });
        _portal = _bus.ClientOf(Samples.Portal);
        _health = _bus.ClientOf(Samples.Health);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _portal.Dispose();
        _health.Dispose();
        await _bus.DisposeAsync();
    }

    [Test]
    public async Task Should_drop_them_when_every_subscription_has_acknowledged_and_take_the_same_event_as_new()
    {
        var old = Samples.LinkedBirth();
        var first = await PublishAsync(old);
        await MakeOlderAsync(40);
        var newer = await PublishAsync(Samples.LinkedBirth());
        await AcknowledgeAsync(0, newer.Sequence!.Value);

        await Retention.DropOldDaysAsync(CancellationToken.None);

        Assert.That(await CountAsync("select count(*) from event_log"), Is.EqualTo(1));
        Assert.That(await CountAsync("select count(*) from event_identity"), Is.EqualTo(1));
        var again = await PublishAsync(old);
        Assert.That(again, Has.Property(nameof(Receipt.Duplicate)).False.And.Property(nameof(Receipt.Sequence)).EqualTo(first.Sequence + 2), "positions must go on without a gap");
    }

    [Test]
    public async Task Should_keep_them_as_long_as_a_subscription_has_not_acknowledged()
    {
        var old = Samples.LinkedBirth();
        var first = await PublishAsync(old);
        await MakeOlderAsync(40);
        await PublishAsync(Samples.LinkedBirth());

        await Retention.DropOldDaysAsync(CancellationToken.None);

        Assert.That(await CountAsync("select count(*) from event_log"), Is.EqualTo(2));
        var again = await PublishAsync(old);
        Assert.That(again, Has.Property(nameof(Receipt.Duplicate)).True.And.Property(nameof(Receipt.Sequence)).EqualTo(first.Sequence), "the same event is known over all days");
    }

    [Test]
    public async Task Should_keep_the_day_of_the_newest_event_so_that_positions_go_on()
    {
        var first = await PublishAsync(Samples.LinkedBirth());
        await AcknowledgeAsync(0, first.Sequence!.Value);
        await MakeOlderAsync(40);

        await Retention.DropOldDaysAsync(CancellationToken.None);

        Assert.That((await PublishAsync(Samples.LinkedBirth())).Sequence, Is.EqualTo(first.Sequence + 1));
    }

    [Test]
    public async Task Should_have_a_week_of_days_ahead() =>
        Assert.That(await CountAsync("select count(*) from pg_inherits where inhparent = 'event_log'::regclass"), Is.EqualTo(8));

    private LogRetention Retention => _bus.Provider.GetServices<IHostedService>().OfType<LogRetention>().Single();

    private async Task<Receipt> PublishAsync(CloudEvent published)
    {
        using var content = new ByteArrayContent(CloudEventJson.Write(published).ToArray()) { Headers = { ContentType = new(CloudEventJson.MediaType) } };
        using var answer = await _portal.PostAsync("events", content);
        return (await answer.Content.ReadFromJsonAsync<Receipt>(EventData.Json))!;
    }

    private async Task AcknowledgeAsync(long after, long sequence)
    {
        using var word = await _health.PostAsJsonAsync("acknowledgements", new Acknowledgement("G18.births", 0, after, sequence), EventData.Json);
        word.EnsureSuccessStatusCode();
        // A position is written down within a moment.
        await Eventually.GetAsync(() => CountAsync("select min(read) from delivery_position"), read => read >= sequence, "every subscription has read");
    }

    // As if the events had been accepted that many days ago.
    private async Task MakeOlderAsync(int days)
    {
        await using var connection = new NpgsqlConnection(_bus.ConnectionString);
        await connection.ExecuteAsync(
            """
            select create_event_log_partition((now() at time zone interval '7 hours')::date - @days);
            update event_log set recorded_at = recorded_at - @days * interval '1 day';
            update event_identity set recorded_at = recorded_at - @days * interval '1 day';
            """, new { days });
    }

    private Task<long> CountAsync(string sql) => Database.CountAsync(_bus.ConnectionString, sql);
}
