using System.Text.Json.Nodes;

namespace ExchangeBus.Schemas;

/// <summary>
/// How each field of a schema is classified: <c>public</c>, <c>personal</c> or <c>sensitive</c>. To a validator it is an annotation; to the bus it
/// says what an agreement must name before the field is released, so that lowering it would release more than was agreed.
/// </summary>
internal static class Classifications
{
    private const int Deepest = 16;
    private const int MostNodes = 100_000;

    private static readonly string[] Ranks = ["public", "personal", "sensitive"];

    /// <summary>Classification of each field by its pointer; <c>*</c> stands for any item.</summary>
    /// <exception cref="OperationCanceledException">The schema has more ways through it than can be looked at, or it was ended.</exception>
    internal static IReadOnlyDictionary<string, string> Of(SchemaCatalogue catalogue, SchemaDocument document, CancellationToken cancellationToken = default) =>
        new SortedDictionary<string, string>(
            Fields(catalogue, document, cancellationToken).Where(field => field.Value is not null).ToDictionary(field => field.Key, field => field.Value!), StringComparer.Ordinal);

    // Every field, with null where nothing classifies it.
    private static SortedDictionary<string, string?> Fields(SchemaCatalogue catalogue, SchemaDocument document, CancellationToken cancellationToken)
    {
        var left = MostNodes;
        var found = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        Walk(document.Parse(), document, document.Parse(), "", 0);
        return found;

        void Walk(JsonNode? node, SchemaDocument around, JsonNode root, string pointer, int depth)
        {
            if (node is not JsonObject schema || depth > Deepest) return;
            cancellationToken.ThrowIfCancellationRequested();
            // What was not looked at could be lowered: better no answer than half of one.
            if (--left < 0) throw new OperationCanceledException("The schema refers to itself in too many ways.");
            if (schema["$ref"] is JsonValue referring && referring.TryGetValue<string>(out var reference)) Follow(reference, around, root, pointer, depth);
            foreach (var keyword in (string[])["allOf", "anyOf", "oneOf"])
            {
                foreach (var member in schema[keyword] as JsonArray ?? []) Walk(member, around, root, pointer, depth + 1);
            }

            foreach (var keyword in (string[])["if", "then", "else"]) Walk(schema[keyword], around, root, pointer, depth + 1);
            Walk(schema["items"], around, root, pointer + "/*", depth + 1);
            foreach (var (name, field) in schema["properties"] as JsonObject ?? [])
            {
                var below = $"{pointer}/{name}";
                // A field described twice is as sensitive as its most sensitive description.
                var classification = Read(field);
                if (!found.TryGetValue(below, out var known) || known is null || (classification is not null && Rank(classification) > Rank(known))) found[below] = classification;
                Walk(field, around, root, below, depth + 1);
            }
        }

        void Follow(string reference, SchemaDocument around, JsonNode root, string pointer, int depth)
        {
            var parts = reference.Split('#');
            var target = around;
            if (parts[0].Length > 0)
            {
                if (catalogue.FindDocument(new Uri(around.Address, parts[0]).AbsolutePath[1..]) is not { } other) return;
                (target, root) = (other, other.Parse());
            }

            var node = parts.Length < 2 || parts[1].Length == 0 ? root
                : parts[1].Split('/').Skip(1).Aggregate((JsonNode?)root, (at, step) => (at as JsonObject)?[step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)]);
            Walk(node, target, root, pointer, depth + 1);
        }
    }

    /// <summary>
    /// Fields that the new schema classifies lower than the old one, or no longer, or by a word that is no classification. A field that is gone
    /// releases nothing.
    /// </summary>
    internal static IReadOnlyList<LoweredClassification> Lowered(
        SchemaCatalogue catalogue, SchemaDocument old, SchemaDocument @new, CancellationToken cancellationToken)
    {
        var before = Fields(catalogue, old, cancellationToken);
        return [.. Fields(catalogue, @new, cancellationToken)
            .Select(field => new LoweredClassification(field.Key, before.GetValueOrDefault(field.Key), field.Value))
            .Where(field => field.To != field.From && (field.To is null || !IsKnown(field.To) || (field.From is not null && Rank(field.To) < Rank(field.From))))];
    }

    internal static bool IsKnown(string classification) => Ranks.Contains(classification);

    // What is not a text is shown as it stands, and is no classification.
    private static string? Read(JsonNode? field) => (field as JsonObject)?["x-classification"] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        var other => other.ToJsonString(),
    };

    /// <summary>0 for <c>public</c>, and more for what is stricter. One that is not known ranks highest: nothing may be lowered by misspelling it.</summary>
    internal static int Rank(string classification) => Array.IndexOf(Ranks, classification) is var rank and >= 0 ? rank : Ranks.Length;
}

/// <summary>A field that would be released more freely than agreements say.</summary>
/// <param name="Pointer">The field; <c>*</c> stands for any item.</param>
/// <param name="From">Its classification so far; null when it had none.</param>
/// <param name="To">The new one, or what stands in its place; null when it is removed.</param>
internal sealed record LoweredClassification(string Pointer, string? From, string? To)
{
    public string MessageVi => To is null
        ? $"Trường {Pointer}: mức phân loại '{From}' bị bỏ; dữ liệu sẽ được chia sẻ rộng hơn thỏa thuận."
        : Classifications.IsKnown(To)
        ? $"Trường {Pointer}: mức phân loại bị hạ từ '{From}' xuống '{To}'; dữ liệu sẽ được chia sẻ rộng hơn thỏa thuận."
        : $"Trường {Pointer}: '{To}' không phải là mức phân loại; hãy chọn public, personal hoặc sensitive.";

    public string MessageEn => To is null
        ? $"{Pointer}: the classification '{From}' is removed; more would be released than was agreed."
        : Classifications.IsKnown(To)
        ? $"{Pointer}: the classification is lowered from '{From}' to '{To}'; more would be released than was agreed."
        : $"{Pointer}: '{To}' is not a classification; choose public, personal or sensitive.";
}
