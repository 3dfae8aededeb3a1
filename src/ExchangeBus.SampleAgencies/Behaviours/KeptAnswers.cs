using Dapper;
using ExchangeBus.Client.Publishing;
using ExchangeBus.Contracts;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Behaviours;

/// <summary>An answer that is given later.</summary>
internal sealed record KeptAnswer(string DossierNumber, CloudEvent Answer, DateTimeOffset DueAt);

/// <summary>Answers that an agency has decided and not given yet: those that are late, and those that its adapter must ask for.</summary>
internal sealed class KeptAnswers(NpgsqlDataSource dataSource, EventOutbox outbox, TimeProvider time)
{
    /// <summary>As the real registry: it takes at most three dossiers in one question.</summary>
    internal const int MostDossiersPerCall = 3;

    private const int AtOnce = 500;

    private const string Insert = "insert into kept_answer (dossier_number, event, due_at, is_asked_for) values (@Dossier, @Event, @DueAt, @IsAskedFor)";

    private const string TakeDue = """
        with due as (select position from kept_answer where not is_asked_for and due_at <= @Now order by due_at, position limit @AtOnce for update skip locked),
            taken as (delete from kept_answer k using due where k.position = due.position returning k.due_at, k.position, k.event)
        select event from taken order by due_at, position
        """;

    private const string SelectDossiers = """
        select dossier_number from kept_answer where is_asked_for and due_at <= @Now group by dossier_number order by min(position) limit @Most
        """;

    private const string TakeOfDossiers = """
        with taken as (delete from kept_answer where is_asked_for and due_at <= @Now and dossier_number = any(@Dossiers) returning due_at, position, event)
        select event from taken order by due_at, position
        """;

    private const string InsertCall = "insert into registry_call (dossier_numbers, called_at) values (@Dossiers, @Now)";

    internal static Task KeepAsync(KeptAnswer answer, bool isAskedFor, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(Insert, new
        {
            Dossier = answer.DossierNumber,
            Event = CloudEventJson.Write(answer.Answer),
            DueAt = answer.DueAt.ToUniversalTime(),
            IsAskedFor = isAskedFor,
        }, transaction, cancellationToken: cancellationToken));

    /// <summary>Gives what is due; returns how many answers.</summary>
    internal Task<int> GiveDueAsync(CancellationToken cancellationToken) =>
        GiveAsync((transaction, now) => TakeAsync(TakeDue, new { Now = now, AtOnce }, transaction, cancellationToken), cancellationToken);

    /// <summary>One question of the adapter to its registry, for the dossiers that have waited longest; returns how many answers came.</summary>
    internal Task<int> AskRegistryAsync(CancellationToken cancellationToken) => GiveAsync(async (transaction, now) =>
    {
        var sought = new CommandDefinition(SelectDossiers, new { Now = now, Most = MostDossiersPerCall }, transaction, cancellationToken: cancellationToken);
        var dossiers = (await transaction.Connection!.QueryAsync<string>(sought)).ToArray();
        if (dossiers.Length == 0)
            return [];
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(InsertCall, new { Dossiers = dossiers, Now = now }, transaction, cancellationToken: cancellationToken));
        return await TakeAsync(TakeOfDossiers, new { Now = now, Dossiers = dossiers }, transaction, cancellationToken);
    }, cancellationToken);

    private static async Task<IReadOnlyList<byte[]>> TakeAsync(string sql, object parameters, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        [.. await transaction.Connection!.QueryAsync<byte[]>(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken))];

    /// <summary>An answer leaves the store and enters the outbox in one transaction: it is given once.</summary>
    private async Task<int> GiveAsync(Func<NpgsqlTransaction, DateTimeOffset, Task<IReadOnlyList<byte[]>>> take, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var taken = await take(transaction, time.GetUtcNow());
        await EventOutbox.EnqueueAsync(transaction, [.. taken.Select(bytes => CloudEventJson.Read(bytes))], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (taken.Count > 0)
            outbox.Wake();
        return taken.Count;
    }
}
