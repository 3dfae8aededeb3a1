using System.Text;
using ExchangeBus.Delivery.Webhooks;
using ExchangeBus.Delivery.Webhooks.Signing;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.Tests.Delivery.Webhooks;

public sealed class When_a_delivery_is_signed
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long Timestamp = 1614265330;
    private const string Hmac = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const string Ed25519 = "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";
    private const string Pair = "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(Timestamp);

    // The reference libraries of Standard Webhooks test themselves with this secret, the Svix server with this key pair.
    [TestCase(Sending.Key, Hmac)]
    [TestCase(Pair, Ed25519)]
    public void Should_be_the_signature_of_the_reference(string key, string expected) => Assert.That(Sign(Sending.Secret(key)), Is.EqualTo(expected));

    [Test]
    public void Should_show_the_public_key_that_a_receiver_verifies_with()
    {
        Assert.That(Sending.Secret(Pair).PublicKey, Is.EqualTo("whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4="));
        Assert.That(Sending.Secret(Sending.Key).PublicKey, Is.Null);
    }

    [Test]
    public void Should_be_signed_by_every_key_that_is_valid_now_and_no_other()
    {
        var header = Sign(
            Sending.Secret(Sending.Key, until: Now.AddSeconds(1)), Sending.Secret(Pair, from: Now),
            Sending.Secret(Sending.Key, from: Now.AddSeconds(1)), Sending.Secret(Pair, until: Now));

        Assert.That(header, Is.EqualTo($"{Hmac} {Ed25519}"));
    }

    [Test]
    public void Should_not_be_signed_without_a_valid_key() => Assert.That(Sign(Sending.Secret(Sending.Key, until: Now)), Is.Null);

    [TestCase("whsec_", 24, true)]
    [TestCase("whsec_", 64, true)]
    [TestCase("whsec_", 23, false)]
    [TestCase("whsec_", 65, false)]
    [TestCase("whsk_", 32, false)]
    [TestCase("whpk_", 32, false)]
    [TestCase("", 32, false)]
    public void Should_take_keys_of_the_standard_only(string prefix, int bytes, bool taken) =>
        Assert.That(WebhookSecret.TryRead(prefix + Convert.ToBase64String(new byte[bytes]), null, null, out _), Is.EqualTo(taken));

    [Test]
    public void Should_not_take_a_pair_whose_halves_are_of_two_keys()
    {
        var bytes = Convert.FromBase64String(Pair["whsk_".Length..]);
        bytes[40] ^= 1;

        Assert.That(WebhookSecret.TryRead("whsk_" + Convert.ToBase64String(bytes), null, null, out _), Is.False);
        Assert.That(WebhookSecret.TryRead("whsec_%", null, null, out _), Is.False);
    }

    [Test]
    public void Should_show_no_key_in_a_text_of_the_endpoint() =>
        Assert.That(Sending.To(new Uri("https://agency.test"), Sending.Secret(Sending.Key)).ToString(), Does.Not.Contain("MfKQ"));

    [Test]
    public void Should_keep_its_id_over_attempts_and_differ_from_other_deliveries()
    {
        string[] ids =
        [
            WebhookDelivery.Of("sub.G15.births", 7, default).Id, WebhookDelivery.Of("sub.G15.births", 8, default).Id, WebhookDelivery.Of("sub.G16.births", 7, default).Id,
        ];

        Assert.That(WebhookDelivery.Of("sub.G15.births", 7, default).Id, Is.EqualTo(ids[0]));
        Assert.That(ids, Is.Unique.And.All.Match("^[A-Za-z0-9_-]+$"), "a full stop would move the border to the timestamp");
        Assert.That(() => WebhookDelivery.WithId("msg.1", default), Throws.ArgumentException);
    }

    [Test]
    public async Task Should_carry_the_headers_of_the_standard_and_the_exact_body()
    {
        await using var receiver = await Receiver.StartAsync(204);
        using var sending = new Sending(new FakeTimeProvider(Now));

        await sending.SendAsync(Sending.To(receiver.Plain));
        await sending.SendAsync(Sending.To(receiver.Plain));

        var requests = receiver.Received.ToArray();
        var headers = requests[0].Headers;
        Assert.That(requests, Has.Length.EqualTo(2));
        Assert.That(requests[0].Method, Is.EqualTo("POST"));
        Assert.That(requests[0].Body, Is.EqualTo(Sending.Delivery.Body.ToArray()));
        Assert.That(headers["content-type"], Is.EqualTo("application/cloudevents+json; charset=utf-8"));
        Assert.That(headers["webhook-timestamp"], Is.EqualTo("1614265330"));
        Assert.That(headers["webhook-id"], Is.EqualTo(Sending.Delivery.Id).And.EqualTo(requests[1].Headers["webhook-id"]));
        Assert.That(headers["webhook-signature"], Is.EqualTo(WebhookSignature.Write([Sending.Secret(Sending.Key)], Now, Sending.Delivery.Id, Timestamp, Sending.Delivery.Body.Span)));
        Assert.That(headers["webhook-request-origin"], Is.EqualTo("bus.gov.vn"));
        Assert.That(headers.Keys, Has.None.EqualTo("traceparent").And.None.EqualTo("Cookie"));
    }

    private static string? Sign(params WebhookSecret[] secrets) =>
        WebhookSignature.Write(secrets, Now, Id, Timestamp, Encoding.UTF8.GetBytes("""{"test": 2432232314}"""));
}
