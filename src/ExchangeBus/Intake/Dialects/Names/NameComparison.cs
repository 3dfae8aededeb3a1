using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace ExchangeBus.Intake.Dialects.Names;

/// <summary>
/// Says whether two names are one. A name is compared whole, never by its parts, because some systems keep all of it in Ten: composed
/// (TCVN 6909:2001), in capitals, blanks collapsed, and with òa òe úy taken for oà oè uý, which are two spellings of one sound.
/// </summary>
internal static class NameComparison
{
    private const string Plain = "AEOUY";

    // Per letter: the five tones in one order, so that a tone found on one letter can be put on the next.
    private static readonly string[] Toned = ["ÀẢÃÁẠ", "ÈẺẼÉẸ", "ÒỎÕÓỌ", "ÙỦŨÚỤ", "ỲỶỸÝỴ"];

    private static readonly FrozenDictionary<char, (char Letter, int Tone)> Apart = Plain
        .SelectMany((letter, i) => Toned[i].Select((toned, tone) => (Toned: toned, Value: (letter, tone)))).ToFrozenDictionary(pair => pair.Toned, pair => pair.Value);

    /// <summary>Whether two canonical names (<c>personName</c>: family, middle, given) are the same name.</summary>
    internal static bool AreSame(JsonObject one, JsonObject other) => Key(one) == Key(other);

    /// <summary>What two spellings of one name have in common.</summary>
    internal static string Key(JsonObject name) => Key($"{(string?)name["family"]} {(string?)name["middle"]} {(string?)name["given"]}");

    internal static string Key(string name)
    {
        var words = VietnameseLetters.Compose(name).ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Select(MoveTone));
    }

    /// <summary>Only an open syllable is written in two ways: HÒA and HOÀ, but always HOÀN.</summary>
    private static string MoveTone(string word)
    {
        if (word.Length < 2 || !Apart.TryGetValue(word[^2], out var first))
            return word;
        var isOpen = (first.Letter, word[^1]) is ('O', 'A') or ('O', 'E') or ('U', 'Y');
        return isOpen ? $"{word[..^2]}{first.Letter}{Toned[Plain.IndexOf(word[^1])][first.Tone]}" : word;
    }
}
