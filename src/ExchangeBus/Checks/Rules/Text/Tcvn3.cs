namespace ExchangeBus.Checks.Rules.Text;

/// <summary>The one-byte encoding TCVN 5712:1993, third variant ("ABC"), as it looks when it was read as Latin-1.</summary>
internal static class Tcvn3
{
    // What the letters from U+00A0 on stand for; a dot for nothing.
    private const string Letters =
        ".ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ." +
        "......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò" +
        ".ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ.";

    /// <summary>The word in Unicode, lower case; false when a character stands for nothing.</summary>
    internal static bool TryConvert(ReadOnlySpan<char> word, Span<char> converted)
    {
        for (var i = 0; i < word.Length; i++)
        {
            var letter = word[i] < 0xA0 ? word[i] : word[i] > 0xFF ? '.' : Letters[word[i] - 0xA0];
            if (letter == '.')
                return false;
            converted[i] = char.ToLowerInvariant(letter);
        }

        return true;
    }

    /// <summary>A sign that no word has between letters, or a capital behind a small letter: both are letters in this encoding.</summary>
    internal static bool IsSure(ReadOnlySpan<char> word)
    {
        // Spanish writes Maria and Nuestra Senora with a raised a: M\u00AA, N\u00AA, S\u00AA.
        if (word is ['M' or 'N' or 'S', '\u00AA'])
            return false;
        for (var i = 0; i < word.Length; i++)
        {
            if (IsSign(word[i]) || (i > 0 && word[i] > 0x7F && char.IsUpper(word[i]) && char.IsAsciiLetterLower(word[i - 1])))
                return true;
        }

        return false;
    }

    internal static bool IsSign(char character) => character is (>= '\u00A1' and <= '\u00BF') or '\u00D7' or '\u00F7';
}
