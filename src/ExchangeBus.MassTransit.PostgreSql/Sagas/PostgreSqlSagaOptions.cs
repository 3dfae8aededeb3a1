using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using MassTransit;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>How the instances of one saga type are stored.</summary>
/// <typeparam name="TSaga">The saga type.</typeparam>
public sealed class PostgreSqlSagaOptions<TSaga> where TSaga : class, ISaga
{
    private readonly List<SagaColumn> _columns = [];

    /// <summary>The table in the schema of the storage. Default: <c>saga_</c> and the type's name in snake case.</summary>
    public string Table { get; set; } = "saga_" + SnakeCase.From(typeof(TSaga).Name.Split('`')[0]);

    /// <summary>
    /// Whether the row is locked from load to commit, with a transaction open while user code runs. Default false: the row's version is compared at commit, and a message
    /// that lost is handled again. Choose true where user code must not run twice for one state.
    /// </summary>
    public bool Pessimistic { get; set; }

    /// <summary>Whether a completed instance stays in the table, in its final state. Default false: its row is deleted.</summary>
    public bool KeepCompleted { get; set; }

    /// <summary>
    /// How the state is read and written. Default: MassTransit's options, with private setters and constructors, without computed properties.
    /// A property of the stored state that this version of the class does not know is kept as it is.
    /// </summary>
    public JsonSerializerOptions Json { get; set; } = SagaJson.CreateOptions();

    /// <summary>
    /// Declares a property by which instances are found, in <c>CorrelateBy</c> or in queries. It becomes an indexed column of its own. A state that the instance
    /// keeps by name can be used in filters without it, but has no index.
    /// </summary>
    /// <param name="property">A property of text, number, boolean, uuid, date, time or enum type.</param>
    /// <param name="unique">Whether two instances may not share a value; then two first messages that arrive together make one instance. Null values are not compared.</param>
    /// <exception cref="ArgumentException">The expression is not a property, or its type cannot be a column.</exception>
    public PostgreSqlSagaOptions<TSaga> SearchBy<TValue>(Expression<Func<TSaga, TValue>> property, bool unique = false)
    {
        ArgumentNullException.ThrowIfNull(property);
        if (property.Body is not MemberExpression { Member: PropertyInfo member })
            throw new ArgumentException("Not a property of the saga.", nameof(property));
        var column = SagaColumn.Create(member, unique);
        if (_columns.Exists(x => x.Name == column.Name))
            throw new ArgumentException($"There is a search column {column.Name} already.", nameof(property));
        _columns.Add(column);
        return this;
    }

    internal IReadOnlyList<SagaColumn> Columns => _columns;
}
