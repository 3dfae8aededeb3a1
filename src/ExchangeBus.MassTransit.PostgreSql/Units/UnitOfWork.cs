using System.Buffers.Binary;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>
/// Everything that one message changes: its inbox row, saga rows, outgoing and scheduled messages and the commands of user code.
/// Collected while user code runs, written in one transaction afterwards.
/// </summary>
internal sealed class UnitOfWork(Guid? messageId, Guid consumerId) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<OutgoingMessage> _outgoing = [];
    private readonly List<OutgoingMessage> _scheduled = [];
    private readonly List<Guid> _cancelledTokens = [];
    private readonly List<SagaTransition> _transitions = [];
    private readonly List<NpgsqlBatchCommand> _commands = [];
    private readonly Dictionary<(ISagaTable, Guid), SagaWrite> _sagaWrites = [];
    private readonly List<IDisposable> _locks = [];

    /// <summary>Null for a unit that is not the effect of a message; it has no inbox row.</summary>
    public Guid? MessageId { get; } = messageId;

    public Guid ConsumerId { get; private set; } = consumerId;

    /// <summary>The inbox already has the message: the unit has no effect.</summary>
    public bool IsDuplicate { get; set; }

    /// <summary>The first day of the inbox in which a copy can be that was not there when the inbox was asked. Its writer named the day some time before its commit.</summary>
    public DateOnly MayBeIn { get; private set; }

    public string? OrderingKey { get; set; }

    /// <summary>The open transaction of a pessimistic unit, else null.</summary>
    public NpgsqlTransaction? Transaction { get; private set; }

    public NpgsqlConnection? Connection { get; private set; }

    public IReadOnlyList<OutgoingMessage> Outgoing => _outgoing;

    public IReadOnlyList<OutgoingMessage> Scheduled => _scheduled;

    public IReadOnlyList<Guid> CancelledTokens => _cancelledTokens;

    public IReadOnlyList<NpgsqlBatchCommand> Commands => _commands;

    public IReadOnlyList<SagaTransition> Transitions => _transitions;

    public IReadOnlyCollection<SagaWrite> SagaWrites => _sagaWrites.Values;

    public bool IsEmpty => MessageId is null && _outgoing.Count == 0 && _scheduled.Count == 0
        && _cancelledTokens.Count == 0 && _commands.Count == 0 && _sagaWrites.Count == 0;

    /// <summary>
    /// The message is to come again later, under the same original id: it is not handled yet, so the inbox knows it by another name. That name still
    /// keeps a copy of it from being put off twice.
    /// </summary>
    public void PutOff(int redeliveryCount)
    {
        Span<byte> bytes = stackalloc byte[16];
        ConsumerId.TryWriteBytes(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ (0x9E3779B9u * (uint)redeliveryCount));
        ConsumerId = new Guid(bytes);
    }

    public void InboxAsked(DateTimeOffset at) => MayBeIn = DateOnly.FromDateTime(at.UtcDateTime.AddHours(-1));

    // User code may publish from parallel tasks.
    public void Add(OutgoingMessage message)
    {
        lock (_gate)
            (message.Due is null ? _outgoing : _scheduled).Add(message);
    }

    public void Add(NpgsqlBatchCommand command)
    {
        lock (_gate)
            _commands.Add(command);
    }

    public void Add(SagaTransition transition)
    {
        lock (_gate)
            _transitions.Add(transition);
    }

    public void CancelScheduled(Guid token)
    {
        lock (_gate)
        {
            _scheduled.RemoveAll(x => x.SchedulingToken == token);
            _cancelledTokens.Add(token);
        }
    }

    public void Write(SagaWrite write)
    {
        lock (_gate)
            _sagaWrites[(write.Table, write.CorrelationId)] = write;
    }

    public void Hold(IDisposable keyLock) => _locks.Add(keyLock);

    public async ValueTask BeginAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        Connection = await dataSource.OpenConnectionAsync(cancellationToken);
        Transaction = await Connection.BeginTransactionAsync(cancellationToken);
    }

    public void ReleaseLocks()
    {
        foreach (var held in _locks)
            held.Dispose();
        _locks.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        if (Transaction is not null)
            await Transaction.DisposeAsync();
        if (Connection is not null)
            await Connection.DisposeAsync();
        ReleaseLocks();
    }
}
