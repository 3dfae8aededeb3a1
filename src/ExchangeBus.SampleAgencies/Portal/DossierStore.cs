using Dapper;
using ExchangeBus.Client.Publishing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.SampleAgencies.Steps;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Portal;

/// <summary>The portal's dossiers and what their citizens see.</summary>
internal sealed class DossierStore(NpgsqlDataSource dataSource)
{
    private const string Insert = """
        insert into dossier (number, running_number, submission, submitted_at, state, branches, holders)
        select d.number, d.running_number, d.submission::jsonb, @At, 'Submitted', '{}', '{}'
        from unnest(@Numbers, @RunningNumbers, @Submissions) as d (number, running_number, submission)
        """;

    private const string Update = """
        update dossier set state = @State, branches = @Branches::jsonb, holders = @Holders, due_at = @DueAt,
            told_times = told_times + 1, finished_at = case when @IsEnd then coalesce(finished_at, @At) end
        where number = @Number
        """;

    // A dossier without an agency that holds it may still wait: for its citizen.
    private static readonly string[] Open = ["chosen", "waiting", "late", "supplement", "blocked"];

    private const string SelectLastNumber = "select coalesce(max(running_number), 0) from dossier";

    /// <summary>Stores dossiers and puts their events into the outbox.</summary>
    internal async Task SubmitAsync(
        IReadOnlyList<LinkedBirthSubmitted> dossiers, IReadOnlyCollection<CloudEvent> events, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(Insert, new
        {
            Numbers = dossiers.Select(d => d.DossierNumber).ToArray(),
            RunningNumbers = dossiers.Select(d => PortalDesk.RunningNumber(d.DossierNumber)).ToArray(),
            Submissions = dossiers.Select(Answer.Write).ToArray(),
            At = at,
        }, transaction, cancellationToken: cancellationToken));
        await EventOutbox.EnqueueAsync(transaction, events, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    internal async Task<int> LastNumberAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition(SelectLastNumber, cancellationToken: cancellationToken));
    }

    /// <summary>False when the portal has no such dossier.</summary>
    internal static async Task<bool> UpdateAsync(DossierProgressed progress, DateTimeOffset at, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(Update, new
        {
            Number = progress.DossierNumber,
            progress.State,
            Branches = System.Text.Json.JsonSerializer.Serialize(progress.Branches),
            Holders = progress.Holders.ToArray(),
            DueAt = progress.DueAt?.ToUniversalTime(),
            IsEnd = !progress.Branches.Values.Any(Open.Contains),
            At = at,
        }, transaction, cancellationToken: cancellationToken)) > 0;
}
