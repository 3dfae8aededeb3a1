using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ExchangeBus.IntegrationTests.Delivery.Webhooks;
using ExchangeBus.Signatures;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Delivery;

/// <summary>The examples of <c>docs/examples</c>, with npm's <c>amqplib</c> and <c>cloudevents</c> and Python's <c>pika</c> as they are published.</summary>
[TestFixture]
public sealed class When_a_subscriber_uses_its_own_client
{
    private const string SelectAcknowledged = "select acknowledged from delivery_position where subscription = @Name";
    private static readonly string Examples = Path.Combine(Root(), "docs", "examples");
    private AgreementDesk _desk = null!;
    private long[] _published = [];

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        _desk = await AgreementDesk.OpenAsync();
        await _desk.AgreeAsync("statistics", AgreementDesk.Terms("public", "/child/birthDate"));
        foreach (var (name, way) in ((string, string)[])[("node-queue", "queue"), ("python-queue", "queue"), ("node-pull", "pull"), ("python-pull", "pull")])
            await _desk.SubscribeAsync(name, "statistics", way);
        _published = [await _desk.PublishAsync(), await _desk.PublishAsync(), await _desk.PublishAsync()];
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _desk.DisposeAsync();

    [TestCase("node-queue", "node", "subscribe-amqp.mjs")]
    [TestCase("node-pull", "node", "subscribe-http.mjs")]
    [TestCase("python-queue", "python3", "subscribe_amqp.py")]
    [TestCase("python-pull", "python3", "subscribe_http.py")]
    public async Task Should_receive_in_order_and_acknowledge(string subscription, string program, string script)
    {
        // Debian's packages belong to Debian's Python, which may not be the first in the path.
        if (script == "subscribe_amqp.py" && await LacksPikaAsync(program) && !await LacksPikaAsync("/usr/bin/python3"))
            program = "/usr/bin/python3";
        var folder = await PrepareAsync(program, script);
        var broker = new UriBuilder(_desk.Bus.AmqpUri) { UserName = AgreementDesk.Receiver.BrokerUser, Password = Uri.EscapeDataString(AgreementDesk.Receiver.BrokerPassword) }.Uri;
        var (exit, said) = await RunAsync(program, [script, $"{_published.Length}"], folder, new()
        {
            ["SUBSCRIPTION"] = $"G18.{subscription}",
            ["BROKER"] = broker.AbsoluteUri,
            ["BUS"] = _desk.Bus.Address.AbsoluteUri,
            ["TOKEN"] = await TokenAsync(),
        });

        Assert.That(exit, Is.Zero, said);
        var seen = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToArray();
        Assert.That(seen.Select(e => long.Parse(e.GetProperty("sequence").GetString()!, null)), Is.EqualTo(_published));
        Assert.That(seen.Select(e => e.GetProperty("data").GetProperty("child").EnumerateObject().Single().Name), Is.All.EqualTo("birthDate"));
        await Eventually.GetAsync(() => Database.CountAsync(_desk.Bus.ConnectionString, SelectAcknowledged, new { Name = $"G18.{subscription}" }),
            n => n == _published[^1], "the acknowledgement of all");
    }

    [Test]
    public async Task Should_receive_a_webhook_with_the_packages_that_npm_has_for_it()
    {
        var folder = await PrepareAsync("node", "receive-webhook.mjs");
        await using var desk = await AgreementDesk.OpenAsync(HookDesk.Settings);
        await desk.AgreeAsync("statistics", AgreementDesk.Terms("public", "/child/birthDate"));
        await desk.SubscribeAsync("hooked", "statistics", way: "webhook");
        var port = BusProcess.FreePort();
        var receiving = RunAsync("node", ["receive-webhook.mjs", "2"], folder, new() { ["KEY"] = HookDesk.Key, ["PORT"] = $"{port}" });
        var asked = new JsonObject
        {
            ["address"] = $"http://127.0.0.1:{port}/",
            ["keys"] = new JsonArray(new JsonObject { ["key"] = HookDesk.Key }),
            ["reason"] = "to be told at once",
        };
        await Eventually.GetAsync(async () =>
        {
            using var answer = await desk.AtReceiver.PutAsync("subscriptions/G18.hooked/webhook", JsonContent.Create(asked));
            return answer.IsSuccessStatusCode;
        }, granted => granted, "the receiver grants it");

        long[] published = [await desk.PublishAsync(), await desk.PublishAsync()];

        var (exit, said) = await receiving;
        Assert.That(exit, Is.Zero, said);
        Assert.That(said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("sequence").GetString()),
            Is.EqualTo(published.Select(p => $"{p}")));
        await desk.AcknowledgedAsync(published[^1]);
    }

    private static async Task<bool> LacksPikaAsync(string python) => (await RunAsync(python, ["-c", "import pika"], ".", [])).Exit != 0;

    private static async Task<string> PrepareAsync(string program, string script)
    {
        if ((await RunAsync(program, ["--version"], ".", [])).Exit is null)
            Assert.Ignore($"{program} is not installed.");
        if (program != "node")
        {
            if (script.Contains("amqp", StringComparison.Ordinal) && await LacksPikaAsync(program))
                Assert.Ignore("Python's pika is not installed (Debian: python3-pika).");
            return Path.Combine(Examples, "python");
        }

        var folder = Directory.CreateTempSubdirectory("exchangebus-node-").FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Examples, "node")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var (npm, said) = await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder, []);
        // A laptop without a registry may go on; a build server may not.
        if (npm is null || (npm != 0 && Environment.GetEnvironmentVariable("CI") is null))
            Assert.Ignore($"npm could not install the example's packages: {said}");
        Assert.That(npm, Is.Zero, said);
        return folder;
    }

    private async Task<string> TokenAsync()
    {
        var source = AgreementDesk.Receiver.Source;
        var assertion = ClientAssertion.Create(source, ClientAssertion.DefaultAudience, AgreementDesk.Receiver.PrivateKey, TimeProvider.System.GetUtcNow());
        using var http = new HttpClient { BaseAddress = _desk.Bus.Address };
        using var answer = await http.PostAsync("token", new FormUrlEncodedContent([
            new("grant_type", "client_credentials"), new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), new("client_assertion", assertion)]));
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()).GetProperty("access_token").GetString()!;
    }

    private static async Task<(int? Exit, string Said)> RunAsync(string program, string[] arguments, string folder, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            using var longest = new CancellationTokenSource(TimeSpan.FromSeconds(90));
            var (said, failed) = (process.StandardOutput.ReadToEndAsync(longest.Token), process.StandardError.ReadToEndAsync(longest.Token));
            try
            {
                await process.WaitForExitAsync(longest.Token);
                return (process.ExitCode, process.ExitCode == 0 ? await said : await said + await failed);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return (-1, "It did not end within 90 s.");
            }
        }
        catch (Win32Exception)
        {
            return (null, $"{program} is not installed.");
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ExchangeBus.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
