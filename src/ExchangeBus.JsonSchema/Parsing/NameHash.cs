using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace ExchangeBus.JsonSchema.Parsing;

/// <summary>
/// Hash of a property name. Seeded once per process: whoever writes the documents must not be able
/// to choose names that collide.
/// </summary>
internal static class NameHash
{
    private const ulong Odd = 0x9E3779B97F4A7C15;

    private static readonly ulong Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;

    public static int Of(ReadOnlySpan<byte> name)
    {
        var hash = Seed ^ ((ulong)name.Length * Odd);
        while (name.Length > 8)
        {
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(name));
            name = name[8..];
        }

        ulong tail = 0;
        if (name.Length >= 4)
            tail = BinaryPrimitives.ReadUInt32LittleEndian(name) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(name[^4..]) << 32);
        else if (name.Length > 0)
            tail = name[0] | ((ulong)name[name.Length >> 1] << 8) | ((ulong)name[^1] << 16);

        hash = Fold(hash ^ tail);
        return (int)(hash ^ (hash >> 32));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong value)
    {
        var high = Math.BigMul(value, Odd ^ Seed, out var low);
        return high ^ low;
    }
}
