namespace ExchangeBus.Contracts;

/// <summary>Names of the extension attributes that the bus reads or writes.</summary>
public static class ExtensionAttributes
{
    /// <summary>When the bus accepted the event (CloudEvents extension "recordedtime"). Set by the bus.</summary>
    public const string RecordedTime = "recordedtime";

    /// <summary>On a command: the agency code that must act; only that agency's subscriptions receive it.</summary>
    public const string Recipient = "recipient";

    /// <summary>
    /// Order key, best left out: the bus then computes it from the subject, and events of all publishers about one subject keep their order. Another key keeps the
    /// order of its own source's events only.
    /// </summary>
    public const string PartitionKey = "partitionkey";

    /// <summary>The dossier that the event belongs to.</summary>
    public const string CorrelationId = "correlationid";

    /// <summary>The id of the event that caused this one.</summary>
    public const string CausationId = "causationid";

    /// <summary>W3C Trace Context header of the publisher.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>Procedure code that justifies the exchange (purpose limitation).</summary>
    public const string Purpose = "purpose";

    /// <summary>Code of the officer who answers for the exchange.</summary>
    public const string Officer = "officer";

    /// <summary>On an answer that an officer has entered by hand: <c>sha256:</c> and the hash of the scanned document that it was read from.</summary>
    public const string DocumentHash = "documenthash";

    /// <summary>Document and article that permit the exchange.</summary>
    public const string LegalBasis = "legalbasis";

    /// <summary>On delivery: JSON pointers of what the agreement does not release.</summary>
    public const string WithheldFields = "withheldfields";

    /// <summary>On a replay: its id, so that a consumer can tell it from live traffic.</summary>
    public const string ReplayId = "replayid";

    /// <summary>Detached JWS of the publishing agency over the canonical event (RFC 7515, RFC 8785).</summary>
    public const string Signature = "signature";

    /// <summary>On delivery: the event's position in the bus's log, a decimal number greater than zero.</summary>
    public const string Sequence = "sequence";

    /// <summary>
    /// On delivery: the position of the delivery before this one in the same subscription partition, 0 for the first.
    /// A consumer that has not seen it knows that something is missing and must not acknowledge past the hole.
    /// </summary>
    public const string PreviousSequence = "previoussequence";
}
