using System.Text.Json;

namespace ExchangeBus.Log;

/// <summary>Says where two events differ that have the same source and id, so that a publisher finds its mistake. Places only, never values.</summary>
internal static class EventDifferences
{
    private const int Most = 16;

    /// <summary>Pointers into the event as sent, at most 16; empty when both say the same, however they are written.</summary>
    internal static IReadOnlyList<string> Between(string firstType, ReadOnlyMemory<byte> firstData, NewEvent again)
    {
        var found = new List<string>();
        if (!string.Equals(firstType, again.Event.Type, StringComparison.Ordinal))
            found.Add("/type");
        using var first = JsonDocument.Parse(firstData);
        using var second = JsonDocument.Parse(again.Event.Data);
        Compare(first.RootElement, second.RootElement, "/data", found);
        return found;
    }

    private static void Compare(JsonElement first, JsonElement second, string pointer, List<string> found)
    {
        if (found.Count >= Most)
            return;
        if (first.ValueKind == JsonValueKind.Object && second.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in first.EnumerateObject())
                CompareMember(member.Name, member.Value, second.TryGetProperty(member.Name, out var other) ? other : null, pointer, found);
            foreach (var member in second.EnumerateObject())
            {
                if (!first.TryGetProperty(member.Name, out _))
                    CompareMember(member.Name, member.Value, null, pointer, found);
            }
        }
        else if (first.ValueKind == JsonValueKind.Array && second.ValueKind == JsonValueKind.Array && first.GetArrayLength() == second.GetArrayLength())
        {
            for (var i = 0; i < first.GetArrayLength(); i++)
                Compare(first[i], second[i], $"{pointer}/{i}", found);
        }
        else if (!JsonElement.DeepEquals(first, second))
        {
            found.Add(pointer);
        }
    }

    private static void CompareMember(string name, JsonElement value, JsonElement? other, string pointer, List<string> found)
    {
        var place = $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
        if (other is { } present)
            Compare(value, present, place, found);
        else if (found.Count < Most)
            found.Add(place);
    }
}
