using System.Text.Json.Nodes;
using ExchangeBus.Testing;
using RabbitMQ.Client;

namespace ExchangeBus.IntegrationTests.Delivery;

/// <summary>An agreement that is suspended or over takes back what nobody has fetched: all of it, once, and without a loss.</summary>
[TestFixture]
public sealed class When_a_queue_is_taken_back
{
    private const string Queue = "sub.G18.births";

    [Test]
    public async Task Should_also_be_when_the_subscriber_has_as_much_as_he_may_have()
    {
        await using var desk = await AgreementDesk.OpenAsync(new Dictionary<string, string?>(AgreementDesk.Settings) { ["Dispatch:UnacknowledgedWindow"] = "100" });
        await desk.AgreeAsync("statistics", AgreementDesk.Terms("public"));
        await desk.SubscribeAsync("births", "statistics");
        await PublishAsync(desk, 450);
        await Eventually.GetAsync(() => CountAsync(desk), n => n >= 100, "a full window");

        await desk.MoveAsync(desk.AtOwner, "statistics", "suspended");
        await Eventually.GetAsync(() => CountAsync(desk), n => n == 0, "all taken back");
        await desk.MoveAsync(desk.AtOwner, "statistics", "active");

        Assert.That(await desk.TakeAsync(Queue, 10), Has.Count.EqualTo(10));
    }

    [Test]
    public async Task Should_lose_nothing_of_a_subscriber_that_cannot_acknowledge()
    {
        await using var desk = await AgreementDesk.OpenAsync();
        await desk.AgreeAsync("statistics", AgreementDesk.Terms("public"));
        await desk.SubscribeAsync("births", "statistics", acknowledges: false);
        var published = await PublishAsync(desk, 7);
        await Eventually.GetAsync(() => CountAsync(desk), n => n == 7, "all in the queue");
        Assert.That((await desk.TakeAsync(Queue, 2)).Select(AgreementDesk.SequenceOf), Is.EqualTo(published.Take(2)));

        await desk.MoveAsync(desk.AtOwner, "statistics", "suspended");
        await Eventually.GetAsync(() => CountAsync(desk), n => n == 0, "the rest taken back");
        await desk.MoveAsync(desk.AtOwner, "statistics", "active");

        Assert.That((await desk.TakeAsync(Queue, 5)).Select(AgreementDesk.SequenceOf), Is.EqualTo(published.Skip(2)));
    }

    [Test]
    public async Task Should_not_be_again_when_a_host_starts_whose_subscription_names_an_agreement_that_is_over()
    {
        await using var desk = await AgreementDesk.OpenAsync();
        await desk.AgreeAsync("old", AgreementDesk.Terms("public", "/child/birthDate"));
        await desk.AgreeAsync("new", AgreementDesk.Terms("public"));
        await AgreementDesk.SendAsync(desk.AtReceiver, HttpMethod.Post, "subscriptions",
            new JsonObject { ["name"] = "births", ["terms"] = AgreementDesk.Asks(null, "old", "new"), ["reason"] = "needed", ["acknowledges"] = false });
        await PublishAsync(desk, 3);
        await Eventually.GetAsync(() => CountAsync(desk), n => n == 3, "all in the queue");
        await desk.MoveAsync(desk.AtOwner, "old", "ended");
        await Eventually.GetAsync(() => DeliveriesAsync(desk), n => n == 6, "taken back and delivered by the other agreement");
        await Eventually.GetAsync(() => CountAsync(desk), n => n == 3, "all in the queue");

        await desk.Bus.RestartAsync([AgreementDesk.Owner, AgreementDesk.Receiver, AgreementDesk.Colleague, AgreementDesk.Stranger]);
        using var owner = desk.Bus.ClientOf(AgreementDesk.Owner);
        await desk.PublishAsync(who: owner);
        await Eventually.GetAsync(() => DeliveriesAsync(desk), n => n >= 7, "the next one delivered");

        Assert.That((await DeliveriesAsync(desk), await CountAsync(desk)), Is.EqualTo((7L, 4)));
    }

