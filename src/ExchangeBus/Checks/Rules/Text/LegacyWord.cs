namespace ExchangeBus.Checks.Rules.Text;

/// <summary>
/// Whether a word is Vietnamese in an encoding of before Unicode. It must not be a syllable as it stands, and be one when it is
/// converted: foreign names fail one or the other.
/// </summary>
internal static class LegacyWord
{
    private const int Longest = 14;
    private const string UnicodeLetters = "àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ";

    internal static TextVerdict Look(ReadOnlySpan<char> word)
    {
        if (word.Length > Longest || !IsUnusual(word))
            return default;
        Span<char> letters = stackalloc char[Longest];
        for (var i = 0; i < word.Length; i++)
            letters[i] = char.ToLowerInvariant(word[i]);
        if (Syllable.IsPossible(letters[..word.Length]))
            return default;

        var isVni = Vni.TryConvert(word, letters, out var length, out var vniIsSure) && Syllable.IsPossible(letters[..length]);
        var isTcvn3 = Tcvn3.TryConvert(word, letters) && Syllable.IsPossible(letters[..word.Length]);
        var tcvn3IsSure = isTcvn3 && Tcvn3.IsSure(word);
        if (tcvn3IsSure || (isVni && vniIsSure))
            return new TextVerdict(tcvn3IsSure ? TextRules.Tcvn3 : TextRules.Vni, null, false);
        return new TextVerdict(null, isTcvn3 ? TextRules.Tcvn3 : isVni ? TextRules.Vni : null, false);
    }

    /// <summary>Most words of correct Vietnamese are left here, before anything is looked up.</summary>
    private static bool IsUnusual(ReadOnlySpan<char> word)
    {
        var hasLetter = false;
        for (var i = 0; i < word.Length; i++)
        {
            var character = word[i];
            hasLetter |= char.IsAsciiLetter(character);
            if (character < 0x80)
                continue;
            if (!UnicodeLetters.Contains(character, StringComparison.Ordinal) || (i > 0 && (IsVowel(word[i - 1]) || (char.IsUpper(character) && char.IsAsciiLetterLower(word[i - 1])))))
                return HasAsciiLetter(word);
        }

        return hasLetter && (word[^1] | 0x20) is 'c' or 'p' or 't';
    }

    private static bool HasAsciiLetter(ReadOnlySpan<char> word)
    {
        foreach (var character in word)
        {
            if (char.IsAsciiLetter(character))
                return true;
        }

        return false;
    }

    private static bool IsVowel(char character) => character > 0x7F || (character | 0x20) is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
}
