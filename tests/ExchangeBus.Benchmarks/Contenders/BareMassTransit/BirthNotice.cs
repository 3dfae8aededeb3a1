using ExchangeBus.Benchmarks.Measuring;

namespace ExchangeBus.Benchmarks.Contenders.BareMassTransit;

/// <summary>As many bytes of message as the bus's event has; MassTransit's envelope comes on top.</summary>
public sealed record BirthNotice(long Number, string Text)
{
    private const int OtherBytes = 40;
    private static readonly string Filling = new('x', BirthEvent.Length - OtherBytes);

    internal static BirthNotice Create(long number) => new(number, Filling);
}
