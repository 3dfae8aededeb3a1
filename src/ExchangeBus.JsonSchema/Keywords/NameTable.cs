using System.Runtime.CompilerServices;
using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Keywords;

/// <summary>Numbers of the property names a schema knows. The reader has hashed each name already, so a look-up is one probe and one comparison.</summary>
internal sealed class NameTable
{
    private readonly byte[][] _names;
    private readonly (int Hash, int Index)[] _slots;
    private readonly int _mask;

    public NameTable(byte[][] names)
    {
        _names = names;
        _slots = new (int, int)[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(names.Length * 3, 4))];
        Array.Fill(_slots, (0, -1));
        _mask = _slots.Length - 1;
        for (var index = 0; index < names.Length; index++)
        {
            var hash = NameHash.Of(names[index]);
            var slot = hash & _mask;
            while (_slots[slot].Index >= 0) slot = (slot + 1) & _mask;
            _slots[slot] = (hash, index);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(JsonTape tape, int name, int hash)
    {
        var slots = _slots;
        for (var slot = hash & _mask; ; slot = (slot + 1) & _mask)
        {
            var (known, index) = slots[slot];
            if (index < 0) return -1;
            if (known == hash && tape.Text(name).SequenceEqual(_names[index])) return index;
        }
    }
}
