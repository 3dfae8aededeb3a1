using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Agencies.Authentication;

/// <summary>
/// How often one client address may show a signed token, counted before its signature is verified: until then the address is all that is
/// known of a stranger, and a limit for the system that the token claims would let anybody shut that system out. A token bucket for
/// each of 4,096 groups of addresses, so that memory is bounded; which addresses share one is different in each process.
/// </summary>
internal sealed class SignedTokenLimit(IOptions<CallerOptions> options, TimeProvider time)
{
    private const int Groups = 4096;

    // When the bucket of a group will be full again; a token taken moves it on.
    private readonly long[] _fullAgainAt = new long[Groups];

    /// <summary>Zero when the token may be looked at; otherwise how long to wait.</summary>
    internal TimeSpan Take(IPAddress? address)
    {
        ref var fullAgainAt = ref _fullAgainAt[(uint)GroupOf(address) % Groups];
        var one = time.TimestampFrequency / options.Value.SignedTokensPerSecond;
        while (true)
        {
            var (seen, now) = (Volatile.Read(ref fullAgainAt), time.GetTimestamp());
            var next = Math.Max(seen, now) + one;
            var over = next - now - (one * options.Value.SignedTokenBurst);
            if (over > 0)
                return time.GetElapsedTime(0, over);
            if (Interlocked.CompareExchange(ref fullAgainAt, next, seen) == seen)
                return TimeSpan.Zero;
        }
    }

    private static int GroupOf(IPAddress? address)
    {
        if (address is null)
            return 0;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        // Whoever has one IPv6 address has the 2^64 of its network (RFC 4291, section 2.5.4).
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? HashCode.Combine(BinaryPrimitives.ReadInt64BigEndian(bytes))
            : HashCode.Combine(BinaryPrimitives.ReadInt32BigEndian(bytes));
    }
}
