namespace ExchangeBus.JsonSchema.Evaluation;

/// <summary>
/// What a document can break, worded when the schema is compiled: no value of a document can get into a message.
/// The words follow the name of the field, as in "/address/ward must be a string".
/// </summary>
internal sealed record Rule(string Keyword, string Location, string Code, string Vi, string En);
