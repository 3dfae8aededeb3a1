using ExchangeBus.CloudEvents.Sql.Expressions;

namespace ExchangeBus.CloudEvents.Sql.Parsing;

/// <summary>
/// Recursive descent in the precedence of CESQL 1.0, section 3.6: NOT and minus bind tightest, then LIKE and IN, then
/// <c>* / %</c>, <c>+ -</c>, comparisons, and last AND, OR and XOR, which rank equally and go from left to right.
/// </summary>
internal sealed partial class Parser(string text, List<Token> tokens, CesqlOptions options)
{
    private const int Weakest = 1;

    private int _next;
    private int _depth;
    private int _parts;

    private Token Current => tokens[_next];

    public static Node Parse(string text, CesqlOptions options)
    {
        if (text.Length > options.MaxLength) throw new CesqlParseException(Errors.Length(options.MaxLength));
        var parser = new Parser(text, Lexer.Read(text), options);
        var root = parser.Binary(Weakest);
        if (parser.Current.Kind != TokenKind.End) throw parser.Expected("một toán tử hoặc hết biểu thức", "an operator or the end");
        return root;
    }

    private Node Binary(int weakest)
    {
        var start = Current.Start;
        var left = Matching();
        while (Strength(Current.Kind) is var strength && strength >= weakest)
        {
            var sign = Take().Kind;
            var right = Binary(strength + 1);
            var span = SpanFrom(start);
            left = strength switch
            {
                1 => new LogicNode(span, sign, left, right),
                2 when sign is TokenKind.Equal or TokenKind.NotEqual => new EqualityNode(span, sign == TokenKind.NotEqual, left, right),
                2 => new OrderNode(span, sign, left, right),
                _ => new ArithmeticNode(span, sign, left, right),
            };
        }

        return left;
    }

    private static int Strength(TokenKind sign) => sign switch
    {
        TokenKind.And or TokenKind.Or or TokenKind.Xor => Weakest,
        TokenKind.Equal or TokenKind.NotEqual or TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater or TokenKind.GreaterOrEqual => 2,
        TokenKind.Plus or TokenKind.Minus => 3,
        TokenKind.Times or TokenKind.Divide or TokenKind.Modulo => 4,
        _ => 0,
    };

    private Node Matching()
    {
        var start = Current.Start;
        var left = Unary();
        while (Current.Kind is TokenKind.Like or TokenKind.In or TokenKind.Not)
        {
            var negated = TakeIf(TokenKind.Not);
            if (TakeIf(TokenKind.Like))
            {
                if (Current.Kind != TokenKind.String) throw new CesqlParseException(Errors.Pattern(Current.Start, Current.Length));
                var pattern = StringLiteral.Read(text, Take());
                left = new LikeNode(SpanFrom(start), negated, left, new LikePattern(pattern));
            }
            else if (TakeIf(TokenKind.In))
            {
                Demand(TokenKind.Open, "dấu '('", "'('");
                var elements = List();
                left = new InNode(SpanFrom(start), negated, left, elements);
            }
            else
            {
                throw Expected("LIKE hoặc IN", "LIKE or IN");
            }
        }

        return left;
    }
}
