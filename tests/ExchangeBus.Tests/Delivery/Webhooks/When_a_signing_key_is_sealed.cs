using ExchangeBus.Delivery.Webhooks.Signing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Tests.Delivery.Webhooks;

public sealed class When_a_signing_key_is_sealed
{
    private static readonly string Old = Convert.ToBase64String(new byte[32]);
    private static readonly string New = Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
    private static readonly Guid Id = Guid.Parse("0193e6a0-0000-7000-8000-000000000001");

    [Test]
    public void Should_open_with_its_own_key_only_in_its_own_row()
    {
        var seal = SealOf("old", ("old", Old));
        var stored = seal.Seal("G18.hooked", Id, Sending.Key);

        Assert.That(seal.Open("G18.hooked", Id, stored), Is.EqualTo(Sending.Key));
        Assert.That(SealOf("new", ("old", Old), ("new", New)).Open("G18.hooked", Id, stored), Is.EqualTo(Sending.Key), "under an earlier key");
        Assert.That(seal.Open("G18.other", Id, stored), Is.Null, "another subscription");
        Assert.That(seal.Open("G18.hooked", Guid.Parse("0193e6a0-0000-7000-8000-000000000002"), stored), Is.Null, "another key");
        Assert.That(SealOf("new", ("new", New)).Open("G18.hooked", Id, stored), Is.Null, "its key is not there");
        Assert.That(SealOf("old", ("old", New)).Open("G18.hooked", Id, stored), Is.Null, "another key of the same name");
    }

    [Test]
    public void Should_never_be_written_twice_alike_and_not_open_when_a_bit_was_changed()
    {
        var seal = SealOf("old", ("old", Old));
        var stored = seal.Seal("G18.hooked", Id, Sending.Key);
        Assert.That(seal.Seal("G18.hooked", Id, Sending.Key), Is.Not.EqualTo(stored));

        var start = "sealed:old:".Length;
        var bytes = Convert.FromBase64String(stored[start..]);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            Assert.That(seal.Open("G18.hooked", Id, stored[..start] + Convert.ToBase64String(bytes)), Is.Null, $"byte {i}");
            bytes[i] ^= 1;
        }

        Assert.That(seal.Open("G18.hooked", Id, "sealed:old:AAAA"), Is.Null);
        Assert.That(seal.Open("G18.hooked", Id, "sealed:old"), Is.Null);
    }

    [TestCase("one", "one", null, true)]
    [TestCase(null, "one", null, false)]
    [TestCase("two", "one", null, false)]
    [TestCase("one", "one", "c2hvcnQ=", false)]
    [TestCase("one", "one", "no base64", false)]
    [TestCase("a name", "a name", null, false)]
    [TestCase(null, null, null, true)]
    public void Should_need_a_key_of_32_bytes_that_is_named(string? current, string? name, string? key, bool isSound)
    {
        var options = new SealingOptions { Current = current };
        if (name is not null)
            options.Keys[name] = key ?? New;

        var result = new SealingOptionsValidation().Validate(null, options);

        Assert.That(result.Succeeded, Is.EqualTo(isSound), result.FailureMessage);
        Assert.That(result.FailureMessage ?? "", Does.Not.Contain(key ?? New));
    }

    private static SecretSeal SealOf(string current, params (string Name, string Key)[] keys)
    {
        var options = new SealingOptions { Current = current };
        foreach (var (name, key) in keys)
            options.Keys[name] = key;
        return new SecretSeal(Options.Create(options), NullLogger<SecretSeal>.Instance);
    }
}
