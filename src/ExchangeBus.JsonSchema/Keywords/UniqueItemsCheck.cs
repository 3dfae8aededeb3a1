using System.Buffers;
using ExchangeBus.JsonSchema.Evaluation;
using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Keywords;

/// <summary><c>uniqueItems</c> by hash: a pairwise comparison would let a long array cost the square of its length.</summary>
internal sealed class UniqueItemsCheck(Rule rule) : Check
{
    public override bool Holds(SchemaEvaluation evaluation, int token, int marks)
    {
        var count = evaluation.Tokens[token].Length;
        return count < 2 || AreUnique(evaluation.Tape, token, count) || evaluation.Fail(rule, token);
    }

    private static bool AreUnique(JsonTape tape, int token, int count)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count * 2);
        var slots = ArrayPool<int>.Shared.Rent(size * 2);
        try
        {
            var hashes = slots.AsSpan(size, size);
            slots.AsSpan(0, size).Clear();
            var at = token + 1;
            for (var n = 0; n < count; n++)
            {
                var hash = JsonEquality.Hash(tape, at);
                var slot = hash & (size - 1);
                for (; slots[slot] != 0; slot = (slot + 1) & (size - 1))
                {
                    if (hashes[slot] == hash && JsonEquality.Equal(tape, slots[slot], tape, at)) return false;
                }

                slots[slot] = at;
                hashes[slot] = hash;
                at = tape.Tokens[at].Next;
            }

            return true;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(slots);
        }
    }
}
