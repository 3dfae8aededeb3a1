using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Asks whether messages were handled before; concurrent questions share one statement.</summary>
internal sealed class InboxReader
{
    // About "n % 1 = 0" see UnitWriter.
    private const string CheckSql = """
        select r.n, exists (select from {schema}.inbox i where i.message_id = r.message_id and i.consumer_id = r.consumer_id)
        from unnest($1::int[], $2::uuid[], $3::uuid[]) as r (n, message_id, consumer_id)
        where r.n % 1 = 0
        """;

    private readonly NpgsqlDataSource _dataSource;
    private readonly TimeProvider _timeProvider;
    private readonly Coalescer<Question> _coalescer;
    private readonly string _check;

    public InboxReader(StorageDataSource dataSource, PostgreSqlStorageOptions options, TimeProvider timeProvider)
    {
        (_dataSource, _timeProvider) = (dataSource.Value, timeProvider);
        _check = CheckSql.InSchema(options.Schema);
        _coalescer = options.Coalesce
            ? new Coalescer<Question>(RunAsync, options.CoalescedStatements, options.CoalescedMessages)
            : new Coalescer<Question>(RunAsync, int.MaxValue, 1);
    }

    public async Task CheckAsync(UnitOfWork unit)
    {
        if (unit.MessageId is not { } messageId)
            return;
        unit.InboxAsked(_timeProvider.GetUtcNow());
        var question = new Question(messageId, unit.ConsumerId);
        _coalescer.Post(question);
        unit.IsDuplicate = await question.Answer.Task;
    }

    private async Task RunAsync(IReadOnlyList<Question> questions)
    {
        var since = _timeProvider.GetTimestamp();
        try
        {
            await using var command = _dataSource.CreateCommand(_check);
            command.Parameters.Add(Commands.Array(Enumerable.Range(0, questions.Count).ToArray(), NpgsqlDbType.Integer));
            command.Parameters.Add(Commands.Array(questions.Select(x => x.MessageId).ToArray(), NpgsqlDbType.Uuid));
            command.Parameters.Add(Commands.Array(questions.Select(x => x.ConsumerId).ToArray(), NpgsqlDbType.Uuid));
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                questions[reader.GetInt32(0)].Answer.SetResult(reader.GetBoolean(1));
            StorageTelemetry.Ran("check", questions.Count, _timeProvider.GetElapsedTime(since));
        }
#pragma warning disable CA1031 // Handed to the messages that wait for it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            foreach (var question in questions)
                question.Answer.TrySetException(e);
        }
    }

    private sealed record Question(Guid MessageId, Guid ConsumerId)
    {
        public TaskCompletionSource<bool> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
