using System.Diagnostics;
using ExchangeBus.Benchmarks.Measuring;

namespace ExchangeBus.Benchmarks.Contenders.Validators;

/// <summary>Calls a check over and over on one thread.</summary>
internal static class Checks
{
    private const int Slice = 1_000;

    internal static Outcome Run(string name, Load load, Func<bool> valid, Func<bool> invalid)
    {
        if (!valid() || invalid())
            throw new WrongOutcomeException($"{name} does not tell the valid example from the invalid one.");
        var started = Stopwatch.GetTimestamp();
        var (checks, refused) = (0L, 0L);
        while (Stopwatch.GetElapsedTime(started) < load.Duration)
        {
            for (var i = 0; i < Slice; i++)
                refused += valid() ? 0 : 1;
            checks += Slice;
        }

        return refused == 0 ? new Outcome(checks, Stopwatch.GetElapsedTime(started)) : throw new WrongOutcomeException($"{name} refused a valid document {refused} times.");
    }
}
