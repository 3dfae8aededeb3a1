using CsCheck;
using ExchangeBus.Procedures.Clock;

namespace ExchangeBus.Tests.Procedures.Clock;

/// <summary>A step to which things happen, whole minutes apart, near Tet, a swapped Saturday, National Day and a plain week.</summary>
internal sealed record RandomStep(StepClock Begun, IReadOnlyList<RandomStep.Happening> Happenings, DateTimeOffset Now)
{
    private static readonly Gen<string> Day = Gen.OneOf("2026-02-11", "2026-02-20", "2026-01-07", "2025-12-30", "2026-08-20", "2026-08-28", "2025-04-23", "2026-03-10");

    private static readonly Gen<string> Agency = Gen.OneOf("G15", "G01", "G24");

    private static readonly Gen<(string Day, int Days, int Minute)> Receipt = Gen.Select(Day, Gen.Int[0, 4], Gen.Int[0, 1439]);

    /// <summary>Up to eight happenings over some days; from hours to a week lie between two.</summary>
    internal static readonly Gen<RandomStep> Any =
        Gen.Select(Receipt, Gen.Int[0, 6], Gen.Select(Gen.Int[0, 8], Gen.OneOf(Gen.Int[0, 600], Gen.Int[0, 9_000]), Agency, Gen.Int[-600, 3_000]).Array[0, 8], Gen.Int[0, 9_000])
            .Select((receipt, days, steps, rest) => Of(Law.At(receipt.Day + " 00:00").AddDays(receipt.Days).AddMinutes(receipt.Minute), days, steps, rest));

    /// <summary>The step after everything.</summary>
    internal StepClock Step => Happenings.Aggregate(Begun, (step, happening) => happening.To(step));

    private static RandomStep Of(DateTimeOffset received, int days, (int Kind, int Gap, string Agency, int Length)[] steps, int rest)
    {
        var at = received;
        var happenings = new List<Happening>();
        foreach (var (kind, gap, agency, length) in steps)
        {
            var now = at = at.AddMinutes(gap);
            happenings.Add(new Happening(now, kind switch
            {
                0 or 1 => step => step.Paused(now),
                2 or 3 => step => step.Resumed(now),
                4 or 5 or 6 => step => step.HandedOver(agency, now),
                // Announced before, so that none begins in the past of its own entry.
                7 => step => step.WithMaintenance(new Maintenance(agency, now.AddMinutes(Math.Abs(length)), now.AddMinutes(3 * Math.Abs(length)), now)),
                _ => step => step.Extended(TimeLimit.Days(1 + (gap % 3)), "a reason", now),
            }));
        }

        return new RandomStep(LegalClock.Start(Law.Profile, Law.Days(days), received, "G15"), happenings, at.AddMinutes(rest));
    }

    internal sealed record Happening(DateTimeOffset At, Func<StepClock, StepClock> To);
}
