using ExchangeBus.Agencies;
using ExchangeBus.Signatures;

namespace ExchangeBus.Tests.Agencies;

public sealed class When_a_kid_is_configured_twice
{
    [Test]
    public void Should_be_refused_within_one_system()
    {
        var failures = Validate(("civilstatus", "first"), ("civilstatus", "first"));

        Assert.That(failures, Is.EqualTo(["The KeyId first of G15.civilstatus stands in more than one place of Bus:Agencies; each key of a system has its own."]));
    }

    [Test]
    public void Should_be_refused_where_it_is_the_thumbprint_of_the_same_key()
    {
        using var key = SigningKey.Create();
        var system = new SystemOptions { System = "civilstatus" };
        system.Keys.Add(new KeyOptions { PublicKey = key.PublicKey.ToJwk() });
        system.Keys.Add(new KeyOptions { PublicKey = key.PublicKey.ToJwk(), KeyId = key.PublicKey.Thumbprint });

        Assert.That(Validate([system]), Has.One.Contains(key.PublicKey.Thumbprint));
    }

    [Test]
    public void Should_be_taken_in_two_systems() => Assert.That(Validate(("civilstatus", "first"), ("portal", "first")), Is.Null);

    private static IEnumerable<string>? Validate(params (string System, string KeyId)[] keys) =>
        Validate([.. keys.GroupBy(k => k.System).Select(g =>
        {
            var system = new SystemOptions { System = g.Key };
            foreach (var (_, keyId) in g)
            {
                using var key = SigningKey.Create();
                system.Keys.Add(new KeyOptions { PublicKey = key.PublicKey.ToJwk(), KeyId = keyId });
            }

            return system;
        })]);

    private static IEnumerable<string>? Validate(SystemOptions[] systems)
    {
        var agency = new AgencyOptions { Code = "G15", Name = "Test agency" };
        foreach (var system in systems)
            agency.Systems.Add(system);
        var options = new AgenciesOptions();
        options.Agencies.Add(agency);
        return new AgenciesOptionsValidation().Validate(null, options).Failures;
    }
}
