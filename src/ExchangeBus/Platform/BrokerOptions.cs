using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.Platform;

/// <summary>Where RabbitMQ is. Configuration section <c>RabbitMq</c>.</summary>
public sealed class BrokerOptions
{
    /// <summary><c>amqp://user:password@host:port/vhost</c>. Required; a secret, so give it by environment.</summary>
    [Required(ErrorMessage = "RabbitMq:Uri is not set; set the environment variable RabbitMq__Uri")]
    public string Uri { get; set; } = "";

    /// <summary>
    /// The management API, for creating the agencies' broker users. Empty by default: then an administrator
    /// creates the users by hand as <c>docs/for-operators.md</c> says.
    /// </summary>
    public string ManagementUri { get; set; } = "";

    /// <summary>
    /// Redeliveries after which a quorum queue dead-letters a message. Default 50, 1 to 1,000.
    /// Always explicit and positive: RabbitMQ 3.10 drops the message at once on -1, and 4.x defaults to 20.
    /// </summary>
    [Range(1, 1000)]
    public int DeliveryLimit { get; set; } = 50;
}
