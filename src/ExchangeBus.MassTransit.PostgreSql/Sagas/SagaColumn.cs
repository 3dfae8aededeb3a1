using System.Globalization;
using System.Reflection;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>A declared search column. Values travel as PostgreSQL text and are cast in the statement, so one array type serves all columns.</summary>
internal sealed record SagaColumn(PropertyInfo Property, string Name, string SqlType, bool IsUnique)
{
    private static readonly Dictionary<Type, string> SqlTypes = new()
    {
        [typeof(string)] = "text",
        [typeof(Guid)] = "uuid",
        [typeof(bool)] = "boolean",
        [typeof(short)] = "smallint",
        [typeof(int)] = "integer",
        [typeof(long)] = "bigint",
        [typeof(decimal)] = "numeric",
        [typeof(DateOnly)] = "date",
        [typeof(DateTime)] = "timestamptz",
        [typeof(DateTimeOffset)] = "timestamptz",
        [typeof(Uri)] = "text",
    };

    /// <summary>The columns that every table of a saga has.</summary>
    public static IReadOnlyList<string> Reserved { get; } = ["correlation_id", "version", "current_state", "created_at", "updated_at", "data"];

    // What the statements call their other columns.
    private static readonly string[] Aliases = ["n", "id", "state"];

    public static SagaColumn Create(PropertyInfo property, bool isUnique)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var name = SnakeCase.From(property.Name);
        if (Reserved.Contains(name) || Aliases.Contains(name))
            name += "_value";
        if (type.IsEnum)
            return new SagaColumn(property, name, "text", isUnique);
        return SqlTypes.TryGetValue(type, out var sqlType)
            ? new SagaColumn(property, name, sqlType, isUnique)
            : throw new ArgumentException($"Property {property.DeclaringType?.Name}.{property.Name} of type {type.Name} cannot be a search column.");
    }

    public string? TextOf(object saga) => ToText(Property.GetValue(saga));

    public static string? ToText(object? value) => value switch
    {
        null => null,
        string text => text,
        Enum name => name.ToString(),
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        // PostgreSQL keeps microseconds.
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff+00", CultureInfo.InvariantCulture),
        DateTime time => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss.ffffff+00", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}

internal static class SnakeCase
{
    public static string From(string name)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var starts = char.IsUpper(name[i]) && i > 0 && (char.IsLower(name[i - 1]) || char.IsDigit(name[i - 1])
                || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (starts && text[^1] != '_')
                text.Append('_');
            text.Append(char.IsLetterOrDigit(name[i]) ? char.ToLowerInvariant(name[i]) : '_');
        }
        return text.ToString();
    }
}
