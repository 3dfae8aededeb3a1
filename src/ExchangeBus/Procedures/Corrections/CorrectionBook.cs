using System.Text.Json;
using Dapper;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Procedures.Tracing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.Procedures.Corrections;

/// <summary>Keeps each correction that the log brings, and each agency's word that it has applied one.</summary>
internal sealed class CorrectionBook(EventTraces traces, ILogger<CorrectionBook> logger) : ITraceTaker
{
    private const string Insert = """
        insert into correction (event_key, sequence, recorded_at, type, source, id, subject, record, dossier_number, person)
        values (@Key, @Sequence, @RecordedAt, @Type, @Source, @Id, @Subject, @Record, @DossierNumber, @Person)
        on conflict do nothing
        """;

    // The first word counts. Also from an agency that was not told: it may have got the correction itself.
    private const string Apply = """
        insert into correction_receiver (correction, agency, applied_at, applied_recorded_at, applied_source, applied_event, officer, result)
        select event_key, @Agency, @AppliedAt, @RecordedAt, @Source, @Id, @Officer, @Result from correction where event_key = @Key
        on conflict (correction, agency) do update set
            applied_at = coalesce(correction_receiver.applied_at, excluded.applied_at),
            applied_recorded_at = coalesce(correction_receiver.applied_recorded_at, excluded.applied_recorded_at),
            applied_source = coalesce(correction_receiver.applied_source, excluded.applied_source),
            applied_event = coalesce(correction_receiver.applied_event, excluded.applied_event),
            officer = case when correction_receiver.applied_recorded_at is null then excluded.officer else correction_receiver.officer end,
            result = coalesce(correction_receiver.result, excluded.result)
        """;

    public async Task TakeAsync(NpgsqlTransaction transaction, IReadOnlyList<Traced> page, CancellationToken cancellationToken)
    {
        foreach (var traced in page)
        {
            if (traced.Logged.Type is EventTypes.CivilStatusCorrected or EventTypes.RegistrationAnnulled or EventTypes.DeathRevoked or EventTypes.PersonalIdReplaced)
                await KeepAsync(transaction, traced, cancellationToken);
            else if (traced.Logged.Type == EventTypes.CorrectionApplied)
                await ApplyAsync(transaction, traced, cancellationToken);
        }
    }

    /// <summary>The agency of a system's source, <c>urn:exchangebus:agency:&lt;agency&gt;:&lt;system&gt;</c>; null for the bus itself.</summary>
    internal static string? AgencyOf(string source) => source.Split(':') is [_, _, "agency", var agency, ..] ? agency : null;

    private async Task KeepAsync(NpgsqlTransaction transaction, Traced traced, CancellationToken cancellationToken)
    {
        var cloudEvent = CloudEventJson.Read(traced.Logged.Envelope);
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(Insert, new
        {
            Key = EventKey.Of(cloudEvent.Source, cloudEvent.Id),
            traced.Logged.Sequence,
            traced.Logged.RecordedAt,
            traced.Logged.Type,
            cloudEvent.Source,
            cloudEvent.Id,
            cloudEvent.Subject,
            traced.Record,
            traced.DossierNumber,
            Person = traced.Logged.Type == EventTypes.PersonalIdReplaced ? traces.OfPerson(CancelledNumber(traced.Logged.Data)) : (Guid?)null,
        }, transaction, cancellationToken: cancellationToken));
    }

    private async Task ApplyAsync(NpgsqlTransaction transaction, Traced traced, CancellationToken cancellationToken)
    {
        var cloudEvent = CloudEventJson.Read(traced.Logged.Envelope);
        var applied = EventData.Read<CorrectionApplied>(traced.Logged.Data.Span);
        if (AgencyOf(cloudEvent.Source) is not { } agency || await transaction.Connection!.ExecuteAsync(new CommandDefinition(Apply, new
        {
            Key = EventKey.Of(applied.Correction.Source, applied.Correction.Id),
            Agency = agency,
            AppliedAt = applied.AppliedAt.ToUniversalTime(),
            traced.Logged.RecordedAt,
            cloudEvent.Source,
            cloudEvent.Id,
            Officer = cloudEvent[ExtensionAttributes.Officer],
            applied.Result,
        }, transaction, cancellationToken: cancellationToken)) == 0)
        {
            logger.UnknownCorrectionApplied(cloudEvent.Source, traced.Logged.Sequence);
        }
    }

    private static string CancelledNumber(ReadOnlyMemory<byte> data)
    {
        using var body = JsonDocument.Parse(data);
        return body.RootElement.GetProperty("oldPersonalId").GetString()!;
    }
}
