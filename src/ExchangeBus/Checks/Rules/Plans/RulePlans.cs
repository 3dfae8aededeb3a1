using System.Collections.Frozen;
using ExchangeBus.Checks.CodeLists;

namespace ExchangeBus.Checks.Rules.Plans;

/// <summary>The plan of every event type, compiled once at start from the schemas, so that a new schema is covered by itself.</summary>
internal sealed class RulePlans(ContractFiles files, CodeListFolder lists)
{
    private readonly FrozenDictionary<string, RulePlan> _plans = Compile(new SchemaFiles(files), lists);

    internal RulePlan? Find(string type) => _plans.GetValueOrDefault(type);

    private static FrozenDictionary<string, RulePlan> Compile(SchemaFiles files, CodeListFolder lists) => files.EventTypes()
        .ToFrozenDictionary(type => type.Type, type => new PlanCompiler(files, lists).Compile(type.Schema), StringComparer.Ordinal);
}
