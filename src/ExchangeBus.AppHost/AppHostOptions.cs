using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace ExchangeBus.AppHost;

/// <summary>What a person may say on the command line. Everything else of the agencies may be said there too, such as <c>--Agencies:residence:Behaviour:RefuseEvery 10</c>.</summary>
internal sealed class AppHostOptions
{
    /// <summary>Invented dossiers per second. Default 2, 0 to 1,000.</summary>
    [Range(0, 1000)]
    public double Rate { get; set; } = 2;

    /// <summary>Invented dossiers handed in at once on start. Default 0, at most 1,000,000.</summary>
    [Range(0, 1_000_000)]
    public int Dossiers { get; set; }

    /// <summary>Port of the host on loopback; when it is taken, the next that is free. Default 5080.</summary>
    [Range(1024, 65_000)]
    public int Port { get; set; } = 5080;

    /// <exception cref="ValidationException">An option is out of its bounds or not a number; the message says which.</exception>
    internal static AppHostOptions Read(IConfiguration configuration)
    {
        try
        {
            var options = configuration.Get<AppHostOptions>() ?? new AppHostOptions();
            Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
            return options;
        }
        catch (InvalidOperationException e)
        {
            throw new ValidationException($"An option is not a number: --rate <per second>, --dossiers <count>, --port <port>. {e.Message}", e);
        }
    }
}
