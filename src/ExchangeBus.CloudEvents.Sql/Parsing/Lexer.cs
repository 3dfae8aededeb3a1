namespace ExchangeBus.CloudEvents.Sql.Parsing;

/// <summary>Cuts the text into tokens (CESQL 1.0, section 2.2). Keywords are read without regard to case.</summary>
internal static class Lexer
{
    private static readonly (string Word, TokenKind Kind)[] Keywords =
    [
        ("AND", TokenKind.And), ("OR", TokenKind.Or), ("XOR", TokenKind.Xor), ("NOT", TokenKind.Not), ("LIKE", TokenKind.Like),
        ("EXISTS", TokenKind.Exists), ("IN", TokenKind.In), ("TRUE", TokenKind.True), ("FALSE", TokenKind.False),
    ];

    public static List<Token> Read(ReadOnlySpan<char> text)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n') at++;
            if (at == text.Length) break;
            var token = Next(text, at);
            tokens.Add(token);
            at = token.End;
        }

        tokens.Add(new Token(TokenKind.End, at, 0));
        return tokens;
    }

    private static Token Next(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        '(' => new Token(TokenKind.Open, at, 1),
        ')' => new Token(TokenKind.Close, at, 1),
        ',' => new Token(TokenKind.Comma, at, 1),
        '+' => new Token(TokenKind.Plus, at, 1),
        '-' => new Token(TokenKind.Minus, at, 1),
        '*' => new Token(TokenKind.Times, at, 1),
        '/' => new Token(TokenKind.Divide, at, 1),
        '%' => new Token(TokenKind.Modulo, at, 1),
        '=' => new Token(TokenKind.Equal, at, 1),
        '!' when Follows(text, at, '=') => new Token(TokenKind.NotEqual, at, 2),
        '<' when Follows(text, at, '>') => new Token(TokenKind.NotEqual, at, 2),
        '<' when Follows(text, at, '=') => new Token(TokenKind.LessOrEqual, at, 2),
        '<' => new Token(TokenKind.Less, at, 1),
        '>' when Follows(text, at, '=') => new Token(TokenKind.GreaterOrEqual, at, 2),
        '>' => new Token(TokenKind.Greater, at, 1),
        '\'' or '"' => Quoted(text, at),
        var c when IsWordPart(c) => Word(text, at),
        _ => throw new CesqlParseException(Errors.Character(at)),
    };

    private static bool Follows(ReadOnlySpan<char> text, int at, char next) => at + 1 < text.Length && text[at + 1] == next;

    private static bool IsWordPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    // A backslash keeps what follows it inside the string, so that \' does not end it.
    private static Token Quoted(ReadOnlySpan<char> text, int start)
    {
        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] == '\\') at++;
            else if (text[at] == text[start]) return new Token(TokenKind.String, start, at + 1 - start);
        }

        throw new CesqlParseException(Errors.Unterminated(start, text.Length - start));
    }

    private static Token Word(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && IsWordPart(text[end])) end++;
        var word = text[start..end];
        if (!word.ContainsAnyExceptInRange('0', '9')) return new Token(TokenKind.Integer, start, word.Length);

        foreach (var (keyword, kind) in Keywords)
        {
            if (word.Equals(keyword, StringComparison.OrdinalIgnoreCase)) return new Token(kind, start, word.Length);
        }

        return new Token(TokenKind.Word, start, word.Length);
    }
}
