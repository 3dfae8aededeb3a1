using System.Text;

namespace ExchangeBus.JsonSchema.Formats;

/// <summary>Bootstring with the parameters of RFC 3492, section 5.</summary>
internal static class Punycode
{
    private const int Base = 36;
    private const int FirstBias = 72;
    private const int FirstCodePoint = 0x80;

    /// <summary>Code points of what follows "xn--", or null where it encodes nothing.</summary>
    public static List<int>? Decode(string encoded)
    {
        var delimiter = encoded.LastIndexOf('-');
        var output = encoded[..Math.Max(delimiter, 0)].Select(letter => (int)letter).ToList();
        var (codePoint, index, bias) = (FirstCodePoint, 0, FirstBias);
        for (var at = delimiter + 1; at < encoded.Length;)
        {
            var before = index;
            var weight = 1;
            for (var step = Base; ; step += Base)
            {
                if (at >= encoded.Length || Digit(encoded[at++]) is not (>= 0 and var digit) || digit > (int.MaxValue - index) / weight) return null;
                index += digit * weight;
                var threshold = Threshold(step, bias);
                if (digit < threshold) break;
                if (weight > int.MaxValue / (Base - threshold)) return null;
                weight *= Base - threshold;
            }

            var length = output.Count + 1;
            bias = Adapt(index - before, length, before == 0);
            codePoint += index / length;
            index %= length;
            if (!Rune.IsValid(codePoint)) return null;
            output.Insert(index++, codePoint);
        }

        return output;
    }

    public static string Encode(IReadOnlyList<int> codePoints)
    {
        var output = new StringBuilder(string.Concat(codePoints.Where(one => one < FirstCodePoint).Select(one => (char)one)));
        var basic = output.Length;
        var handled = basic;
        if (basic > 0) output.Append('-');
        var (codePoint, delta, bias) = (FirstCodePoint, 0, FirstBias);
        while (handled < codePoints.Count)
        {
            var next = codePoints.Where(one => one >= codePoint).Min();
            delta += (next - codePoint) * (handled + 1);
            codePoint = next;
            foreach (var one in codePoints)
            {
                if (one < codePoint) delta++;
                if (one != codePoint) continue;
                Append(output, delta, bias);
                bias = Adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled++;
            }

            delta++;
            codePoint++;
        }

        return output.ToString();
    }

    private static void Append(StringBuilder output, int value, int bias)
    {
        for (var step = Base; ; step += Base)
        {
            var threshold = Threshold(step, bias);
            var digit = value < threshold ? value : threshold + ((value - threshold) % (Base - threshold));
            output.Append((char)(digit < 26 ? 'a' + digit : '0' + digit - 26));
            if (value < threshold) return;
            value = (value - threshold) / (Base - threshold);
        }
    }

    private static int Threshold(int step, int bias) => Math.Clamp(step - bias, 1, 26);

    private static int Digit(char letter) => letter switch
    {
        >= 'a' and <= 'z' => letter - 'a',
        >= 'A' and <= 'Z' => letter - 'A',
        >= '0' and <= '9' => letter - '0' + 26,
        _ => -1,
    };

    private static int Adapt(int delta, int length, bool isFirst)
    {
        delta = isFirst ? delta / 700 : delta / 2;
        delta += delta / length;
        var bias = 0;
        for (; delta > 35 * 26 / 2; bias += Base) delta /= 35;
        return bias + (36 * delta / (delta + 38));
    }
}
