using System.Text.Json.Nodes;
using ExchangeBus.Contracts;
using ExchangeBus.Testing;
using RabbitMQ.Client;

namespace ExchangeBus.IntegrationTests.Delivery;

[TestFixture]
public sealed class When_an_agreement_decides_what_leaves
{
    private const string Queue = "sub.G18.births";
    private AgreementDesk _desk = null!;

    [SetUp]
    public async Task OpenAsync() => _desk = await AgreementDesk.OpenAsync();

    [TearDown]
    public async Task CloseAsync() => await _desk.DisposeAsync();

    [Test]
    public async Task Should_release_the_listed_fields_and_name_what_is_withheld()
    {
        await _desk.AgreeAsync("statistics", AgreementDesk.Terms("public", "/child/birthDate"));
        await _desk.SubscribeAsync("births", "statistics");
        var sequence = await _desk.PublishAsync();

        var delivered = (await _desk.TakeAsync(Queue, 1)).Single();

        Assert.That(AgreementDesk.SequenceOf(delivered), Is.EqualTo(sequence));
        var data = JsonNode.Parse(delivered.Data.Span)!.AsObject();
        Assert.That(data["child"]!.AsObject().Select(p => p.Key), Is.EqualTo(new[] { "birthDate" }));
        Assert.That(data.ContainsKey("dossierNumber"), Is.True, "a public field");
        Assert.That(data.ContainsKey("mother"), Is.False);
        Assert.That(delivered[ExtensionAttributes.WithheldFields]!.Split(' '), Does.Contain("/child/name").And.Contain("/mother").And.Not.Contain("/child/birthDate"));
        var status = await AgreementDesk.SendAsync(_desk.AtOwner, HttpMethod.Get, $"events/{sequence}/deliveries", null);
        var row = status.GetProperty("deliveries").EnumerateArray().Single();
        Assert.That(row.GetProperty("agreement").GetString(), Is.EqualTo("G18.statistics"));
        Assert.That(row.GetProperty("released").EnumerateArray().Select(f => f.GetString()), Does.Contain("/child/birthDate").And.Not.Contain("/child/name"));
    }

