using ExchangeBus.MassTransit.PostgreSql;
using ExchangeBus.Platform;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.Host;

/// <summary>Starts a host with its roles, or brings the database up to date.</summary>
public static class HostProgram
{
    private const int CannotStart = 2;

    private static readonly BusRole[] DefaultRoles = [BusRole.Gateway, BusRole.Dispatch, BusRole.Delivery, BusRole.Procedures];

    /// <summary>Runs until it is told to stop; 2 when it cannot start, with a sentence that says why.</summary>
    public static Task<int> RunAsync(string[] args) => SayWhyNotAsync(async () =>
    {
        await using var app = Build(args);
        if (await ServerIsMissingAsync(app))
            return CannotStart;
        await app.RunAsync();
        return 0;
    });

    /// <summary>Runs the migrations that are missing and ends.</summary>
    public static Task<int> MigrateAsync(string[] args) => SayWhyNotAsync(async () =>
    {
        await using var app = Build([.. args.Where(a => a != "--migrate")]);
        if (await ServerIsMissingAsync(app))
            return CannotStart;
        await MigrateAsync(app);
        return 0;
    });

    /// <summary>Brings the database of a host up to date.</summary>
    public static async Task MigrateAsync(WebApplication app)
    {
        Migrator.Migrate(app.Configuration["Postgres:ConnectionString"]!);
        if (app.Services.GetService<PostgreSqlStorage>() is { } storage)
            await storage.CreateSchemaAsync();
    }

    /// <summary>A host that is built and not yet started.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        configure?.Invoke(builder);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024;
            // Whose certificate it is says its registration, not a chain of issuers (RFC 8705, section 2.2).
            kestrel.ConfigureHttpsDefaults(https =>
            {
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            });
        });
        var roles = (builder.Configuration.GetSection("Roles").Get<BusRole[]>() ?? DefaultRoles).ToHashSet();
        builder.Services.AddHealthChecks().AddCheck<DatabaseCheck>(DatabaseCheck.Code);
        builder.Services.AddProblemDetails();
        builder.Services.AddExchangeBus(builder.Configuration, roles);

        var app = builder.Build();
        // A body that is cut off or comes too slowly is the caller's fault, not an error of ours; and a database that is away comes back.
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = e => e switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                NpgsqlException { IsTransient: true } => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status500InternalServerError,
            },
        });
        app.UseReasonsForEmptyAnswers();
        // Only what this host cannot work without: events are accepted also while the broker is away.
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Name == DatabaseCheck.Code });
        // For people and their monitoring: what does not keep this host from working, and still wants somebody. MassTransit's own check would show exceptions.
        app.MapHealthChecks("/health", new HealthCheckOptions { Predicate = check => !check.Tags.Contains("masstransit"), ResponseWriter = HealthAnswer.WriteAsync });
        app.MapExchangeBus(roles);
        return app;
    }

    private static async Task<int> SayWhyNotAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (OptionsValidationException e)
        {
            await System.Console.Error.WriteLineAsync($"ExchangeBus cannot start. {e.Message}");
            return CannotStart;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn)
        {
            await System.Console.Error.WriteLineAsync("ExchangeBus cannot start. The database is not up to date; run ExchangeBus.Host --migrate first.");
            return CannotStart;
        }
    }

    private static async Task<bool> ServerIsMissingAsync(WebApplication app)
    {
        var problem = await ServersCheck.FindProblemAsync(app.Configuration["Postgres:ConnectionString"], app.Configuration["RabbitMq:Uri"]);
        if (problem is null)
            return false;
        await System.Console.Error.WriteLineAsync($"ExchangeBus cannot start. {problem}");
        return true;
    }
}
