using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.Benchmarks.Works;
using ExchangeBus.LocalServers;

Environment.SetEnvironmentVariable("MASSTRANSIT_USAGE_TELEMETRY", "false");

const int wrongOutcome = 1;
const int cannotStart = 2;

if (BenchmarkOptions.Read(args, Catalogue.Works) is not { } options)
{
    await Console.Error.WriteLineAsync(BenchmarkOptions.Usage(args, Catalogue.Works));
    return cannotStart;
}

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stopping.Cancel();
};

try
{
    await using var servers = await LocalServerSet.StartAsync(new LocalServersOptions { Progress = Console.Error.WriteLine }, stopping.Token);
    var machine = await Machine.DescribeAsync(servers, stopping.Token);
    foreach (var work in options.Works)
    {
        var result = await Interleaved.RunAsync(work, servers, options, stopping.Token);
        Table.Write(Console.Out, result, machine);
        var file = await ResultFile.WriteAsync(result, machine, stopping.Token);
        Console.WriteLine($"Written to {file}");
    }

    return 0;
}
catch (LocalServersUnavailableException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return cannotStart;
}
catch (WrongOutcomeException e)
{
    await Console.Error.WriteLineAsync($"No figure: {e.Message}");
    return wrongOutcome;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Stopped.");
    return wrongOutcome;
}
