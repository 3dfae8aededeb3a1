using System.Globalization;
using System.Text;

namespace ExchangeBus.JsonSchema.Patterns;

/// <summary>Writes a pattern for <see cref="System.Text.RegularExpressions.Regex"/>, which works on UTF-16: a set beyond the BMP becomes pairs.</summary>
internal static class DotNetPattern
{
    private const string WordSet = "[0-9A-Z_a-z]";
    private const string Boundary = $"(?:(?<={WordSet})(?!{WordSet})|(?<!{WordSet})(?={WordSet}))";
    private const string NoBoundary = $"(?:(?<={WordSet})(?={WordSet})|(?<!{WordSet})(?!{WordSet}))";

    public static string Write(PatternNode node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    private static void Write(PatternNode node, StringBuilder text)
    {
        switch (node)
        {
            case SetNode set:
                WriteSet(set.Set, text);
                break;
            case SequenceNode sequence:
                foreach (var part in sequence.Parts) Write(part, text);
                break;
            case ChoiceNode choice:
                WriteGroup("(?:", choice.Options, text);
                break;
            case RepeatNode repeat:
                WriteGroup("(?:", [repeat.Body], text);
                text.Append(CultureInfo.InvariantCulture, $"{{{repeat.Minimum},{repeat.Maximum}}}").Append(repeat.IsLazy ? "?" : "");
                break;
            case GroupNode group:
                WriteGroup(string.Create(CultureInfo.InvariantCulture, $"(?<{group.Number}>"), [group.Body], text);
                break;
            case LookNode look:
                WriteGroup((look.IsAhead ? "(?" : "(?<") + (look.IsNegative ? "!" : "="), [look.Body], text);
                break;
            case BackreferenceNode reference:
                // A group that has not taken part matches the empty text in ECMA-262 and nothing in .NET.
                text.Append(CultureInfo.InvariantCulture, $"(?({reference.Number})\\k<{reference.Number}>|)");
                break;
            case AssertionNode assertion:
                text.Append(assertion.Kind switch
                {
                    AssertionKind.Start => "\\A",
                    AssertionKind.End => "\\z",
                    AssertionKind.WordBoundary => Boundary,
                    _ => NoBoundary,
                });
                break;
        }
    }

    private static void WriteGroup(string opening, IReadOnlyList<PatternNode> options, StringBuilder text)
    {
        text.Append(opening);
        for (var index = 0; index < options.Count; index++)
        {
            if (index > 0) text.Append('|');
            Write(options[index], text);
        }

        text.Append(')');
    }

    private static void WriteSet(CodePointSet set, StringBuilder text)
    {
        var basic = new StringBuilder();
        var alternatives = new List<string>();
        foreach (var (first, last) in set.Ranges)
        {
            // The documents hold no lone surrogates, and half a pair must never match by itself.
            WriteRange(basic, first, Math.Min(last, 0xD7FF));
            WriteRange(basic, Math.Max(first, 0xE000), Math.Min(last, 0xFFFF));
            WritePairs(alternatives, Math.Max(first, 0x10000), last);
        }

        if (basic.Length > 0) alternatives.Insert(0, $"[{basic}]");
        text.Append(alternatives.Count == 0 ? "(?!)" : $"(?:{string.Join('|', alternatives)})");
    }

    private static void WritePairs(List<string> alternatives, int first, int last)
    {
        while (first <= last)
        {
            var high = High(first);
            var end = Math.Min(last, first | 0x3FF);
            if ((first & 0x3FF) == 0 && last - first >= 0x3FF)
            {
                var lastHigh = High(last - 0x3FF);
                end = Math.Min(last, 0x10000 + ((lastHigh - 0xD800) << 10) + 0x3FF);
                alternatives.Add($"[{Escape(high)}-{Escape(lastHigh)}][\\uDC00-\\uDFFF]");
            }
            else
            {
                alternatives.Add($"{Escape(high)}[{Escape(Low(first))}-{Escape(Low(end))}]");
            }

            first = end + 1;
        }
    }

    private static int High(int codePoint) => 0xD800 + ((codePoint - 0x10000) >> 10);

    private static int Low(int codePoint) => 0xDC00 + (codePoint & 0x3FF);

    private static void WriteRange(StringBuilder text, int first, int last)
    {
        if (first <= last) text.Append(Escape(first)).Append('-').Append(Escape(last));
    }

    private static string Escape(int unit) => string.Create(CultureInfo.InvariantCulture, $"\\u{unit:X4}");
}