    [Test]
    public async Task Should_make_dead_letters_again_of_those_that_were_handed_out_and_not_fetched()
    {
        await using var desk = await AgreementDesk.OpenAsync();
        await desk.AgreeAsync("statistics", AgreementDesk.Terms("public"));
        await desk.SubscribeAsync("births", "statistics");
        var sequence = await desk.PublishAsync();
        await RejectAsync(desk);
        await Eventually.GetAsync(() => OpenAsync(desk), n => n == 1, "a dead letter");
        await AgreementDesk.SendAsync(desk.AtReceiver, HttpMethod.Post, "subscriptions/G18.births/redrives",
            new JsonObject { ["sequences"] = new JsonArray(sequence), ["reason"] = "mended", ["officer"] = "CB-17" });
        await Eventually.GetAsync(() => CountAsync(desk), n => n == 1, "handed out again");
        await Eventually.GetAsync(() => OpenAsync(desk), n => n == 0, "no dead letter any more");

        await desk.MoveAsync(desk.AtOwner, "statistics", "suspended");

        await Eventually.GetAsync(() => CountAsync(desk), n => n == 0, "taken back");
        await Eventually.GetAsync(() => OpenAsync(desk), n => n == 1, "a dead letter again");
    }

    [Test]
    public async Task Should_not_be_got_round_by_naming_another_agreement()
    {
        await using var desk = await AgreementDesk.OpenAsync();
        await desk.AgreeAsync("stopped", AgreementDesk.Terms("public"));
        await desk.AgreeAsync("other", AgreementDesk.Terms("public"));
        await desk.SubscribeAsync("births", "stopped");
        await PublishAsync(desk, 3);
        await Eventually.GetAsync(() => CountAsync(desk), n => n == 3, "all in the queue");
        await desk.MoveAsync(desk.AtOwner, "stopped", "suspended");
        await Eventually.GetAsync(() => CountAsync(desk), n => n == 0, "taken back");

        await AgreementDesk.SendAsync(desk.AtReceiver, HttpMethod.Put, "subscriptions/G18.births", new JsonObject { ["terms"] = AgreementDesk.Asks(null, "other"), ["reason"] = "instead" });

        Assert.That(await desk.TakeAsync(Queue, 1), Is.Empty);
    }

    [Test]
    public async Task Should_be_of_one_system_where_the_agreement_is()
    {
        await using var desk = await AgreementDesk.OpenAsync();
        var terms = AgreementDesk.Terms("public");
        terms["system"] = AgreementDesk.Receiver.System;
        await desk.AgreeAsync("bound", terms);
        await desk.SubscribeAsync("births", "bound", way: "pull");
        await desk.SubscribeAsync("queued", "bound");
        using var colleague = desk.Bus.ClientOf(AgreementDesk.Colleague);

        foreach (var (method, path) in ((HttpMethod, string)[])[
            (HttpMethod.Get, "subscriptions/G18.births/events"), (HttpMethod.Get, "subscriptions/G18.births"), (HttpMethod.Get, "subscriptions/G18.births/explain/1"),
            (HttpMethod.Get, "subscriptions/G18.queued/dead-letters"), (HttpMethod.Get, "subscriptions/G18.queued/jobs")])
            Assert.That((await AgreementDesk.RefusedAsync(colleague, method, path, null)).Status, Is.EqualTo(404), path);
        Assert.That((await AgreementDesk.RefusedAsync(colleague, HttpMethod.Post, "acknowledgements",
            new JsonObject { ["subscription"] = "G18.births", ["partition"] = 0, ["after"] = 0, ["sequence"] = 1 })).Status, Is.EqualTo(404));
        await AgreementDesk.SendAsync(desk.AtReceiver, HttpMethod.Get, "subscriptions/G18.births/events", null);
    }

    private static async Task<IReadOnlyList<long>> PublishAsync(AgreementDesk desk, int count)
    {
        var published = new List<long>();
        for (var i = 0; i < count; i++)
            published.Add(await desk.PublishAsync());
        return published;
    }

    private static Task<long> DeliveriesAsync(AgreementDesk desk) =>
        Database.CountAsync(desk.Bus.ConnectionString, "select deliveries from delivery_position where subscription = 'G18.births'");

    private static Task<long> OpenAsync(AgreementDesk desk) =>
        Database.CountAsync(desk.Bus.ConnectionString, "select count(*) from dead_letter where subscription = 'G18.births' and redriven_at is null");

    private static async Task<int> CountAsync(AgreementDesk desk)
    {
        await using var connection = await new ConnectionFactory { Uri = desk.Bus.AmqpUri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return (int)await channel.MessageCountAsync(Queue);
    }

    private static async Task RejectAsync(AgreementDesk desk)
    {
        await using var connection = await new ConnectionFactory { Uri = desk.Bus.AmqpUri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var got = await Eventually.GetAsync(() => channel.TakeAsync(Queue, acknowledge: false), g => g is not null, "the delivery");
        await channel.BasicRejectAsync(got!.DeliveryTag, requeue: false);
    }
}
