using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ExchangeBus.Client;
using ExchangeBus.Client.Authentication;
using ExchangeBus.Client.Publishing;
using ExchangeBus.Contracts;
using ExchangeBus.IntegrationTests.Road;
using ExchangeBus.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace ExchangeBus.IntegrationTests.Outbox;

/// <summary>A sender on a real database, and a bus that answers as the test says.</summary>
[TestFixture]
public sealed class When_the_bus_answers_the_outbox
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));
    private string _connectionString = null!;
    private NpgsqlDataSource _agency = null!;
    private EventOutbox _outbox = null!;
    private FakeBus _bus = null!;
    private HttpClient _http = null!;
    private EventPublisher _publisher = null!;
    private OutboxSender _sender = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _connectionString = await Servers.Current.Postgres.CreateDatabaseAsync($"agency_{Guid.CreateVersion7():N}");
        _agency = NpgsqlDataSource.Create(_connectionString);
        await ClientSchema.CreateAsync(_agency);
        var options = Options.Create(new ClientOptions { Agency = "G15", System = "civilstatus", PrivateKey = "not used", BusAddress = new Uri("http://bus.test/") });
        _bus = new FakeBus(_time);
        _http = new HttpClient(_bus);
        _outbox = new EventOutbox();
        _publisher = new EventPublisher(_http, options, new ClientKey(options));
        _sender = new OutboxSender(_agency, _outbox, _publisher, options, _time, NullLogger<OutboxSender>.Instance);
        await _sender.StartAsync(CancellationToken.None);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _sender.StopAsync(CancellationToken.None);
        _sender.Dispose();
        _outbox.Dispose();
        _http.Dispose();
        _bus.Dispose();
        await _agency.DisposeAsync();
    }

    [TestCase(HttpStatusCode.TooManyRequests)]
    [TestCase(HttpStatusCode.ServiceUnavailable)]
    public async Task Should_wait_as_long_as_it_says_and_send_again(HttpStatusCode status)
    {
        _bus.Answer = (requests, events) => requests == 1 ? new(status) { Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(7)) } } : FakeBus.Accepted(events);
        await PublishAsync(Samples.LinkedBirth());

        await EmptyAsync();

        Assert.That(_bus.Asked, Has.Count.EqualTo(2));
        Assert.That(_bus.Asked[1] - _bus.Asked[0], Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(7)));
        Assert.That(await CountAsync("select count(*) from exchangebus.rejected"), Is.Zero);
    }

    [Test]
    public async Task Should_believe_no_longer_wait_than_five_minutes()
    {
        _bus.Answer = (requests, events) => requests == 1 ? new(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromDays(1)) } } : FakeBus.Accepted(events);
        await PublishAsync(Samples.LinkedBirth());

        await EmptyAsync(step: TimeSpan.FromSeconds(20));

        Assert.That(_bus.Asked[1] - _bus.Asked[0], Is.InRange(Outage.LongestWait, Outage.LongestWait + TimeSpan.FromMinutes(2)));
    }

    [TestCase(HttpStatusCode.BadRequest)]
    [TestCase(HttpStatusCode.UnsupportedMediaType)]
    public async Task Should_put_aside_the_one_event_that_it_refuses_and_keep_its_reasons(HttpStatusCode status)
    {
        CloudEvent[] events = [.. Enumerable.Range(0, 5).Select(i => Samples.LinkedBirth(id: $"event-{i}"))];
        _bus.Answer = (_, sent) => sent.Contains("event-3") ? Refused(status) : FakeBus.Accepted(sent);
        await PublishAsync(events);

        await EmptyAsync();

        Assert.That(await CountAsync("select count(*) from exchangebus.rejected where id = 'event-3' and violations->0->>'code' = 'test.reason'"), Is.EqualTo(1));
        Assert.That(await CountAsync("select count(*) from exchangebus.rejected"), Is.EqualTo(1));
        Assert.That(_bus.Taken, Is.EqualTo(["event-0", "event-1", "event-2", "event-4"]));
    }

    [Test]
    public async Task Should_reject_nothing_for_an_answer_that_is_not_the_word_of_the_bus()
    {
        _bus.Answer = (requests, events) => requests < 3 ? new(HttpStatusCode.BadRequest) { Content = new StringContent("<html>proxy</html>") } : FakeBus.Accepted(events);
        await PublishAsync(Samples.LinkedBirth(id: "event-0"));

        await EmptyAsync();

        Assert.That(await CountAsync("select count(*) from exchangebus.rejected"), Is.Zero);
        Assert.That(_bus.Taken, Is.EqualTo(["event-0"]));
    }

    [Test]
    public async Task Should_keep_a_held_event_that_it_does_not_know_any_more()
    {
        _bus.Answer = (_, events) => FakeBus.Json(events.Select(id => new Receipt { Id = id, Accepted = false, Held = true }));
        await PublishAsync(Samples.LinkedBirth(id: "a/b"));
        await EmptyAsync();
        using var follower = new HeldEventFollower(_agency, _publisher, _time, NullLogger<HeldEventFollower>.Instance);

        _time.Advance(HeldEventFollower.AskEvery);
        await follower.AskAsync(CancellationToken.None);
        await follower.AskAsync(CancellationToken.None);

        Assert.That(_bus.AskedReceipts, Is.EqualTo(["/receipts/a%2Fb"]), "once in a round");
        Assert.That(await CountAsync("select count(*) from exchangebus.held"), Is.EqualTo(1));
    }

    private async Task PublishAsync(params CloudEvent[] events)
    {
        await using var connection = await _agency.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await EventOutbox.EnqueueAsync(transaction, events);
        await transaction.CommitAsync();
        _outbox.Wake();
    }

    private Task<long> EmptyAsync(TimeSpan? step = null) => Eventually.GetAsync(
        () =>
        {
            _time.Advance(step ?? TimeSpan.FromSeconds(1));
            return CountAsync("select count(*) from exchangebus.outbox");
        },
        n => n == 0, "the outbox empty");

    private Task<long> CountAsync(string sql) => Database.CountAsync(_connectionString, sql);

    private static HttpResponseMessage Refused(HttpStatusCode status) => new(status)
    {
        Content = new StringContent(
            """{"type":"about:blank","violations":[{"pointer":"","code":"test.reason","messageVi":"Không.","messageEn":"No."}]}""", Encoding.UTF8, "application/problem+json"),
    };

    private sealed class FakeBus(TimeProvider time) : HttpMessageHandler
    {
        internal Func<int, string[], HttpResponseMessage> Answer { get; set; } = (_, events) => Accepted(events);

        internal List<DateTimeOffset> Asked { get; } = [];

        internal List<string> Taken { get; } = [];

        internal List<string> AskedReceipts { get; } = [];

        internal static HttpResponseMessage Accepted(string[] events) => Json(events.Select((id, i) => new Receipt { Id = id, Accepted = true, Sequence = i + 1 }));

        internal static HttpResponseMessage Json(IEnumerable<Receipt> receipts) =>
            new(HttpStatusCode.MultiStatus) { Content = JsonContent.Create<IReadOnlyList<Receipt>>([.. receipts], options: EventData.Json) };

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Get)
            {
                AskedReceipts.Add(request.RequestUri!.AbsolutePath);
                return new(HttpStatusCode.NotFound);
            }

            Asked.Add(time.GetUtcNow());
            using var batch = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
            string[] events = [.. batch.RootElement.EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];
            var answer = Answer(Asked.Count, events);
            if (answer.StatusCode == HttpStatusCode.MultiStatus)
                Taken.AddRange(events);
            return answer;
        }
    }
}
