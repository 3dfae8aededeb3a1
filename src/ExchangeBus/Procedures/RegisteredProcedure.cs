using ExchangeBus.Procedures.Dossiers;
using ExchangeBus.Procedures.LinkedBirth;
using ExchangeBus.Procedures.LinkedDeath;

namespace ExchangeBus.Procedures;

/// <summary>A linked procedure as the rest of the bus sees it.</summary>
/// <param name="Name">Short name, lower case without spaces; its queue and its subscription are called after it.</param>
/// <param name="Table">Table of its dossiers in the schema <c>procedures</c>.</param>
/// <param name="WaitsFor">Types of the events that it subscribes to.</param>
/// <param name="Map">What people are told of it and may do in it.</param>
internal sealed record RegisteredProcedure(string Name, string Table, IReadOnlyList<string> WaitsFor, ProcedureMap Map)
{
    /// <summary>Every procedure of this bus. What counts, lists or sweeps dossiers goes through all of them.</summary>
    internal static IReadOnlyList<RegisteredProcedure> All { get; } = [LinkedBirthMessages.Procedure, LinkedDeathMessages.Procedure];

    internal string Queue { get; } = $"exchangebus.procedures.{Name}";

    internal string Subscription { get; } = $"{Subscriptions.Subscription.BusAgency}.{Name}";

    /// <summary>Fills the table into constant SQL. Values never go this way; they are parameters.</summary>
    internal string In(string sql) => sql.Replace("{table}", Table, StringComparison.Ordinal);
}
