using System.Buffers;

namespace ExchangeBus.JsonSchema.Parsing;

/// <summary>
/// RFC 8259 leaves the meaning of a repeated name open, so two readers of one message could see two values.
/// Here it is a fault.
/// </summary>
internal static class DuplicateNames
{
    private const int Small = 48;

    /// <summary>Name token that repeats an earlier one of its object, at or behind <paramref name="from"/>, or -1.</summary>
    public static int Next(JsonTape tape, int from)
    {
        for (var token = from; token < tape.Count; token++)
        {
            if (tape.Tokens[token].Kind != JsonKind.Object) continue;
            var count = tape.Tokens[token].Length;
            var repeated = count < 2 ? -1 : count <= Small ? InSmall(tape, token, count) : InLarge(tape, token, count);
            if (repeated >= 0) return repeated;
        }

        return -1;
    }

    // One bit per hash tells most names apart; only where two share a bit is the object walked again.
    private static int InSmall(JsonTape tape, int token, int count)
    {
        var tokens = tape.Tokens;
        ulong seen = 0;
        var at = token + 1;
        for (var n = 0; n < count; n++)
        {
            var bit = 1UL << (tokens[at].Next & 63);
            if ((seen & bit) != 0 && HasEarlier(tape, token + 1, at)) return at;
            seen |= bit;
            at = tokens[at + 1].Next;
        }

        return -1;
    }

    private static bool HasEarlier(JsonTape tape, int first, int name)
    {
        var tokens = tape.Tokens;
        var hash = tokens[name].Next;
        for (var at = first; at < name; at = tokens[at + 1].Next)
        {
            if (tokens[at].Next == hash && tape.Text(at).SequenceEqual(tape.Text(name))) return true;
        }

        return false;
    }

    private static int InLarge(JsonTape tape, int token, int count)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count * 2);
        var slots = ArrayPool<int>.Shared.Rent(size);
        try
        {
            slots.AsSpan(0, size).Clear();
            var at = token + 1;
            for (var n = 0; n < count; n++)
            {
                var slot = tape.Tokens[at].Next & (size - 1);
                for (; slots[slot] != 0; slot = (slot + 1) & (size - 1))
                {
                    if (tape.Text(slots[slot]).SequenceEqual(tape.Text(at))) return at;
                }

                slots[slot] = at;
                at = tape.Tokens[at + 1].Next;
            }

            return -1;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(slots);
        }
    }
}
