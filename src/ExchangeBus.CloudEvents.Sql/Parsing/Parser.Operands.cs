using ExchangeBus.CloudEvents.Sql.Expressions;
using ExchangeBus.CloudEvents.Sql.Functions;

namespace ExchangeBus.CloudEvents.Sql.Parsing;

/// <summary>What stands between the operators: literals, attributes, functions, parentheses and prefix operators.</summary>
internal sealed partial class Parser
{
    private Node Unary()
    {
        var start = Current.Start;
        // The sign belongs to the number, so that -2147483648 can be written.
        if (Current.Kind is TokenKind.Plus or TokenKind.Minus && tokens[_next + 1] is { Kind: TokenKind.Integer } digits && digits.Start == Current.End)
        {
            _next += 2;
            return Integer(start);
        }

        if (Current.Kind is not (TokenKind.Not or TokenKind.Minus)) return Primary();

        var not = Take().Kind == TokenKind.Not;
        Enter();
        var operand = Unary();
        _depth--;
        return not ? new NotNode(SpanFrom(start), operand) : new MinusNode(SpanFrom(start), operand);
    }

    private Node Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.True or TokenKind.False:
                Take();
                return new LiteralNode(SpanFrom(token.Start), CesqlValue.Of(token.Kind == TokenKind.True));
            case TokenKind.Integer:
                Take();
                return Integer(token.Start);
            case TokenKind.String:
                Take();
                return new LiteralNode(SpanFrom(token.Start), CesqlValue.Of(StringLiteral.Read(text, token)));
            case TokenKind.Exists:
                Take();
                if (Current.Kind is not (TokenKind.Word or TokenKind.Integer)) throw Expected("tên thuộc tính", "the name of an attribute");
                var found = AttributeName(Take());
                return new ExistsNode(SpanFrom(token.Start), found);
            case TokenKind.Open:
                return Parenthesised();
            case TokenKind.Word when tokens[_next + 1].Kind == TokenKind.Open:
                return Call();
            case TokenKind.Word:
                var read = AttributeName(Take());
                return new AttributeNode(SpanFrom(token.Start), read);
            default:
                throw Expected("một giá trị", "a value");
        }
    }

    private LiteralNode Integer(int start)
    {
        var span = SpanFrom(start);
        return Casts.TryReadInteger(text.AsSpan(span.Start, span.Length), out var number)
            ? new LiteralNode(span, CesqlValue.Of(number))
            : throw new CesqlParseException(Errors.Integer(span.Start, span.Length));
    }

    private Node Parenthesised()
    {
        Take();
        Enter();
        var inner = Binary(Weakest);
        _depth--;
        Demand(TokenKind.Close, "dấu ')'", "')'");
        return inner;
    }

    private Node Call()
    {
        var token = Take();
        var name = text.Substring(token.Start, token.Length);
        if (!char.IsAsciiLetter(name[0]) || name.AsSpan().ContainsAnyInRange('0', '9'))
            throw new CesqlParseException(Errors.Expected("tên hàm gồm chữ cái và '_'", "the name of a function, of letters and '_',", name, token.Start, token.Length));

        Take();
        var arguments = TakeIf(TokenKind.Close) ? [] : List();
        return BuiltInFunctions.Call(SpanFrom(token.Start), name, arguments);
    }

    /// <summary>Expressions between commas, up to and with the closing parenthesis.</summary>
    private Node[] List()
    {
        Enter();
        var elements = new List<Node>();
        do elements.Add(Binary(Weakest));
        while (TakeIf(TokenKind.Comma));
        _depth--;
        Demand(TokenKind.Close, "dấu ',' hoặc ')'", "',' or ')'");
        return [.. elements];
    }

    // The naming convention of CloudEvents knows lower case only, and the test kit reads SOURCE as source.
    private string AttributeName(Token token)
    {
        var name = text.Substring(token.Start, token.Length);
        return name.Contains('_', StringComparison.Ordinal)
            ? throw new CesqlParseException(Errors.Expected("tên thuộc tính gồm chữ cái và chữ số", "the name of an attribute, of letters and digits,", name, token.Start, token.Length))
            : name.ToLowerInvariant();
    }

    private Token Take() => tokens[_next++];

    private bool TakeIf(TokenKind kind)
    {
        if (Current.Kind != kind) return false;
        _next++;
        return true;
    }

    private void Demand(TokenKind kind, string vi, string en)
    {
        if (!TakeIf(kind)) throw Expected(vi, en);
    }

    private void Enter()
    {
        if (++_depth > options.MaxDepth) throw new CesqlParseException(Errors.Depth(options.MaxDepth, Current.Start, Current.Length));
    }

    /// <summary>From a position to the end of what has been taken. Each part of the expression asks for its span once.</summary>
    private TextSpan SpanFrom(int start)
    {
        var end = tokens[Math.Max(_next - 1, 0)].End;
        if (++_parts > options.MaxParts) throw new CesqlParseException(Errors.Parts(options.MaxParts, start, end - start));
        return new TextSpan(start, end - start);
    }

    private CesqlParseException Expected(string vi, string en) =>
        new(Errors.Expected(vi, en, text.Substring(Current.Start, Current.Length), Current.Start, Current.Length));
}
