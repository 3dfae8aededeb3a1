using System.Buffers;
using System.Numerics;

namespace ExchangeBus.Release.Cutting;

/// <summary>
/// The fields that were in a body and were not released, as pointers in the order of the schema, each once. It never holds a value, nor a name
/// that no schema knows. Kept by its user and used again for the next body.
/// </summary>
internal sealed class WithheldFields
{
    private const int Bits = 64;
    private Cut? _cut;
    private ulong[] _bits = [];

    internal int Count
    {
        get
        {
            var count = 0;
            foreach (var bits in _bits) count += BitOperations.PopCount(bits);
            return count;
        }
    }

    internal IEnumerable<string> Pointers
    {
        get
        {
            for (var i = 0; i < _cut?.Withholdable.Count; i++)
            {
                if (Holds(i)) yield return _cut.Withholdable[i];
            }
        }
    }

    /// <summary>Writes the pointers with a space between them, escaped to stand inside a JSON string: the value of the attribute <c>withheldfields</c>.</summary>
    internal void WriteTo(IBufferWriter<byte> output)
    {
        var first = true;
        for (var i = 0; i < _cut?.WithholdableTexts.Count; i++)
        {
            if (!Holds(i)) continue;
            if (!first) output.Write(" "u8);
            output.Write(_cut.WithholdableTexts[i].EncodedUtf8Bytes);
            first = false;
        }
    }

    internal void Begin(Cut cut)
    {
        _cut = cut;
        var length = (cut.Withholdable.Count + Bits - 1) / Bits;
        if (_bits.Length < length) _bits = new ulong[length];
        else Array.Clear(_bits);
    }

    internal void Add(int index) => _bits[index / Bits] |= 1UL << (index % Bits);

    private bool Holds(int index) => (_bits[index / Bits] & (1UL << (index % Bits))) != 0;
}
