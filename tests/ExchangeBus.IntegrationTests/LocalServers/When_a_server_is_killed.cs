using ExchangeBus.LocalServers;
using ExchangeBus.LocalServers.Private;
using Npgsql;
using RabbitMQ.Client;

namespace ExchangeBus.IntegrationTests.LocalServers;

[NonParallelizable]
public sealed class When_a_server_is_killed
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private LocalServerSet _servers = null!;

    [OneTimeSetUp]
    public async Task StartOwnSetAsync()
    {
        PrivateServers.Assume();
        _servers = await LocalServerSet.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopOwnSetAsync()
    {
        if (_servers is not null)
            await _servers.DisposeAsync();
    }

    [Test]
    public async Task Should_find_committed_rows_when_PostgreSQL_starts_again()
    {
        await ExecuteAsync("create table kept (number int)");
        await ExecuteAsync("insert into kept values (42)");

        await _servers.Postgres.KillAsync();
        Assert.That(await Readiness.PostgresAnswersAsync(_servers.Postgres.ConnectionString, CancellationToken.None), Is.False);
        await _servers.Postgres.StartAgainAsync();

        Assert.That(await ExecuteAsync("select number from kept"), Is.EqualTo(42));
    }

    [Test]
    public async Task Should_find_confirmed_messages_when_RabbitMQ_starts_again()
    {
        await using (var connection = await ConnectAsync())
        {
            await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(
                publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
            await channel.QueueDeclareAsync(
                "kept", durable: true, exclusive: false, autoDelete: false,
                arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
            await channel.BasicPublishAsync("", "kept", mandatory: true, body: new byte[] { 42 });
            Assert.That(await Eventually.EmptyAsync(() => QueuesOnDisk.Missing(_servers, "/", "kept"), Patience), Is.Empty);

            await _servers.RabbitMq.KillAsync();
            Assert.That(await Readiness.RabbitMqAnswersAsync(_servers.RabbitMq.AmqpUri, CancellationToken.None), Is.False);
        }

        await _servers.RabbitMq.StartAgainAsync();

        await using var again = await ConnectAsync();
        await using var reading = await again.CreateChannelAsync();
        var message = await reading.BasicGetAsync("kept", autoAck: true);
        Assert.That(message?.Body.ToArray(), Is.EqualTo(new byte[] { 42 }));
    }

    private Task<IConnection> ConnectAsync() =>
        new ConnectionFactory { Uri = _servers.RabbitMq.AmqpUri, AutomaticRecoveryEnabled = false }.CreateConnectionAsync();

    private async Task<object?> ExecuteAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(_servers.Postgres.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }
}
