namespace ExchangeBus.IntegrationTests.LocalServers;

internal static class Eventually
{
    /// <summary>Asks until the answer is empty or the time is over, and returns the last answer.</summary>
    public static async Task<IReadOnlyList<string>> EmptyAsync(Func<IReadOnlyList<string>> ask, TimeSpan patience)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (ask() is { Count: > 0 } answer)
        {
            if (TimeProvider.System.GetElapsedTime(started) > patience)
                return answer;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        return [];
    }
}
