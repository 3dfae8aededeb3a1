using ExchangeBus.LocalServers;
using NUnit.Framework;

namespace ExchangeBus.Testing;

/// <summary>The one set of servers that all tests of a process share.</summary>
public static class Servers
{
    private static LocalServerSet? _current;

    /// <summary>The running servers.</summary>
    /// <exception cref="InvalidOperationException">The assembly has no set-up fixture that calls <see cref="StartAsync"/>.</exception>
    public static LocalServerSet Current => _current
        ?? throw new InvalidOperationException("No servers: a [SetUpFixture] must call Servers.StartAsync first.");

    /// <summary>Starts the servers. Where there are none, tests are ignored on a person's machine and fail on a build server (<c>CI=true</c>).</summary>
    public static async Task StartAsync()
    {
        if (_current is not null)
            return;
        try
        {
            _current = await LocalServerSet.StartAsync(new LocalServersOptions { Progress = TestContext.Progress.WriteLine });
        }
        catch (LocalServersUnavailableException e) when (!IsBuildServer)
        {
            Assert.Ignore(e.Message);
        }
    }

    /// <summary>Stops what <see cref="StartAsync"/> started.</summary>
    public static async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _current, null) is { } servers)
            await servers.DisposeAsync();
    }

    private static bool IsBuildServer =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
}
