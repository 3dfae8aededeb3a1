using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Web;
using ExchangeBus.Client;
using ExchangeBus.Client.Authentication;
using ExchangeBus.Signatures;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.Tests.Client;

public sealed class When_the_client_proves_who_it_is
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));
    private readonly FakeBus _bus = new();
    private string _keyFile = null!;
    private HttpClient _http = null!;

    [SetUp]
    public void Connect()
    {
        _keyFile = Path.GetTempFileName();
        WriteKey("first");
        var options = new ClientOptions { Agency = "G15", System = "civilstatus", PrivateKeyFile = _keyFile, BusAddress = new Uri("http://bus.test/") };
        _http = new HttpClient(new BusAuthentication(Options.Create(options), _time) { InnerHandler = _bus }, disposeHandler: false) { BaseAddress = options.BusAddress };
        (_bus.Keys, _bus.Accepted, _bus.Fails) = ([], null, false);
    }

    [TearDown]
    public void Disconnect()
    {
        _http.Dispose();
        File.Delete(_keyFile);
    }

    [OneTimeTearDown]
    public void Dispose() => _bus.Dispose();

    [Test]
    public async Task Should_ask_for_one_token_for_many_requests()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync()));

        Assert.That(_bus.Keys, Is.EqualTo(["first"]));
    }

    [Test]
    public async Task Should_renew_a_minute_ahead_and_go_on_with_what_it_has_while_the_bus_gives_none()
    {
        await SendAsync();
        _time.Advance(TimeSpan.FromMinutes(4) - TimeSpan.FromSeconds(1));
        await SendAsync();
        Assert.That(_bus.Keys, Has.Count.EqualTo(1));

        _time.Advance(TimeSpan.FromSeconds(1));
        _bus.Fails = true;
        Assert.That(await SendAsync(), Is.EqualTo(HttpStatusCode.Accepted), "the token holds for a minute more");
        _bus.Fails = false;
        await SendAsync();
        Assert.That(_bus.Keys, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Should_go_on_with_the_key_that_is_in_the_file_when_the_one_before_was_withdrawn()
    {
        await SendAsync();
        WriteKey("second");
        _bus.Accepted = "second";

        Assert.That(await SendAsync(), Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(_bus.Keys, Is.EqualTo(["first", "second"]));
    }

    [Test]
    public void Should_say_the_code_when_the_bus_gives_no_token()
    {
        _bus.Accepted = "another";

        Assert.That(SendAsync, Throws.TypeOf<HttpRequestException>().With.Message.Contains("401 auth.key-unknown"));
    }

    private async Task<HttpStatusCode> SendAsync()
    {
        using var response = await _http.PostAsync("events", new StringContent("{}"));
        return response.StatusCode;
    }

    private void WriteKey(string keyId)
    {
        using var key = SigningKey.Create();
        File.WriteAllText(_keyFile, key.ToPrivateJwk().Replace(key.KeyId, keyId, StringComparison.Ordinal));
        // Some file systems note whole seconds only.
        File.SetLastWriteTimeUtc(_keyFile, new DateTime(2026, 1, keyId.Length, 0, 0, 0, DateTimeKind.Utc));
    }

    /// <summary>Gives tokens for one kid, or for any, and takes requests with a token of that kid.</summary>
    private sealed class FakeBus : HttpMessageHandler
    {
        public List<string> Keys { get; set; } = [];

        public string? Accepted { get; set; }

        public bool Fails { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath == "/events")
                return new(IsTaken(request.Headers.Authorization!.Parameter!) ? HttpStatusCode.Accepted : HttpStatusCode.Unauthorized);
            if (Fails)
                return new(HttpStatusCode.ServiceUnavailable);
            var assertion = HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync(cancellationToken))["client_assertion"]!;
            using var header = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(assertion.Split('.')[0]));
            var keyId = header.RootElement.GetProperty("kid").GetString()!;
            if (!IsTaken(keyId))
                return new(HttpStatusCode.Unauthorized) { Content = new StringContent("""{"violations":[{"code":"auth.key-unknown"}]}""", Encoding.UTF8, "application/json") };
            Keys.Add(keyId);
            return new(HttpStatusCode.OK) { Content = JsonContent.Create(new { access_token = keyId, expires_in = 300 }) };
        }

        private bool IsTaken(string keyId) => Accepted is null || keyId == Accepted;
    }
}
