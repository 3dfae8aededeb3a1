using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Testing;
using RabbitMQ.Client;

namespace ExchangeBus.IntegrationTests.Journeys;

[TestFixture]
public sealed class When_a_citizen_hands_in_a_linked_birth
{
    [Test]
    public async Task Should_end_with_all_agencies_done_the_portal_told_and_the_subscriber_holding_the_event()
    {
        await using var bus = await RunningBus.StartAsync(Servers.Current, LinkedBirthAgencies.All, LinkedBirthAgencies.EveryStep);
        await using var agencies = await LinkedBirthAgencies.StartAsync(bus.Address, bus.AmqpUri);
        var body = EventData.Read<LinkedBirthSubmitted>(Road.Samples.LinkedBirthData) with
        {
            DossierNumber = "G22.99.08-261123-000777",
            Procedures = [LinkedProcedures.PermanentResidence, LinkedProcedures.HealthCard],
        };
        using var portal = bus.ClientOf(LinkedBirthAgencies.Portal);

        var written = CloudEventJson.Write(new CloudEvent
        {
            Id = body.DossierNumber,
            Source = LinkedBirthAgencies.Portal.Source,
            Type = EventTypes.LinkedBirthSubmitted,
            Subject = body.DossierNumber,
            Time = TimeProvider.System.GetUtcNow(),
            Data = EventData.Write(body),
        });
        using var answer = await portal.PostAsync("events", new ByteArrayContent(written) { Headers = { { "Content-Type", CloudEventJson.MediaType } } });
        Assert.That(answer.IsSuccessStatusCode, Is.True, await answer.Content.ReadAsStringAsync());

        using var page = new HttpClient { BaseAddress = bus.Address };
        await Eventually.GetAsync(async () => (await page.GetFromJsonAsync<JsonElement>("status")).GetProperty("newest").EnumerateArray()
            .Where(d => d.GetProperty("dossierNumber").GetString() == body.DossierNumber).Select(d => d.GetProperty("state").GetString()).SingleOrDefault(),
            state => state == "Completed", "the dossier completed");

        await using var connection = await new ConnectionFactory
        {
            Uri = bus.AmqpUri,
            UserName = LinkedBirthAgencies.Health.BrokerUser,
            Password = LinkedBirthAgencies.Health.BrokerPassword,
        }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var held = await channel.TakeAsync("sub.G18.births", acknowledge: false);
        Assert.That(held, Is.Not.Null, "the subscriber holds the event");
        var registered = CloudEventJson.Read(held!.Body.ToArray());
        Assert.That(registered, Has.Property(nameof(CloudEvent.Type)).EqualTo(EventTypes.BirthRegistered).And.Property(nameof(CloudEvent.Subject)).EqualTo(body.DossierNumber));
        var child = JsonDocument.Parse(registered.Data).RootElement.GetProperty("child");
        Assert.That(child.EnumerateObject().Select(field => field.Name), Is.EquivalentTo(new[] { "birthDate", "gender" }), "what its agreement releases");
        Assert.That(child.GetProperty("birthDate").GetString(), Is.EqualTo(body.Child.BirthDate.ToString("O", CultureInfo.InvariantCulture)));
        await agencies.AssertNoStepTwiceAsync();
    }

    [Test]
    public async Task Should_tell_the_portal_of_dossiers_that_agencies_refuse_in_part_or_whole()
    {
        await using var bus = await RunningBus.StartAsync(Servers.Current, LinkedBirthAgencies.All, LinkedBirthAgencies.EveryStep);
        await using var agencies = await LinkedBirthAgencies.StartAsync(bus.Address, bus.AmqpUri, new Dictionary<string, string?>
        {
            ["Agencies:civilstatus:Behaviour:RefuseEvery"] = "5",
            ["Agencies:residence:Behaviour:RefuseEvery"] = "3",
        });

        await agencies.SubmitAsync(60);
        await Eventually.GetAsync(agencies.FinishedAsync, n => n == 60, "all dossiers ended", TimeSpan.FromSeconds(60));

        Assert.That(await agencies.CountAsync("portal", "select count(*) from dossier where state = 'Refused'"), Is.EqualTo(12));
        Assert.That(await agencies.CountAsync("portal", "select count(*) from dossier where state = 'CompletedPartly'"), Is.GreaterThan(0));
        Assert.That(await agencies.CountAsync("portal", "select count(*) from dossier where state not in ('Completed', 'CompletedPartly', 'Refused')"), Is.Zero);
    }
}
