namespace ExchangeBus.Checks.Rules.Text;

/// <summary>Text in UTF-8 that was read as Latin-1 or Windows-1252, so that each letter beyond ASCII became two or three others.</summary>
internal static class Mojibake
{
    // Windows-1252 from 0x80 on; a dot where it has nothing.
    private const string Windows = "€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ";

    // What may well stand behind a capital letter in correct text.
    private const string Punctuation = "‘’“”–—…»·\u00A0";
    private const string VietnameseLetters = "àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝăĂđĐĩĨũŨơƠưƯ";

    internal static bool Is(ReadOnlySpan<char> text)
    {
        var perhaps = false;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            var first = text[i];
            // Latin letters take C3 to C6 and one byte more, Vietnamese ones also E1 BA or E1 BB, typographic signs E2 80, marks CC or CD.
            if (first is not ((>= '\u00C3' and <= '\u00C6') or '\u00E1' or '\u00E2' or '\u00CC' or '\u00CD') || !IsContinuation(ByteOf(text[i + 1])))
                continue;
            if (first is '\u00E1' or '\u00E2')
            {
                if (i + 2 < text.Length && IsContinuation(ByteOf(text[i + 2])) && (first == '\u00E1' ? ByteOf(text[i + 1]) is 0xBA or 0xBB : ByteOf(text[i + 1]) == 0x80))
                    return true;
                continue;
            }

            var letter = (char)(((first & 0x1F) << 6) | (ByteOf(text[i + 1]) & 0x3F));
            if (!char.IsLetter(letter) && first is not ('\u00CC' or '\u00CD'))
                continue;
            if (!Punctuation.Contains(text[i + 1], StringComparison.Ordinal))
                return true;
            perhaps |= VietnameseLetters.Contains(letter, StringComparison.Ordinal);
        }

        return perhaps && !text.ContainsAny('“', '‘', '«') && IsWhollyUtf8(text);
    }

    private static bool IsContinuation(int value) => value is >= 0x80 and <= 0xBF;

    private static int ByteOf(char character) =>
        character <= 0xFF ? character : Windows.IndexOf(character, StringComparison.Ordinal) is var at and >= 0 ? 0x80 + at : -1;

    private static bool IsWhollyUtf8(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (ByteOf(text[i]) is var value && value < 0)
                return false;
            bytes[i] = (byte)value;
        }

        return System.Text.Unicode.Utf8.IsValid(bytes);
    }
}
