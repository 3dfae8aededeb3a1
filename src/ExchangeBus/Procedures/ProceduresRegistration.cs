using ExchangeBus.MassTransit.PostgreSql;
using ExchangeBus.Platform;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Corrections;
using ExchangeBus.Procedures.Deadlines;
using ExchangeBus.Procedures.Desk;
using ExchangeBus.Procedures.Dossiers;
using ExchangeBus.Procedures.LinkedBirth;
using ExchangeBus.Procedures.LinkedDeath;
using ExchangeBus.Procedures.Reconciliation;
using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Procedures;

/// <summary>Linked procedures as sagas over the bus's own events.</summary>
public static class ProceduresRegistration
{
    internal const string Source = "urn:exchangebus:bus:procedures";

    /// <summary>Adds the linked procedures.</summary>
    public static IServiceCollection AddProcedures(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ProceduresOptions>().Bind(configuration.GetSection("Procedures")).ValidateDataAnnotations()
            .Validate(o => o.OutsideSteps.All(ProceduresOptions.MayBeOutside), "Procedures:OutsideSteps takes intake, householdConsent and verification.").ValidateOnStart();
        services.AddSingleton<LegalClock>();
        services.AddSingleton<DossierWork>();
        services.AddSingleton<UnknownDossiers>();
        services.AddSingleton<ITransitionObserver, DossierHistory>();
        services.AddSingleton<LinkedBirthSteps>();
        services.AddSingleton<LinkedDeathSteps>();
        services.AddDesk();
        services.AddSingleton<IProcedureReader, ProcedureReader<LinkedBirthState>>();
        services.AddSingleton<IProcedureReader, ProcedureReader<LinkedDeathState>>();
        services.AddCorrections();
        services.AddReconciliation();
        services.AddHostedService<DeadlineSweep>();
        services.AddSingleton<DeadLetterStore>();
        services.AddHostedService<ProcedureSubscriptions>();
        foreach (var procedure in RegisteredProcedure.All)
            services.AddAcknowledgements(procedure);

        services.AddSingleton<IOutgoingMessageStore, EventLogOutbox>();
        services.AddPostgreSqlStorage(storage => storage.Schema = "procedures");
        // A host starts while RabbitMQ is away; what the procedures are to do waits in the log.
        services.Configure<MassTransitHostOptions>(host => host.WaitUntilStarted = false);
        services.AddMassTransit(AddMachines);
        return services;
    }

    /// <summary>Maps what officers see of dossiers and do to them.</summary>
    public static IEndpointRouteBuilder MapProcedures(this IEndpointRouteBuilder routes)
    {
        routes.MapDesk();
        routes.MapCorrections();
        routes.MapReconciliation();
        return routes;
    }

    private static void AddMachines(IBusRegistrationConfigurator bus)
    {
        // A government network sends nothing to anybody's usage statistics.
        bus.DisableUsageTelemetry();
        bus.AddDossiers<LinkedBirthProcess, LinkedBirthState>(LinkedBirthMessages.Procedure);
        bus.AddDossiers<LinkedDeathProcess, LinkedDeathState>(LinkedDeathMessages.Procedure);
        bus.UsingRabbitMq((context, rabbit) =>
        {
            rabbit.Host(new Uri(context.GetRequiredService<IOptions<BrokerOptions>>().Value.Uri));
            rabbit.ReceiveDossiers<LinkedBirthState>(context, LinkedBirthMessages.Procedure, LinkedBirthMessages.Map);
            rabbit.ReceiveDossiers<LinkedDeathState>(context, LinkedDeathMessages.Procedure, LinkedDeathMessages.Map);
        });
    }
}
