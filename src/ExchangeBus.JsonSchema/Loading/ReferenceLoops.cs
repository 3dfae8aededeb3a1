using ExchangeBus.JsonSchema.Evaluation;

namespace ExchangeBus.JsonSchema.Loading;

/// <summary>
/// Refuses schemas that lead back to themselves without going into the document: checking them would never end
/// (2020-12 core, section 9.4.1). Walks with a stack of its own, for chains of any length.
/// </summary>
internal static class ReferenceLoops
{
    public static void Refuse(IEnumerable<SchemaNode> nodes)
    {
        var isDone = new Dictionary<SchemaNode, bool>();
        var way = new Stack<(SchemaNode Node, int Next)>();
        foreach (var start in nodes)
        {
            if (!isDone.TryAdd(start, false)) continue;
            way.Push((start, 0));
            while (way.TryPop(out var step))
            {
                if (step.Next == step.Node.InPlace.Count)
                {
                    isDone[step.Node] = true;
                    continue;
                }

                way.Push((step.Node, step.Next + 1));
                var next = step.Node.InPlace[step.Next];
                if (isDone.TryAdd(next, false)) way.Push((next, 0));
                else if (!isDone[next]) throw new SchemaLoadException("load.reference-loop", next.Location, "The schema leads back to itself for the same value.");
            }
        }
    }
}
