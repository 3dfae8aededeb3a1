using System.Text;
using System.Text.Json;

namespace ExchangeBus.Checks;

/// <summary>
/// What two events of a type must share to be about the same thing in the world: the schema's <c>x-business-key</c>, a list of alternatives, each a list
/// of JSON pointers, the strongest first. A weaker alternative counts only between events of which one at least has no stronger one.
/// </summary>
internal sealed class BusinessIdentity
{
    internal const string Keyword = "x-business-key";

    private readonly (string Rule, int[] Values)[] _alternatives;
    private readonly Step _root;
    private readonly int _values;

    private BusinessIdentity((string Rule, string[][] Paths)[] alternatives)
    {
        var paths = new List<string[]>();
        _alternatives = Array.ConvertAll(alternatives, a => (a.Rule, Array.ConvertAll(a.Paths, path =>
        {
            if (paths.FindIndex(known => known.SequenceEqual(path)) is var at and >= 0)
                return at;
            paths.Add(path);
            return paths.Count - 1;
        })));
        (_root, _values) = (Step.Of(paths.Select((path, i) => (path, i)), 0), paths.Count);
    }

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
    internal IReadOnlyList<(string Rule, string Values)> Of(ReadOnlySpan<byte> data)
    {
        var values = new string?[_values];
        var reader = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = 1_000 });
        reader.Read();
        Read(ref reader, _root, values);
        var found = new List<(string, string)>(_alternatives.Length);
        foreach (var (rule, indexes) in _alternatives)
        {
            if (!Array.Exists(indexes, i => values[i] is null))
                found.Add((rule, string.Join('\n', indexes.Select(i => values[i]))));
        }

        return found;
    }

    // An object says "unknown" or "none" where a value could stand: that is nothing to compare by. Of a name that stands twice the last one counts.
    private static void Read(ref Utf8JsonReader reader, Step step, string?[] values)
    {
        if (step.Value >= 0)
        {
            values[step.Value] = reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
                _ => null,
            };
        }

        if (reader.TokenType != JsonTokenType.StartObject || step.Children.Length == 0)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var child = step.ChildAt(ref reader);
            reader.Read();
            if (child is null)
                reader.Skip();
            else
                Read(ref reader, child, values);
        }
    }

    /// <summary>A place in a body on the way to values: which value stands here (-1: none), and what leads on.</summary>
    private sealed record Step(int Value, (byte[] Name, Step Next)[] Children)
    {
        internal static Step Of(IEnumerable<(string[] Path, int Value)> paths, int depth) => new(
            paths.Where(p => p.Path.Length == depth).Select(p => p.Value).FirstOrDefault(-1),
            [.. paths.Where(p => p.Path.Length > depth).GroupBy(p => p.Path[depth]).Select(g => (Encoding.UTF8.GetBytes(g.Key), Of(g.ToArray(), depth + 1)))]);

        internal Step? ChildAt(ref Utf8JsonReader reader)
        {
            foreach (var (name, next) in Children)
            {
                if (reader.ValueTextEquals(name))
                    return next;
            }

            return null;
        }
    }
}
