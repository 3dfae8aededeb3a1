using System.Net.Http.Json;

namespace ExchangeBus.AppHost;

/// <summary>What the host says of itself at <c>/health/ready</c> and <c>/status</c>.</summary>
internal sealed class BusMonitor(Uri address) : IDisposable
{
    private static readonly TimeSpan ReadyPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };

    /// <exception cref="DemoFailedException">The host is not ready within a minute.</exception>
    internal async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await IsReadyAsync(cancellationToken))
        {
            if (TimeProvider.System.GetElapsedTime(started) > ReadyPatience)
                throw new DemoFailedException($"The host at {address} did not become ready within {ReadyPatience.TotalSeconds:0} s.");
            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>One line of progress.</summary>
    internal async Task<string> DescribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var status = await _http.GetFromJsonAsync<Status>("status", cancellationToken);
            return status!.ToString();
        }
        catch (HttpRequestException e) when (e.StatusCode is { } code)
        {
            return $"the host answers {(int)code} at {address}status";
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return "the host does not answer";
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("health/ready", UriKind.Relative), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private sealed record Totals(long Accepted, long Delivered, long Behind, long Dead);

    private sealed record Status(Totals Totals, IReadOnlyDictionary<string, long> Dossiers)
    {
        public override string ToString()
        {
            var states = string.Join(", ", Dossiers.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => $"{d.Key} {d.Value}"));
            return $"accepted {Totals.Accepted}, delivered {Totals.Delivered}, waiting {Totals.Behind}, dead {Totals.Dead}; "
                + $"dossiers {Dossiers.Values.Sum()}{(states.Length > 0 ? $" ({states})" : "")}";
        }
    }
}
