namespace ExchangeBus.JsonSchema.Parsing;

/// <summary>The number grammar of RFC 8259, section 6.</summary>
internal static class JsonNumberScan
{
    /// <summary>
    /// Digits an exponent may have. 1e999999999 is compared exactly; beyond it two different numbers
    /// could no longer be told apart in 64-bit exponents, so the text is refused instead of guessed.
    /// </summary>
    private const int MaxExponentDigits = 9;

    public static JsonFaultKind Scan(byte[] bytes, ref int at, out bool plain)
    {
        plain = true;
        if (bytes[at] == (byte)'-') at++;
        if (bytes[at] == (byte)'0') at++;
        else if (!SkipDigits(bytes, ref at)) return JsonFaultKind.Syntax;

        if (bytes[at] == (byte)'.')
        {
            plain = false;
            at++;
            if (!SkipDigits(bytes, ref at)) return JsonFaultKind.Syntax;
        }

        if ((bytes[at] | 0x20) != (byte)'e') return JsonFaultKind.None;
        plain = false;
        at++;
        if (bytes[at] is (byte)'+' or (byte)'-') at++;
        var start = at;
        while (bytes[at] == (byte)'0') at++;
        var significant = at;
        while (char.IsAsciiDigit((char)bytes[at])) at++;
        if (at == start) return JsonFaultKind.Syntax;
        return at - significant > MaxExponentDigits ? JsonFaultKind.NumberRange : JsonFaultKind.None;
    }

    private static bool SkipDigits(byte[] bytes, ref int at)
    {
        var start = at;
        while ((uint)(bytes[at] - '0') <= 9) at++;
        return at > start;
    }
}
