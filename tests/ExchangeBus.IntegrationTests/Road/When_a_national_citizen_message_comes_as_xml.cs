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

        Assert.That(await KeptAsync(receipt.Id![..^2]), Is.EqualTo([xml]), "the original bytes are evidence");
    }

    [Test]
    public async Task Should_keep_a_message_of_many_citizens_once()
    {
        using var answer = await PostAsync(File.ReadAllBytes(Example("qcvn109")));

        var receipts = (await answer.Content.ReadFromJsonAsync<IReadOnlyList<Receipt>>(EventData.Json))!;
        Assert.That(receipts.Select(r => r.Accepted), Is.EqualTo([true, true]));
        Assert.That(await KeptAsync(receipts[0].Id![..^2]), Is.EqualTo([File.ReadAllBytes(Example("qcvn109"))]), "the id of an event begins with that of its message");
    }

    [Test]
    public async Task Should_take_an_answer_of_the_population_database()
    {
        var message = File.ReadAllBytes(Example("population-answer"));

        using var answer = await PostAsync(message, "population-answer");

        var receipt = (await answer.Content.ReadFromJsonAsync<IReadOnlyList<Receipt>>(EventData.Json))!.Single();
        Assert.That(receipt.Accepted, Is.True, string.Join('\n', receipt.Violations ?? []));
        Assert.That(await KeptAsync(receipt.Id![..^2]), Is.EqualTo([message]));
    }

    [Test]
    public async Task Should_refuse_a_document_type_definition()
    {
        using var answer = await PostAsync("<!DOCTYPE x [<!ENTITY e \"e\">]><x>&e;</x>"u8.ToArray());

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("violations").GetArrayLength(), Is.GreaterThan(0));
    }

    private static string Example(string dialect) => Path.Combine(Samples.SchemasFolder, "dialects", dialect, "example.xml");

    private async Task<IEnumerable<byte[]>> KeptAsync(string messageId)
    {
        await using var connection = new NpgsqlConnection(_bus.ConnectionString);
        return await connection.QueryAsync<byte[]>("select body from original_message where message_id = @messageId", new { messageId });
    }

    private Task<HttpResponseMessage> PostAsync(byte[] xml, string dialect = "qcvn109") =>
        _population.PostAsync($"events/{dialect}", new ByteArrayContent(xml) { Headers = { ContentType = new MediaTypeHeaderValue("application/xml") } });

    private async Task<CloudEvent> TakeAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = _bus.AmqpUri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var got = await Eventually.GetAsync(() => channel.TakeAsync("sub.G18.births"), g => g is not null, "the citizen event in the queue");
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
