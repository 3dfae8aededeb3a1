using System.Net;
using ExchangeBus.Agencies;
using ExchangeBus.Agencies.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.Tests.Agencies;

public sealed class When_one_address_shows_many_signed_tokens
{
    private static readonly IPAddress Address = IPAddress.Parse("192.0.2.7");

    private readonly FakeTimeProvider _time = new();

    [Test]
    public void Should_let_a_burst_pass_and_then_say_how_long_to_wait()
    {
        var limit = Limit(perSecond: 10, burst: 20);

        Assert.That(Enumerable.Range(0, 20).Select(_ => limit.Take(Address)), Has.All.EqualTo(TimeSpan.Zero));
        Assert.That(limit.Take(Address), Is.EqualTo(TimeSpan.FromSeconds(0.1)));
        Assert.That(limit.Take(Address.MapToIPv6()), Is.GreaterThan(TimeSpan.Zero), "the same address, as a socket of both kinds writes it");
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.That(limit.Take(Address), Is.EqualTo(TimeSpan.Zero));
        Assert.That(limit.Take(Address), Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public void Should_let_others_pass()
    {
        var limit = Limit(perSecond: 1, burst: 1);
        limit.Take(Address);

        // One may share the bucket, not all.
        Assert.That(Enumerable.Range(8, 10).Select(i => limit.Take(IPAddress.Parse($"192.0.2.{i}"))).Count(wait => wait == TimeSpan.Zero), Is.GreaterThan(7));
    }

    [Test]
    public void Should_count_a_network_of_IPv6_as_one()
    {
        var limit = Limit(perSecond: 1, burst: 1);
        limit.Take(IPAddress.Parse("2001:db8:0:1::1"));

        Assert.That(limit.Take(IPAddress.Parse("2001:db8:0:1:ffff:ffff:ffff:fffe")), Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public async Task Should_be_refused_before_any_signature_is_verified_wherever_it_is_shown()
    {
        var limit = Limit(perSecond: 1, burst: 1);
        limit.Take(Address);
        var signed = new SignedTokens(new AgencyDirectory(), null!, Options.Create(new CallerOptions()));

        var exchange = Context();
        AssertTooFast(exchange, await new TokenDoor(signed, limit, null!, _time, NullLogger<TokenDoor>.Instance).PostAsync(exchange));
        var direct = Context();
        direct.Request.Headers.Authorization = "Bearer a.b.c";
        AssertTooFast(direct, (await new CallerAuthentication(null!, signed, limit, null!, _time, NullLogger<CallerAuthentication>.Instance).AuthenticateAsync(direct)).Refusal);
    }

    private static DefaultHttpContext Context() => new() { Connection = { RemoteIpAddress = Address } };

    private static void AssertTooFast(HttpContext context, IResult answer)
    {
        Assert.That(((IStatusCodeHttpResult)answer).StatusCode, Is.EqualTo(StatusCodes.Status429TooManyRequests));
        Assert.That(context.Response.Headers.RetryAfter.ToString(), Is.EqualTo("1"));
    }

    private SignedTokenLimit Limit(int perSecond, int burst) =>
        new(Options.Create(new CallerOptions { SignedTokensPerSecond = perSecond, SignedTokenBurst = burst }), _time);
}
