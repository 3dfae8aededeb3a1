using ExchangeBus.Contracts;

namespace ExchangeBus.Intake.Dialects;

/// <summary>A format of an agency that the bus reads at its edge.</summary>
/// <param name="Name">Begins the ids of its messages and events.</param>
/// <param name="MediaType">Under which the original is kept.</param>
/// <param name="MaxBytes">Of one message.</param>
/// <param name="Read">A message to its events, or everything that is wrong with it.</param>
internal sealed record Dialect(string Name, string MediaType, int MaxBytes, Func<byte[], DialectReading> Read);

/// <summary>The events of a message; none when there are violations.</summary>
internal sealed record DialectReading(IReadOnlyList<DialectEvent> Events, IReadOnlyList<Violation> Violations)
{
    internal static DialectReading Of(CitizenReading reading) =>
        new([.. reading.Citizens.Select(citizen => new DialectEvent(EventTypes.CitizenUpdated, citizen))], reading.Violations);
}

/// <summary>One canonical event of a message.</summary>
/// <param name="Type">Its CloudEvents type.</param>
/// <param name="Body">As the schema of the type has it.</param>
/// <param name="Subject">The dossier; null when the message has no number of its own, and then the event's id takes its place.</param>
/// <param name="Time">When it happened, as the message says; null when it does not.</param>
internal sealed record DialectEvent(string Type, ReadOnlyMemory<byte> Body, string? Subject = null, DateTimeOffset? Time = null);
