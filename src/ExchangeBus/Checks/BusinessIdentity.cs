using System.Text.Json;

namespace ExchangeBus.Checks;

/// <summary>
/// What two events of a type must share to be about the same thing in the world: the schema's <c>x-business-key</c>, a list of alternatives, each a list
/// of JSON pointers, the strongest first. A weaker alternative counts only between events of which one at least has no stronger one.
/// </summary>
internal sealed class BusinessIdentity
{
    internal const string Keyword = "x-business-key";

    private readonly (string Rule, string[][] Paths)[] _alternatives;

    private BusinessIdentity((string, string[][])[] alternatives) => _alternatives = alternatives;

    /// <summary>Null when the schema names none.</summary>
    /// <exception cref="InvalidOperationException">The keyword is not a list of lists of pointers.</exception>
    internal static BusinessIdentity? Read(string type, ReadOnlyMemory<byte> schema)
    {
        using var document = JsonDocument.Parse(schema);
        if (!document.RootElement.TryGetProperty(Keyword, out var keyword))
            return null;
        try
        {
            return new BusinessIdentity([.. keyword.EnumerateArray().Select(a => a.EnumerateArray().Select(p => p.GetString()!).ToArray()).Select(
                pointers => (string.Join(" + ", pointers), pointers.Select(p => p[1..].Split('/')).ToArray()))]);
        }
        catch (Exception e) when (e is InvalidOperationException or NullReferenceException or ArgumentOutOfRangeException)
        {
            throw new InvalidOperationException($"{Keyword} of {type} must be a list of lists of JSON pointers.", e);
        }
    }

    /// <summary>The alternatives for which an event has all values: the rule, and the values as one text. The strongest first.</summary>
    internal IReadOnlyList<(string Rule, string Values)> Of(ReadOnlyMemory<byte> data)
    {
        using var document = JsonDocument.Parse(data);
        var found = new List<(string, string)>(_alternatives.Length);
        foreach (var (rule, paths) in _alternatives)
        {
            var values = Array.ConvertAll(paths, path => ValueAt(document.RootElement, path));
            if (!values.Contains(null))
                found.Add((rule, string.Join('\n', values)));
        }

        return found;
    }

    // An object says "unknown" or "none" where a value could stand: that is nothing to compare by.
    private static string? ValueAt(JsonElement element, string[] path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }

        return element.ValueKind switch
        {
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number => element.GetRawText(),
            _ => null,
        };
    }
}
