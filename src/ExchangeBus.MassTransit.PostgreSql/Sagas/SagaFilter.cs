using System.Linq.Expressions;
using System.Reflection;
using MassTransit;
using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Translates a filter over declared columns to a condition. Names come from the declaration, values become parameters.</summary>
internal sealed class SagaFilter(Type sagaType, IReadOnlyList<SagaColumn> columns, Func<SagaColumn?> stateColumn)
{
    public (string Condition, List<NpgsqlParameter> Parameters) Translate(LambdaExpression filter)
    {
        var translation = new Translation(sagaType, columns, stateColumn, filter.Parameters[0]);
        return (translation.Condition(filter.Body), translation.Parameters);
    }

    private sealed class Translation(
        Type sagaType, IReadOnlyList<SagaColumn> columns, Func<SagaColumn?> stateColumn, ParameterExpression saga)
    {
        public List<NpgsqlParameter> Parameters { get; } = [];

        public string Condition(Expression expression) => expression switch
        {
            BinaryExpression { NodeType: ExpressionType.AndAlso } and => "(" + Condition(and.Left) + " and " + Condition(and.Right) + ")",
            BinaryExpression { NodeType: ExpressionType.OrElse } or => "(" + Condition(or.Left) + " or " + Condition(or.Right) + ")",
            UnaryExpression { NodeType: ExpressionType.Not } not => "not " + Condition(not.Operand),
            BinaryExpression comparison when Operator(comparison.NodeType) is { } name => Comparison(comparison, name),
            MemberExpression member when Column(member) is { SqlType: "boolean" } flag => SqlNames.Quote(flag.Name),
            _ when !UsesSaga(expression) => Value(expression) is true ? "true" : "false",
            _ => throw Unsupported(expression),
        };

        private string Comparison(BinaryExpression comparison, string name)
        {
            var (column, value) = Column(comparison.Left) is { } left ? (left, comparison.Right)
                : Column(comparison.Right) is { } right ? (right, comparison.Left)
                : throw Unsupported(comparison);
            if (UsesSaga(value))
                throw Unsupported(comparison);
            if (Column(comparison.Left) is null)
                name = name switch { "<" => ">", ">" => "<", "<=" => ">=", ">=" => "<=", _ => name };

            var text = SagaColumn.ToText(EnumName(column, Value(value)));
            var quoted = SqlNames.Quote(column.Name);
            if (text is null)
                return quoted + (name == "=" ? " is null" : " is not null");
            Parameters.Add(new NpgsqlParameter { Value = text, NpgsqlDbType = NpgsqlDbType.Text });
            var parameter = "$" + Parameters.Count + "::text::" + column.SqlType;
            // To C# a null is unequal to any value; to SQL the answer would be unknown.
            return name == "<>" ? quoted + " is distinct from " + parameter : quoted + " " + name + " " + parameter;
        }

        // The compiler turns enum values into numbers.
        private static object? EnumName(SagaColumn column, object? value)
        {
            var type = Nullable.GetUnderlyingType(column.Property.PropertyType) ?? column.Property.PropertyType;
            return type.IsEnum && value is not null and not Enum ? Enum.ToObject(type, value) : value;
        }

        private SagaColumn? Column(Expression expression)
        {
            while (expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } convert)
                expression = convert.Operand;
            if (expression is MemberExpression { Member: PropertyInfo { Name: "Value" } } nullable
                && nullable.Expression is MemberExpression inner && Nullable.GetUnderlyingType(inner.Type) is not null)
                expression = inner;
            if (expression is not MemberExpression { Member: PropertyInfo property } member || Strip(member.Expression) != saga)
                return null;
            if (property.Name == nameof(ISaga.CorrelationId))
                return new SagaColumn(property, "correlation_id", "uuid", true);
            return columns.FirstOrDefault(x => x.Property.Name == property.Name)
                ?? (stateColumn() is { } state && state.Property.Name == property.Name ? state : null)
                ?? throw new NotSupportedException(
                    $"{sagaType.Name}.{property.Name} is not a search column: declare it with SearchBy(x => x.{property.Name}).");
        }

        private static Expression? Strip(Expression? expression) =>
            expression is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : expression;

        private bool UsesSaga(Expression expression)
        {
            var search = new SagaUse(saga);
            search.Visit(expression);
            return search.Found;
        }

        private static object? Value(Expression expression) => expression is ConstantExpression constant
            ? constant.Value
            : Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)();

        private static string? Operator(ExpressionType type) => type switch
        {
            ExpressionType.Equal => "=",
            ExpressionType.NotEqual => "<>",
            ExpressionType.LessThan => "<",
            ExpressionType.LessThanOrEqual => "<=",
            ExpressionType.GreaterThan => ">",
            ExpressionType.GreaterThanOrEqual => ">=",
            _ => null,
        };

        private NotSupportedException Unsupported(Expression expression) => new(
            $"The filter of {sagaType.Name} can compare declared columns with values and combine comparisons; not: {expression}");
    }

    private sealed class SagaUse(ParameterExpression saga) : ExpressionVisitor
    {
        public bool Found { get; private set; }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            Found |= node == saga;
            return node;
        }
    }
}
