using System.Diagnostics.CodeAnalysis;

namespace ExchangeBus.Release.Fields;

/// <summary>JSON Pointers (RFC 6901) into a body, in which <c>*</c> stands for any item or any name.</summary>
internal static class FieldPointer
{
    internal const string Any = "*";

    internal static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The steps of a pointer; false when it is none.</summary>
    internal static bool TryRead(string text, [NotNullWhen(true)] out string[]? steps)
    {
        steps = null;
        if (text.Length > 0 && text[0] != '/') return false;
        for (var at = text.IndexOf('~', StringComparison.Ordinal); at >= 0; at = text.IndexOf('~', at + 1))
        {
            if (at + 1 == text.Length || text[at + 1] is not ('0' or '1')) return false;
        }

        steps = text.Length == 0 ? [] : [.. text[1..].Split('/')
            .Select(s => s.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
        return true;
    }

    /// <summary>The fields that the steps lead to from one field.</summary>
    internal static IEnumerable<FieldNode> Find(FieldNode from, ReadOnlyMemory<string> steps)
    {
        if (steps.IsEmpty) return [from];
        var step = steps.Span[0];
        var next = step == Any ? from.Parts : from.Named.Where(n => n.Name == step).Select(n => n.Field);
        return next.SelectMany(field => Find(field, steps[1..]));
    }
}
