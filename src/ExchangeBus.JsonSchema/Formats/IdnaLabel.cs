namespace ExchangeBus.JsonSchema.Formats;

/// <summary>One label of an internationalized name as code points: RFC 5891, section 5.4, with the contexts of RFC 5892, appendix A.</summary>
internal static class IdnaLabel
{
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;

    public static bool IsULabel(IReadOnlyList<int> label)
    {
        if (label.Count == 0 || label[0] == '-' || label[^1] == '-') return false;
        if (label.Count >= 4 && label[2] == '-' && label[3] == '-') return false;
        if (IdnaCodePoints.IsMark(label[0])) return false;
        for (var index = 0; index < label.Count; index++)
        {
            if (!IdnaCodePoints.IsAllowed(label[index]) || !HasContext(label, index)) return false;
        }

        return true;
    }

    private static bool HasContext(IReadOnlyList<int> label, int at)
    {
        var before = at > 0 ? label[at - 1] : -1;
        var after = at + 1 < label.Count ? label[at + 1] : -1;
        return label[at] switch
        {
            NonJoiner => IdnaCodePoints.IsVirama(before) || (Joins(label, at, -1) && Joins(label, at, 1)),
            Joiner => IdnaCodePoints.IsVirama(before),
            0xB7 => before == 'l' && after == 'l',
            0x375 => IdnaCodePoints.IsIn(after, [(0x370, 0x3FF), (0x1F00, 0x1FFF)]),
            0x5F3 or 0x5F4 => IdnaCodePoints.IsIn(before, [(0x591, 0x5F4)]),
            0x30FB => label.Any(one => one != 0x30FB && IdnaCodePoints.IsIn(one, [(0x3041, 0x30FF), (0x3005, 0x3007), (0x31F0, 0x31FF), (0x3400, 0x9FFF), (0x20000, 0x323AF)])),
            >= 0x660 and <= 0x669 => !label.Any(one => one is >= 0x6F0 and <= 0x6F9),
            >= 0x6F0 and <= 0x6F9 => !label.Any(one => one is >= 0x660 and <= 0x669),
            _ => true,
        };
    }

    /// <summary>Whether the next letter that is no mark belongs to a script that joins letters.</summary>
    private static bool Joins(IReadOnlyList<int> label, int at, int step)
    {
        var next = at + step;
        while (next >= 0 && next < label.Count && IdnaCodePoints.IsMark(label[next])) next += step;
        return next >= 0 && next < label.Count
            && IdnaCodePoints.IsIn(label[next], [(0x620, 0x64A), (0x66E, 0x6D3), (0x6FA, 0x6FF), (0x710, 0x77F), (0x7CA, 0x7EA), (0x840, 0x858), (0x860, 0x8C7), (0x1807, 0x18AA), (0xA840, 0xA872)]);
    }
}
