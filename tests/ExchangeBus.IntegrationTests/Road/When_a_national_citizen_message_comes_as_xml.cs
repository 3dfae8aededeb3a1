using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using ExchangeBus.Contracts;
using ExchangeBus.Testing;
using Npgsql;
using RabbitMQ.Client;

namespace ExchangeBus.IntegrationTests.Road;

[TestFixture]
public sealed class When_a_national_citizen_message_comes_as_xml
{
    private RunningBus _bus = null!;
    private HttpClient _population = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _bus = await RunningBus.StartAsync(Servers.Current, [Samples.Population, Samples.Health]);
        _population = _bus.ClientOf(Samples.Population);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _population.Dispose();
        await _bus.DisposeAsync();
    }

    [Test]
    public async Task Should_become_a_citizen_event_reach_a_subscriber_and_be_kept_as_it_came()
    {
        var xml = RegulationsSample();

        using var answer = await PostAsync(xml);
        using var again = await PostAsync(xml);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        var receipt = (await answer.Content.ReadFromJsonAsync<IReadOnlyList<Receipt>>(EventData.Json))!.Single();
        Assert.That((await again.Content.ReadFromJsonAsync<IReadOnlyList<Receipt>>(EventData.Json))!.Single().Sequence, Is.EqualTo(receipt.Sequence), "the same message is the same event");

        var delivered = await TakeAsync();
        Assert.That(delivered.Type, Is.EqualTo(EventTypes.CitizenUpdated));
        using var body = JsonDocument.Parse(delivered.Data);
        Assert.That(body.RootElement.GetProperty("name").GetProperty("family").GetString(), Is.EqualTo("Nguyễn"));
        Assert.That(body.RootElement.GetProperty("birthDate").GetString(), Is.EqualTo("1950-01-01"));

        await using var connection = new NpgsqlConnection(_bus.ConnectionString);
        var kept = await connection.QuerySingleAsync<byte[]>("select body from original_message");
        Assert.That(kept, Is.EqualTo(xml), "the original bytes are evidence");
    }

    [Test]
    public async Task Should_refuse_a_document_type_definition()
    {
        using var answer = await PostAsync("<!DOCTYPE x [<!ENTITY e \"e\">]><x>&e;</x>"u8.ToArray());

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("violations").GetArrayLength(), Is.GreaterThan(0));
    }

    private Task<HttpResponseMessage> PostAsync(byte[] xml) =>
        _population.PostAsync("events/qcvn109", new ByteArrayContent(xml) { Headers = { ContentType = new MediaTypeHeaderValue("application/xml") } });

    private async Task<CloudEvent> TakeAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = _bus.AmqpUri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var got = await Eventually.GetAsync(() => channel.BasicGetAsync("sub.G18.births", autoAck: true), g => g is not null, "the citizen event in the queue");
        return CloudEventJson.Read(got!.Body.ToArray());
    }

    private static byte[] RegulationsSample()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "samples", "qcvn109-annex-sample.xml");
            if (File.Exists(file))
                return File.ReadAllBytes(file);
        }

        Assert.Ignore("skipped, the regulation's sample message was not found in a folder 'shared' beside the checkout");
        return [];
    }
}
