using Dapper;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Log;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Subscriptions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.Procedures.Corrections;

/// <summary>
/// Finds for each correction who received the wrong version, keeps it, and tells each such agency by an event that only it receives. One transaction on the locked
/// correction, and an id made of correction and agency: however many nodes look, each agency is told once.
/// </summary>
internal sealed class CorrectionTeller(
    NpgsqlDataSource dataSource, WrongVersions versions, VersionReceivers receivers, LegalClock clock, OrderKeys orderKeys, LogTail tail, TimeProvider time,
    ILogger<CorrectionTeller> logger) : BackgroundService
{
    // The event must not grow beyond what may be delivered; all of them stand in the table.
    private const int MostListed = 500;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private const string SelectUntold = "select event_key from correction where told_at is null order by sequence limit 100";

    private const string Lock = """
        select event_key as eventkey, sequence, recorded_at as recordedat, type, source, id, subject, record, dossier_number as dossiernumber, person
        from correction where event_key = @Key and told_at is null for update skip locked
        """;

    private const string InsertEvents = """
        insert into correction_event (correction, sequence, recorded_at, type, source, id)
        select @Key, e.sequence, e.at, e.type, e.source, e.id from unnest(@Sequences::bigint[], @Ats::timestamptz[], @Types::text[], @Sources::text[], @Ids::text[]) as e (sequence, at, type, source, id)
        """;

    private const string InsertDeliveries = """
        insert into correction_delivery (correction, sequence, subscription, agency, state)
        select @Key, d.sequence, d.subscription, d.agency, d.state from unnest(@Sequences::bigint[], @Subscriptions::text[], @Agencies::text[], @States::text[]) as d (sequence, subscription, agency, state)
        """;

    private const string InsertReceivers = """
        insert into correction_receiver (correction, agency, told_at, told_event)
        select @Key, r.agency, @Now, r.event from unnest(@Agencies::text[], @Events::text[]) as r (agency, event)
        on conflict (correction, agency) do update set told_at = excluded.told_at, told_event = excluded.told_event
        """;

    private const string MarkTold = "update correction set told_at = @Now, due_at = @DueAt, lost = @Lost, dossier_number = @DossierNumber where event_key = @Key";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(stoppingToken);
                foreach (var key in (await connection.QueryAsync<Guid>(new CommandDefinition(SelectUntold, cancellationToken: stoppingToken))).AsList())
                    await TryTellAsync(key, stoppingToken);
            }
#pragma warning disable CA1031 // The edge of a loop that must not end: an agency that is not told keeps what is wrong.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.CorrectionsNotRead(e);
            }

            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    private async Task TryTellAsync(Guid key, CancellationToken cancellationToken)
    {
        try
        {
            await TellAsync(key, cancellationToken);
        }
#pragma warning disable CA1031 // One that cannot be told yet must not keep the others.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.CorrectionNotTold(key, e);
        }
    }

    private async Task TellAsync(Guid key, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        CommandDefinition Command(string sql, object parameters) => new(sql, parameters, transaction, cancellationToken: cancellationToken);
        if (await connection.QuerySingleOrDefaultAsync<UntoldCorrection>(Command(Lock, new { Key = key })) is not { } correction)
            return;
        var found = await versions.FindAsync(correction, cancellationToken);
        var received = await receivers.FindAsync(found.Events, CorrectionBook.AgencyOf(correction.Source), cancellationToken);
        var references = found.Events.ToDictionary(e => e.Sequence, ReferenceTo);
        // Nobody's time runs before it is told.
        var now = time.GetUtcNow();
        var dueAt = clock.DueAt(clock.ProfileAt(now), clock.ProfileAt(now).CorrectionApplied, now);
        var told = received.GroupBy(r => r.Agency, StringComparer.Ordinal).Select(agency => EventTo(agency.Key,
            [.. agency.Select(r => r.Event.Sequence).Distinct().OrderDescending().Select(s => references[s])], correction, dueAt)).ToArray();

        await connection.ExecuteAsync(Command(InsertEvents, new
        {
            Key = key,
            Sequences = found.Events.Select(e => e.Sequence).ToArray(),
            Ats = found.Events.Select(e => e.RecordedAt.ToUniversalTime()).ToArray(),
            Types = found.Events.Select(e => e.Type).ToArray(),
            Sources = found.Events.Select(e => references[e.Sequence].Source).ToArray(),
            Ids = found.Events.Select(e => references[e.Sequence].Id).ToArray(),
        }));
        await connection.ExecuteAsync(Command(InsertDeliveries, new
        {
            Key = key,
            Sequences = received.Select(r => r.Event.Sequence).ToArray(),
            Subscriptions = received.Select(r => r.Subscription).ToArray(),
            Agencies = received.Select(r => r.Agency).ToArray(),
            States = received.Select(r => r.State).ToArray(),
        }));
        await connection.ExecuteAsync(Command(InsertReceivers, new
        {
            Key = key,
            Now = now,
            Agencies = told.Select(t => t[ExtensionAttributes.Recipient]!).ToArray(),
            Events = told.Select(t => t.Id).ToArray(),
        }));
        await connection.ExecuteAsync(Command(MarkTold, new { Key = key, Now = now, DueAt = dueAt.ToUniversalTime(), found.Lost, found.DossierNumber }));
        if (told.Length > 0)
        {
            await using var batch = new NpgsqlBatch(connection, transaction);
            AppendStatement.AddTo(batch, [.. told.Select(t => NewEvent.From(t, orderKeys))]);
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        tail.Wake();
        logger.CorrectionTold(correction.Sequence, told.Length, found.Events.Count, found.Lost);
    }

    private CloudEvent EventTo(string agency, LoggedReference[] wrong, UntoldCorrection correction, DateTimeOffset dueAt) => new CloudEvent
    {
        Id = $"wrongversion-{correction.EventKey:N}-{agency}",
        Source = RuleChange.BusSource,
        Type = EventTypes.WrongVersionReceived,
        // Where the correction stands in the order, this comes after it.
        Subject = correction.Subject ?? correction.Id,
        Time = time.GetUtcNow(),
        DataContentType = "application/json",
        Data = EventData.Write(new WrongVersionReceived
        {
            Correction = new LoggedReference { Source = correction.Source, Id = correction.Id, Type = correction.Type, Sequence = correction.Sequence },
            Events = wrong.Length > MostListed ? wrong[..MostListed] : wrong,
            Total = wrong.Length,
            DueAt = dueAt,
        }),
    }.With(ExtensionAttributes.Recipient, agency).With(ExtensionAttributes.CausationId, correction.Id);

    private static LoggedReference ReferenceTo(LoggedEvent logged)
    {
        var cloudEvent = CloudEventJson.Read(logged.Envelope);
        return new LoggedReference { Source = cloudEvent.Source, Id = cloudEvent.Id, Type = logged.Type, Sequence = logged.Sequence };
    }
}
