using System.Text;
using Dapper;
using DbUp;
using ExchangeBus.Platform;
using ExchangeBus.Testing;
using Npgsql;

namespace ExchangeBus.IntegrationTests.Road;

[TestFixture]
public sealed class When_a_log_of_before_days_is_migrated
{
    [Test]
    public async Task Should_keep_every_event_in_its_place_and_know_it_again()
    {
        var connectionString = await Servers.Current.Postgres.CreateDatabaseAsync($"bus_{Guid.CreateVersion7():N}");
        MigrateUpTo(connectionString, "0005");
        await using var connection = new NpgsqlConnection(connectionString);
        var key = Guid.CreateVersion7();
        await InsertAsync(connection, 1, Guid.CreateVersion7(), "2026-03-01T23:00:00Z", """{"id":"a","recordedtime":"2026-03-01T23:00:00.000000+00:00","subject":"x"}""");
        // A node whose clock was behind.
        await InsertAsync(connection, 2, key, "2026-03-01T22:59:58Z", """{"id":"b","recordedtime":"2026-03-01T22:59:58.000000+00:00"}""");
        await InsertAsync(connection, 3, Guid.CreateVersion7(), "2026-03-04T01:00:00Z", """{"id":"c"}""");

        Migrator.Migrate(connectionString);

        var rows = (await connection.QueryAsync<(long Sequence, DateTime RecordedAt, byte[] Envelope)>(
            "select sequence, recorded_at, envelope from event_log order by sequence")).AsList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.Select(r => Encoding.UTF8.GetString(r.Envelope)), Is.EqualTo(["""{"id":"a","subject":"x"}""", """{"id":"b"}""", """{"id":"c"}"""]));
            Assert.That(rows.Select(r => r.RecordedAt), Is.Ordered, "time must not go back along the positions");
            Assert.That(await connection.QuerySingleAsync<long>("select sequence from event_identity where event_key = @key", new { key }), Is.EqualTo(2));
            Assert.That(await connection.QuerySingleAsync<long>("select sequence from log_newest"), Is.EqualTo(3));
            Assert.That(await connection.QuerySingleAsync<bool>("select to_regclass('event_log_20260302') is not null"), Is.True, "23:00 UTC is the next day in Hanoi");
        }
    }

    [Test]
    public async Task Should_have_no_column_for_keys_that_are_secret()
    {
        var connectionString = await Servers.Current.Postgres.CreateDatabaseAsync($"bus_{Guid.CreateVersion7():N}");
        Migrator.Migrate(connectionString);

        Assert.That(await Database.CountAsync(connectionString, "select count(*) from information_schema.columns where table_name = 'agency_system' and column_name = 'key_hash'"), Is.Zero);
    }

    private static void MigrateUpTo(string connectionString, string end)
    {
        var result = DeployChanges.To.PostgresqlDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(typeof(Migrator).Assembly, name => name.EndsWith(".sql", StringComparison.Ordinal)
                && string.CompareOrdinal(name[(name.IndexOf(".Migrations.", StringComparison.Ordinal) + 12)..], end) < 0)
            .WithTransactionPerScript().JournalToPostgresqlTable("public", "schema_migration").LogToNowhere().Build().PerformUpgrade();
        Assert.That(result.Error, Is.Null);
    }

    private static Task<int> InsertAsync(NpgsqlConnection connection, long sequence, Guid key, string recordedAt, string envelope) => connection.ExecuteAsync(
        """
        insert into event_log (sequence, event_key, lane, type, source, id, recorded_at, data_hash, envelope, data)
        values (@sequence, @key, 0, 'vn.test.happened.v1', 'urn:test', @id, @recordedAt::timestamptz, ''::bytea, convert_to(@envelope, 'UTF8'), ''::bytea)
        """, new { sequence, key, id = key.ToString(), recordedAt, envelope });
}
