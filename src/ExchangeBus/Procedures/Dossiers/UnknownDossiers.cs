using ExchangeBus.MassTransit.CloudEvents;
using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;
using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>
/// Answers for dossiers that nobody has handed in: an agency has mistaken a number. They change nothing and are kept for the desk.
/// Desk and clock speak to all procedures alike, so what is another procedure's dossier is none of these.
/// </summary>
internal sealed class UnknownDossiers(TimeProvider time)
{
    private const string Insert = """
        insert into dossier_unknown (dossier_number, event_type, event_id, source, noted_at) select $1, $2, $3, $4, $5
        where not exists (select from dossier_history where dossier_number = $1) on conflict do nothing
        """;

    internal void Note(ConsumeContext context, string dossierNumber)
    {
        if (!context.TryGetCloudEvent(out var cloudEvent))
            return;
        context.AddCommand(new NpgsqlBatchCommand(Insert)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = dossierNumber },
                new NpgsqlParameter<string> { TypedValue = cloudEvent.Type },
                new NpgsqlParameter<string> { TypedValue = cloudEvent.Id },
                new NpgsqlParameter<string> { TypedValue = cloudEvent.Source },
                new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            },
        });
    }
}
