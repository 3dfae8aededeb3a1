using System.Text.RegularExpressions;

namespace ExchangeBus.Tests.Architecture;

/// <summary>
/// The folders of the bus that a source file names, by a using or in front of a type. A constant of another folder is compiled
/// into its user, so that only the source still shows where it comes from.
/// </summary>
internal static partial class NamedFolders
{
    /// <param name="source">Text of the file.</param>
    /// <param name="isType">Says whether a full name is a type of the bus.</param>
    public static IEnumerable<string> In(string source, Func<string, bool> isType) =>
        Usings().Matches(source).Select(m => $"ExchangeBus.{m.Groups["name"].Value}")
            .Concat(Qualified().Matches(source)
                .Where(m => isType($"ExchangeBus.{m.Groups["folder"].Value}.{m.Groups["type"].Value}"))
                .Select(m => $"ExchangeBus.{m.Groups["folder"].Value}"))
            .Distinct();

    [GeneratedRegex(@"^(?:global )?using (?:static )?(?:\w+ = )?ExchangeBus\.(?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Usings();

    [GeneratedRegex(@"(?<![\w.])(?:global::)?(?:ExchangeBus\.)?(?<folder>[A-Z]\w*)\.(?<type>[A-Z]\w*)")]
    private static partial Regex Qualified();
}
