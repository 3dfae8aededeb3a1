using ExchangeBus.Delivery.Webhooks;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.Tests.Delivery.Webhooks;

public sealed class When_a_receiver_is_asked_first
{
    private const string Origin = "WebHook-Allowed-Origin";
    private const string Rate = "WebHook-Allowed-Rate";
    private readonly FakeTimeProvider _time = new();

    [TestCase(200, "bus.gov.vn", "120", 100, true, 100, TestName = "no more than was asked for")]
    [TestCase(200, "BUS.gov.vn", "60", 100, true, 60, TestName = "names have no case")]
    [TestCase(200, "*", "*", 100, true, 100, TestName = "any origin, any rate")]
    [TestCase(200, "*", "*", null, true, null, TestName = "without limit")]
    [TestCase(200, "*", "120", null, true, 120, TestName = "a limit that was not asked about")]
    [TestCase(200, "*", null, 100, true, 100, TestName = "no rate allows what was asked")]
    [TestCase(405, "bus.gov.vn", "120", null, true, 120, TestName = "the status decides nothing")]
    [TestCase(200, null, "120", null, false, null, TestName = "no origin is no consent")]
    [TestCase(200, "other.gov.vn", "120", null, false, null, TestName = "consent to another")]
    [TestCase(200, "bus.gov.vn.evil.test", "120", null, false, null, TestName = "a name that begins like ours")]
    [TestCase(200, "*", "0", null, false, null, TestName = "a rate of nothing")]
    [TestCase(200, "*", "many", null, false, null, TestName = "a rate that is no number")]
    [TestCase(302, "*", "*", null, false, null, TestName = "a redirect")]
    public async Task Should_be_called_only_with_consent(int status, string? origin, string? rate, int? asked, bool granted, int? allowed)
    {
        await using var receiver = await Receiver.StartAsync(status, [.. Headers(origin, rate)]);
        using var sending = new Sending(_time);

        var outcome = await sending.Handshake.AskAsync(Sending.To(receiver.Plain) with { RequestsPerMinute = asked }, callback: null, CancellationToken.None);

        Assert.That((outcome.IsGranted, outcome.RequestsPerMinute, outcome.Status), Is.EqualTo((granted, allowed, (int?)status)));
        Assert.That(outcome.Failure, granted ? Is.Null : Is.Not.Null);
    }

    [Test]
    public async Task Should_be_told_who_asks_how_much_and_where_to_grant_later()
    {
        await using var receiver = await Receiver.StartAsync(200);
        using var sending = new Sending(_time);

        var endpoint = Sending.To(receiver.Plain) with { RequestsPerMinute = 600 };
        var outcome = await sending.Handshake.AskAsync(endpoint, new Uri("https://bus.gov.vn/webhooks/grant?key=k"), CancellationToken.None);

        var asked = receiver.Received.Single();
        Assert.That(outcome.Failure, Is.EqualTo(AttemptFailure.NotGranted));
        Assert.That((asked.Method, asked.Body), Is.EqualTo(("OPTIONS", Array.Empty<byte>())));
        Assert.That(asked.Headers["webhook-request-origin"], Is.EqualTo("bus.gov.vn"));
        Assert.That(asked.Headers["webhook-request-rate"], Is.EqualTo("600"));
        Assert.That(asked.Headers["webhook-request-callback"], Is.EqualTo("https://bus.gov.vn/webhooks/grant?key=k"));
    }

    [Test]
    public async Task Should_not_be_asked_at_an_address_that_the_bus_may_not_call()
    {
        await using var receiver = await Receiver.StartAsync(200, (Origin, "*"));
        using var sending = new Sending(_time, options: new WebhooksOptions());

        var outcome = await sending.Handshake.AskAsync(Sending.To(receiver.Plain), null, CancellationToken.None);

        Assert.That((outcome.IsGranted, outcome.Failure), Is.EqualTo((false, AttemptFailure.PrivateAddress)));
        Assert.That(receiver.Received, Is.Empty);
    }

    private static IEnumerable<(string, string)> Headers(string? origin, string? rate)
    {
        if (origin is not null) yield return (Origin, origin);
        if (rate is not null) yield return (Rate, rate);
    }
}
