using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.Intake;

/// <summary>Bounds of the two doors. Configuration section <c>Intake</c>.</summary>
public sealed class IntakeOptions
{
    /// <summary>Largest event in bytes. Default 262,144 (256 KiB), 1 KiB to 16 MiB.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxEventBytes { get; set; } = 256 * 1024;

    /// <summary>Largest batch in bytes. Default 4 MiB, 1 KiB to 64 MiB.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxBatchBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Most events in one batch. Default 500, 1 to 5,000.</summary>
    [Range(1, 5000)]
    public int MaxBatchEvents { get; set; } = 500;

    /// <summary>Messages of the AMQP door that are worked on at once. Default 500, 1 to 5,000.</summary>
    [Range(1, 5000)]
    public int Prefetch { get; set; } = 500;
}
