using System.ComponentModel.DataAnnotations;
using ExchangeBus.Signatures;

namespace ExchangeBus.Client;

/// <summary>Who this adapter is and where the bus is.</summary>
public sealed class ClientOptions : IValidatableObject
{
    /// <summary>Code of the agency, for example <c>G15</c>. Required.</summary>
    [Required]
    public string Agency { get; set; } = "";

    /// <summary>Short name of the system as registered at the bus, for example <c>civilstatus</c>. Required.</summary>
    [Required]
    public string System { get; set; } = "";

    /// <summary>
    /// The system's private key, a JWK or a PEM <c>PRIVATE KEY</c> of Ed25519 or P-256, whose public half is registered at the bus.
    /// This or <see cref="PrivateKeyFile"/> is required; give it by environment.
    /// </summary>
    public string? PrivateKey { get; set; }

    /// <summary>A file with the private key. It is read again when it has changed, so that keys change without a restart.</summary>
    public string? PrivateKeyFile { get; set; }

    /// <summary>The name of the bus, which signed tokens carry as <c>aud</c>; ask its operator. Default <c>urn:exchangebus:bus</c>.</summary>
    [Required]
    public string Audience { get; set; } = ClientAssertion.DefaultAudience;

    /// <summary>Signs each event when it is sent. Default false.</summary>
    public bool SignEvents { get; set; }

    /// <summary>Password of the system's broker user. Required to subscribe; give it by environment.</summary>
    public string? BrokerPassword { get; set; }

    /// <summary>HTTP address of the bus, for example <c>https://bus.example.gov.vn</c>. Required.</summary>
    [Required]
    public Uri? BusAddress { get; set; }

    /// <summary>AMQP address of the bus without user: <c>amqps://broker.example.gov.vn</c>. Required to subscribe.</summary>
    public Uri? BrokerAddress { get; set; }

    /// <summary>Messages of one subscription that are worked on or wait in memory. Default 256, 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int Prefetch { get; set; } = 256;

    /// <summary>Handlers that run at once for one subscription; events of one order key never do. Default 8, 1 to 256.</summary>
    [Range(1, 256)]
    public int Concurrency { get; set; } = 8;

    /// <summary>Longest time between an event's handling and its acknowledgement. Default 100 ms, 10 ms to 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan AcknowledgeWithin { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Events sent in one request from the outbox. Default 200, 1 to 500 (the bus's own bound).</summary>
    [Range(1, 500)]
    public int PublishBatch { get; set; } = 200;

    /// <summary>The <c>source</c> of this system's events.</summary>
    public string Source => $"urn:exchangebus:agency:{Agency}:{System}";

    internal string BrokerUser => $"{Agency}.{System}";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(PrivateKey) == string.IsNullOrEmpty(PrivateKeyFile))
            yield return new ValidationResult($"Either {nameof(PrivateKey)} or {nameof(PrivateKeyFile)} is needed.");
    }
}
