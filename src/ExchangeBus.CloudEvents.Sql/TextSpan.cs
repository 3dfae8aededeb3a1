namespace ExchangeBus.CloudEvents.Sql;

/// <summary>A part of the expression's text, in UTF-16 units from 0.</summary>
internal readonly record struct TextSpan(int Start, int Length);
