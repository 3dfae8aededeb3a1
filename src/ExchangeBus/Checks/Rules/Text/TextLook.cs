namespace ExchangeBus.Checks.Rules.Text;

/// <summary>Looks at one text: characters that nobody wrote, and letters that a wrong reading has made.</summary>
internal static class TextLook
{
    internal static TextVerdict At(ReadOnlySpan<char> text)
    {
        bool control = false, invisible = false, latin = false, unicode = false;
        foreach (var character in text)
        {
            if (character < 0x80)
            {
                control |= (character < ' ' && character is not ('\t' or '\n' or '\r')) || character == '\u007F';
                continue;
            }

            if (character == '\uFFFD')
                return new TextVerdict(TextRules.Replacement, null, false);
            control |= character < 0xA0;
            latin |= character is >= '\u00A0' and <= '\u00FF';
            unicode |= IsVietnamese(character);
            invisible |= IsInvisible(character);
        }

        if ((latin || control) && Mojibake.Is(text))
            return new TextVerdict(TextRules.Mojibake, null, false);
        if (control || invisible)
            return new TextVerdict(control ? TextRules.Control : TextRules.Invisible, null, unicode);
        // Who writes letters that only Unicode has does not write an old encoding beside them.
        return latin && !unicode ? Words(text) : new TextVerdict(null, null, unicode);
    }

    private static TextVerdict Words(ReadOnlySpan<char> text)
    {
        Rule? doubtful = null;
        for (var start = 0; start < text.Length; start++)
        {
            if (!IsPart(text[start]))
                continue;
            var end = start;
            bool latin = false, old = true;
            for (; end < text.Length && IsPart(text[end]); end++)
            {
                latin |= text[end] > 0x7F;
                old &= text[end] <= 0xFF;
            }

            if (latin && old && LegacyWord.Look(text[start..end]) is var verdict)
            {
                if (verdict.Certain is not null)
                    return verdict;
                doubtful ??= verdict.Doubtful;
            }

            start = end;
        }

        return new TextVerdict(null, doubtful, false);
    }

    private static bool IsPart(char character) => char.IsLetter(character) || Tcvn3.IsSign(character);

    // The letters with horn, breve, stroke, and those of Latin Extended Additional.
    private static bool IsVietnamese(char character) =>
        character is 'ă' or 'Ă' or 'đ' or 'Đ' or 'ơ' or 'Ơ' or 'ư' or 'Ư' or (>= '\u1EA0' and <= '\u1EF9');

    // Zero width, marks and overrides of direction, word joiner, byte order mark. Joiners of other scripts are letters' business.
    private static bool IsInvisible(char character) =>
        character is '\u200B' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
