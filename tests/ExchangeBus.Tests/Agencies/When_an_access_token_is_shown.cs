using ExchangeBus.Agencies;
using ExchangeBus.Agencies.Authentication;
using ExchangeBus.Signatures;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Tests.Agencies;

public sealed class When_an_access_token_is_shown
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);
    private static readonly AgencySystem System = new("G15", "civilstatus", []);
    private readonly AgencyDirectory _directory = new();
    private readonly AccessTokenSecrets _secrets = new(null!, TimeProvider.System);
    private readonly VerificationKey _key = SigningKey.Create().PublicKey;
    private AccessTokens _tokens = null!;

    [SetUp]
    public void Register()
    {
        Register(DateTimeOffset.MaxValue);
        _secrets.Replace([new AccessTokenSecret(1, [.. Enumerable.Repeat((byte)7, 32)], Now.AddHours(-1))]);
        _tokens = new AccessTokens(_directory, _secrets, Options.Create(new CallerOptions()));
    }

    [Test]
    public void Should_tell_the_system_for_five_minutes()
    {
        var (token, lifetime) = _tokens.Issue(_directory.FindKey(1)!, Now);

        Assert.That(lifetime, Is.EqualTo(TimeSpan.FromMinutes(5)));
        Assert.That(AccessTokens.IsOne(token));
        Assert.That(_tokens.Find(token, Now.AddMinutes(5).AddMilliseconds(-1), out _)?.System, Is.SameAs(System));
        Assert.That(CodeOf(token, Now.AddMinutes(5)), Is.EqualTo("auth.access-token-expired"));
    }

    [Test]
    public void Should_not_outlive_its_key()
    {
        Register(Now.AddMinutes(1));
        var (token, lifetime) = _tokens.Issue(_directory.FindKey(1)!, Now);
        Assert.That(lifetime, Is.EqualTo(TimeSpan.FromMinutes(1)));

        _directory.Replace([System], []);

        Assert.That(CodeOf(token, Now), Is.EqualTo("auth.access-token"), "withdrawn");
    }

    [Test]
    public void Should_be_refused_when_any_character_is_another()
    {
        var token = _tokens.Issue(_directory.FindKey(1)!, Now).Token;
        for (var i = 5; i < token.Length; i++)
        {
            var changed = string.Concat(token.AsSpan(0, i), token[i] == 'A' ? "B" : "A", token.AsSpan(i + 1));
            Assert.That(CodeOf(changed, Now), Is.EqualTo("auth.access-token"), changed);
        }

        Assert.That(CodeOf(token + "A", Now), Is.EqualTo("auth.access-token"));
        Assert.That(CodeOf("ebt1_", Now), Is.EqualTo("auth.access-token"));
    }

    [Test]
    public void Should_hold_over_a_change_of_the_secret_which_is_used_when_every_node_knows_it()
    {
        var (before, _) = _tokens.Issue(_directory.FindKey(1)!, Now);
        var secret = new AccessTokenSecret(1, [.. Enumerable.Repeat((byte)7, 32)], Now.AddHours(-1));
        _secrets.Replace([new AccessTokenSecret(2, [.. Enumerable.Repeat((byte)9, 32)], Now), secret]);

        Assert.That(CodeOf(before, Now), Is.Null);
        Assert.That(_secrets.Current(Now.AddSeconds(29)).Id, Is.EqualTo(1));
        Assert.That(_secrets.Current(Now.AddSeconds(30)).Id, Is.EqualTo(2));
        _secrets.Replace([new AccessTokenSecret(2, [.. Enumerable.Repeat((byte)9, 32)], Now)]);
        Assert.That(CodeOf(before, Now), Is.EqualTo("auth.access-token"));
    }

    [Test]
    public void Should_allocate_nothing()
    {
        var token = _tokens.Issue(_directory.FindKey(1)!, Now).Token;
        for (var i = 0; i < 100; i++)
            _tokens.Find(token, Now, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 1000; i++)
            _tokens.Find(token, Now, out _);

        var (allocated, took) = (GC.GetAllocatedBytesForCurrentThread() - before, TimeProvider.System.GetElapsedTime(started));
        TestContext.Out.WriteLine($"{took.TotalMicroseconds / 1000:0.00} µs each");
        Assert.That(allocated, Is.Zero);
    }

    private void Register(DateTimeOffset until) => _directory.Replace([System], [new AgencyKey(1, System, "kid", _key, DateTimeOffset.MinValue, until)]);

    private string? CodeOf(string token, DateTimeOffset now)
    {
        _tokens.Find(token, now, out var refusal);
        return refusal?.Violation.Code;
    }
}
