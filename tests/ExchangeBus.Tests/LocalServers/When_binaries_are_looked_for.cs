using ExchangeBus.LocalServers.Found;

namespace ExchangeBus.Tests.LocalServers;

public sealed class When_binaries_are_looked_for
{
    [TestCase("/usr/lib/postgresql/15/bin", TestName = "Should_find_PostgreSQL_where_Debian_puts_it")]
    [TestCase("/usr/pgsql-16/bin", TestName = "Should_find_PostgreSQL_where_its_own_Fedora_packages_put_it")]
    [TestCase("/usr/bin", TestName = "Should_find_PostgreSQL_where_Fedora_puts_it")]
    [TestCase("/opt/homebrew/opt/postgresql@15/bin", TestName = "Should_find_PostgreSQL_where_Homebrew_puts_it")]
    [TestCase("/usr/local/opt/postgresql@17/bin", TestName = "Should_find_PostgreSQL_where_Homebrew_on_Intel_puts_it")]
    public void Should_find_PostgreSQL(string folder)
    {
        using var machine = new TemporaryMachine(folder + "/initdb", folder + "/postgres");

        Assert.That(PostgresBinaries.Find(machine.Files())?.Folder, Is.EqualTo(folder));
    }

    [Test]
    public void Should_find_PostgreSQL_in_the_search_path()
    {
        using var machine = new TemporaryMachine("/somewhere/initdb", "/somewhere/postgres");

        Assert.That(PostgresBinaries.Find(machine.Files("/usr/bin:/somewhere"))?.Folder, Is.EqualTo("/somewhere"));
    }

    [Test]
    public void Should_not_take_links_for_a_server_that_was_removed()
    {
        using var machine = new TemporaryMachine("/usr/local/bin/other");
        foreach (var program in (string[])["initdb", "postgres"])
            File.CreateSymbolicLink(Path.Combine(machine.Root, "usr/local/bin", program), $"/nowhere/postgresql/15/bin/{program}");

        Assert.That(PostgresBinaries.Find(machine.Files("/usr/local/bin")), Is.Null);
    }

    [Test]
    public void Should_prefer_the_newest_version_by_number()
    {
        using var machine = new TemporaryMachine(
            "/usr/lib/postgresql/9.6/bin/initdb", "/usr/lib/postgresql/9.6/bin/postgres",
            "/usr/lib/postgresql/15/bin/initdb", "/usr/lib/postgresql/15/bin/postgres");

        Assert.That(PostgresBinaries.Find(machine.Files())?.Folder, Is.EqualTo("/usr/lib/postgresql/15/bin"));
    }

    [Test]
    public void Should_not_take_clients_for_a_server()
    {
        using var machine = new TemporaryMachine("/usr/lib/postgresql/15/bin/psql", "/usr/lib/postgresql/15/bin/pg_dump");

        Assert.That(PostgresBinaries.Find(machine.Files()), Is.Null);
    }

    [Test]
    public void Should_take_the_script_of_RabbitMQ_that_does_not_change_the_user()
    {
        using var machine = new TemporaryMachine("/usr/sbin/rabbitmq-server", "/usr/lib/rabbitmq/bin/rabbitmq-server", "/usr/bin/erl", "/usr/bin/epmd");

        Assert.That(
            RabbitMqBinaries.Find(machine.Files("/usr/sbin:/usr/bin")),
            Is.EqualTo(new RabbitMqBinaries("/usr/lib/rabbitmq/bin/rabbitmq-server", "/usr/bin/epmd", "/usr/bin")));
    }

    [Test]
    public void Should_find_RabbitMQ_and_the_port_mapper_where_Homebrew_puts_them()
    {
        using var machine = new TemporaryMachine(
            "/opt/homebrew/opt/rabbitmq/sbin/rabbitmq-server", "/opt/homebrew/opt/erlang/bin/erl", "/opt/homebrew/lib/erlang/erts-14.2/bin/epmd");

        Assert.That(
            RabbitMqBinaries.Find(machine.Files()),
            Is.EqualTo(new RabbitMqBinaries(
                "/opt/homebrew/opt/rabbitmq/sbin/rabbitmq-server", "/opt/homebrew/lib/erlang/erts-14.2/bin/epmd", "/opt/homebrew/opt/erlang/bin")));
    }

    [Test]
    public void Should_not_find_RabbitMQ_without_Erlang()
    {
        using var machine = new TemporaryMachine("/usr/lib/rabbitmq/bin/rabbitmq-server");

        Assert.That(RabbitMqBinaries.Find(machine.Files()), Is.Null);
    }
}
