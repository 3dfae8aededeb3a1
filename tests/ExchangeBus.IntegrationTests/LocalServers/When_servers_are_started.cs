using ExchangeBus.Testing;
using Npgsql;
using RabbitMQ.Client;

namespace ExchangeBus.IntegrationTests.LocalServers;

public sealed class When_servers_are_started
{
    [Test]
    public async Task Should_keep_what_is_committed_through_a_power_cut()
    {
        await using var connection = new NpgsqlConnection(Servers.Current.Postgres.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select current_setting('fsync') || ' ' || current_setting('synchronous_commit')", connection);

        Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo("on on"));
    }

    [Test]
    public async Task Should_give_a_database_of_its_own_to_who_asks()
    {
        var connectionString = await Servers.Current.Postgres.CreateDatabaseAsync("local_servers_own");
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select current_database() || ' ' || pg_encoding_to_char(encoding) || ' ' || datcollate from pg_database where datname = current_database()", connection);

        Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo("local_servers_own UTF8 C"));
    }

    [Test]
    public async Task Should_have_a_broker_that_confirms_messages_to_a_quorum_queue()
    {
        var factory = new ConnectionFactory { Uri = Servers.Current.RabbitMq.AmqpUri };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.QueueDeclareAsync(
            "local-servers-quorum", durable: true, exclusive: false, autoDelete: false,
            arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.BasicPublishAsync("", "local-servers-quorum", mandatory: true, body: new byte[] { 1 });

        var declared = await channel.QueueDeclarePassiveAsync("local-servers-quorum");
        Assert.That(declared.MessageCount, Is.EqualTo(1));
    }
}
