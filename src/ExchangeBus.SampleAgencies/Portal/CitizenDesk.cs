using System.Globalization;
using ExchangeBus.Client.Publishing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Desk;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.SampleAgencies.Steps;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Portal;

/// <summary>What citizens do at the portal beside handing in a birth: hand in a death, supply what is missing, withdraw.</summary>
public sealed class CitizenDesk
{
    private const string InsertDeath = """
        insert into dossier (number, running_number, kind, submission, submitted_at, state, branches, holders)
        values (@Number, @Running, 'death', @Submission::jsonb, @At, 'Submitted', '{}', '{}')
        """;

    internal const string Supplement = "supplement";
    internal const string InsertAct = "insert into citizen_act (dossier_number, kind, body) values (@Dossier, @Kind, @Body::jsonb) on conflict do nothing";

    // QĐ 296/QĐ-VPCP of 12 June 2024: linked death registration.
    private const string DeathProcedure = "2.002622";

    private readonly Speaker _speaker;
    private readonly NpgsqlDataSource _dataSource;
    private readonly EventOutbox _outbox;
    private readonly TimeProvider _time;

    internal CitizenDesk(Speaker speaker, NpgsqlDataSource dataSource, EventOutbox outbox, TimeProvider time) =>
        (_speaker, _dataSource, _outbox, _time) = (speaker, dataSource, outbox, time);

    /// <summary>Hands in a death. The number of the dossier is the event's id: the same dossier sent again is the same event.</summary>
    /// <exception cref="PostgresException">The number was used before.</exception>
    public async Task SubmitDeathAsync(LinkedDeathSubmitted dossier, CancellationToken cancellationToken = default)
    {
        await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await transaction.DoAsync(InsertDeath, new
        {
            Number = dossier.DossierNumber,
            Running = int.Parse(dossier.DossierNumber.AsSpan(dossier.DossierNumber.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture),
            Submission = Answer.Write(dossier),
            At = _time.GetUtcNow(),
        }, cancellationToken);
        var submitted = _speaker.EventOf(EventTypes.LinkedDeathSubmitted, dossier, dossier.DossierNumber, dossier.DossierNumber) with { Id = dossier.DossierNumber };
        await EventOutbox.EnqueueAsync(transaction, [submitted.With(ExtensionAttributes.Purpose, DeathProcedure)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _outbox.Wake();
    }

    /// <summary>Supplies what an agency has asked for: papers, a word, or both.</summary>
    public Task<SupplementSubmitted?> SupplementAsync(
        string dossierNumber, string? note = null, IReadOnlyList<Attachment>? attachments = null, CancellationToken cancellationToken = default) =>
        ActAsync(EventTypes.SupplementSubmitted, Supplement, dossierNumber, new SupplementSubmitted
        {
            DossierNumber = dossierNumber,
            SubmittedAt = _time.GetUtcNow(),
            Note = note ?? (attachments is null ? throw new ArgumentException("A supplement has papers or a word.", nameof(note)) : null),
            Attachments = attachments,
        }, cancellationToken);

    /// <summary>Withdraws a dossier; null when it was withdrawn before.</summary>
    public Task<DossierWithdrawn?> WithdrawAsync(string dossierNumber, string? reason = null, CancellationToken cancellationToken = default) =>
        ActAsync(EventTypes.DossierWithdrawn, "withdrawal", dossierNumber,
            new DossierWithdrawn { DossierNumber = dossierNumber, WithdrawnAt = _time.GetUtcNow(), Reason = reason }, cancellationToken);

    private Task<T?> ActAsync<T>(string type, string kind, string dossier, T act, CancellationToken cancellationToken)
        where T : class =>
        _speaker.SayAsync(type, async transaction =>
            await transaction.DoAsync(InsertAct, new { Dossier = dossier, Kind = kind, Body = Answer.Write(act) }, cancellationToken) > 0 ? act : null,
            _ => dossier, _ => dossier, cancellationToken);
}
