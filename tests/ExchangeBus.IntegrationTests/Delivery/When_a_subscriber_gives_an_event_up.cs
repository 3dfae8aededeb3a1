using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExchangeBus.Contracts;
using ExchangeBus.Delivery.DeadLetters;
using ExchangeBus.IntegrationTests.Road;
using ExchangeBus.Testing;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace ExchangeBus.IntegrationTests.Delivery;

[TestFixture]
public sealed class When_a_subscriber_gives_an_event_up
{
    private static readonly TestAgency Told = new("G18", "adapter", [], ("births", ["vn.portal.linkedbirthsubmitted.v1"]), ("told", ["vn.exchangebus.deliveryexhausted.v1"]));

    [Test]
    public async Task Should_keep_it_without_its_body_and_let_the_acknowledgement_go_over_it()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        await desk.PublishAsync(3);
        await desk.TakeAsync(1);
        await desk.RejectAsync(1);
        await desk.TakeAsync(1);

        Assert.That(await desk.AcknowledgedAsync(), Is.Zero, "what comes before it is not done");
        await desk.SayAsync(0, 1);
        Assert.That(await desk.AcknowledgedAsync(), Is.EqualTo(2), "the dead letter counts as done");
        await desk.SayAsync(2, 3);
        Assert.That(await desk.AcknowledgedAsync(), Is.EqualTo(3));

        var list = (await desk.Agency.GetFromJsonAsync<JsonElement[]>("subscriptions/G18.births/dead-letters"))!;
        var details = await desk.Agency.GetStringAsync("subscriptions/G18.births/dead-letters/2");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(list, Has.Length.EqualTo(1));
            Assert.That(list[0].Number("sequence"), Is.EqualTo(2));
            Assert.That(list[0].GetProperty("reason").GetString(), Is.EqualTo("rejected"));
            Assert.That(list[0].GetProperty("source").GetString(), Is.EqualTo(Samples.Portal.Source));
            Assert.That(list[0].GetProperty("subject").GetString(), Does.StartWith("G22.99.08-261123"));
            Assert.That(list[0].Number("attempts"), Is.EqualTo(1));
            Assert.That(details, Does.Contain("\"result\":\"rejected\"").And.Not.Contain("fullName").And.Not.Contain("\"data\""));
        }

        using var foreign = await desk.Stranger.GetAsync("subscriptions/G18.births/dead-letters");
        Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "others do not learn that it exists");
    }

    [Test]
    public async Task Should_go_over_it_when_it_comes_to_the_dead_letters_after_what_is_before_it_is_done()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        await desk.PublishAsync(4);
        await desk.TakeAsync(1);
        await desk.SayAsync(0, 1);
        await desk.RejectAsync(2);

        Assert.That(await desk.AcknowledgedAsync(), Is.EqualTo(3), "one dead letter after the other");
        await desk.TakeAsync(1);
        await desk.SayAsync(3, 4);
        Assert.That(await desk.CountAsync("select count(*) from delivery_position where redeliver and subscription = 'G18.births'"), Is.Zero, "nothing is delivered again");
    }

    [Test]
    public async Task Should_say_the_limit_when_it_came_back_too_often()
    {
        await using var desk = await DeliveryDesk.StartAsync(new Dictionary<string, string?> { ["RabbitMq:DeliveryLimit"] = "2" });
        await desk.PublishAsync(1);
        for (var i = 0; i < 3; i++)
            await desk.TakeAsync(1, (channel, tag) => channel.BasicNackAsync(tag, multiple: false, requeue: true));
        await desk.DeadAsync(1);

        var letter = await desk.Agency.GetFromJsonAsync<JsonElement>("subscriptions/G18.births/dead-letters/1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(letter.GetProperty("deadLetter").GetProperty("reason").GetString(), Is.EqualTo("delivery-limit"));
            Assert.That(letter.GetProperty("deadLetter").Number("attempts"), Is.EqualTo(3));
        }
    }

    [Test]
    public async Task Should_tell_its_agency_once_by_an_event_and_not_about_that_event_too()
    {
        await using var desk = await DeliveryDesk.StartAsync(subscriber: Told);
        await desk.PublishAsync(1);
        await desk.RejectAsync(1);

        await using (var channel = await desk.OpenAsync())
        {
            var told = await Eventually.GetAsync(() => channel.TakeAsync("sub.G18.told", acknowledge: false), t => t is not null, "the event that tells");
            var data = JsonDocument.Parse(CloudEventJson.Read(told!.Body.ToArray()).Data).RootElement;
            Assert.That(data.GetRawText(), Is.EqualTo("""{"subscription":"G18.births","sequence":1,"attempts":1,"reason":"rejected"}"""));
            await channel.BasicRejectAsync(told.DeliveryTag, requeue: false);
        }

        await desk.DeadAsync(2);
        Assert.That(await desk.CountAsync("select count(*) from event_log where type = 'vn.exchangebus.deliveryexhausted.v1'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Should_be_kept_once_when_the_worker_dies_before_it_has_told_the_broker()
    {
        await using var desk = await DeliveryDesk.StartAsync();
        var letters = desk.Bus.Provider.GetRequiredService<DeadLetterStore>();
        var at = new DateTimeOffset(2026, 11, 27, 9, 0, 0, TimeSpan.Zero);
        await desk.PublishAsync(1);
        var letter = new DeadLetter
        {
            Subscription = DeliveryDesk.Subscription,
            Agency = "G18",
            Partition = 0,
            Sequence = 1,
            Previous = 0,
            Type = EventTypes.LinkedBirthSubmitted,
            RecordedAt = at,
            Reason = DeadLetterReasons.Rejected,
            DiedAt = at,
            Deliveries = 1,
        };

        Assert.That(await letters.KeepAsync([letter, letter], CancellationToken.None), Has.Count.EqualTo(1));
        Assert.That(await letters.KeepAsync([letter], CancellationToken.None), Is.Empty, "it comes again");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await desk.CountAsync("select count(*) from delivery_attempt"), Is.EqualTo(1));
            Assert.That(await desk.CountAsync("select deliveries from dead_letter"), Is.EqualTo(1));
            Assert.That(await desk.CountAsync("select count(*) from event_log where type = 'vn.exchangebus.deliveryexhausted.v1'"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Should_keep_what_is_no_event_of_a_subscription_apart_and_log_none_of_it()
    {
        using var logs = new LoggedTexts();
        var bus = await RunningBus.StartAsync(Servers.Current, [Samples.Portal, Samples.Health], Samples.WithoutProcedures, logs);
        await using var desk = new DeliveryDesk(bus);
        await using var channel = await desk.OpenAsync();
        await channel.BasicPublishAsync("", DeliveryDesk.Queue, Encoding.UTF8.GetBytes("Nguyễn Văn An 001099012345"));
        await desk.RejectRawAsync();

        await Eventually.GetAsync(() => desk.CountAsync("select count(*) from stray_message where queue = 'sub.G18.births' and reason = 'rejected' and size = octet_length(body)"),
            n => n == 1, "it is kept");
        Assert.That(await desk.CountAsync("select count(*) from dead_letter"), Is.Zero);
        Assert.That(logs.All, Has.None.Contains("001099012345").And.Some.Contains("stray_message"));
    }
}
