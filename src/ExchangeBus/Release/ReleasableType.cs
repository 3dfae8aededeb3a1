using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using ExchangeBus.Checks.Rules.Plans;
using ExchangeBus.Contracts;
using ExchangeBus.Release.Cutting;
using ExchangeBus.Release.Fields;
using ExchangeBus.Schemas;

namespace ExchangeBus.Release;

/// <summary>
/// An event type as an agreement sees it: the fields that some versions of its schema know, and the cuts that were made of them. Give it the
/// versions that were in force when the agreement was made, and a field that comes with a later one is withheld until somebody lists it.
/// </summary>
internal sealed class ReleasableType
{
    /// <summary>Longest list. No event type has half as many fields.</summary>
    internal const int MaxFields = 1_000;

    private readonly FieldNode _body;
    private readonly ConcurrentDictionary<string, ReleasableType> _earlier = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Cut> _cuts = new(StringComparer.Ordinal);

    /// <param name="name">The event type.</param>
    /// <param name="files">The schemas, to follow references.</param>
    /// <param name="versions">The versions of its schema that count.</param>
    /// <exception cref="InvalidOperationException">The schemas describe more fields than can be kept.</exception>
    internal ReleasableType(string name, SchemaFiles files, IEnumerable<SchemaPart> versions)
        : this(name, new FieldReading(files).Read(versions))
    {
    }

    private ReleasableType(string name, FieldNode body)
    {
        (Name, _body) = (name, body);
        Fields = [.. _body.All.Skip(1).Select(f => f.Pointer).Distinct()];
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\n{string.Join('\n', Fields)}")).AsSpan(0, 16));
    }

    /// <summary>Names the type and its fields: 32 hexadecimal digits.</summary>
    internal string Hash { get; }

    internal string Name { get; }

    /// <summary>Every pointer that can be listed, in the order of the schema; <c>*</c> stands for any item or name.</summary>
    internal IReadOnlyList<string> Fields { get; }

    /// <summary>
    /// Compiles a list of fields: pointers, each of which releases the field and all that the schemas know below it; <c>""</c>, which releases the
    /// whole body, also what no schema knows; and the classes <c>public</c>, <c>personal</c> and <c>sensitive</c>, each of which releases the fields
    /// whose strictest classification on the way is this one. Lists that release the same give the same object.
    /// </summary>
    /// <param name="fields">At most <see cref="MaxFields"/>. None releases nothing; <c>all</c> is another word for <c>""</c>.</param>
    /// <param name="cut">What the list releases.</param>
    /// <param name="violations">All that is wrong with the list (<see cref="ReleaseRejections"/>); empty when it was compiled.</param>
    internal bool TryCompile(IReadOnlyList<string> fields, [NotNullWhen(true)] out Cut? cut, out IReadOnlyList<Violation> violations)
    {
        var found = new List<Violation>();
        var released = new HashSet<FieldNode>();
        if (fields.Count > MaxFields) found.Add(ReleaseRejections.TooMany(MaxFields));
        for (var i = 0; i < Math.Min(fields.Count, MaxFields); i++)
        {
            if (Select(fields[i], i, released) is { } violation) found.Add(violation);
        }

        violations = found;
        cut = found.Count == 0 ? Intern(new ReleasedFields(_body, released), isWhole: fields.Any(IsWhole)) : null;
        return cut is not null;
    }

    /// <summary>The type as it was when its schema had these fields and no others: what came later is withheld like a name that no schema knows.</summary>
    internal ReleasableType Knowing(string hash, IReadOnlyCollection<string> fields) => hash == Hash
        ? this
        : _earlier.GetOrAdd(hash, _ => new ReleasableType(Name, _body.Only(fields.ToHashSet(StringComparer.Ordinal))));

    private Violation? Select(string field, int index, HashSet<FieldNode> released)
    {
        if (Classifications.IsKnown(field))
        {
            released.UnionWith(_body.All.Where(f => f.Classification == Classifications.Rank(field)));
            return null;
        }

        if (!FieldPointer.TryRead(IsWhole(field) ? "" : field, out var steps)) return ReleaseRejections.NotAField(index);
        var named = FieldPointer.Find(_body, steps).ToArray();
        foreach (var node in named) released.UnionWith(node.All);
        return named.Length == 0 ? ReleaseRejections.UnknownField(index) : null;
    }

    private static bool IsWhole(string field) => field is "" or "all";

    private Cut Intern(ReleasedFields released, bool isWhole)
    {
        // No pointer is a single space.
        var key = isWhole ? " " : string.Join('\n', released.Pointers);
        return _cuts.GetOrAdd(key, static (_, made) => new Cut(made.Body, made.Released, made.IsWhole), (Body: _body, Released: released, IsWhole: isWhole));
    }
}