    [Test]
    public async Task Should_change_over_at_exactly_the_position_that_the_answer_names()
    {
        await _desk.AgreeAsync("statistics", AgreementDesk.Terms("public", "/child/birthDate"));
        await _desk.SubscribeAsync("births", "statistics");
        using var stop = new CancellationTokenSource();
        var published = 0;
        var publishing = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await _desk.PublishAsync();
                Interlocked.Increment(ref published);
            }
        })).ToArray();
        var changes = new List<(long From, bool HasDay)>();
        for (var i = 0; i < 6; i++)
        {
            await Eventually.GetAsync(() => Task.FromResult(published), n => n >= (i + 1) * 40, "events published meanwhile");
            var hasDay = i % 2 == 1;
            var answer = await AgreementDesk.SendAsync(_desk.AtOwner, HttpMethod.Put, "agreements/G18.statistics",
                new JsonObject { ["terms"] = hasDay ? AgreementDesk.Terms("public", "/child/birthDate") : AgreementDesk.Terms("public"), ["reason"] = "as decided" });
            changes.Add((answer.GetProperty("fromSequence").GetInt64(), hasDay));
        }

        await stop.CancelAsync();
        await Task.WhenAll(publishing);

        var delivered = await ConsumeAsync(published);
        Assert.That(delivered, Has.Count.EqualTo(published));
        foreach (var one in delivered)
        {
            var rule = changes.Where(c => c.From < AgreementDesk.SequenceOf(one)).Select(c => c.HasDay).LastOrDefault(true);
            var hasDay = JsonNode.Parse(one.Data.Span)!["child"] is JsonObject child && child.ContainsKey("birthDate");
            Assert.That(hasDay, Is.EqualTo(rule), $"event {one[ExtensionAttributes.Sequence]}; changes: {string.Join(", ", changes)}");
        }
    }

    [Test]
    public async Task Should_take_back_what_was_not_fetched_while_it_is_suspended()
    {
        await _desk.AgreeAsync("statistics", AgreementDesk.Terms("public"));
        await _desk.SubscribeAsync("births", "statistics");
        var before = await _desk.PublishAsync();
        await Eventually.GetAsync(CountAsync, n => n == 1, "the event in the queue");

        await _desk.MoveAsync(_desk.AtOwner, "statistics", "suspended");
        await Eventually.GetAsync(CountAsync, n => n == 0, "the event taken back");
        var meanwhile = await _desk.PublishAsync();
        await _desk.MoveAsync(_desk.AtOwner, "statistics", "active");
        var after = await _desk.PublishAsync();

        var delivered = await _desk.TakeAsync(Queue, 3);
        Assert.That(delivered.Select(AgreementDesk.SequenceOf), Is.EqualTo(new[] { before, after }));
        Assert.That(delivered[1][ExtensionAttributes.PreviousSequence], Is.EqualTo($"{before}"), "the chain has no gap");
        var states = await AgreementDesk.SendAsync(_desk.AtOwner, HttpMethod.Get, $"events/{meanwhile}/deliveries", null);
        Assert.That(states.GetProperty("deliveries")[0].GetProperty("state").GetString(), Is.EqualTo("withheld"));
        Assert.That(states.GetProperty("deliveries")[0].GetProperty("rule").GetString(), Is.EqualTo("agreement.state"));
    }

    [Test]
    public async Task Should_deliver_nothing_more_when_it_has_ended()
    {
        await _desk.AgreeAsync("statistics", AgreementDesk.Terms("public"));
        await _desk.SubscribeAsync("births", "statistics");
        await _desk.PublishAsync();
        await Eventually.GetAsync(CountAsync, n => n == 1, "the event in the queue");

        await _desk.MoveAsync(_desk.AtOwner, "statistics", "ended");
        await _desk.PublishAsync();

        await Eventually.GetAsync(CountAsync, n => n == 0, "the event taken back");
        Assert.That(await _desk.TakeAsync(Queue, 1), Is.Empty);
        var (status, codes) = await AgreementDesk.RefusedAsync(_desk.AtOwner, HttpMethod.Post, "agreements/G18.statistics/state", new JsonObject { ["state"] = "active", ["reason"] = "again" });
        Assert.That((status, codes), Is.EqualTo((409, new[] { "/state agreement.step" })));
    }

    [Test]
    public async Task Should_let_only_what_the_filter_matches_through()
    {
        await _desk.AgreeAsync("statistics", AgreementDesk.Terms("public"));
        await _desk.SubscribeAsync("births", "statistics", filter: "subject LIKE '%-000007'");
        await _desk.PublishAsync("G22.99.08-261123-000001");
        var wanted = await _desk.PublishAsync("G22.99.08-261123-000007");

        Assert.That((await _desk.TakeAsync(Queue, 2)).Select(AgreementDesk.SequenceOf), Is.EqualTo(new[] { wanted }));
    }

    [Test]
    public async Task Should_let_the_broker_user_read_its_queue_as_long_as_it_is_active()
    {
        await _desk.AgreeAsync("statistics", AgreementDesk.Terms("public"));
        await _desk.SubscribeAsync("births", "statistics");
        Assert.That(await Eventually.GetAsync(MayReadAsync, may => may, "the right to read"), Is.True);

        await _desk.MoveAsync(_desk.AtOwner, "statistics", "suspended");
        Assert.That(await Eventually.GetAsync(MayReadAsync, may => !may, "the right taken away"), Is.False);

        await _desk.MoveAsync(_desk.AtOwner, "statistics", "active");
        Assert.That(await Eventually.GetAsync(MayReadAsync, may => may, "the right to read again"), Is.True);
    }

    private async Task<bool> MayReadAsync()
    {
        await using var connection = await new ConnectionFactory
        {
            Uri = _desk.Bus.AmqpUri,
            UserName = AgreementDesk.Receiver.BrokerUser,
            Password = AgreementDesk.Receiver.BrokerPassword,
        }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            await channel.TakeAsync(Queue);
            return true;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.AccessRefused)
        {
            return false;
        }
    }

    private async Task<int> CountAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = _desk.Bus.AmqpUri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        return (int)await channel.MessageCountAsync(Queue);
    }

    private async Task<IReadOnlyList<CloudEvent>> ConsumeAsync(int count)
    {
        await using var connection = await new ConnectionFactory { Uri = _desk.Bus.AmqpUri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var taken = new List<CloudEvent>();
        var consumer = new RabbitMQ.Client.Events.AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, e) =>
        {
            lock (taken)
                taken.Add(CloudEventJson.Read(e.Body.ToArray()));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(Queue, autoAck: true, consumer);
        await Eventually.GetAsync(() => Task.FromResult(taken.Count), n => n >= count, "all deliveries");
        return taken;
    }
}
