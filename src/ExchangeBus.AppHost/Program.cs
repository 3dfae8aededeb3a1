using System.ComponentModel.DataAnnotations;
using ExchangeBus.AppHost;
using ExchangeBus.LocalServers;
using ExchangeBus.SampleAgencies;
using ExchangeBus.SampleAgencies.Hosting;
using Microsoft.Extensions.Configuration;

using var stop = new StopSignal();
try
{
    var configuration = new ConfigurationBuilder().AddCommandLine(args).Build();
    await new Demo(configuration, AppHostOptions.Read(configuration), Console.Out.WriteLine).RunAsync(stop.Token);
}
catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
{
    Console.Out.WriteLine("Stopped.");
}
catch (Exception e) when (e is LocalServersUnavailableException or AgencyUnavailableException or DemoFailedException or ValidationException or FormatException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

return 0;
