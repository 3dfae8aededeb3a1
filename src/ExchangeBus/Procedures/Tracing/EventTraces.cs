using System.Text.Json;
using ExchangeBus.Log;
using ExchangeBus.Procedures.Dossiers;

namespace ExchangeBus.Procedures.Tracing;

/// <summary>An event with what it is about.</summary>
/// <param name="Logged">The event.</param>
/// <param name="Type">What its type tells.</param>
/// <param name="Record">The civil-status record, kind/commune/book/number; null when it names none.</param>
/// <param name="DossierNumber">The dossier; null when it names none.</param>
/// <param name="Keys">Under which it is found again.</param>
internal sealed record Traced(LoggedEvent Logged, TracedType Type, string? Record, string? DossierNumber, IReadOnlyList<Guid> Keys);

/// <summary>Reads from events what they are about.</summary>
/// <param name="keyOf">A key that cannot be turned back (<see cref="OrderKeys.BusinessKeyOf"/>).</param>
internal sealed class EventTraces(Func<string, Guid> keyOf)
{
    private static readonly string[] PersonMembers = ["personalId", "oldPersonalId", "newPersonalId"];

    internal static string RecordOf(string kind, string commune, string book, string number) => $"{kind}/{RegistrationKeys.Of(commune, book, number)}";

    /// <summary>Null for an event of which nothing is traced.</summary>
    internal Traced? Of(LoggedEvent logged)
    {
        if (!TracedTypes.All.TryGetValue(logged.Type, out var type) || logged.Data.IsEmpty)
            return null;
        using var body = JsonDocument.Parse(logged.Data);
        var root = body.RootElement;
        var record = type.Entry is { } kind ? RecordOf(kind, root) : type.Record is { } member && root.TryGetProperty(member, out var reference) ? RecordOf(null, reference) : null;
        var dossier = TextOf(root, "dossierNumber");
        var found = new HashSet<Guid>();
        if (record is not null)
            found.Add(OfRecord(record));
        if (dossier is not null)
            found.Add(OfDossier(dossier));
        AddPersons(root, found);
        return new Traced(logged, type, record, dossier, [.. found]);
    }

    internal Guid OfRecord(string record) => keyOf("record\n" + record);

    internal Guid OfDossier(string number) => keyOf("dossier\n" + number);

    internal Guid OfPerson(string personalId) => keyOf("person\n" + personalId);

    private void AddPersons(JsonElement element, HashSet<Guid> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                AddPersons(item, found);
            return;
        }

        if (element.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.String)
                AddPersons(member.Value, found);
            else if (PersonMembers.Contains(member.Name, StringComparer.Ordinal))
                found.Add(OfPerson(member.Value.GetString()!));
        }
    }

    private static string? RecordOf(string? kind, JsonElement entry) =>
        (kind ?? TextOf(entry, "kind")) is { } known && TextOf(entry, "commune") is { } commune && TextOf(entry, "book") is { } book && TextOf(entry, "registrationNumber") is { } number
            ? RecordOf(known, commune, book, number) : null;

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
