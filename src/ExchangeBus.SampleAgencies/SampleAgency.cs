using ExchangeBus.Client;
using ExchangeBus.SampleAgencies.Allowances;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Citizens;
using ExchangeBus.SampleAgencies.CivilStatus;
using ExchangeBus.SampleAgencies.Hospital;
using ExchangeBus.SampleAgencies.Hosting;
using ExchangeBus.SampleAgencies.Identity;
using ExchangeBus.SampleAgencies.OneStop;
using ExchangeBus.SampleAgencies.Population;
using ExchangeBus.SampleAgencies.Portal;
using ExchangeBus.SampleAgencies.Residence;
using ExchangeBus.SampleAgencies.SocialInsurance;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.SampleAgencies;

/// <summary>The agencies of the linked procedures, each a host of its own: own container, own database, own client of the bus.</summary>
public static class SampleAgency
{
    private static readonly AgencyDescription[] All =
    [
        new("portal", "G22.99.08", "progress", ["Portal"], PortalRegistration.AddPortal),
        new("onestop", "H26.15", "intake", ["OneStop"], OneStopRegistration.AddOneStop),
        new("population", "G01.C06", "population", ["Population"], PopulationRegistration.AddPopulation),
        new("civilstatus", "G15", "commands", ["CivilStatus"], CivilStatusRegistration.AddCivilStatus),
        new("residence", "G01", "commands", ["Residence"], ResidenceRegistration.AddResidence),
        new("socialinsurance", "G24", "commands", ["SocialInsurance", "Allowances"], SocialInsuranceRegistration.AddSocialInsurance),
        new("identity", "G01.C06", "identity", ["Identity"], (services, _) => services.AddSingleton<ITypeHandler, IssueChildIdCardHandler>()),
        new("socialprotection", "H26.16", "commands", ["Allowances"], (services, section) => services.AddAllowances(section, Payer.SocialProtection)),
        new("hospital", "H26.30", null, ["Hospital"], (services, _) => services.AddSingleton(provider => new HospitalDesk(provider.GetRequiredService<Speaker>()))),
    ];

    /// <summary>Names of the agencies, the portal first. Where configuration names none, all run.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(a => a.Name)];

    /// <summary>Builds the host of one agency. Starting it creates its tables.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="configuration">
    /// Read from section <c>Agencies:&lt;name&gt;</c>: Code, ConnectionString, PrivateKey or PrivateKeyFile, BrokerPassword, SignEvents, BusAddress, BrokerAddress, Partitions, Behaviour;
    /// for the portal also Rate, Dossiers, Seed, SuppliesAfter, SuppliesNothingEvery; onestop SupplementEvery, SupplementDays; population AssignAfter, MismatchEvery, WithholdEvery; civilstatus PersonalIdLateEvery;
    /// residence DenyEvery, SilentEvery, VerifyEvery, VerificationDays; socialinsurance and socialprotection FuneralAmount, SurvivorAmount, PaymentFailsEvery. Section <c>Logging</c> as usual.
    /// </param>
    /// <param name="configureLogging">Where its log goes. Default: nowhere.</param>
    /// <param name="time">Its clock. Default: the system's.</param>
    /// <exception cref="AgencyUnavailableException">The name is not known or the configuration is not valid; on start: a server is away.</exception>
    public static IHost Build(string name, IConfiguration configuration, Action<ILoggingBuilder>? configureLogging = null, TimeProvider? time = null)
    {
        var agency = All.FirstOrDefault(a => a.Name == name)
            ?? throw new AgencyUnavailableException($"There is no sample agency '{name}'; Agencies:Run takes {string.Join(", ", Names)}.");
        var section = configuration.GetSection($"Agencies:{name}");
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = name });
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.AddConfiguration(configuration.GetSection("Logging"));
        // A failed start is one sentence to whoever started it, not a stack trace in the log as well.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        configureLogging?.Invoke(builder.Logging);

        var services = builder.Services;
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(5));
        services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>());
        services.AddOptions<SampleAgencyOptions>().Bind(section).ValidateDataAnnotations()
            .Validate(o => IsConnectionString(o.ConnectionString), "ConnectionString is no Npgsql connection string with a Host.").ValidateOnStart();
        services.AddOptions<BehaviourOptions>().Bind(section.GetSection("Behaviour")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton(agency);
        services.AddSingleton(_ => OpenDataSource(section[nameof(SampleAgencyOptions.ConnectionString)], name));
        services.AddSingleton<Behaviour>();
        services.AddSingleton<KeptAnswers>();
        services.AddSingleton<Speaker>();
        services.AddSingleton<TypeDesk>();
        services.AddSingleton(_ => UnitLists.FromCodeLists(Path.Combine(AppContext.BaseDirectory, "schemas", "code-lists")));
        services.AddHostedService<AgencyStart>();
        services.AddHostedService<AnswersLater>();
        services.AddExchangeBusClient(client =>
        {
            client.Agency = section[nameof(SampleAgencyOptions.Code)] ?? agency.Code;
            client.System = agency.Name;
            client.PrivateKey = section[nameof(SampleAgencyOptions.PrivateKey)];
            client.PrivateKeyFile = section[nameof(SampleAgencyOptions.PrivateKeyFile)];
            client.SignEvents = section.GetValue<bool>(nameof(SampleAgencyOptions.SignEvents));
            client.BrokerPassword = section[nameof(SampleAgencyOptions.BrokerPassword)];
            client.BusAddress = section.GetValue<Uri>(nameof(SampleAgencyOptions.BusAddress));
            client.BrokerAddress = section.GetValue<Uri>(nameof(SampleAgencyOptions.BrokerAddress));
        });
        agency.AddWork(services, section);
        if (agency.Subscription is { } subscription && !section.GetValue<bool>($"Behaviour:{nameof(BehaviourOptions.Down)}"))
            services.AddExchangeBusSubscription<TypeDesk>(subscription, section.GetValue(nameof(SampleAgencyOptions.Partitions), 1));
        return Valid(builder.Build(), name);
    }

    /// <summary>Checks here what the host would check on start: it opens the database before.</summary>
    private static IHost Valid(IHost host, string name)
    {
        try
        {
            host.Services.GetService<IStartupValidator>()?.Validate();
            return host;
        }
        catch (Exception e) when (e is OptionsValidationException or InvalidOperationException)
        {
            host.Dispose();
            throw new AgencyUnavailableException($"Configuration section Agencies:{name} is not valid: {e.Message}", e);
        }
        catch (AggregateException e)
        {
            host.Dispose();
            throw new AgencyUnavailableException($"Configuration section Agencies:{name} is not valid: {string.Join(' ', e.InnerExceptions.Select(i => i.Message))}", e);
        }
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static NpgsqlDataSource OpenDataSource(string? connectionString, string name)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString ?? "");
        builder.ConnectionStringBuilder.MaxPoolSize = 30;
        builder.ConnectionStringBuilder.ApplicationName = name;
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        builder.ConnectionStringBuilder.MaxAutoPrepare = 32;
        builder.ConnectionStringBuilder.AutoPrepareMinUsages = 2;
        return builder.Build();
    }
}
