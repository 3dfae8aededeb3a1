using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ExchangeBus.Checks.CodeLists;
using ExchangeBus.Checks.Rules;
using ExchangeBus.Checks.Rules.Plans;

namespace ExchangeBus.Checks;

/// <summary>
/// In which province an event lies: the schema's <c>x-jurisdiction</c> points to an administrative unit in the body, and the unit is read with the list of the
/// event's day, because codes change their meaning (province 15 is another one since 1 July 2025).
/// </summary>
internal sealed class Jurisdictions
{
    private const string Keyword = "x-jurisdiction";
    private const string DayKeyword = "x-event-date";

    private readonly FrozenDictionary<string, (byte[][] Unit, byte[][]? Day)> _places;
    private readonly AdministrativeUnits _units;

    internal Jurisdictions(SchemaFiles files, RuleBook book)
    {
        _units = book.Lists.Units;
        _places = files.EventTypes().Where(t => t.Schema.Schema[Keyword] is not null).ToFrozenDictionary(
            t => t.Type, t => (StepsOf((string)t.Schema.Schema[Keyword]!)!, StepsOf((string?)t.Schema.Schema[DayKeyword])), StringComparer.Ordinal);
    }

    /// <summary>The province's code of 2 digits; null when the type names no place, the body has none, or the code is not a unit of that day.</summary>
    /// <param name="type">The event type.</param>
    /// <param name="body">UTF-8 JSON.</param>
    /// <param name="otherwise">The day that counts when the body names none.</param>
    internal string? ProvinceOf(string type, ReadOnlySpan<byte> body, DateOnly otherwise)
    {
        if (!_places.TryGetValue(type, out var place) || Find(body, place.Unit) is not { Length: 2 or 3 or 5 } code || !int.TryParse(code, CultureInfo.InvariantCulture, out _))
            return null;
        var day = place.Day is not null && DateOnly.TryParseExact(Find(body, place.Day), "yyyy-MM-dd", out var named) ? named : otherwise;
        var units = _units.On(day);
        return units.Find(code) is { } unit ? units.ProvinceOf(unit).Code : null;
    }

    /// <summary>Whether a code is, or was on some day, a province.</summary>
    internal bool IsProvince(string code, DateOnly day) =>
        code.Length == 2 && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && _units.WasProvince(number, day);

    private static byte[][]? StepsOf(string? pointer) => pointer is null ? null : Array.ConvertAll(pointer[1..].Split('/'), Encoding.UTF8.GetBytes);

    private static string? Find(ReadOnlySpan<byte> body, byte[][] steps)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 1_000 });
        reader.Read();
        foreach (var step in steps)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                return null;
            var isThere = false;
            while (!isThere && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                isThere = reader.ValueTextEquals(step);
                reader.Read();
                if (!isThere)
                    reader.Skip();
            }

            if (!isThere)
                return null;
        }

        return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }
}
