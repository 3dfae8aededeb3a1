namespace ExchangeBus.Signatures;

/// <summary>A member of an object that has been written: where its plain name and its text stand.</summary>
internal readonly record struct CanonicalMember(int Name, int NameLength, int Start, int Length)
{
    /// <summary>
    /// Compares two UTF-8 names by their UTF-16 code units (RFC 8785, section 3.2.3). The two orders differ only where a character
    /// beyond U+FFFF, in UTF-16 a pair from U+D800, meets one from U+E000 to U+FFFF.
    /// </summary>
    internal static int CompareUtf16(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var same = left.CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
            return left.Length - right.Length;
        var (l, r) = (left[same], right[same]);
        return (l >= 0xF0, r >= 0xF0) switch
        {
            (true, false) when r >= 0xEE => -1,
            (false, true) when l >= 0xEE => 1,
            _ => l - r,
        };
    }
}
