using ExchangeBus.Testing;
using Npgsql;

namespace ExchangeBus.IntegrationTests.SagaStore.BigTables;

/// <summary>Fills the tables of a schema with rows as years of work would leave them, and tells how the server has read them since.</summary>
internal static class FilledTables
{
    // The library makes partitions for today and later; those of the past are what it would have left behind.
    private const string InboxPartitionsSql = """
        do $$
        declare today date := (now() at time zone 'utc')::date;
        begin
            for i in 1..5 loop
                execute format('create table if not exists {schema}.%I partition of {schema}.inbox for values from (%L) to (%L)',
                    'inbox_' || to_char(today - i, 'YYYYMMDD'), today - i, today - i + 1);
            end loop;
        end $$
        """;

    // Day by day, for then one index at a time is in memory.
    private const string InboxSql = """
        insert into {schema}.inbox (message_id, consumer_id, day, consumed_at)
        select gen_random_uuid(), gen_random_uuid(), (now() at time zone 'utc')::date - d, now() - make_interval(days => d)
        from generate_series(0, 5) as days (d), generate_series(1, $1 / 6) as rows (n)
        """;

    private const string SagasSql = """
        insert into {schema}.saga_counter (correlation_id, version, current_state, created_at, updated_at, data, label)
        select md5(n::text)::uuid, 1, 'Counting', now(), now(),
            jsonb_build_object('correlationId', md5(n::text)::uuid, 'currentState', 'Counting', 'count', 0, 'label', 'big-' || n, 'notes', '[]'::jsonb),
            'big-' || n
        from generate_series(1, $1) as rows (n)
        """;

    // As of a process that works: leased, so nobody else may deliver them.
    private const string OutboxSql = """
        insert into {schema}.outbox (id, ordering_key, owner, lease_until, message, body)
        select gen_random_uuid(), 'saga_counter/' || (n % 1000), gen_random_uuid(), now() + interval '1 year', '{"destinationAddress": "queue:nobody"}', '\x7b7d'
        from generate_series(1, $1) as rows (n)
        """;

    private const string ScheduledSql = """
        insert into {schema}.scheduled_message (id, token, due_at, ordering_key, message, body)
        select gen_random_uuid(), gen_random_uuid(), now() + interval '1 year' + make_interval(secs => n), null, '{}', '\x7b7d'
        from generate_series(1, $1) as rows (n)
        """;

    // Also writes the rows' first visibility marks, which would otherwise be the measured messages' work.
    private const string VacuumSql = "vacuum analyze {schema}.inbox, {schema}.saga_counter, {schema}.outbox, {schema}.scheduled_message";

    private const string SessionsSql = "select count(*) from pg_stat_activity where application_name = '{schema}'";

    private const string ScansSql = """
        select coalesce(string_agg(relname || ' ' || seq_scan, ', ' order by relname), 'none') from pg_stat_user_tables
        where schemaname = '{schema}' and n_live_tup > 10000
        """;

    public static async Task FillAsync(StorageHost host, int inbox, int sagas, int outbox, int scheduled)
    {
        await ExecuteAsync(host, InboxPartitionsSql, null);
        await ExecuteAsync(host, InboxSql, inbox);
        await ExecuteAsync(host, SagasSql, sagas);
        await ExecuteAsync(host, OutboxSql, outbox);
        await ExecuteAsync(host, ScheduledSql, scheduled);
        await ExecuteAsync(host, VacuumSql, null);
    }

    /// <summary>How often each table with many rows was read from end to end. A session reports what it did at its end at the latest, so the sessions of the schema must have ended.</summary>
    public static async Task<string?> ReadScansAsync(StorageHost outside)
    {
        await Eventually.GetAsync(() => outside.ScalarAsync<long>(SessionsSql), n => n == 0, "the sessions of the host ended");
        return await outside.ScalarAsync<string>(ScansSql);
    }

    private static async Task ExecuteAsync(StorageHost host, string sql, int? rows)
    {
        await using var command = host.DataSource.CreateCommand(sql.Replace("{schema}", host.Schema, StringComparison.Ordinal));
        command.CommandTimeout = 0;
        if (rows is { } count)
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        await command.ExecuteNonQueryAsync();
    }
}
