using ExchangeBus.Log;
using ExchangeBus.MassTransit.PostgreSql;
using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>Writes every transition of every dossier, in the transaction of the transition, with one command for a whole batch.</summary>
internal sealed class DossierHistory : ITransitionObserver
{
    private const string Insert = """
        insert into dossier_history (dossier_number, procedure, version, at, event_type, event_id, source, officer, note, from_state, to_state, holders, due_at, is_late)
        select * from unnest($1::text[], $2::text[], $3::int[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
                             $13::timestamptz[], $14::boolean[])
        """;

    public void AddCommands(NpgsqlBatch batch, IReadOnlyList<SagaTransition> transitions)
    {
        var rows = transitions.Where(t => t.Instance is DossierState).Select(t => (Transition: t, Dossier: (DossierState)t.Instance)).ToArray();
        if (rows.Length == 0)
            return;
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Insert)
        {
            Parameters =
            {
                SqlArray.Of(NpgsqlDbType.Text, rows, r => r.Dossier.DossierNumber),
                SqlArray.Of(NpgsqlDbType.Text, rows, r => r.Dossier.Procedure.Name),
                // The version that the transition has made.
                SqlArray.Of(NpgsqlDbType.Integer, rows, r => r.Transition.From is null or "Initial" ? 1 : r.Dossier.Version + 1),
                SqlArray.Of(NpgsqlDbType.TimestampTz, rows, r => r.Transition.At.ToUniversalTime()),
                SqlArray.Of(NpgsqlDbType.Text, rows, r => r.Dossier.Cause.Type),
                SqlArray.Of(NpgsqlDbType.Text, rows, r => r.Dossier.Cause.EventId),
                SqlArray.Of(NpgsqlDbType.Text, rows, r => r.Dossier.Cause.Source),
                SqlArray.Of(NpgsqlDbType.Text, rows, r => r.Dossier.Cause.Officer),
                SqlArray.Of(NpgsqlDbType.Text, rows, r => r.Dossier.Cause.Note),
                SqlArray.Of(NpgsqlDbType.Text, rows, r => r.Transition.From),
                SqlArray.Of(NpgsqlDbType.Text, rows, r => r.Transition.To),
                SqlArray.Of(NpgsqlDbType.Text, rows, r => r.Dossier.Holders),
                SqlArray.Of(NpgsqlDbType.TimestampTz, rows, r => r.Dossier.DueAt?.ToUniversalTime()),
                SqlArray.Of(NpgsqlDbType.Boolean, rows, r => r.Dossier.IsLate),
            },
        });
    }
}
