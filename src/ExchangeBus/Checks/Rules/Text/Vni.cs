using System.Collections.Frozen;

namespace ExchangeBus.Checks.Rules.Text;

/// <summary>The encoding VNI for Windows, in which a mark stands behind its vowel as a letter of its own, as it looks when it was read as Latin-1.</summary>
internal static class Vni
{
    private const string Vowels = "aeouyôö";
    private const string Marks = "øûõùïâàåãáäêèúüéë";

    // In the order of the marks: grave, hook, tilde, acute, dot; the same with a circumflex, and with a breve. A dot for what does not occur.
    private static readonly string[] Joined =
    [
        "àảãáạâầẩẫấậăằẳẵắặ", "èẻẽéẹêềểễếệ......", "òỏõóọôồổỗốộ......", "ùủũúụ............", "ỳỷỹý.............", "ờởỡớợ............", "ừửữứự............",
    ];

    private static readonly FrozenDictionary<char, char> Single = new Dictionary<char, char>
    {
        ['ñ'] = 'đ',
        ['ô'] = 'ơ',
        ['ö'] = 'ư',
        ['æ'] = 'ỉ',
        ['ó'] = 'ĩ',
        ['ò'] = 'ị',
        ['î'] = 'ỵ',
        ['ì'] = 'ì',
        ['í'] = 'í',
    }.ToFrozenDictionary();

    /// <summary>The word in Unicode, lower case, and its length; false when a letter stands for nothing.</summary>
    /// <param name="word">The word.</param>
    /// <param name="converted">At least as long as the word.</param>
    /// <param name="length">Of the converted word.</param>
    /// <param name="sure">Whether a vowel and its mark were joined that no other language writes side by side.</param>
    internal static bool TryConvert(ReadOnlySpan<char> word, Span<char> converted, out int length, out bool sure)
    {
        (length, sure) = (0, false);
        for (var i = 0; i < word.Length; i++)
        {
            var letter = char.ToLowerInvariant(word[i]);
            var next = i + 1 < word.Length ? char.ToLowerInvariant(word[i + 1]) : '\0';
            if (Join(letter, next) is { } joined)
            {
                // French and others do write an i with two dots behind a vowel.
                sure |= next != 'ï';
                converted[length++] = joined;
                i++;
            }
            else if (letter < 0x80)
            {
                converted[length++] = letter;
            }
            else if (Single.TryGetValue(letter, out var single))
            {
                converted[length++] = single;
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static char? Join(char vowel, char mark) =>
        mark > 0x7F && Vowels.IndexOf(vowel, StringComparison.Ordinal) is var row and >= 0 && Marks.IndexOf(mark, StringComparison.Ordinal) is var column and >= 0 && Joined[row][column] is not '.' and var joined
            ? joined
            : null;
}
