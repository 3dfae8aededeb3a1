using System.Reflection;
using System.Runtime.CompilerServices;
using ExchangeBus.JsonSchema;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Tests.Architecture;

/// <summary>The assemblies of <c>src</c> that others may use, each named by a type in it.</summary>
internal static class Assemblies
{
    public static IReadOnlyList<Assembly> All { get; } =
    [
        typeof(BusRole).Assembly,
        typeof(ExchangeBus.Contracts.CloudEvent).Assembly,
        typeof(ExchangeBus.Client.ClientOptions).Assembly,
        typeof(CompiledSchema).Assembly,
        typeof(ExchangeBus.CloudEvents.Sql.CesqlExpression).Assembly,
        typeof(ExchangeBus.Signatures.SigningKey).Assembly,
        typeof(LocalServerSet).Assembly,
        typeof(MassTransit.CloudEvents.CloudEventsOptions).Assembly,
        typeof(MassTransit.PostgreSql.PostgreSqlStorage).Assembly,
        typeof(MassTransit.RabbitMq.SafeQueues).Assembly,
    ];

    public static IEnumerable<string> Names => All.Select(a => a.GetName().Name!);

    public static Assembly Find(string name) => All.Single(a => a.GetName().Name == name);

    public static IEnumerable<Type> WrittenTypes(Assembly assembly) => assembly.GetTypes()
        .Where(t => t.Namespace?.StartsWith("ExchangeBus", StringComparison.Ordinal) == true && !t.Name.Contains('<', StringComparison.Ordinal)
            && !t.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false));
}
