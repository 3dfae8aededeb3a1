using ExchangeBus.MassTransit.CloudEvents;
using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>Answers for dossiers that nobody has handed in: an agency has mistaken a number. They change nothing and are kept for the desk.</summary>
internal sealed class UnknownDossiers(TimeProvider time, ILogger<UnknownDossiers> logger)
{
    private const string Insert = """
        insert into dossier_unknown (dossier_number, event_type, event_id, source, noted_at) values ($1, $2, $3, $4, $5) on conflict do nothing
        """;

    internal void Note(ConsumeContext context, string dossierNumber)
    {
        if (!context.TryGetCloudEvent(out var cloudEvent))
            return;
        logger.DossierUnknown(cloudEvent.Type, cloudEvent.Source);
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
