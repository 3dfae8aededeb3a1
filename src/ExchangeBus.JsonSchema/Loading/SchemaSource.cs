using System.Globalization;
using System.Text;
using ExchangeBus.JsonSchema.Evaluation;
using ExchangeBus.JsonSchema.Numbers;
using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Loading;

/// <summary>A schema object under compilation: its keywords, read with the shape each must have.</summary>
internal sealed class SchemaSource(SchemaDocument document, int token, SchemaPlace place, Dialect dialect)
{
    public SchemaDocument Document { get; } = document;

    public JsonTape Tape { get; } = document.Tape;

    public SchemaPlace Place { get; } = place;

    public Dialect Dialect { get; } = dialect;

    public IEnumerable<string> Keywords => Members(token).Select(member => member.Name);

    public bool IsObject => Tape.Tokens[token].Kind == JsonKind.Object;

    /// <summary>The value of a boolean schema; null for any other.</summary>
    public bool? Boolean => Tape.Tokens[token].Kind switch
    {
        JsonKind.True => true,
        JsonKind.False => false,
        _ => null,
    };

    /// <summary>Token of the value of a keyword of the dialect, or -1.</summary>
    public int Find(string keyword) => Dialect.Knows(keyword) ? Tape.Find(token, Encoding.UTF8.GetBytes(keyword)) : -1;

    /// <summary>What people call it; null when the schema does not say. It is an annotation, so nothing is made of one that is not text.</summary>
    public string? Title => Tape.Find(token, "title"u8) is var value and >= 0 && Tape.Tokens[value].Kind == JsonKind.String ? Encoding.UTF8.GetString(Tape.Text(value)) : null;

    public bool Has(string keyword, out int value) => (value = Find(keyword)) >= 0;

    public string? Text(string keyword) => Has(keyword, out var value) ? Text(value, keyword) : null;

    public string Text(int value, string keyword) =>
        Tape.Tokens[value].Kind == JsonKind.String ? Encoding.UTF8.GetString(Tape.Text(value)) : throw Malformed(keyword, "a string");

    /// <summary>A count; one too large for any document counts as the largest.</summary>
    public long? Count(string keyword)
    {
        if (!Has(keyword, out var value)) return null;
        if (Tape.Tokens[value].Kind != JsonKind.Number) throw Malformed(keyword, "a non-negative integer");
        var number = new DecimalText(Tape.Text(value));
        if (number.IsNegative || !number.IsInteger) throw Malformed(keyword, "a non-negative integer");
        if (number.Magnitude > 15) return long.MaxValue - 1;
        return (long)decimal.Parse(Encoding.UTF8.GetString(Tape.Text(value)), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    public IEnumerable<int> Items(int array, string keyword)
    {
        if (Tape.Tokens[array].Kind != JsonKind.Array) throw Malformed(keyword, "an array");
        for (var item = array + 1; item < Tape.Tokens[array].Next; item = Tape.Tokens[item].Next) yield return item;
    }

    public IEnumerable<(string Name, byte[] Utf8, int Value)> Members(int @object, string keyword = "")
    {
        if (Tape.Tokens[@object].Kind != JsonKind.Object) throw Malformed(keyword, "an object");
        for (var name = @object + 1; name < Tape.Tokens[@object].Next; name = Tape.Tokens[name + 1].Next)
            yield return (Encoding.UTF8.GetString(Tape.Text(name)), Tape.Text(name).ToArray(), name + 1);
    }

    public byte[][] Names(int array, string keyword)
    {
        var names = new List<byte[]>();
        foreach (var item in Items(array, keyword))
        {
            if (Tape.Tokens[item].Kind != JsonKind.String) throw Malformed(keyword, "an array of strings");
            names.Add(Tape.Text(item).ToArray());
        }

        return [.. names];
    }

    public string Location(string keyword) => Place.Resource.Location($"{Place.Pointer}/{keyword}");

    public Rule Rule(string keyword, Phrase phrase, string below = "") =>
        new(keyword, Location(keyword + below), "schema." + keyword, phrase.Vi, phrase.En);

    public SchemaLoadException Malformed(string keyword, string expected) =>
        new("load.keyword-value", Location(keyword), $"The value of {keyword} must be {expected}.");
}
