using ExchangeBus.Delivery;

namespace ExchangeBus.Procedures.Corrections;

/// <summary>A correction in the list; nothing personal.</summary>
/// <param name="Source">CloudEvents source.</param>
/// <param name="Id">CloudEvents id.</param>
/// <param name="Type">CloudEvents type.</param>
/// <param name="Sequence">Position in the log.</param>
/// <param name="RecordedAt">When the bus took it.</param>
/// <param name="Registration">The record of the book, kind/commune/book/number; null when a personal number was replaced.</param>
/// <param name="DossierNumber">The dossier of the registration; null outside of any.</param>
/// <param name="ToldAt">When the receivers were found and told; null before.</param>
/// <param name="DueAt">Until when they are to apply it.</param>
/// <param name="Lost">Events that carried the wrong version and are older than the log: who got those is not known any more.</param>
/// <param name="Receivers">Agencies that received it, or have applied the correction by themselves.</param>
/// <param name="Applied">Of these, have applied it.</param>
/// <param name="Late">Of these, have not and their time is over.</param>
internal sealed record CorrectionRow(
    string Source, string Id, string Type, long Sequence, DateTimeOffset RecordedAt, string? Registration, string? DossierNumber, DateTimeOffset? ToldAt, DateTimeOffset? DueAt, int Lost,
    long Receivers, long Applied, long Late);

/// <summary>Some of the corrections.</summary>
/// <param name="Corrections">The newest first.</param>
/// <param name="Next">To be sent as <c>before</c> for those that follow; null at the end.</param>
internal sealed record CorrectionPage(IReadOnlyList<CorrectionRow> Corrections, long? Next);

/// <summary>A correction with what was wrong and who received it.</summary>
internal sealed record CorrectionView(CorrectionRow Correction, IReadOnlyList<WrongEvent> Events, IReadOnlyList<ReceiverView> Receivers);

/// <summary>An event that carried the wrong version.</summary>
internal sealed record WrongEvent(long Sequence, DateTimeOffset RecordedAt, string Type, string Source, string Id);

/// <summary>What a subscription received, and where it stood with it when the correction came.</summary>
internal sealed record ReceivedEvent(long Sequence, string Subscription, string State);

/// <summary>An agency that received the wrong version.</summary>
/// <param name="Agency">Its code.</param>
/// <param name="State"><c>told</c>, <c>applied</c>, or <c>late</c> while it has not applied it and its time is over.</param>
/// <param name="IsLate">Also of one that has applied it after its time.</param>
/// <param name="ToldAt">When; null when it has applied the correction without having received anything wrong that is known.</param>
/// <param name="ToldEvent">Id of the event that tells it.</param>
/// <param name="Told">Where that event stands with the agency's subscriptions; empty when none of them asks for it, so that somebody has to call.</param>
/// <param name="Received">What it received.</param>
/// <param name="Applied">Its word; null before.</param>
internal sealed record ReceiverView(
    string Agency, string State, bool IsLate, DateTimeOffset? ToldAt, string? ToldEvent, IReadOnlyList<DeliveryState> Told, IReadOnlyList<ReceivedEvent> Received, AppliedView? Applied);

/// <summary>Who applied it, and when.</summary>
/// <param name="At">By the agency's word.</param>
/// <param name="RecordedAt">When the bus took the word, which decides whether it is late.</param>
/// <param name="Source">The system that said so.</param>
/// <param name="Event">Id of the event.</param>
/// <param name="Officer">The officer; null when none is named.</param>
/// <param name="Result"><c>applied</c> or <c>notHeld</c>.</param>
internal sealed record AppliedView(DateTimeOffset At, DateTimeOffset RecordedAt, string Source, string Event, string? Officer, string Result);
