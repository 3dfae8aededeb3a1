using Dapper;
using ExchangeBus.Contracts;
using ExchangeBus.Subscriptions;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace ExchangeBus.Procedures;

/// <summary>The procedures subscribe like any agency: to what the saga waits for.</summary>
internal sealed class ProcedureSubscriptions(NpgsqlDataSource dataSource, ConfiguredSubscriptions store) : IHostedService
{
    private const string InsertBus = "insert into agency (code, name) values (@Code, 'ExchangeBus') on conflict do nothing";

    private static readonly string[] LinkedBirthTypes =
    [
        EventTypes.LinkedBirthSubmitted, EventTypes.IntakeAccepted, EventTypes.IntakeRefused, EventTypes.SupplementRequested, EventTypes.SupplementSubmitted,
        EventTypes.DossierWithdrawn, EventTypes.HouseholdConsentAnswered, EventTypes.CitizenVerified, EventTypes.BirthRegistered, EventTypes.BirthRegistrationRefused,
        EventTypes.ResidenceVerificationStarted, EventTypes.PermanentResidenceRegistered, EventTypes.PermanentResidenceRefused,
        EventTypes.ChildHealthCardIssued, EventTypes.ChildHealthCardRefused, EventTypes.ChildIdCardIssued, EventTypes.ChildIdCardRefused,
        EventTypes.PersonalIdAssigned, EventTypes.PersonalIdReplaced, EventTypes.DeadlineReached,
    ];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var connection = await dataSource.OpenConnectionAsync(cancellationToken))
            await connection.ExecuteAsync(new CommandDefinition(InsertBus, new { Code = Subscription.BusAgency }, cancellationToken: cancellationToken));
        await store.SaveAsync(
            new Subscription(ProcedureAcknowledgements.LinkedBirth, Subscription.BusAgency, Way.Queue, 1, IsOrdered: true), LinkedBirthTypes, ["all"], filter: null, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
