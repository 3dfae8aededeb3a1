using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ExchangeBus.Tests.Delivery.Webhooks;

/// <summary>The npm package <c>standardwebhooks</c> as it is published, in a folder of its own.</summary>
public sealed class When_an_npm_client_verifies
{
    private const string Pair = "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
    private string _folder = null!;

    [OneTimeSetUp]
    public async Task InstallAsync()
    {
        _folder = Directory.CreateTempSubdirectory("exchangebus-npm-").FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Architecture.Repository.Root, "tests/ExchangeBus.Tests/Delivery/Webhooks/node")))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        var (node, _) = await RunAsync("node", "--version");
        var (npm, said) = await RunAsync("npm", "ci --ignore-scripts --no-audit --no-fund");
        if (node is null || npm is null)
            Assert.Ignore("node and npm are not installed, so no npm client verifies our signature here.");
        // A laptop without a registry may go on; a build server may not.
        if (npm != 0 && Environment.GetEnvironmentVariable("CI") is null)
            Assert.Ignore($"npm could not install standardwebhooks: {said}");
        Assert.That(npm, Is.Zero, said);
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Should_find_the_signature_right()
    {
        var (exit, said) = await VerifyAsync(await DeliveredAsync());

        Assert.That(exit, Is.Zero, said);
        var found = JsonNode.Parse(said)!;
        Assert.That((string?)found["name"], Is.EqualTo("Nguyễn Văn Thử"));
        Assert.That((bool?)found["asymmetric"], Is.True);
    }

    [Test]
    public async Task Should_find_another_body_wrong()
    {
        var delivery = await DeliveredAsync();
        delivery["body"] = ((string)delivery["body"]!).Replace("Thử", "Thứ", StringComparison.Ordinal);

        var (exit, said) = await VerifyAsync(delivery);

        Assert.That(exit, Is.Not.Zero);
        Assert.That(said, Does.Contain("No matching signature found"));
    }

    // The client compares with the clock of the machine.
    private static async Task<JsonObject> DeliveredAsync()
    {
        await using var receiver = await Receiver.StartAsync(204);
        using var sending = new Sending(TimeProvider.System);
        var pair = Sending.Secret(Pair);
        await sending.SendAsync(Sending.To(receiver.Plain, pair, Sending.Secret(Sending.Key)));
        var request = receiver.Received.Single();
        return new JsonObject
        {
            ["headers"] = JsonSerializer.SerializeToNode(request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value)),
            ["body"] = Encoding.UTF8.GetString(request.Body),
            ["secret"] = Sending.Key,
            ["publicKey"] = pair.PublicKey,
        };
    }

    private async Task<(int? Exit, string Said)> VerifyAsync(JsonObject delivery) => await RunAsync("node", "verify.mjs", delivery.ToJsonString());

    private async Task<(int? Exit, string Said)> RunAsync(string program, string arguments, string input = "")
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = _folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, await said + await complained);
        }
        catch (Win32Exception)
        {
            return (null, "");
        }
    }
}
