using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.SampleAgencies.Hosting;

/// <summary>Where one agency has its database and the bus. Configuration section <c>Agencies:&lt;name&gt;</c>.</summary>
internal sealed class SampleAgencyOptions
{
    /// <summary>Agency code by Decision 20/2020/QĐ-TTg, as registered at the bus. Default: the sample agency's own.</summary>
    public string? Code { get; set; }

    /// <summary>Npgsql connection string of the agency's own database. Required; a secret, so give it by environment.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>The system's private key, JWK or PEM; its public half is registered at the bus. This or <see cref="PrivateKeyFile"/> is required.</summary>
    public string? PrivateKey { get; set; }

    /// <summary>A file with the private key.</summary>
    public string? PrivateKeyFile { get; set; }

    /// <summary>Signs each event. Default false.</summary>
    public bool SignEvents { get; set; }

    /// <summary>Password of the system's broker user, at least 24 characters. Required; give it by environment.</summary>
    [Required, MinLength(24)]
    public string BrokerPassword { get; set; } = "";

    /// <summary>HTTP address of the bus. Required.</summary>
    [Required]
    public Uri? BusAddress { get; set; }

    /// <summary>AMQP address of the bus, without user. Required.</summary>
    [Required]
    public Uri? BrokerAddress { get; set; }

    /// <summary>Partitions of its subscription, as registered at the bus. Default 1, 1 to 32.</summary>
    [Range(1, 32)]
    public int Partitions { get; set; } = 1;
}
