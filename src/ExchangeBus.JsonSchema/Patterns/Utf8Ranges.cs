using System.Text;

namespace ExchangeBus.JsonSchema.Patterns;

/// <summary>
/// Splits code point ranges so that each piece is a sequence of independent byte ranges: the pieces of U+0080–U+07FF,
/// for one, are [C2–DF][80–BF].
/// </summary>
internal static class Utf8Ranges
{
    private static readonly (int First, int Last)[] Lengths = [(0, 0x7F), (0x80, 0x7FF), (0x800, 0xD7FF), (0xE000, 0xFFFF), (0x10000, CodePointSet.Last)];

    public static IEnumerable<(byte First, byte Last)[]> Of(CodePointSet set)
    {
        foreach (var range in set.Ranges)
        {
            foreach (var (lengthFirst, lengthLast) in Lengths)
            {
                var first = Math.Max(range.First, lengthFirst);
                var last = Math.Min(range.Last, lengthLast);
                if (first > last) continue;
                foreach (var (from, to) in Split(first, last, lengthLast <= 0x7F ? 1 : lengthLast <= 0x7FF ? 2 : lengthLast <= 0xFFFF ? 3 : 4))
                    yield return Bytes(from, to);
            }
        }
    }

    private static IEnumerable<(int First, int Last)> Split(int first, int last, int length)
    {
        var pending = new Stack<(int First, int Last)>();
        pending.Push((first, last));
        while (pending.TryPop(out var range))
        {
            if (Cut(range.First, range.Last, length) is { } cut)
            {
                pending.Push((cut, range.Last));
                pending.Push((range.First, cut - 1));
            }
            else
            {
                yield return range;
            }
        }
    }

    /// <summary>Where a piece must begin because the bytes before the last differ and the last bytes are not all there.</summary>
    private static int? Cut(int first, int last, int length)
    {
        for (var trailing = 1; trailing < length; trailing++)
        {
            var mask = (1 << (6 * trailing)) - 1;
            if ((first & ~mask) == (last & ~mask)) continue;
            if ((first & mask) != 0) return (first | mask) + 1;
            if ((last & mask) != mask) return last & ~mask;
        }

        return null;
    }

    private static (byte, byte)[] Bytes(int first, int last)
    {
        Span<byte> from = stackalloc byte[4];
        Span<byte> to = stackalloc byte[4];
        var length = new Rune(first).EncodeToUtf8(from);
        new Rune(last).EncodeToUtf8(to);
        var pairs = new (byte, byte)[length];
        for (var index = 0; index < length; index++) pairs[index] = (from[index], to[index]);
        return pairs;
    }
}
