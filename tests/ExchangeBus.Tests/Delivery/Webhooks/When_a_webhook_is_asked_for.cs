using ExchangeBus.Delivery.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Tests.Delivery.Webhooks;

public sealed class When_a_webhook_is_asked_for
{
    private static readonly DateTimeOffset Day = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Should_have_the_defaults()
    {
        var endpoint = Read(Settings("https://agency.example.vn/hook?x=1"), new WebhooksOptions(), out var violations);

        Assert.That(violations, Is.Empty);
        Assert.That((endpoint!.Concurrency, endpoint.TimeLimit, endpoint.RequestsPerMinute, endpoint.RetryFor),
            Is.EqualTo((4, TimeSpan.FromSeconds(15), (int?)null, TimeSpan.FromHours(72))));
    }

    [TestCase("http://agency.example.vn/", "webhook.address")]
    [TestCase("http://127.0.0.1/", "webhook.address")]
    [TestCase("ftp://agency.example.vn/", "webhook.address")]
    [TestCase("agency.example.vn", "webhook.address")]
    [TestCase("https://user:secret@agency.example.vn/", "webhook.address")]
    [TestCase("https://agency.example.vn/#part", "webhook.address")]
    [TestCase("https://localhost/", "webhook.private-address")]
    [TestCase("https://127.0.0.1/", "webhook.private-address")]
    [TestCase("https://2130706433/", "webhook.private-address")]
    [TestCase("https://0x7f.1/", "webhook.private-address")]
    [TestCase("https://[::1]/", "webhook.private-address")]
    [TestCase("https://[::ffff:10.0.0.1]/", "webhook.private-address")]
    [TestCase("https://169.254.169.254/latest/meta-data/", "webhook.private-address")]
    public void Should_refuse_an_address_that_may_not_be_called(string address, string code)
    {
        Assert.That(Read(Settings(address), new WebhooksOptions(), out var violations), Is.Null);
        Assert.That(violations.Select(v => v.Code), Is.EqualTo(new[] { code }));
    }

    [Test]
    public void Should_take_loopback_in_development()
    {
        var options = new WebhooksOptions { AllowLoopback = true };

        Assert.That(Read(Settings("http://127.0.0.1:8080/"), options, out _), Is.Not.Null);
        Assert.That(Read(Settings("http://localhost:8080/"), options, out _), Is.Not.Null);
        Assert.That(Read(Settings("http://10.0.0.1:8080/"), options, out _), Is.Null);
    }

    [Test]
    public void Should_say_everything_that_is_wrong_at_once_and_repeat_none_of_it()
    {
        var settings = new WebhookSettings
        {
            Address = "http://agency.example.vn/?token=hidden",
            Keys = [new WebhookKeySetting { Key = "whsec_hidden" }, new WebhookKeySetting { Key = Sending.Key, ValidFrom = Day, ValidUntil = Day }],
            Concurrency = 65,
            TimeLimit = TimeSpan.FromSeconds(61),
            RequestsPerMinute = 0,
            RetryFor = TimeSpan.FromDays(31),
        };

        Assert.That(Read(settings, new WebhooksOptions(), out var violations), Is.Null);
        Assert.That(violations.Select(v => (v.Code, v.Pointer)), Is.EquivalentTo(new[]
        {
            ("webhook.address", "/address"), ("webhook.key", "/keys/0/key"), ("webhook.key-time", "/keys/1/validUntil"), ("webhook.concurrency", "/concurrency"),
            ("webhook.time-limit", "/timeLimitSeconds"), ("webhook.rate", "/requestsPerMinute"), ("webhook.retry-for", "/retryForHours"),
        }));
        Assert.That(violations.Select(v => v.ToString()), Has.None.Contains("hidden"));
    }

    [TestCase(0)]
    [TestCase(9)]
    public void Should_have_one_to_eight_keys(int keys)
    {
        var settings = new WebhookSettings { Address = "https://agency.example.vn/", Keys = [.. Enumerable.Repeat(new WebhookKeySetting { Key = Sending.Key }, keys)] };

        Assert.That(Read(settings, new WebhooksOptions(), out var violations), Is.Null);
        Assert.That(violations.Single().Code, Is.EqualTo("webhook.key-count"));
    }

    [TestCase("AllowedNetworks:0", "10.64.0.0/99", "AllowedNetworks")]
    [TestCase("FailuresToOpen", "0", "FailuresToOpen")]
    [TestCase("Origin", "https://bus.gov.vn", "Origin")]
    [TestCase("FirstBreak", "00:00:00", "FirstBreak")]
    public void Should_not_start_with_options_that_are_not_sound(string name, string value, string said)
    {
        using var services = Services(name, value);

        Assert.That(() => services.GetRequiredService<IOptions<WebhooksOptions>>().Value, Throws.InstanceOf<OptionsValidationException>().With.Message.Contains(said));
    }

    [Test]
    public void Should_find_all_that_sending_needs()
    {
        using var services = Services("AllowedNetworks:0", "10.64.0.0/12");

        Assert.That(services.GetRequiredService<WebhookSender>(), Is.Not.Null);
        Assert.That(services.GetRequiredService<WebhookHandshake>(), Is.Not.Null);
    }

    [Test]
    public void Should_have_every_failure_in_both_languages_and_on_the_page()
    {
        var page = Architecture.Repository.Read("src/ExchangeBus/Delivery/Webhooks/README.md");
        var declared = typeof(AttemptFailure).GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)
            .Select(f => f.GetValue(null)).OfType<AttemptFailure>();

        Assert.That(AttemptFailure.All, Is.EquivalentTo(declared));
        Assert.That(AttemptFailure.All.Select(f => f.Code), Is.Unique);
        foreach (var failure in AttemptFailure.All)
        {
            Assert.That(page, Does.Contain($"`{failure.Code}`"));
            Assert.That(failure.MessageVi, Is.Not.Empty.And.Not.EqualTo(failure.MessageEn));
        }
    }

    private static WebhookSettings Settings(string address) => new() { Address = address, Keys = [new WebhookKeySetting { Key = Sending.Key }] };

    private static WebhookEndpoint? Read(WebhookSettings settings, WebhooksOptions options, out IReadOnlyList<ExchangeBus.Contracts.Violation> violations) =>
        settings.Read("sub.G15.births", options, out violations);

    private static ServiceProvider Services(string name, string value) => new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new KeyValuePair<string, string?>($"Delivery:Webhooks:{name}", value)]).Build())
        .AddWebhooks().BuildServiceProvider();
}
