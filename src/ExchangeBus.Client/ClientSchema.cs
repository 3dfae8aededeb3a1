using Dapper;
using Npgsql;

namespace ExchangeBus.Client;

/// <summary>The client's own tables in the agency's database.</summary>
public static class ClientSchema
{
    private const string Create = """
        create schema if not exists exchangebus;
        create table if not exists exchangebus.outbox (
            position bigint generated always as identity primary key,
            event bytea not null
        );
        create table if not exists exchangebus.rejected (
            source text not null,
            id text not null,
            event bytea not null,
            violations jsonb not null,
            rejected_at timestamptz not null,
            primary key (source, id)
        );
        create table if not exists exchangebus.held (
            source text not null,
            id text not null,
            event bytea not null,
            violations jsonb not null,
            held_at timestamptz not null,
            asked_at timestamptz not null,
            primary key (source, id)
        );
        create index if not exists held_asked_at on exchangebus.held (asked_at);
        create table if not exists exchangebus.inbox (
            subscription text not null,
            event_key uuid not null,
            handled_at timestamptz not null,
            primary key (subscription, event_key)
        );
        """;

    /// <summary>Creates what is missing: schema <c>exchangebus</c> with the tables outbox, held, rejected and inbox. Safe to run again.</summary>
    public static async Task CreateAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Two instances that start together would otherwise both try to create the schema.
        await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_xact_lock(435627357556)", transaction: transaction, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(Create, transaction: transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }
}
