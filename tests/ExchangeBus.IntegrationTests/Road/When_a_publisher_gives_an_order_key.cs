using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExchangeBus.Contracts;
using ExchangeBus.Testing;
using RabbitMQ.Client;

namespace ExchangeBus.IntegrationTests.Road;

/// <summary>Held events show what stands in one order: what comes after one with the same order key waits behind it.</summary>
[TestFixture]
public sealed class When_a_publisher_gives_an_order_key
{
    private const string OtherDossier = "G22.99.08-261123-000777";

    private static readonly TestAgency Other = new("G22.99.09", "portal", ["vn.portal.*"]);

    private RunningBus _bus = null!;
    private HttpClient _portal = null!;
    private HttpClient _other = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _bus = await RunningBus.StartAsync(Servers.Current, [Samples.Portal, Other, Samples.Health], Samples.WithoutProcedures);
        (_portal, _other) = (_bus.ClientOf(Samples.Portal), _bus.ClientOf(Other));
    }

    [TearDown]
    public async Task StopAsync()
    {
        _portal.Dispose();
        _other.Dispose();
        await _bus.DisposeAsync();
    }

    [Test]
    public async Task Should_hold_back_events_of_its_own_source_only()
    {
        var held = await PublishAsync(_portal, Unmapped().With(ExtensionAttributes.PartitionKey, "k"));
        Assert.That(held.Held, Is.True);

        var ofOther = await PublishAsync(_other, Samples.LinkedBirth(subject: OtherDossier).With(ExtensionAttributes.PartitionKey, "k") with { Source = Other.Source });
        var ofSame = await PublishAsync(_portal, Samples.LinkedBirth(subject: OtherDossier).With(ExtensionAttributes.PartitionKey, "k"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ofOther.Accepted, Is.True, "another agency's event must not wait for this one's");
            Assert.That(ofSame.Violations.Select(v => v.Code), Is.EqualTo(["held.behind"]), "its own keep their order");
        }
    }

    [Test]
    public async Task Should_not_let_a_key_that_was_read_in_a_delivery_hold_back_that_dossier()
    {
        await PublishAsync(_portal, Samples.LinkedBirth());
        var key = await DeliveredKeyAsync();
        var held = await PublishAsync(_other, Unmapped(OtherDossier).With(ExtensionAttributes.PartitionKey, key) with { Source = Other.Source });
        Assert.That(held.Held, Is.True);

        Assert.That((await PublishAsync(_portal, Samples.LinkedBirth())).Accepted, Is.True);
    }

    [Test]
    public async Task Should_keep_the_order_of_a_dossier_when_an_answer_repeats_its_subject_and_key()
    {
        await PublishAsync(_portal, Samples.LinkedBirth());
        var key = await DeliveredKeyAsync();
        await PublishAsync(_portal, Unmapped());

        var answer = await PublishAsync(_other, Samples.LinkedBirth().With(ExtensionAttributes.PartitionKey, key) with { Source = Other.Source });

        Assert.That(answer.Violations.Select(v => v.Code), Is.EqualTo(["held.behind"]));
    }

    private async Task<string> DeliveredKeyAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = _bus.AmqpUri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var got = await Eventually.GetAsync(async () => await channel.TakeAsync("sub.G18.births"), message => message is not null, "the delivery");
        return CloudEventJson.Read(got!.Body.ToArray())[ExtensionAttributes.PartitionKey]!;
    }

    private static CloudEvent Unmapped(string? subject = null)
    {
        var sound = Samples.LinkedBirth(subject: subject);
        var body = JsonNode.Parse(sound.Data.Span)!;
        body["commune"] = "99999";
        return sound with { Data = JsonSerializer.SerializeToUtf8Bytes(body) };
    }

    private static async Task<Receipt> PublishAsync(HttpClient publisher, CloudEvent published)
    {
        using var content = new ByteArrayContent(CloudEventJson.Write(published).ToArray()) { Headers = { ContentType = new(CloudEventJson.MediaType) } };
        using var answer = await publisher.PostAsync("events", content);
        return (await answer.Content.ReadFromJsonAsync<Receipt>(EventData.Json))!;
    }
}
