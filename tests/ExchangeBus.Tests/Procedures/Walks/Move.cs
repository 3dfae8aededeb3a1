using CsCheck;

namespace ExchangeBus.Tests.Procedures.Walks;

/// <summary>One thing that happens to a dossier.</summary>
/// <param name="IsAnswer">True: one of the answers that are waited for just now. False: any event whatever.</param>
/// <param name="Which">Chooses the event.</param>
/// <param name="Variant">Chooses what it says: yes, no, another payer, another entry.</param>
/// <param name="Minutes">Time that passes before.</param>
/// <param name="IsSwept">Whether the bus looks for deadlines in between; else it was away.</param>
internal sealed record Move(bool IsAnswer, int Which, int Variant, int Minutes, bool IsSwept);

/// <summary>A submission and what comes after.</summary>
/// <param name="Example">Chooses the submission among the published examples.</param>
/// <param name="SubmittedAt">A whole minute near Tet 2026, a swapped Saturday, National Day or in a plain week.</param>
/// <param name="Moves">In their order.</param>
internal sealed record Course(int Example, DateTimeOffset SubmittedAt, IReadOnlyList<Move> Moves)
{
    private static readonly Gen<DateTimeOffset> Submission =
        Gen.Select(Gen.OneOf("2026-02-11", "2026-02-20", "2026-01-07", "2026-08-20", "2026-08-28", "2026-11-18"), Gen.Int[0, 4], Gen.Int[0, 1439])
            .Select((day, days, minute) => Clock.Law.At(day + " 00:00").AddDays(days).AddMinutes(minute));

    private static readonly Gen<Move> AnyMove =
        Gen.Select(Gen.Int[0, 9].Select(n => n < 6), Gen.Int[0, 999], Gen.Int[0, 999], Gen.OneOf(Gen.Int[0, 60], Gen.Int[0, 600], Gen.Int[0, 9_000]), Gen.Int[0, 3].Select(n => n > 0))
            .Select((answers, which, variant, minutes, swept) => new Move(answers, which, variant, minutes, swept));

    internal static readonly Gen<Course> Any = Gen.Select(Gen.Int[0, 99], Submission, AnyMove.Array[0, 30]).Select((example, at, moves) => new Course(example, at, moves));
}
