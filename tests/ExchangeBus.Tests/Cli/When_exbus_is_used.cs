using ExchangeBus.Cli;
using ExchangeBus.Signatures;
using ExchangeBus.Tests.Schemas;

namespace ExchangeBus.Tests.Cli;

public sealed class When_exbus_is_used
{
    private static readonly string Event = Path.Combine(SchemaFolder.Root, "portal", "linkedbirthsubmitted", "example.cloudevent.json");
    private string _folder = null!;

    [SetUp]
    public void Create() => _folder = Directory.CreateTempSubdirectory("exbus").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [TestCase("EdDSA")]
    [TestCase("ES256")]
    public async Task Should_make_a_key_sign_an_event_and_verify_it(string algorithm)
    {
        var (key, shown, signed) = (At("key.jwk"), At("public.jwk"), At("signed.json"));

        Assert.That((await RunAsync("keys", "new", "--algorithm", algorithm, "--source", "urn:exchangebus:agency:G22.99.08:portal", "--out", key, "--public-out", shown)).Code, Is.Zero);
        await File.WriteAllTextAsync(signed, (await RunAsync("sign", "--key", key, Event)).Output);

        Assert.That((await RunAsync("verify", "--key", shown, signed)).Code, Is.Zero);
        await File.WriteAllTextAsync(signed, (await File.ReadAllTextAsync(signed)).Replace("\"id\":\"", "\"id\":\"x", StringComparison.Ordinal));
        Assert.That((await RunAsync("verify", "--key", shown, signed)).Code, Is.EqualTo(1));
        Assert.That((await RunAsync("keys", "public", "--key", key)).Output, Does.StartWith(await File.ReadAllTextAsync(shown)));
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(key), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite), "nobody else reads it");
    }

    [Test]
    public async Task Should_sign_a_token_for_the_system_that_the_key_file_names()
    {
        await RunAsync("keys", "new", "--source", "urn:exchangebus:agency:G15:civilstatus", "--out", At("key.jwk"));

        var token = (await RunAsync("token", "--key", At("key.jwk"))).Output.Trim().Split('.');

        Assert.That(token, Has.Length.EqualTo(3));
        Assert.That(System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token[1])), Does.Contain("\"iss\":\"urn:exchangebus:agency:G15:civilstatus\""));
    }

    [Test]
    public async Task Should_say_what_is_missing_and_keep_a_key_that_is_there()
    {
        using var key = SigningKey.Create();
        await File.WriteAllTextAsync(At("key.jwk"), key.ToPrivateJwk());

        var unnamed = await RunAsync("token", "--key", At("key.jwk"));
        var overwritten = await RunAsync("keys", "new", "--out", At("key.jwk"));

        Assert.That((unnamed.Code, unnamed.Error), Is.EqualTo((2, $"Say whose key it is: --source urn:exchangebus:agency:<agency>:<system>{Environment.NewLine}")));
        Assert.That(overwritten.Code, Is.EqualTo(2));
        Assert.That((await RunAsync("token", "--key", At("none.jwk"))).Code, Is.EqualTo(2));
        Assert.That((await RunAsync("token")).Code, Is.Not.Zero);
    }

    [TestCase("G15")]
    [TestCase("urn:exchangebus:agency:G15")]
    [TestCase("urn:exchangebus:agency::civilstatus")]
    public async Task Should_make_no_key_for_what_is_no_system(string source)
    {
        var made = await RunAsync("keys", "new", "--source", source, "--out", At("key.jwk"));

        Assert.That((made.Code != 0, File.Exists(At("key.jwk"))), Is.EqualTo((true, false)), "no bus would believe a token of this key, and it would only say that the token is wrong");
        Assert.That(made.Error, Does.Contain("urn:exchangebus:agency:<agency>:<system>"));
    }

    private string At(string name) => Path.Combine(_folder, name);

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (await ExbusCommand.RunAsync(args, output, error), output.ToString(), error.ToString());
    }
}
