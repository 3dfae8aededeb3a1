using System.Text.Json.Nodes;

namespace ExchangeBus.Intake.Dialects.PopulationAnswer;

/// <summary>
/// The three codes of an address beside the one of QCVN 109:2017: the narrowest is the canonical unit, the wider ones are kept as they
/// were written, because what a code lay in depends on the day and cannot be computed back.
/// </summary>
internal static class SplitAddress
{
    private static readonly string[] Codes = ["commune", "district", "province"], Rest = ["detail", "country"];

    internal static JsonObject ToCanonical(JsonNode parts)
    {
        var address = new JsonObject();
        foreach (var code in Codes.Where(code => parts[code] is not null))
            address[address.Count == 0 ? "unit" : code] = parts[code]!.DeepClone();
        foreach (var field in Rest.Where(field => parts[field] is not null))
            address[field] = parts[field]!.DeepClone();
        return address;
    }

    /// <summary>Null when a wider code is said twice or is narrower than the unit.</summary>
    internal static JsonObject? FromCanonical(JsonNode address)
    {
        var parts = address.DeepClone().AsObject();
        if (!parts.Remove("unit", out var unit))
            return Array.Exists(Codes, parts.ContainsKey) ? null : parts;
        var narrowest = (string?)unit switch { { Length: 5 } => 0, { Length: 3 } => 1, { Length: 2 } => 2, _ => -1 };
        if (narrowest < 0 || Codes.Take(narrowest + 1).Any(parts.ContainsKey))
            return null;
        parts[Codes[narrowest]] = unit;
        return parts;
    }
}
