using System.Net;
using ExchangeBus.Delivery.Webhooks;
using ExchangeBus.Delivery.Webhooks.Addresses;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.Tests.Delivery.Webhooks;

public sealed class When_an_address_is_checked
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));

    [TestCase("0.0.0.0"), TestCase("0.1.2.3"), TestCase("10.1.2.3"), TestCase("100.64.0.1"), TestCase("100.127.255.255"), TestCase("127.0.0.1"), TestCase("127.8.8.8")]
    [TestCase("169.254.169.254"), TestCase("172.16.0.1"), TestCase("172.31.255.255"), TestCase("192.0.0.192"), TestCase("192.0.2.1"), TestCase("192.168.1.1")]
    [TestCase("198.18.0.1"), TestCase("198.19.255.255"), TestCase("198.51.100.7"), TestCase("203.0.113.9"), TestCase("224.0.0.1"), TestCase("239.255.255.250")]
    [TestCase("240.0.0.1"), TestCase("255.255.255.255"), TestCase("168.63.129.16"), TestCase("100.100.100.200")]
    [TestCase("::"), TestCase("::1"), TestCase("::ffff:127.0.0.1"), TestCase("::ffff:10.0.0.1"), TestCase("::ffff:169.254.169.254"), TestCase("::7f00:1")]
    [TestCase("64:ff9b::10.0.0.1"), TestCase("64:ff9b::169.254.169.254"), TestCase("64:ff9b:1::1"), TestCase("2002:0a00:0001::1"), TestCase("2002:7f00:0001::1")]
    [TestCase("fe80::1"), TestCase("fe80::1%1"), TestCase("fc00::1"), TestCase("fd12:3456::1"), TestCase("fd00:ec2::254"), TestCase("ff02::1"), TestCase("fec0::1")]
    [TestCase("2001:db8::1"), TestCase("3fff::1"), TestCase("2001::1"), TestCase("2001:10::1"), TestCase("100::1"), TestCase("5f00::1")]
    public void Should_refuse_what_not_everybody_can_reach(string address) => Assert.That(new AddressRules(false, []).Allows(IPAddress.Parse(address)), Is.False);

    [TestCase("8.8.8.8"), TestCase("113.160.0.1"), TestCase("100.63.255.255"), TestCase("100.128.0.1"), TestCase("172.15.0.1"), TestCase("172.32.0.1"), TestCase("223.255.255.255")]
    [TestCase("2001:4860:4860::8888"), TestCase("2405:4800::1"), TestCase("::ffff:8.8.8.8"), TestCase("64:ff9b::8.8.8.8"), TestCase("2002:0808:0808::1")]
    public void Should_allow_public_ones(string address) => Assert.That(new AddressRules(false, []).Allows(IPAddress.Parse(address)), Is.True);

    [Test]
    public void Should_allow_the_networks_that_the_operator_names_but_never_a_machine_itself()
    {
        var rules = new AddressRules(false, [IPNetwork.Parse("10.64.0.0/12"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("fd00::/8")]);

        Assert.That(rules.Allows(IPAddress.Parse("10.65.1.1")), Is.True);
        Assert.That(rules.Allows(IPAddress.Parse("::ffff:10.65.1.1")), Is.True);
        Assert.That(rules.Allows(IPAddress.Parse("fd12::1")), Is.True);
        Assert.That(rules.Allows(IPAddress.Parse("10.63.1.1")), Is.False);
        Assert.That(rules.Allows(IPAddress.Parse("169.254.169.254")), Is.False);
        Assert.That(rules.Allows(IPAddress.Parse("fd00:ec2::254")), Is.False);
        Assert.That(rules.Allows(IPAddress.Loopback), Is.False);
    }

    // The receiver stands at the first address, so that code that lets one pass is seen here and nowhere else.
    [TestCase(false, "127.0.0.1")]
    [TestCase(true, "127.0.0.1", "10.0.0.1")]
    [TestCase(true, "127.0.0.1", "169.254.169.254")]
    public async Task Should_connect_to_no_address_of_a_name_with_a_forbidden_one(bool allowLoopback, params string[] addresses)
    {
        await using var receiver = await Receiver.StartAsync(204);
        var options = new WebhooksOptions { AllowLoopback = allowLoopback };
        using var sending = new Sending(_time, (_, _) => Task.FromResult(Array.ConvertAll(addresses, IPAddress.Parse)), Receiver.Trusting(), options);

        var outcome = await sending.SendAsync(Sending.To(receiver.Secure));

        Assert.That((outcome.Result, outcome.Failure), Is.EqualTo((WebhookResult.Retry, AttemptFailure.PrivateAddress)));
        Assert.That(receiver.Received, Is.Empty);
    }

    [Test]
    public async Task Should_connect_to_the_address_that_was_checked_whatever_the_name_says_next()
    {
        await using var receiver = await Receiver.StartAsync(204);
        var asked = 0;
        using var sending = new Sending(_time, (name, _) => Task.FromResult<IPAddress[]>([++asked == 1 && name == Receiver.Name ? IPAddress.Loopback : IPAddress.Parse("127.0.0.2")]), Receiver.Trusting());

        var outcome = await sending.SendAsync(Sending.To(receiver.Secure));

        Assert.That(outcome.Failure, Is.Null);
        Assert.That(asked, Is.EqualTo(1), "a second look could see another address");
        Assert.That(receiver.Received.Single().Protocol, Is.EqualTo("HTTP/2"));
    }

    [Test]
    public async Task Should_speak_without_TLS_to_loopback_only()
    {
        await using var receiver = await Receiver.StartAsync(204);
        using var sending = new Sending(_time, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.Parse("8.8.8.8")]));
        using var strict = new Sending(_time, options: new WebhooksOptions());

        Assert.That((await sending.SendAsync(Sending.To(new UriBuilder(receiver.Plain) { Host = Receiver.Name }.Uri))).Failure, Is.EqualTo(AttemptFailure.PrivateAddress));
        Assert.That((await strict.SendAsync(Sending.To(receiver.Plain))).Failure, Is.EqualTo(AttemptFailure.PrivateAddress));
        Assert.That((await sending.SendAsync(Sending.To(receiver.Plain))).Failure, Is.Null);
    }

    [Test]
    public async Task Should_try_the_next_address_when_one_does_not_answer()
    {
        await using var receiver = await Receiver.StartAsync(204);
        // Nothing listens at the second loopback address.
        using var sending = new Sending(_time, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("127.0.0.2"), IPAddress.Loopback]), Receiver.Trusting());

        Assert.That((await sending.SendAsync(Sending.To(receiver.Secure))).Failure, Is.Null);
    }
}
