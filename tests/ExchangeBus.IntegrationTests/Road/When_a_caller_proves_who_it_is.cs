using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Dapper;
using ExchangeBus.Contracts;
using ExchangeBus.Signatures;
using ExchangeBus.Testing;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExchangeBus.IntegrationTests.Road;

/// <summary>Two hosts on one database, the first also with TLS.</summary>
[TestFixture]
public sealed class When_a_caller_proves_who_it_is
{
    private static readonly TestAgency Portal = new("G22.99.08", "portal", ["vn.portal.*"]);
    private static readonly TestAgency Changing = new("G15", "civilstatus", []);
    private static readonly TestAgency Signing = new("G24", "socialinsurance", ["vn.portal.*"]) { RequireSignature = ["vn.portal.*"] };
    private static readonly TimeSpan WithinSeconds = TimeSpan.FromSeconds(10);

    private readonly string _certificateFile = Path.Combine(Path.GetTempPath(), $"exchangebus-{Guid.NewGuid():N}.pfx");
    private X509Certificate2 _client = null!;
    private RunningBus _bus = null!;
    private RunningBus _other = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        using var server = NewCertificate();
        await File.WriteAllBytesAsync(_certificateFile, server.Export(X509ContentType.Pfx, "test"));
        _client = NewCertificate();
        _bus = await RunningBus.StartAsync(Servers.Current, [Portal, Changing, Signing], new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:Http:Url"] = "http://127.0.0.1:0",
            ["Kestrel:Endpoints:Https:Url"] = "https://127.0.0.1:0",
            ["Kestrel:Endpoints:Https:Certificate:Path"] = _certificateFile,
            ["Kestrel:Endpoints:Https:Certificate:Password"] = "test",
            ["Bus:Agencies:0:Systems:0:Certificates:0:PublicKeySha256"] = Convert.ToHexString(SHA256.HashData(_client.PublicKey.ExportSubjectPublicKeyInfo())),
        });
        _other = await _bus.StartBesideAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _other.DisposeAsync();
        await _bus.DisposeAsync();
        _client.Dispose();
        File.Delete(_certificateFile);
    }

    [Test]
    public async Task Should_be_taken_once_for_each_token_on_whichever_host()
    {
        var token = ClientAssertion.Create(Portal.Source, ClientAssertion.DefaultAudience, Portal.PrivateKey, TimeProvider.System.GetUtcNow());

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => AskAsync(i % 2 == 0 ? _bus : _other, token)));

        Assert.That(answers.Count(a => a.Code is null), Is.EqualTo(1));
        Assert.That(answers.Where(a => a.Code is not null).Select(a => a.Code), Has.All.EqualTo("auth.token-replayed"));
    }

    [Test]
    public async Task Should_hear_why_not_in_the_header_and_in_the_body()
    {
        using var stranger = SigningKey.Create();
        using var impostor = SigningKey.Parse(stranger.ToPrivateJwk().Replace(stranger.KeyId, Portal.PrivateKey.KeyId, StringComparison.Ordinal));
        var now = TimeProvider.System.GetUtcNow();

        var wrong = await AskAsync(_bus, ClientAssertion.Create(Portal.Source, ClientAssertion.DefaultAudience, impostor, now));
        var expired = await AskAsync(_bus, ClientAssertion.Create(Portal.Source, ClientAssertion.DefaultAudience, Portal.PrivateKey, now.AddMinutes(-5)));
        var unknown = await AskAsync(_bus, ClientAssertion.Create(Portal.Source, ClientAssertion.DefaultAudience, stranger, now));
        var nobody = await AskAsync(_bus, ClientAssertion.Create("urn:exchangebus:agency:G99:nobody", ClientAssertion.DefaultAudience, stranger, now));
        var secret = await AskAsync(_bus, Portal.BrokerPassword);
        var nothing = await AskAsync(_bus, null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(wrong, Is.EqualTo(("auth.signature", "Bearer realm=\"exchangebus\", error=\"invalid_token\", error_description=\"The signature of the token is wrong.\"")));
            Assert.That(expired.Code, Is.EqualTo("auth.token-expired"));
            Assert.That(unknown.Code, Is.EqualTo("auth.key-unknown"));
            Assert.That(nobody, Is.EqualTo(unknown), "who exists is not told");
            Assert.That(secret.Code, Is.EqualTo("auth.token-malformed"), "the password of the broker is no use here");
            Assert.That(nothing, Is.EqualTo(("auth.missing", "Bearer realm=\"exchangebus\"")));
        }
    }

    [Test]
    public async Task Should_change_keys_with_overlap_and_lose_the_old_one_within_seconds_on_every_host()
    {
        using var next = SigningKey.Create(SignatureAlgorithms.Es256);
        var old = await ExchangeAsync(Changing.PrivateKey);
        await ExecuteAsync("insert into agency_credential (agency, system, kind, name, public_key) values ('G15', 'civilstatus', 'key', @Name, @Key)",
            new { Name = next.KeyId, Key = next.PublicKey.ToJwk() });
        await Eventually.GetAsync(() => AskAsync(_bus, Sign(next)), a => a.Code is null, "the new key taken", WithinSeconds);
        await Eventually.GetAsync(() => AskAsync(_other, Sign(next)), a => a.Code is null, "the new key taken at the other host", WithinSeconds);
        Assert.That((await AskAsync(_bus, Sign(Changing.PrivateKey))).Code, Is.Null, "the old key holds as well");
        Assert.That((await AskAsync(_other, old)).Code, Is.Null, "an access token of one host holds at the other");

        await ExecuteAsync("update agency_credential set withdrawn_at = now() where agency = 'G15' and name = @Name", new { Name = Changing.PrivateKey.KeyId });

        foreach (var host in (RunningBus[])[_bus, _other])
        {
            await Eventually.GetAsync(() => AskAsync(host, Sign(Changing.PrivateKey)), a => a.Code == "auth.key-unknown", "the old key gone", WithinSeconds);
            Assert.That((await AskAsync(host, old)).Code, Is.EqualTo("auth.access-token"), "its access tokens end with it");
            Assert.That((await AskAsync(host, Sign(next))).Code, Is.Null);
        }

        // What the operator withdrew stays so, although the configuration of a host that starts later still names it.
        await using (await _bus.StartBesideAsync())
            Assert.That((await AskAsync(_bus, Sign(Changing.PrivateKey))).Code, Is.EqualTo("auth.key-unknown"));

        string Sign(SigningKey key) => ClientAssertion.Create(Changing.Source, ClientAssertion.DefaultAudience, key, TimeProvider.System.GetUtcNow());

        async Task<string> ExchangeAsync(SigningKey key)
        {
            using var http = new HttpClient { BaseAddress = _bus.Address };
            using var answer = await http.PostAsync("token", new FormUrlEncodedContent([
                new("grant_type", "client_credentials"), new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), new("client_assertion", Sign(key))]));
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), body.GetRawText());
            return body.GetProperty("access_token").GetString()!;
        }
    }

    [Test]
    public async Task Should_be_known_by_a_registered_client_certificate()
    {
        using var unregistered = NewCertificate();
        using var known = TlsClient(_client);
        using var unknown = TlsClient(unregistered);
        using var bare = TlsClient(null);
        bare.DefaultRequestHeaders.Add("X-ARR-ClientCert", Convert.ToBase64String(_client.RawData));

        using var accepted = await known.PostAsync("events", Content(Samples.LinkedBirth()));

        Assert.That(accepted.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await accepted.Content.ReadAsStringAsync());
        Assert.That((await AnswerAsync(await unknown.GetAsync("events/1/deliveries"))).Code, Is.EqualTo("auth.certificate-unknown"));
        Assert.That((await AnswerAsync(await bare.GetAsync("events/1/deliveries"))).Code, Is.EqualTo("auth.missing"), "a header is not believed");
    }

    [Test]
    public async Task Should_sign_its_events_where_that_is_asked_for()
    {
        using var http = _bus.ClientOf(Signing);
        var unsigned = Samples.LinkedBirth() with { Source = Signing.Source };
        var signed = EventSignature.Sign(unsigned, Signing.PrivateKey);

        using var without = await http.PostAsync("events", Content(unsigned));
        using var changed = await http.PostAsync("events", Content(signed with { Id = "another" }));
        using var right = await http.PostAsync("events", Content(signed));

        Assert.That(await without.Content.ReadAsStringAsync(), Does.Contain("signature.required"));
        Assert.That(await changed.Content.ReadAsStringAsync(), Does.Contain("signature.wrong"));
        Assert.That(right.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await right.Content.ReadAsStringAsync());
        await using var connection = new NpgsqlConnection(_bus.ConnectionString);
        var envelopes = await connection.QueryAsync<byte[]>("select envelope from event_log where source = @Source", new { Signing.Source });
        Assert.That(envelopes.Select(e => JsonDocument.Parse(e).RootElement.GetProperty("signature").GetString()), Is.EqualTo([signed[ExtensionAttributes.Signature]]));
    }

    [Test]
    public async Task Should_hear_what_is_wrong_with_a_token_request()
    {
        using var http = new HttpClient { BaseAddress = _bus.Address };
        using var json = await http.PostAsync("token", JsonContent.Create(new { grant_type = "client_credentials" }));
        using var grant = await http.PostAsync("token", new FormUrlEncodedContent([new("grant_type", "password")]));
        using var large = await http.PostAsync("token", new FormUrlEncodedContent([new("grant_type", new string('x', 20_000))]));

        Assert.That(json.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await grant.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString(), Is.EqualTo("unsupported_grant_type"));
        Assert.That((int)large.StatusCode, Is.InRange(400, 413));
    }

    private HttpClient TlsClient(X509Certificate2? certificate)
    {
        var address = _bus.Provider.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(a => a.StartsWith("https:", StringComparison.Ordinal));
        var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=exchangebus-test" } };
        if (certificate is not null)
            handler.SslOptions.ClientCertificates = [certificate];
        return new HttpClient(handler) { BaseAddress = new Uri(address + "/") };
    }

    private static async Task<(string? Code, string? Challenge)> AskAsync(RunningBus host, string? token)
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await AnswerAsync(await http.GetAsync("events/1/deliveries"));
    }

    private static async Task<(string? Code, string? Challenge)> AnswerAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            if (answer.StatusCode != HttpStatusCode.Unauthorized)
                return (null, null);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
            return (problem.GetProperty("violations")[0].GetProperty("code").GetString(), answer.Headers.WwwAuthenticate.ToString());
        }
    }

    private async Task ExecuteAsync(string sql, object parameters)
    {
        await using var connection = new NpgsqlConnection(_bus.ConnectionString);
        await connection.ExecuteAsync(sql, parameters);
    }

    private static ByteArrayContent Content(CloudEvent cloudEvent) =>
        new(CloudEventJson.Write(cloudEvent)) { Headers = { ContentType = new MediaTypeHeaderValue(CloudEventJson.MediaType) } };

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=exchangebus-test", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
