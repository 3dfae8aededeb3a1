using System.Collections.Frozen;
using System.Text;

namespace ExchangeBus.Intake.Dialects.Names;

/// <summary>
/// Composes Vietnamese letters that came as a letter and combining marks (TCVN 6909:2001, Unicode NFC).
/// <see cref="string.Normalize()"/> does nothing beyond ASCII here, because the product runs without ICU data.
/// </summary>
internal static class VietnameseLetters
{
    private const char Circumflex = '\u0302', Breve = '\u0306', Horn = '\u031B', Dot = '\u0323';
    private const string Plain = "aăâeêioôơuưy";

    private static readonly (char Mark, string Letters)[] Tones =
    [
        ('\u0300', "àằầèềìòồờùừỳ"), ('\u0309', "ảẳẩẻểỉỏổởủửỷ"), ('\u0303', "ãẵẫẽễĩõỗỡũữỹ"), ('\u0301', "áắấéếíóốớúứý"), (Dot, "ạặậẹệịọộợụựỵ"),
    ];

    private static readonly FrozenDictionary<(char Letter, char Mark), char> Composed = Pairs()
        .SelectMany(pair => new[] { pair, (char.ToUpperInvariant(pair.Letter), pair.Mark, char.ToUpperInvariant(pair.Result)) })
        .ToFrozenDictionary(pair => (pair.Item1, pair.Item2), pair => pair.Item3);

    internal static string Compose(string text)
    {
        if (!text.Any(IsMark))
            return text;

        var composed = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (composed.Length > 0 && Composed.TryGetValue((composed[^1], character), out var letter))
                composed[^1] = letter;
            else
                composed.Append(character);
        }

        return composed.ToString();
    }

    private static bool IsMark(char character) => character is >= '\u0300' and <= '\u036F';

    private static IEnumerable<(char Letter, char Mark, char Result)> Pairs()
    {
        foreach (var (tone, letters) in Tones)
        {
            for (var index = 0; index < Plain.Length; index++)
                yield return (Plain[index], tone, letters[index]);
        }

        // Canonical order puts the horn before every tone and the dot before circumflex and breve; marks may come in either order.
        foreach (var (_, letters) in Tones.Append(('\0', Plain)))
        {
            yield return (letters[6], Horn, letters[8]);
            yield return (letters[9], Horn, letters[10]);
        }

        foreach (var letters in new[] { Plain, Tones[^1].Letters })
        {
            yield return (letters[0], Breve, letters[1]);
            yield return (letters[0], Circumflex, letters[2]);
            yield return (letters[3], Circumflex, letters[4]);
            yield return (letters[6], Circumflex, letters[7]);
        }
    }
}
