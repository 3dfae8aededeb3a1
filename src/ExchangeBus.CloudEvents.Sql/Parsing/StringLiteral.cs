namespace ExchangeBus.CloudEvents.Sql.Parsing;

internal static class StringLiteral
{
    /// <summary>The text between the quotation marks. Only the mark itself is escaped (section 2.2); any other backslash stands for itself.</summary>
    public static string Read(string text, Token token)
    {
        var quote = text[token.Start];
        var inner = text.Substring(token.Start + 1, token.Length - 2);
        return inner.Replace($"\\{quote}", $"{quote}", StringComparison.Ordinal);
    }
}
