using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.Client;

/// <summary>Who this adapter is and where the bus is.</summary>
public sealed class ClientOptions
{
    /// <summary>Code of the agency, for example <c>G15</c>. Required.</summary>
    [Required]
    public string Agency { get; set; } = "";

    /// <summary>Short name of the system as registered at the bus, for example <c>civilstatus</c>. Required.</summary>
    [Required]
    public string System { get; set; } = "";

    /// <summary>The system's secret. Required; give it by environment.</summary>
    [Required]
    public string Key { get; set; } = "";

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
}
