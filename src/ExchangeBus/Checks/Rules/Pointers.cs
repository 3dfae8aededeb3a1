using System.Globalization;
using System.Text;
using ExchangeBus.Checks.Rules.Plans;

namespace ExchangeBus.Checks.Rules;

/// <summary>Pointers of plan nodes with the indexes of this body in them.</summary>
internal static class Pointers
{
    internal static string Of(PlanNode node, ReadOnlySpan<int> indexes, int known)
    {
        if (!node.Pointer.Contains(PlanNode.Index, StringComparison.Ordinal))
            return node.Pointer;
        var pointer = new StringBuilder(node.Pointer.Length + 8);
        var at = 0;
        foreach (var character in node.Pointer)
        {
            if (character == PlanNode.Index)
                pointer.Append(CultureInfo.InvariantCulture, $"{(at < known && at < indexes.Length ? indexes[at++] : 0)}");
            else
                pointer.Append(character);
        }

        return pointer.ToString();
    }
}
