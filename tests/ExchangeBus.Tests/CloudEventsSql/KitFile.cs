using System.Text.RegularExpressions;

namespace ExchangeBus.Tests.CloudEventsSql;

/// <summary>One case of the kit; the result is a Boolean, an Integer, a String, or null where the kit says none.</summary>
internal sealed record KitCase(string Name, string Expression, object? Result, string? Error, IReadOnlyDictionary<string, object> Event);

/// <summary>Reads the YAML that the kit is written in: a list of flat maps, in which only the event nests. Anything else is an error.</summary>
internal static partial class KitFile
{
    private static readonly Dictionary<string, object> ValidEvent = new()
    {
        ["specversion"] = "1.0",
        ["id"] = "1",
        ["source"] = "urn:kit",
        ["type"] = "vn.kit.case.v1",
    };

    public static IEnumerable<KitCase> Read(string text)
    {
        Dictionary<string, object>? test = null;
        Dictionary<string, object>? attributes = null;
        foreach (var line in text.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0 && !l.TrimStart().StartsWith('#')))
        {
            if (Line().Match(line) is not { Success: true } match) throw new FormatException($"not understood: {line}");
            var (indent, key, value) = (match.Groups["indent"].Length, match.Groups["key"].Value, match.Groups["value"].Value);
            if (indent == 0) continue;
            if (match.Groups["dash"].Success)
            {
                if (test is not null) yield return Case(test, attributes);
                (test, attributes) = ([], null);
            }

            if (indent > 4) attributes![key] = Scalar(value);
            else if (key == "event") attributes = [];
            else if (key == "eventOverrides") attributes = new(ValidEvent);
            else test![key] = key is "result" ? Scalar(value) : Text(value);
        }

        if (test is not null) yield return Case(test, attributes);
    }

    // Some cases of the kit misspell "expression"; they are read as they are meant.
    private static KitCase Case(Dictionary<string, object> test, Dictionary<string, object>? attributes) => new(
        (string)test["name"], (string)(test.GetValueOrDefault("expression") ?? test["expresion"]), test.GetValueOrDefault("result"),
        (string?)test.GetValueOrDefault("error"), attributes ?? ValidEvent);

    private static object Scalar(string value) =>
        value[0] is '"' or '\'' ? Text(value)
        : bool.TryParse(value, out var truth) ? truth
        : int.TryParse(value, out var number) ? number
        : value;

    private static string Text(string value) => value[0] switch
    {
        '"' => Escape().Replace(value[1..^1], "$1"),
        '\'' => value[1..^1].Replace("''", "'", StringComparison.Ordinal),
        _ => value,
    };

    [GeneratedRegex("""^(?<indent> *(?<dash>- )?)(?<key>\w+):\s*(?<value>.*)$""")]
    private static partial Regex Line();

    // The kit escapes quotation marks and backslashes only.
    [GeneratedRegex("""\\(["\\])""")]
    private static partial Regex Escape();
}
