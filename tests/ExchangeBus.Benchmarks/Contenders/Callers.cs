namespace ExchangeBus.Benchmarks.Contenders;

/// <summary>Callers that work side by side.</summary>
internal static class Callers
{
    /// <summary>Ends when all have ended; the first failure is thrown.</summary>
    internal static Task RunAsync(int count, Func<Task> caller) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(caller)));
}
