using System.Text.RegularExpressions;

namespace ExchangeBus.Tests.Architecture;

/// <summary>Finds SQL that is put together while the program runs. SQL is constant text; values are parameters.</summary>
internal static partial class GluedSql
{
    private const string Sql =
        @"(?:select\s|insert\s+into\b|update\s+\S+(?:\s+\w+)?\s+set\b|delete\s+from\b|with\s+(?:recursive\s+)?\S+\s+as\b|lock\s+table\b|truncate\s|copy\s+\S+\s+(?:from|to)\b"
        + @"|(?:create|alter|drop)\s+(?:or\s+replace\s+|unique\s+)?(?:table|schema|database|index|role|user|function|view|sequence|type)\b)";

    public static IEnumerable<(int Index, string Text)> In(string source) =>
        ((Regex[])[Interpolated(), Added(), RawAdded(), AddedTo(), Formatted()]).SelectMany(r => r.Matches(source)).Select(m => (m.Index, m.Value));

    [GeneratedRegex("""(?:\$+@?|@\$)"+\s*""" + Sql, RegexOptions.IgnoreCase)]
    private static partial Regex Interpolated();

    [GeneratedRegex("(?<!\")\"\\s*" + Sql + "[^\"\\n]*\"\\s*\\+", RegexOptions.IgnoreCase)]
    private static partial Regex Added();

    [GeneratedRegex("\"\"\"\\s*" + Sql + "(?:(?!\"\"\").)*\"\"\"\\s*\\+", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex RawAdded();

    [GeneratedRegex("\\+=?\\s*[$@]*\"+\\s*" + Sql, RegexOptions.IgnoreCase)]
    private static partial Regex AddedTo();

    [GeneratedRegex("(?:string\\.(?:Format|Concat|Join)|\\.Append(?:Format|Line|Join)?)\\([^;\"]*[$@]*\"+\\s*" + Sql, RegexOptions.IgnoreCase)]
    private static partial Regex Formatted();
}
