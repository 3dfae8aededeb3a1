using ExchangeBus.JsonSchema.Evaluation;
using ExchangeBus.JsonSchema.Keywords;
using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Loading;

/// <summary>Turns schemas into checks. Works from a queue, so that long chains of references cost no stack.</summary>
internal sealed class SchemaCompiler(SchemaStore store, JsonSchemaOptions options)
{
    private readonly Dictionary<(SchemaDocument, int), SchemaNode> _nodes = [];
    private readonly Queue<(SchemaNode Node, SchemaDocument Document, int Token)> _pending = [];
    private readonly Dictionary<SchemaResource, Dialect> _dialects = [];
    private readonly HashSet<SchemaResource> _entered = [];
    private readonly List<DynamicReference> _dynamic = [];
    private readonly ReferenceResolver _resolver = new(store);
    private bool _tracksScope;

    public JsonSchemaOptions Options => options;

    /// <summary>Whether what a schema means may depend on where it was entered from.</summary>
    public bool HasDynamicReferences => _dynamic.Count > 0;

    public CompiledSchema Compile(Uri uri)
    {
        var (document, token) = Load(uri);
        return At(document, token);
    }

    /// <summary>Compiles a schema with all that it refers to, and says where it stands.</summary>
    public (SchemaDocument Document, int Token) Load(Uri uri)
    {
        var resource = store.Find(uri)
            ?? throw new SchemaLoadException("load.unresolved-reference", uri.ToString(), "The registry has no schema of this identifier.");
        var (document, token, _) = _resolver.Resolve(resource, "#" + SchemaUris.Split(uri.OriginalString).Fragment, uri.ToString());
        Node(document, token);
        // Also what nothing refers to: an error in a definition shows at load and not when it is first used.
        foreach (var place in document.Places.Keys.ToList()) Node(document, place);
        Drain();
        _tracksScope = BindDynamic();
        ReferenceLoops.Refuse(_nodes.Values);
        if (!_tracksScope)
        {
            foreach (var node in _nodes.Values) node.Shorten();
        }

        return (document, token);
    }

    /// <summary>One of the schemas that have been compiled, to be checked by itself.</summary>
    public CompiledSchema At(SchemaDocument document, int token) => new(_nodes[(document, token)], options, _tracksScope);

    /// <summary>The keywords of one of the schemas that have been compiled.</summary>
    public SchemaSource SourceOf(SchemaDocument document, int token) =>
        new(document, token, document.Places[token], _dialects[document.Places[token].Resource]);

    public (SchemaDocument Document, int Token) TargetOf(SchemaSource source, string reference)
    {
        var (document, token, _) = _resolver.Resolve(source.Place.Resource, reference, source.Place.Location);
        return (document, token);
    }

    public SchemaNode Node(SchemaDocument document, int token)
    {
        if (_nodes.TryGetValue((document, token), out var known)) return known;
        if (!document.Places.TryGetValue(token, out var place)) throw new InvalidOperationException("A subschema keyword is missing from the index.");
        var node = new SchemaNode(place.Location, place.Resource.Number);
        _nodes.Add((document, token), node);
        _pending.Enqueue((node, document, token));
        _entered.Add(place.Resource);
        return node;
    }

    public SchemaNode Child(SchemaSource source, int token, string keyword)
    {
        if (!source.Document.Places.ContainsKey(token)) throw source.Malformed(keyword, "made of schemas");
        return Node(source.Document, token);
    }

    public SchemaNode Reference(SchemaSource source, string reference, string keyword, out string? anchor)
    {
        var (document, token, named) = _resolver.Resolve(source.Place.Resource, reference, source.Location(keyword));
        var resource = document.Places[token].Resource;
        anchor = named is not null && resource.DynamicAnchors.TryGetValue(named, out var at) && at == token ? named : null;
        return Node(document, token);
    }

    public void AddDynamic(DynamicReferenceCheck check, SchemaNode initial, string anchor) => _dynamic.Add(new DynamicReference(check, initial, anchor));

    private void Drain()
    {
        while (_pending.TryDequeue(out var next)) Fill(next.Node, next.Document, next.Token);
    }

    private void Fill(SchemaNode node, SchemaDocument document, int token)
    {
        var place = document.Places[token];
        if (!_dialects.TryGetValue(place.Resource, out var dialect)) _dialects[place.Resource] = dialect = Dialect.Of(place.Resource, store);
        var source = new SchemaSource(document, token, place, dialect);
        if (!source.IsObject)
        {
            if (source.Boolean is null) throw new SchemaLoadException("load.keyword-value", node.Location, "A schema must be an object or a boolean.");
            if (source.Boolean is false) node.Add(new RefuseCheck(RefuseRule(node.Location)), Kinds.All);
            return;
        }

        RefuseUnknown(source);
        ValidationKeywords.Compile(source, node, options);
        ApplicatorKeywords.Compile(source, node, this);
        ReferenceKeywords.Compile(source, node, this);
        ApplicatorKeywords.CompileUnevaluated(source, node, this);
    }

    private void RefuseUnknown(SchemaSource source)
    {
        if (options.UnknownKeywords == UnknownKeywords.Ignore) return;
        foreach (var keyword in source.Keywords)
        {
            if (source.Dialect.Knows(keyword) || options.AnnotationKeywords.Contains(keyword)) continue;
            if (options.AnnotationPrefixes.Any(prefix => keyword.StartsWith(prefix, StringComparison.Ordinal))) continue;
            throw new SchemaLoadException("load.unknown-keyword", source.Location(InstancePointer.Escape(keyword)), $"The keyword '{keyword}' is not known.");
        }
    }

    /// <summary>A false schema is best named by the keyword it stands in, such as additionalProperties.</summary>
    private static Rule RefuseRule(string location)
    {
        var steps = location[(location.IndexOf('#', StringComparison.Ordinal) + 1)..].Split('/');
        var keyword = steps.LastOrDefault(step => Dialect.Standard.Knows(step)) ?? "false";
        return new Rule(keyword, location, "schema." + keyword, Phrases.False.Vi, Phrases.False.En);
    }

    /// <summary>Compiles every schema a dynamic reference may reach, and says whether any has a choice at all.</summary>
    private bool BindDynamic()
    {
        for (var known = -1; known != _nodes.Count; Drain())
        {
            known = _nodes.Count;
            foreach (var anchor in _dynamic.Select(reference => reference.Anchor).Distinct(StringComparer.Ordinal).ToList())
            {
                foreach (var resource in _entered.ToList())
                {
                    if (resource.DynamicAnchors.TryGetValue(anchor, out var token)) Node(resource.Document, token);
                }
            }
        }

        var hasChoice = false;
        foreach (var (check, initial, anchor) in _dynamic)
        {
            var targets = new SchemaNode?[store.Count];
            foreach (var resource in _entered)
            {
                if (resource.DynamicAnchors.TryGetValue(anchor, out var token)) targets[resource.Number] = _nodes[(resource.Document, token)];
            }

            check.Bind(targets);
            hasChoice |= targets.Any(target => target is not null && target != initial);
        }

        return hasChoice;
    }

    private sealed record DynamicReference(DynamicReferenceCheck Check, SchemaNode Initial, string Anchor);
}
