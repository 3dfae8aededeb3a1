using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace ExchangeBus.JsonSchema.Parsing;

/// <summary>Finds the end of a string and unescapes it in place: the unescaped text is never longer.</summary>
internal static class JsonStringScan
{
    /// <param name="bytes">Text with <see cref="JsonTape.Padding"/> zero bytes behind it.</param>
    /// <param name="start">First byte behind the opening quote.</param>
    /// <param name="length">Bytes of the unescaped string.</param>
    /// <param name="end">First byte behind the closing quote; the offset of the fault if there is one.</param>
    /// <param name="ascii">Whether the unescaped string is ASCII only.</param>
    public static JsonFaultKind Scan(byte[] bytes, int start, out int length, out int end, out bool ascii)
    {
        var at = Stop(bytes, start, out ascii);
        if (bytes[at] == (byte)'"')
        {
            length = at - start;
            end = at + 1;
            return JsonFaultKind.None;
        }

        return Unescape(bytes, start, at, out length, out end, ref ascii);
    }

    /// <summary>Next quote, backslash or control character; the zero padding is the last resort.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Stop(byte[] bytes, int at, out bool ascii)
    {
        ref var origin = ref MemoryMarshal.GetArrayDataReference(bytes);
        uint high = 0;
        while (true)
        {
            var block = Vector128.LoadUnsafe(ref origin, (nuint)at);
            var stop = Vector128.Equals(block, Vector128.Create((byte)'"'))
                | Vector128.Equals(block, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(block, Vector128.Create((byte)0x20));
            var stops = stop.ExtractMostSignificantBits();
            var highs = block.ExtractMostSignificantBits();
            if (stops != 0)
            {
                var distance = BitOperations.TrailingZeroCount(stops);
                ascii = (high | (highs & ((1u << distance) - 1))) == 0;
                return at + distance;
            }

            high |= highs;
            at += 16;
        }
    }

    private static JsonFaultKind Unescape(byte[] bytes, int start, int at, out int length, out int end, ref bool ascii)
    {
        var write = at;
        length = 0;
        while (true)
        {
            end = at;
            if (bytes[at] == (byte)'"')
            {
                length = write - start;
                end = at + 1;
                return JsonFaultKind.None;
            }

            if (bytes[at] != (byte)'\\') return JsonFaultKind.Syntax;
            if (bytes[at + 1] == (byte)'u')
            {
                var fault = CodePoint(bytes, ref at, out var rune);
                if (fault != JsonFaultKind.None) return fault;
                write += rune.EncodeToUtf8(bytes.AsSpan(write, 4));
                ascii &= rune.IsAscii;
            }
            else
            {
                var plain = Single(bytes[at + 1]);
                if (plain == 0) return JsonFaultKind.Syntax;
                bytes[write++] = plain;
                at += 2;
            }

            var stop = Stop(bytes, at, out var asciiRun);
            ascii &= asciiRun;
            bytes.AsSpan(at, stop - at).CopyTo(bytes.AsSpan(write));
            write += stop - at;
            at = stop;
        }
    }

    private static byte Single(byte letter) => letter switch
    {
        (byte)'"' or (byte)'\\' or (byte)'/' => letter,
        (byte)'b' => 8,
        (byte)'f' => 12,
        (byte)'n' => 10,
        (byte)'r' => 13,
        (byte)'t' => 9,
        _ => 0,
    };

    private static JsonFaultKind CodePoint(byte[] bytes, ref int at, out Rune rune)
    {
        rune = default;
        if (!Hex(bytes, at + 2, out var first)) return JsonFaultKind.Syntax;
        if (Rune.TryCreate(first, out rune))
        {
            at += 6;
            return JsonFaultKind.None;
        }

        if (bytes[at + 6] != (byte)'\\' || bytes[at + 7] != (byte)'u') return JsonFaultKind.LoneSurrogate;
        if (!Hex(bytes, at + 8, out var second)) return JsonFaultKind.Syntax;
        if (!Rune.TryCreate(first, second, out rune)) return JsonFaultKind.LoneSurrogate;
        at += 12;
        return JsonFaultKind.None;
    }

    private static bool Hex(byte[] bytes, int at, out char value)
    {
        var parsed = Utf8Parser.TryParse(bytes.AsSpan(at, 4), out ushort number, out var used, 'x') && used == 4;
        value = (char)number;
        return parsed;
    }
}
