using System.Buffers;
using System.Text.Json;
using ExchangeBus.Release.Fields;

namespace ExchangeBus.Release.Cutting;

/// <summary>
/// What one agreement, or several that say the same, release of an event type. It is immutable and shared: one cut of an event serves all
/// subscriptions with the same object.
/// <list type="bullet">
/// <item>What is released is copied byte for byte; nothing is parsed into objects or written anew.</item>
/// <item>An object of which nothing is released is left out. The body itself always stands, if need be as <c>{}</c>.</item>
/// <item>An array of whose items something may be released keeps every item in its place, because positions mean something to corrections and
/// to pointers: an item of which nothing is released becomes <c>{}</c>, <c>[]</c> or, where it is a scalar, <c>null</c>.</item>
/// <item>What was there and was held back is named once, at the highest place below which nothing is released: that a sensitive field is filled in
/// may be as telling as what it says. A name that no schema knows is named as <c>*</c> below its object, because it may itself be personal.</item>
/// </list>
/// </summary>
internal sealed class Cut
{
    private static int _made;
    private readonly CutNode? _body;

    internal Cut(FieldNode body, ReleasedFields released, bool isWhole)
    {
        (Released, IsWhole) = (isWhole ? [""] : released.Pointers, isWhole);
        var pointers = new PointerList();
        _body = isWhole ? null : CutNode.Of(body, released, pointers);
        Withholdable = pointers.All;
        WithholdableTexts = [.. pointers.All.Select(p => JsonEncodedText.Encode(p))];
    }

    /// <summary>Tells cuts of this process apart.</summary>
    internal int Number { get; } = Interlocked.Increment(ref _made);

    /// <summary>Every released pointer, in the order of the schema.</summary>
    internal IReadOnlyList<string> Released { get; }

    /// <summary>The whole body is released, also what no schema knows: there is nothing to do.</summary>
    internal bool IsWhole { get; }

    /// <summary>Every pointer that it may withhold, in the order of the schema.</summary>
    internal IReadOnlyList<string> Withholdable { get; }

    internal IReadOnlyList<JsonEncodedText> WithholdableTexts { get; }

    /// <summary>
    /// Cuts one body in one pass, without allocating. When nothing in it is withheld nothing is written and the answer is false: the body is
    /// delivered as it is.
    /// </summary>
    /// <param name="body">UTF-8 JSON, at most 1,000 deep.</param>
    /// <param name="output">Takes the cut body.</param>
    /// <param name="withheld">What was withheld; what it held before is gone.</param>
    /// <exception cref="JsonException">The body is not JSON; nothing was written.</exception>
    internal bool TryCut(ReadOnlySpan<byte> body, IBufferWriter<byte> output, WithheldFields withheld)
    {
        withheld.Begin(this);
        if (_body is null) return false;
        var walk = new CutWalk(body, output, withheld);
        return walk.Run(_body);
    }
}
