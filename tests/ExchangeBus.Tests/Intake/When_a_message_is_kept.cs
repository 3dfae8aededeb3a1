using ExchangeBus.Contracts;
using ExchangeBus.Log;
using Npgsql;

namespace ExchangeBus.Tests.Intake;

internal sealed class When_a_message_is_kept
{
    private static readonly OriginalMessage Message = new("qcvn109-0011", "application/xml", [1, 2, 3]);

    [TestCase(1, Description = "whichever is accepted: the first may have been refused")]
    [TestCase(2)]
    [TestCase(3)]
    public void Should_be_written_with_any_of_its_events(int place)
    {
        using var batch = Append([EventOf(place, Message)]);

        Assert.That(ValuesOf<byte[]>(Original(batch), 4).Single(), Is.EqualTo(Message.Body));
        Assert.That(ValuesOf<string>(Original(batch), 2), Is.EqualTo([Message.Id]));
    }

    [Test]
    public void Should_be_written_once_however_many_events_it_has()
    {
        var other = Message with { Id = "qcvn109-0022" };

        using var batch = Append([EventOf(1, Message), EventOf(2, Message), EventOf(1, other), EventOf(9, null)]);

        Assert.That(ValuesOf<string>(Original(batch), 2), Is.EqualTo([Message.Id, other.Id]));
    }

    [Test]
    public void Should_not_be_written_for_an_event_that_came_as_it_is()
    {
        using var batch = Append([EventOf(1, null)]);

        Assert.That(batch.BatchCommands.Cast<NpgsqlBatchCommand>().Select(command => command.CommandText), Has.None.Contains("original_message"));
    }

    private static NpgsqlBatchCommand Original(NpgsqlBatch batch) =>
        batch.BatchCommands.Cast<NpgsqlBatchCommand>().Single(command => command.CommandText.Contains("original_message", StringComparison.Ordinal));

    private static NpgsqlBatch Append(NewEvent[] events)
    {
        var batch = new NpgsqlBatch();
        AppendStatement.AddIntakeTo(batch, events, hold: false);
        return batch;
    }

    private static NewEvent EventOf(int place, OriginalMessage? original) => new()
    {
        Event = new CloudEvent { Id = $"{original?.Id}-{place}", Source = "urn:exchangebus:agency:G01:population", Type = EventTypes.CitizenUpdated, Data = "{}"u8.ToArray() },
        Key = Guid.CreateVersion7(),
        DataHash = [],
        Envelope = [],
        Place = new OrderPlace(0, 0),
        Original = original,
    };

    private static T[] ValuesOf<T>(NpgsqlBatchCommand command, int index) => (T[])command.Parameters[index].Value!;
}
