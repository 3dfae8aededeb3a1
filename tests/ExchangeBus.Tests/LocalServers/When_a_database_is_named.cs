using ExchangeBus.LocalServers;

namespace ExchangeBus.Tests.LocalServers;

public sealed class When_a_database_is_named
{
    [TestCase("")]
    [TestCase("Upper")]
    [TestCase("1st")]
    [TestCase("with space")]
    [TestCase("quote\"d")]
    [TestCase("end\n")]
    [TestCase("a234567890123456789012345678901234567890123456789012345678901234", Description = "64 letters; PostgreSQL would cut the last one off")]
    public void Should_refuse_what_is_no_plain_identifier(string name) =>
        Assert.That(() => DatabaseName.ThrowIfInvalid(name), Throws.ArgumentException);

    [TestCase("bus")]
    [TestCase("run_7_log")]
    [TestCase("a23456789012345678901234567890123456789012345678901234567890123")]
    public void Should_accept_a_plain_identifier(string name) =>
        Assert.That(() => DatabaseName.ThrowIfInvalid(name), Throws.Nothing);
}
