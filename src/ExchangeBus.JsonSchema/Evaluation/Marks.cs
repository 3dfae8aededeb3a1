namespace ExchangeBus.JsonSchema.Evaluation;

/// <summary>
/// The annotations that <c>unevaluatedProperties</c> and <c>unevaluatedItems</c> ask for, reduced to one bit
/// per property or item. Regions are taken and given back like stack frames, so a branch that fails
/// drops what it noted.
/// </summary>
internal sealed class Marks
{
    public const int None = -1;

    private ulong[] _words = new ulong[64];
    private int _top;

    public int Take(int count)
    {
        var words = Words(count);
        if (_top + words > _words.Length) Array.Resize(ref _words, Math.Max(_words.Length * 2, _top + words));
        _words.AsSpan(_top, words).Clear();
        var region = _top;
        _top += words;
        return region;
    }

    public void GiveBack(int region) => _top = region;

    public void Set(int region, int index)
    {
        if (region >= 0) _words[region + (index >> 6)] |= 1UL << (index & 63);
    }

    public void SetFirst(int region, int count)
    {
        for (var index = 0; region >= 0 && index < count; index++) Set(region, index);
    }

    public bool IsSet(int region, int index) => (_words[region + (index >> 6)] >> (index & 63) & 1) != 0;

    public void Merge(int from, int into, int count)
    {
        if (into < 0) return;
        for (var word = 0; word < Words(count); word++) _words[into + word] |= _words[from + word];
    }

    public void Reset()
    {
        _top = 0;
        if (_words.Length > 1 << 16) _words = new ulong[64];
    }

    private static int Words(int count) => (count + 63) >> 6;
}
