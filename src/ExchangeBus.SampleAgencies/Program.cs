using ExchangeBus.SampleAgencies;
using ExchangeBus.SampleAgencies.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
using var stop = new StopSignal();
try
{
    await using var agencies = await AgencyGroup.StartAsync(configuration, logging => logging.AddSimpleConsole(o => o.SingleLine = true), stop.Token);
    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token);
}
catch (AgencyUnavailableException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
{
    // Asked to stop.
}

return 0;
