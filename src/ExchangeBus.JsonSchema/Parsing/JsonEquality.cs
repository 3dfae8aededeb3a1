using System.Buffers;
using System.Numerics;
using ExchangeBus.JsonSchema.Numbers;

namespace ExchangeBus.JsonSchema.Parsing;

/// <summary>Equality of JSON values as JSON Schema defines it (core, section 4.2.2): numbers by value, objects in any order.</summary>
internal static class JsonEquality
{
    /// <summary>From this many properties on a table is built: looking each up by a walk would cost the square.</summary>
    private const int Large = 64;

    public static bool Equal(JsonTape left, int a, JsonTape right, int b)
    {
        ref readonly var first = ref left.Tokens[a];
        ref readonly var second = ref right.Tokens[b];
        if (first.Kind != second.Kind) return false;
        switch (first.Kind)
        {
            case JsonKind.String:
                return left.Text(a).SequenceEqual(right.Text(b));
            case JsonKind.Number:
                return left.Text(a).SequenceEqual(right.Text(b))
                    || new DecimalText(left.Text(a)).CompareTo(new DecimalText(right.Text(b))) == 0;
            case JsonKind.Array:
                return first.Length == second.Length && ItemsEqual(left, a, right, b);
            case JsonKind.Object:
                return first.Length == second.Length
                    && (first.Length < Large ? PropertiesEqual(left, a, right, b) : LargeEqual(left, a, right, b));
            default:
                return true;
        }
    }

    /// <summary>Equal values have equal hashes.</summary>
    public static int Hash(JsonTape tape, int token)
    {
        ref readonly var value = ref tape.Tokens[token];
        switch (value.Kind)
        {
            case JsonKind.String:
                return NameHash.Of(tape.Text(token));
            case JsonKind.Number:
                return new DecimalText(tape.Text(token)).GetValueHash();
            case JsonKind.Array:
                var ordered = 17;
                for (var at = token + 1; at < value.Next; at = tape.Tokens[at].Next) ordered = HashCode.Combine(ordered, Hash(tape, at));
                return ordered;
            case JsonKind.Object:
                var unordered = value.Length;
                for (var at = token + 1; at < value.Next; at = tape.Tokens[at + 1].Next) unordered += HashCode.Combine(tape.Tokens[at].Next, Hash(tape, at + 1));
                return unordered;
            default:
                return (int)value.Kind;
        }
    }

    private static bool ItemsEqual(JsonTape left, int a, JsonTape right, int b)
    {
        var end = left.Tokens[a].Next;
        a++;
        b++;
        while (a < end)
        {
            if (!Equal(left, a, right, b)) return false;
            a = left.Tokens[a].Next;
            b = right.Tokens[b].Next;
        }

        return true;
    }

    private static bool PropertiesEqual(JsonTape left, int a, JsonTape right, int b)
    {
        var end = left.Tokens[a].Next;
        for (var name = a + 1; name < end; name = left.Tokens[name + 1].Next)
        {
            var other = right.Find(b, left.Text(name), left.Tokens[name].Next);
            if (other < 0 || !Equal(left, name + 1, right, other)) return false;
        }

        return true;
    }

    private static bool LargeEqual(JsonTape left, int a, JsonTape right, int b)
    {
        var mask = (int)BitOperations.RoundUpToPowerOf2((uint)right.Tokens[b].Length * 2) - 1;
        var slots = ArrayPool<int>.Shared.Rent(mask + 1);
        try
        {
            slots.AsSpan(0, mask + 1).Clear();
            for (var name = b + 1; name < right.Tokens[b].Next; name = right.Tokens[name + 1].Next)
            {
                var slot = right.Tokens[name].Next & mask;
                while (slots[slot] != 0) slot = (slot + 1) & mask;
                slots[slot] = name;
            }

            for (var name = a + 1; name < left.Tokens[a].Next; name = left.Tokens[name + 1].Next)
            {
                var slot = left.Tokens[name].Next & mask;
                while (slots[slot] != 0 && !right.Text(slots[slot]).SequenceEqual(left.Text(name))) slot = (slot + 1) & mask;
                if (slots[slot] == 0 || !Equal(left, name + 1, right, slots[slot] + 1)) return false;
            }

            return true;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(slots);
        }
    }
}
