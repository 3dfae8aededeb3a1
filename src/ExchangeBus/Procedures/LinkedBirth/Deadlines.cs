using ExchangeBus.Contracts.LinkedBirth;
using MassTransit;

namespace ExchangeBus.Procedures.LinkedBirth;

/// <summary>The time of the civil-status registry has run out.</summary>
public sealed record RegistrationOverdue(string DossierNumber);

/// <summary>The time of the residence registry has run out.</summary>
public sealed record ResidenceOverdue(string DossierNumber);

/// <summary>The time of social insurance has run out.</summary>
public sealed record HealthCardOverdue(string DossierNumber);

/// <summary>What is scheduled when a step begins, and for when.</summary>
internal static class Deadlines
{
    internal static RegistrationOverdue Registration(BehaviorContext<LinkedBirthState, LinkedBirthSubmitted> context) => new(context.Saga.DossierNumber);

    internal static DateTime RegistrationDue(BehaviorContext<LinkedBirthState, LinkedBirthSubmitted> context) => context.Saga.Registration.DueAt!.Value.UtcDateTime;

    internal static ResidenceOverdue Residence(BehaviorContext<LinkedBirthState, BirthRegistered> context) => new(context.Saga.DossierNumber);

    internal static DateTime ResidenceDue(BehaviorContext<LinkedBirthState, BirthRegistered> context) => context.Saga.Residence.DueAt!.Value.UtcDateTime;

    internal static HealthCardOverdue HealthCard(BehaviorContext<LinkedBirthState, BirthRegistered> context) => new(context.Saga.DossierNumber);

    internal static DateTime HealthCardDue(BehaviorContext<LinkedBirthState, BirthRegistered> context) => context.Saga.HealthCard.DueAt!.Value.UtcDateTime;
}
