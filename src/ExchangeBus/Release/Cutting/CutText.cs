using System.Buffers;

namespace ExchangeBus.Release.Cutting;

/// <summary>
/// The cut body as it grows. As long as nothing was left out it is a stretch of the body itself and nothing is copied. What it writes is never
/// longer than what was read, but for a <c>null</c> in place of a shorter scalar; then it moves to a rented array.
/// </summary>
internal ref struct CutText(ReadOnlySpan<byte> body, IBufferWriter<byte> output)
{
    private readonly ReadOnlySpan<byte> _body = body;
    private Span<byte> _text;
    private byte[]? _rented;
    private bool _isCut;
    private int _begin;
    private int _end;

    /// <summary>Of the text so far.</summary>
    internal readonly int Length => _end - _begin;

    /// <summary>The body begins here; what stands before it is white space.</summary>
    internal void Begin(int at) => (_begin, _end) = (at, at);

    /// <summary>Keeps a stretch of the body.</summary>
    internal void Keep(int from, int to, bool comma)
    {
        if (_isCut) Write(_body[from..to], comma);
        else _end = to;
    }

    /// <summary>Something that comes next is left out: from here on the text is written for itself.</summary>
    internal void Leave()
    {
        if (_isCut) return;
        _text = output.GetSpan(_body.Length);
        _body[_begin.._end].CopyTo(_text);
        (_begin, _end, _isCut) = (0, Length, true);
    }

    /// <summary>Drops what came behind a length that the text once had.</summary>
    internal void BackTo(int length) => _end = length;

    internal void Write(scoped ReadOnlySpan<byte> bytes, bool comma)
    {
        if (_end + bytes.Length >= _text.Length) Grow(_end + bytes.Length + 1);
        if (comma) _text[_end++] = (byte)',';
        bytes.CopyTo(_text[_end..]);
        _end += bytes.Length;
    }

    /// <returns>False when nothing was left out and nothing written.</returns>
    internal readonly bool Finish()
    {
        if (!_isCut) return false;
        if (_rented is null) output.Advance(_end);
        else output.Write(_text[.._end]);
        return true;
    }

    internal void GiveBack()
    {
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented, clearArray: true);
        _rented = null;
    }

    private void Grow(int least)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(least, _text.Length * 2));
        _text[.._end].CopyTo(larger);
        GiveBack();
        _rented = larger;
        _text = larger;
    }
}
