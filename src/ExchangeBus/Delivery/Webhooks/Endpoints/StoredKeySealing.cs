using Dapper;
using ExchangeBus.Delivery.Webhooks.Signing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.Delivery.Webhooks.Endpoints;

/// <summary>When a host starts, signing keys that lie plain or under an earlier key are encrypted with the current one.</summary>
internal sealed class StoredKeySealing(NpgsqlDataSource dataSource, SecretSeal seal, ILogger<StoredKeySealing> logger) : IHostedService
{
    private const string SelectOthers = """
        select id, subscription, secret from webhook_key where secret is not null and not starts_with(secret, @Current) order by id for update
        """;

    private const string Update = "update webhook_key set secret = @Secret where id = @Id";

    private const string CountPlain = "select count(*) from webhook_key where not starts_with(secret, 'sealed:')";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (seal.CurrentPrefix is not { } current)
        {
            if (await connection.QuerySingleAsync<long>(new CommandDefinition(CountPlain, cancellationToken: cancellationToken)) is > 0 and var plain)
                logger.WebhookKeysPlain(plain);
            return;
        }

        // Another host that starts too waits for the rows, and finds nothing left to do.
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var rows = (await connection.QueryAsync<KeyRow>(new CommandDefinition(SelectOthers, new { Current = current }, transaction, cancellationToken: cancellationToken))).AsList();
        var rewritten = 0;
        foreach (var row in rows)
        {
            if (seal.Open(row.Subscription, row.Id, row.Secret) is not { } secret)
                continue;
            var parameters = new { row.Id, Secret = seal.Seal(row.Subscription, row.Id, secret) };
            rewritten += await connection.ExecuteAsync(new CommandDefinition(Update, parameters, transaction, cancellationToken: cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
        if (rewritten > 0)
            logger.WebhookKeysSealed(rewritten);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A class: a record would print the key.
    private sealed class KeyRow
    {
        public required Guid Id { get; init; }

        public required string Subscription { get; init; }

        public required string Secret { get; init; }
    }
}
