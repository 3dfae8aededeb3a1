using CsCheck;
using ExchangeBus.CloudEvents.Sql;

namespace ExchangeBus.Tests.CloudEventsSql;

public class When_expressions_are_random
{
    private static readonly string[] Words =
    [
        "type", "absent", "hops", "1", "-1", "2147483647", "'a%'", "\"b\"", "''", "TRUE", "false", "AND", "OR", "XOR", "NOT", "LIKE", "IN", "EXISTS",
        "(", ")", ",", "=", "!=", "<", ">=", "+", "-", "*", "/", "%", "ABS(", "LENGTH(", "SUBSTRING(", "CONCAT(", "NONE(", "'", "\\", "đ",
    ];

    private static readonly Attributes Event = new(("type", "ab"), ("hops", "12"), ("urgent", true));

    [Test]
    public void Should_end_with_a_value_or_a_parse_error() =>
        OneOf(Words).List[0, 14].Select(words => string.Join(' ', words)).Sample(text =>
        {
            CesqlExpression expression;
            try
            {
                expression = CesqlExpression.Parse(text);
            }
            catch (CesqlParseException e)
            {
                return e.Error.Column >= 1 && e.Error.Column - 1 + e.Error.Length <= text.Length;
            }

            var result = expression.Evaluate(Event);
            return (expression.Type == CesqlType.Any || expression.Type == result.Value.Type)
                && expression.Matches(Event) == (result.Errors.Count == 0 && result.Value.Boolean)
                && expression.Explain(Event).Result.Value == result.Value;
        }, iter: 20_000);

    [Test]
    public void Should_match_a_pattern_as_a_search_without_cunning_does()
    {
        var texts = OneOf("a", "b", "%", "_").List[0, 7].Select(t => string.Concat(t));
        Gen.Select(texts, OneOf("a", "b", "%", "_", "\\%", "\\_").List[0, 6].Select(p => string.Concat(p))).Sample((text, pattern) =>
        {
            var found = CesqlExpression.Parse($"'{text}' LIKE '{pattern}'").Evaluate(Event).Value.Boolean;
            Assert.That(found, Is.EqualTo(Search(text, pattern)), $"'{text}' LIKE '{pattern}'");
        }, iter: 20_000);
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static bool Search(string text, string pattern) => pattern switch
    {
        "" => text.Length == 0,
        ['%', .. var rest] => Enumerable.Range(0, text.Length + 1).Any(skipped => Search(text[skipped..], rest)),
        ['_', .. var rest] => text.Length > 0 && Search(text[1..], rest),
        ['\\', '%' or '_', .. var rest] => text.Length > 0 && text[0] == pattern[1] && Search(text[1..], rest),
        _ => text.Length > 0 && text[0] == pattern[0] && Search(text[1..], pattern[1..]),
    };
}
