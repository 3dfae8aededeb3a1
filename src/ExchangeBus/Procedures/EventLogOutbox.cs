using ExchangeBus.Checks;
using ExchangeBus.Contracts;
using ExchangeBus.Log;
using ExchangeBus.MassTransit.PostgreSql;
using Npgsql;

namespace ExchangeBus.Procedures;

/// <summary>
/// What a saga sends becomes rows of the event log, in the transaction that saves its state. From there it travels
/// the same road as any agency's event.
/// </summary>
internal sealed class EventLogOutbox(EventChecks checks, OrderKeys orderKeys, LogTail tail) : IOutgoingMessageStore
{
    public void AddCommands(NpgsqlBatch batch, IReadOnlyList<OutgoingMessage> messages)
    {
        var events = new NewEvent[messages.Count];
        for (var i = 0; i < events.Length; i++)
            events[i] = NewEvent.From(Check(CloudEventJson.Read(messages[i].Body)), orderKeys);
        AppendStatement.AddTo(batch, events);
    }

    public ValueTask CommittedAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        tail.Wake();
        return ValueTask.CompletedTask;
    }

    private CloudEvent Check(CloudEvent cloudEvent)
    {
        var outcome = checks.CheckContent(cloudEvent);
        // What a saga passes on was accepted before, or released by a person.
        return outcome.Verdict is Verdict.Valid or Verdict.Held
            ? cloudEvent
            : throw new InvalidOperationException(
                $"A procedure made an event of type {cloudEvent.Type} that is not valid: {string.Join(", ", outcome.Violations.Select(v => $"{v.Pointer} {v.Code}"))}");
    }
}
