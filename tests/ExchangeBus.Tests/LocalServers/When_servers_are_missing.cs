using ExchangeBus.LocalServers;

namespace ExchangeBus.Tests.LocalServers;

public sealed class When_servers_are_missing
{
    [Test]
    public void Should_say_what_mends_it_on_Debian()
    {
        using var machine = new TemporaryMachine("/usr/bin/apt-get");

        Assert.That(
            MissingServer.Explain([MissingServer.Postgres, MissingServer.RabbitMq], "sudo asks for a password to install them", machine.Files()),
            Is.EqualTo(
                "PostgreSQL and RabbitMQ are not installed, sudo asks for a password to install them, and no docker engine answers: "
                + "run \"sudo apt-get install postgresql rabbitmq-server\", or set EXCHANGEBUS_POSTGRES and EXCHANGEBUS_RABBITMQ."));
    }

    [Test]
    public void Should_name_only_the_missing_one()
    {
        using var machine = new TemporaryMachine("/usr/bin/dnf");

        Assert.That(
            MissingServer.Explain([MissingServer.RabbitMq], whyNotInstalled: null, machine.Files()),
            Is.EqualTo("RabbitMQ is not installed, and no docker engine answers: run \"sudo dnf install rabbitmq-server\", or set EXCHANGEBUS_RABBITMQ."));
    }

    [Test]
    public void Should_fall_back_to_Homebrew()
    {
        using var machine = new TemporaryMachine();

        Assert.That(
            MissingServer.Explain([MissingServer.Postgres], whyNotInstalled: null, machine.Files()),
            Does.Contain("run \"brew install postgresql@15\""));
    }
}
