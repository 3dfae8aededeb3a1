namespace ExchangeBus.CloudEvents.Sql.Expressions;

/// <summary>Counts Unicode characters, not UTF-16 units: a String is a sequence of Unicode characters (section 3.1). Half a pair counts as one.</summary>
internal static class Characters
{
    public static int WidthAt(ReadOnlySpan<char> text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;

    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var at = 0; at < text.Length; at += WidthAt(text, at)) count++;
        return count;
    }

    /// <summary>Where the character stands that has so many before it, in UTF-16 units; the length of the text when there are no more.</summary>
    public static int OffsetOf(ReadOnlySpan<char> text, int characters)
    {
        var at = 0;
        for (; characters > 0 && at < text.Length; characters--) at += WidthAt(text, at);
        return at;
    }
}
