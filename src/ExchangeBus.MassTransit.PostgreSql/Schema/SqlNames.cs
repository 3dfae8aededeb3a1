namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Fills the schema and table names into constant SQL. Values never go this way; they are parameters.</summary>
internal static class SqlNames
{
    public static string InSchema(this string sql, string schema) => sql.Replace("{schema}", Quote(schema), StringComparison.Ordinal);

    public static string Quote(string identifier) =>
        "\"" + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
