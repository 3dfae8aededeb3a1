using System.Collections.Frozen;

namespace ExchangeBus.Checks.Rules.Text;

/// <summary>Whether a word can be a syllable of Vietnamese: an initial, a rime, and a tone that fits the rime.</summary>
internal static class Syllable
{
    private const int Longest = 8;
    private const string Plain = "aăâeêioôơuưy";
    private const int Acute = 3, Dot = 4;

    // Grave, hook, tilde, acute, dot, in the order of the plain vowels.
    private static readonly string[] Toned = ["àằầèềìòồờùừỳ", "ảẳẩẻểỉỏổởủửỷ", "ãẵẫẽễĩõỗỡũữỹ", "áắấéếíóốớúứý", "ạặậẹệịọộợụựỵ"];

    private static readonly string[] Initials =
        ["ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", ""];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Rimes = """
        a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên êng
        ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc
        oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uâ uân uâng uât
        uây uc ui um un ung uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uynh uyt uyu uyp uê uêch uênh uên uêu uơ ư ưa ưc ưi
        ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y ych ynh yt yn yêm yên yêng yêt yêu
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<char, (char Vowel, int Tone)> Tones = Toned
        .SelectMany((letters, tone) => letters.Select((letter, i) => KeyValuePair.Create(letter, (Plain[i], tone)))).ToFrozenDictionary();

    /// <param name="word">Lower case, composed letters.</param>
    internal static bool IsPossible(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty || word.Length > Longest)
            return false;
        Span<char> letters = stackalloc char[Longest];
        letters = letters[..word.Length];
        var tone = -1;
        for (var i = 0; i < word.Length; i++)
        {
            letters[i] = word[i];
            if (word[i] < 0x80 || !Tones.TryGetValue(word[i], out var toned))
                continue;
            if (tone >= 0)
                return false;
            (letters[i], tone) = toned;
        }

        foreach (var initial in Initials)
        {
            // A rime that ends in a stop takes the acute or the dot only.
            if (letters.StartsWith(initial) && Rimes.Contains(letters[initial.Length..]))
                return tone is -1 or Acute or Dot || !EndsInStop(letters);
        }

        return false;
    }

    private static bool EndsInStop(ReadOnlySpan<char> letters) => letters[^1] is 'c' or 'p' or 't' || letters.EndsWith("ch");
}
