using ExchangeBus.JsonSchema.Evaluation;
using ExchangeBus.JsonSchema.Keywords;

namespace ExchangeBus.JsonSchema.Loading;

internal static class ReferenceKeywords
{
    public static void Compile(SchemaSource source, SchemaNode node, SchemaCompiler compiler)
    {
        CheckIdentifiers(source);

        if (source.Text("$ref") is { } reference)
        {
            var target = compiler.Reference(source, reference, "$ref", out _);
            node.InPlace.Add(target);
            node.Add(new ReferenceCheck(target), Kinds.All);
        }

        if (source.Text("$dynamicRef") is not { } dynamicReference) return;
        var initial = compiler.Reference(source, dynamicReference, "$dynamicRef", out var anchor);
        node.InPlace.Add(initial);
        if (anchor is null)
        {
            node.Add(new ReferenceCheck(initial), Kinds.All);
            return;
        }

        var check = new DynamicReferenceCheck(initial);
        compiler.AddDynamic(check, initial, anchor);
        node.Add(check, Kinds.All);
    }

    private static void CheckIdentifiers(SchemaSource source)
    {
        source.Text("$schema");
        source.Text("$comment");
        if (source.Text("$id") is { } identifier && SchemaUris.Split(identifier).Fragment.Length > 0)
            throw source.Malformed("$id", "a URI reference without fragment");
        foreach (var keyword in (ReadOnlySpan<string>)["$anchor", "$dynamicAnchor"])
        {
            if (source.Text(keyword) is { } anchor && !IsAnchor(anchor)) throw source.Malformed(keyword, "a letter or _, then letters, digits, - . or _");
        }
    }

    private static bool IsAnchor(string anchor) =>
        anchor.Length > 0 && (char.IsAsciiLetter(anchor[0]) || anchor[0] == '_')
        && anchor.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '.' or '_');
}
