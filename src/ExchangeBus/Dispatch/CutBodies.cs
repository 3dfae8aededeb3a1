using System.Buffers;
using ExchangeBus.Log;
using ExchangeBus.Release.Cutting;

namespace ExchangeBus.Dispatch;

/// <summary>A body as an agreement releases it.</summary>
/// <param name="Data">The body; the log's own when nothing was withheld.</param>
/// <param name="Withheld">Value of <c>withheldfields</c>, escaped for JSON; empty when nothing was withheld.</param>
internal sealed record CutBody(ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Withheld);

/// <summary>
/// Cuts each body once for all subscriptions whose agreements release the same of it: they read the log side by side, so that the newest cuts are those
/// that will be asked for.
/// </summary>
internal sealed class CutBodies
{
    // 4,096 bodies: the subscriptions that keep up are within a few hundred events of each other, and memory stays bounded.
    private const int Slots = 4_096;

    private readonly Entry?[] _slots = new Entry?[Slots];

    [ThreadStatic]
    private static WithheldFields? _withheld;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _output;

    internal CutBody Of(LoggedEvent logged, Cut cut)
    {
        if (cut.IsWhole || logged.Data.IsEmpty)
            return new CutBody(logged.Data, default);
        ref var slot = ref _slots[(int)((uint)HashCode.Combine(logged.Sequence, cut.Number) % Slots)];
        // Whoever replaces it meanwhile does no harm: an entry never changes.
        if (Volatile.Read(ref slot) is { } known && known.Sequence == logged.Sequence && known.Cut == cut)
            return known.Body;
        var body = Make(logged, cut);
        Volatile.Write(ref slot, new Entry(logged.Sequence, cut, body));
        return body;
    }

    /// <summary>What a cut withholds of one event, as pointers.</summary>
    internal static IReadOnlyList<string> WithheldOf(LoggedEvent logged, Cut cut)
    {
        var (withheld, output) = (new WithheldFields(), new ArrayBufferWriter<byte>(4_096));
        return !logged.Data.IsEmpty && cut.TryCut(logged.Data.Span, output, withheld) ? [.. withheld.Pointers] : [];
    }

    private static CutBody Make(LoggedEvent logged, Cut cut)
    {
        var (withheld, output) = (_withheld ??= new WithheldFields(), _output ??= new ArrayBufferWriter<byte>(4_096));
        output.ResetWrittenCount();
        if (!cut.TryCut(logged.Data.Span, output, withheld))
            return new CutBody(logged.Data, default);
        var data = output.WrittenSpan.ToArray();
        output.ResetWrittenCount();
        withheld.WriteTo(output);
        return new CutBody(data, output.WrittenSpan.ToArray());
    }

    private sealed record Entry(long Sequence, Cut Cut, CutBody Body);
}
