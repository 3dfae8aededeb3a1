using System.Text.Json;
using ExchangeBus.Checks.Rules.Plans;
using ExchangeBus.Checks.Rules.Text;

namespace ExchangeBus.Checks.Rules;

/// <summary>
/// One pass over a body by its plan: looks at every text, remembers the values that rules compare, compares them where their
/// object ends, and what needs the event's date at the end.
/// </summary>
internal ref struct BodyWalk
{
    // Of numbers, codes and dates, also where every character is escaped.
    private const int LongestValue = 400;
    private const int NineOnes = 111_111_111;

    private readonly RuleContext _context;
    private readonly WalkMemory _memory;
    private readonly Findings _findings;
    private Utf8JsonReader _reader;
    private int _indexes;

    internal BodyWalk(ReadOnlySpan<byte> body, RuleContext context, WalkMemory memory, Findings findings)
    {
        (_context, _memory, _findings) = (context, memory, findings);
        _reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 1_000 });
    }

    /// <exception cref="JsonException">The body is not JSON.</exception>
    internal void Run(RulePlan plan)
    {
        _memory.Begin(plan.Slots);
        _reader.Read();
        Value(plan.Root, 0, known: true);
        // One such word alone may be a foreign name.
        if (_memory is { DoubtfulTexts: > 1, WritesUnicode: false, Doubtful: { } doubtful })
            Say(doubtful);
        EventDayChecks.Run(_memory, _context, EventDay, _findings);
    }

    private PartialDay EventDay { get; set; }

    private void Value(PlanNode node, int depth, bool known)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.String:
                Text(node, known);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray when depth == _context.Options.MaxDepth:
                Say(LimitRules.Depth.At(PointerOf(node), depth));
                _reader.Skip();
                break;
            case JsonTokenType.StartObject:
                Object(node, depth, known);
                break;
            case JsonTokenType.StartArray:
                Array(node, depth, known);
                break;
        }
    }

    private void Object(PlanNode node, int depth, bool known)
    {
        // Behind the first item of an array, what the item before has left must go.
        if (known && _indexes > 0)
            _memory.Slots.AsSpan(node.Slot, node.EndSlot - node.Slot).Clear();
        var next = 0;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var child = known ? ChildOf(node, ref next) : null;
            _reader.Read();
            Value(child ?? node, depth + 1, child is not null);
        }

        if (known && !node.Relations.IsEmpty)
            new RelationChecks(node.Relations, _memory, _context, _findings, _indexes).Run();
    }

    private PlanNode? ChildOf(PlanNode node, ref int next)
    {
        var names = node.Names;
        for (var tried = 0; tried < names.Length; tried++)
        {
            if (next >= names.Length)
                next = 0;
            // Most bodies write their fields in the order of the schema.
            if (_reader.ValueTextEquals(names[next]))
                return node.Children[next++];
            next++;
        }

        return node.Others;
    }

    private void Array(PlanNode node, int depth, bool known)
    {
        var items = known ? node.Items : null;
        var at = _indexes++;
        var index = 0;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (index == _context.Options.MaxItems)
                Say(LimitRules.Items.At(Pointers.Of(node, _memory.Indexes, at), index));
            _memory.Indexes[at] = index++;
            Value(items ?? node, depth + 1, items is not null);
        }

        _indexes = at;
    }

    private void Text(PlanNode node, bool known)
    {
        var raw = _reader.ValueSpan;
        var plain = !_reader.ValueIsEscaped && !raw.ContainsAnyExceptInRange((byte)' ', (byte)'~');
        if (TextLength.Exceeds(raw, _context.Options.MaxTextLength))
        {
            Say(LimitRules.Text.At(PointerOf(node), _context.Options.MaxTextLength));
            return;
        }

        if (!plain)
            Look(node, raw.Length);
        if (!known || (node.Kind == FieldKind.Other && !node.IsEventDate) || raw.Length > LongestValue)
            return;
        if (!_reader.ValueIsEscaped)
        {
            Remember(node, raw);
            return;
        }

        Span<byte> unescaped = stackalloc byte[LongestValue];
        Remember(node, unescaped[.._reader.CopyString(unescaped)]);
    }

    private void Look(PlanNode node, int length)
    {
        var buffer = _memory.TextOf(length);
        var look = TextLook.At(buffer[.._reader.CopyString(buffer)]);
        _memory.WritesUnicode |= look.WritesUnicode;
        if (look.Certain is { } rule)
            Say(rule.At(PointerOf(node)));
        else if (look.Doubtful is { } doubtful && _memory.DoubtfulTexts++ == 0)
            _memory.Doubtful = doubtful.At(PointerOf(node));
    }

    private void Remember(PlanNode node, scoped ReadOnlySpan<byte> text)
    {
        ref var slot = ref _memory.Slots[node.Slot];
        slot = node.Kind == FieldKind.DateTime
            ? _reader.TryGetDateTimeOffset(out var time) ? FieldReading.OfDay(PartialDay.At(time)) : default
            : FieldReading.Of(node.Kind, text);
        if (node.IsEventDate && slot.Day.IsWhole)
            EventDay = slot.Day;
        if (node.Kind == FieldKind.Listed && !slot.IsRead && !node.List!.Holds(text, _context.EnvelopeDay))
            Say(CodeRules.Unknown.At(PointerOf(node), node.List.Name));
        if (!slot.IsRead)
            return;
        if (node.Kind == FieldKind.OldIdCard && slot.Number % NineOnes == 0)
            Say(PersonRules.OldCard.At(PointerOf(node)));
        if (node.Role is DateRole.Birth or DateRole.Death or DateRole.Notice or DateRole.Registration && slot.Day.IsAfter(_context.Tomorrow))
            Say(RecordRules.Future.At(PointerOf(node)));
        // A unit in an object waits for the country beside it.
        if (node.Kind == FieldKind.Listed || (node.IsItem && node.Kind is FieldKind.Unit or FieldKind.Commune))
            _memory.Postpone(new Postponed(node, slot, default, _memory.Indexes[0], _memory.Indexes[1]));
    }

    private readonly string PointerOf(PlanNode node) => Pointers.Of(node, _memory.Indexes, _indexes);

    private readonly void Say(Contracts.Violation violation) => _findings.Add(violation);
}
