using ExchangeBus.JsonSchema.Evaluation;
using ExchangeBus.JsonSchema.Keywords;

namespace ExchangeBus.JsonSchema.Loading;

internal static class ReferenceKeywords
{
    public static void Compile(SchemaSource source, SchemaNode node, SchemaCompiler compiler)
    {
        foreach (var keyword in (ReadOnlySpan<string>)["$id", "$schema", "$anchor", "$dynamicAnchor", "$comment"]) source.Text(keyword);

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
}
