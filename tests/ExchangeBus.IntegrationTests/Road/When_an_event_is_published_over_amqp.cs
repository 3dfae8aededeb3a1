using System.Collections.Concurrent;
using ExchangeBus.Contracts;
using ExchangeBus.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ExchangeBus.IntegrationTests.Road;

[TestFixture]
public sealed class When_an_event_is_published_over_amqp
{
    private RunningBus _bus = null!;
    private IConnection _connection = null!;
    private IChannel _channel = null!;
    private readonly ConcurrentDictionary<string, Receipt> _receipts = new();

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _bus = await RunningBus.StartAsync(Servers.Current, [Samples.Portal, Samples.Health]);
        _connection = await ConnectAsync(Samples.Portal);
        _channel = await _connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _connection.DisposeAsync();
        await _bus.DisposeAsync();
    }

    [Test]
    public async Task Should_send_a_receipt_and_deliver_it()
    {
        var published = Samples.LinkedBirth();

        await PublishAsync(CloudEventJson.Write(published), "m-1");

        var receipt = await ReceiptOfAsync("m-1");
        Assert.That(receipt, Has.Property(nameof(Receipt.Accepted)).True.And.Property(nameof(Receipt.Id)).EqualTo(published.Id));
        await using var subscriber = await ConnectAsync(Samples.Health);
        await using var channel = await subscriber.CreateChannelAsync();
        var delivered = await Eventually.GetAsync(async () => await channel.TakeAsync("sub.G18.births"), d => d is not null, "the event in the subscriber's queue");
        Assert.That(CloudEventJson.Read(delivered!.Body.ToArray()).Id, Is.EqualTo(published.Id));
    }

    [Test]
    public async Task Should_send_a_rejection_with_every_reason_and_go_on_with_the_next_message()
    {
        await PublishAsync("{\"specversion\":\"1.0\""u8.ToArray(), "truncated");
        await PublishAsync(CloudEventJson.Write(Samples.LinkedBirth() with { Data = "{}"u8.ToArray() }), "empty");
        await PublishAsync(new byte[300_000], "large");
        await PublishAsync(CloudEventJson.Write(Samples.LinkedBirth()), "good");

        var answers = new Dictionary<string, Receipt>();
        foreach (var message in (string[])["truncated", "empty", "large", "good"])
            answers.Add(message, await ReceiptOfAsync(message));

        Assert.Multiple(() =>
        {
            Assert.That(answers["good"].Accepted, Is.True, "the queue must not be blocked by what was rejected before");
            Assert.That(answers["truncated"].Violations.Select(v => v.Code), Does.Contain("json.malformed"));
            Assert.That(answers["empty"].Violations, Has.Count.GreaterThan(3).And.All.Property(nameof(Violation.MessageVi)).Not.Empty);
            Assert.That(answers["large"].Violations.Select(v => v.Code), Is.EqualTo(["body.toolarge"]));
        });
    }

    [Test]
    public async Task Should_refuse_a_source_of_another_agency_with_a_receipt_to_the_sender()
    {
        await PublishAsync(CloudEventJson.Write(Samples.LinkedBirth() with { Source = Samples.Health.Source }), "foreign");

        var receipt = await ReceiptOfAsync("foreign");
        Assert.That(receipt.Accepted, Is.False);
        Assert.That(receipt.Violations.Select(v => v.Code), Is.EqualTo(["sender.source"]));
    }

    [Test]
    public void Should_let_nobody_write_elsewhere_or_read_what_is_not_its_own()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => TryAsync(c => c.BasicGetAsync("sub.G18.births", true)), Throws.TypeOf<OperationInterruptedException>());
            Assert.That(() => TryAsync(c => c.BasicGetAsync(ReceiptsOf(Samples.Health), true)), Throws.TypeOf<OperationInterruptedException>());
            Assert.That(() => TryAsync(async c => await c.BasicPublishAsync("", "sub.G18.births", false, new BasicProperties(), "{}"u8.ToArray())), Throws.InstanceOf<RabbitMQClientException>());
            Assert.That(() => TryAsync(async c => await c.BasicPublishAsync("exchangebus.intake", "", false, new BasicProperties { UserId = Samples.Health.BrokerUser }, "{}"u8.ToArray())),
                Throws.InstanceOf<RabbitMQClientException>(), "the broker must not let one agency speak in another's name");
        });
    }

    [Test]
    public async Task Should_put_a_message_without_sender_aside()
    {
        await _channel.BasicPublishAsync("exchangebus.intake", "", mandatory: true, new BasicProperties(), CloudEventJson.Write(Samples.LinkedBirth()));

        await Eventually.GetAsync(() => Database.CountAsync(_bus.ConnectionString, "select count(*) from stray_message where queue = 'exchangebus.intake' and length(body) > 0"), n => n == 1,
            "the message kept for people");
    }

    private async Task TryAsync(Func<IChannel, Task> use)
    {
        await using var channel = await _connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await use(channel);
    }

    private Task<IConnection> ConnectAsync(TestAgency agency) =>
        new ConnectionFactory { Uri = _bus.AmqpUri, UserName = agency.BrokerUser, Password = agency.BrokerPassword }.CreateConnectionAsync();

    private async Task PublishAsync(byte[] body, string messageId) => await _channel.BasicPublishAsync("exchangebus.intake", "", mandatory: true,
        new BasicProperties { UserId = Samples.Portal.BrokerUser, MessageId = messageId, ContentType = CloudEventJson.MediaType }, body);

    private static string ReceiptsOf(TestAgency agency) => $"receipts.{agency.Code}";

    // One queue holds the receipts of all tests here; what belongs to another is kept for it.
    private async Task<Receipt> ReceiptOfAsync(string messageId)
    {
        await Eventually.GetAsync(async () =>
        {
            while (await _channel.BasicGetAsync(ReceiptsOf(Samples.Portal), autoAck: true) is { } got)
                _receipts[got.BasicProperties.CorrelationId ?? ""] = EventData.Read<Receipt>(got.Body.Span);
            return _receipts.ContainsKey(messageId);
        }, found => found, $"the receipt of {messageId}");
        return _receipts[messageId];
    }
}
