using System.Globalization;

namespace ExchangeBus.JsonSchema.Patterns;

/// <summary>
/// Sets behind <c>\p{…}</c>: the general categories by their names in the Unicode character database, and the binary
/// properties that follow from them. Scripts are not in the base class library; a pattern that needs one is refused at load.
/// </summary>
internal static class UnicodeProperty
{
    private static readonly string[] Short =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co",
        "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Cn",
    ];

    private static readonly Dictionary<string, string> Long = new(StringComparer.Ordinal)
    {
        ["Uppercase_Letter"] = "Lu",
        ["Lowercase_Letter"] = "Ll",
        ["Titlecase_Letter"] = "Lt",
        ["Modifier_Letter"] = "Lm",
        ["Other_Letter"] = "Lo",
        ["Nonspacing_Mark"] = "Mn",
        ["Spacing_Mark"] = "Mc",
        ["Enclosing_Mark"] = "Me",
        ["Decimal_Number"] = "Nd",
        ["digit"] = "Nd",
        ["Letter_Number"] = "Nl",
        ["Other_Number"] = "No",
        ["Space_Separator"] = "Zs",
        ["Line_Separator"] = "Zl",
        ["Paragraph_Separator"] = "Zp",
        ["Control"] = "Cc",
        ["cntrl"] = "Cc",
        ["Format"] = "Cf",
        ["Surrogate"] = "Cs",
        ["Private_Use"] = "Co",
        ["Connector_Punctuation"] = "Pc",
        ["Dash_Punctuation"] = "Pd",
        ["Open_Punctuation"] = "Ps",
        ["Close_Punctuation"] = "Pe",
        ["Initial_Punctuation"] = "Pi",
        ["Final_Punctuation"] = "Pf",
        ["Other_Punctuation"] = "Po",
        ["Math_Symbol"] = "Sm",
        ["Currency_Symbol"] = "Sc",
        ["Modifier_Symbol"] = "Sk",
        ["Other_Symbol"] = "So",
        ["Unassigned"] = "Cn",
        ["Letter"] = "L",
        ["Mark"] = "M",
        ["Combining_Mark"] = "M",
        ["Number"] = "N",
        ["Separator"] = "Z",
        ["Other"] = "C",
        ["Punctuation"] = "P",
        ["punct"] = "P",
        ["Symbol"] = "S",
        ["Cased_Letter"] = "LC",
    };

    private static readonly Lazy<List<(int, int)>[]> Categories = new(Read);

    public static CodePointSet? Find(string expression)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["General_Category=", "gc="])
        {
            if (expression.StartsWith(prefix, StringComparison.Ordinal)) return Category(expression[prefix.Length..]);
        }

        return expression switch
        {
            "Any" => CodePointSet.Of([(0, CodePointSet.Last)]),
            "ASCII" => CodePointSet.Of([(0, 0x7F)]),
            "ASCII_Hex_Digit" or "AHex" => CodePointSet.Of([('0', '9'), ('A', 'F'), ('a', 'f')]),
            "Assigned" => Category("Cn")!.Complement(),
            "White_Space" or "space" => CodePointSet.Of([.. Category("Z")!.Ranges, (9, 13), (0x85, 0x85)]),
            _ => Category(expression),
        };
    }

    private static CodePointSet? Category(string name)
    {
        var wanted = Long.GetValueOrDefault(name, name);
        var members = Enumerable.Range(0, Short.Length)
            .Where(index => Short[index] == wanted || (wanted.Length == 1 && Short[index][0] == wanted[0]) || (wanted == "LC" && index < 3))
            .SelectMany(index => Categories.Value[index])
            .ToList();
        return members.Count == 0 ? null : CodePointSet.Of(members);
    }

    private static List<(int First, int Last)>[] Read()
    {
        var categories = new List<(int First, int Last)>[Short.Length];
        for (var index = 0; index < categories.Length; index++) categories[index] = [];
        for (var codePoint = 0; codePoint <= CodePointSet.Last; codePoint++)
        {
            var ranges = categories[(int)CharUnicodeInfo.GetUnicodeCategory(codePoint)];
            if (ranges.Count > 0 && ranges[^1].Last == codePoint - 1) ranges[^1] = (ranges[^1].First, codePoint);
            else ranges.Add((codePoint, codePoint));
        }

        return categories;
    }
}
