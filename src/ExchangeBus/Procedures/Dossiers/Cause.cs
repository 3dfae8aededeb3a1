using System.Globalization;
using ExchangeBus.Contracts;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>What caused a transition, for the history.</summary>
/// <param name="Type">Type of the event.</param>
/// <param name="EventId">Its id; null for what the bus itself has noticed.</param>
/// <param name="Source">Its source: which system has said it.</param>
/// <param name="Officer">Code of the officer, where one has acted.</param>
/// <param name="At">When the bus took it: a sender's own clock must not make a late answer one in time.</param>
internal sealed record Cause(string Type, string? EventId, string? Source, string? Officer, DateTimeOffset At)
{
    internal static readonly Cause None = new("", null, null, null, default);

    /// <summary>How it was taken: null when it was expected, else <see cref="Notes"/>.</summary>
    internal string? Note { get; init; }

    internal static Cause Of(CloudEvent cause) => new(cause.Type, cause.Id, cause.Source, cause[ExtensionAttributes.Officer],
        DateTimeOffset.TryParse(cause[ExtensionAttributes.RecordedTime], CultureInfo.InvariantCulture, out var recorded) ? recorded : cause.Time ?? default);
}

/// <summary>How an event was taken that did not move a dossier on.</summary>
internal static class Notes
{
    /// <summary>It says again what is known, or comes for a step that is over in the same sense.</summary>
    internal const string Repeated = "repeated";

    /// <summary>It cannot be true beside what is known: a person must look.</summary>
    internal const string Contradicts = "contradicts";
}
