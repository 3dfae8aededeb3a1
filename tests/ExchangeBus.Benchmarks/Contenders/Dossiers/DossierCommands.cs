using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.Desk;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.Population;

namespace ExchangeBus.Benchmarks.Contenders.Dossiers;

/// <summary>The commands of a dossier as the bus writes them, filled from the submission.</summary>
internal static class DossierCommands
{
    // Bare MassTransit computes no deadline; the field is there so that messages are of one size.
    internal static readonly DateTimeOffset DueAt = new(2026, 12, 3, 10, 0, 0, TimeSpan.Zero);

    internal static RequestIntake RequestIntake(Dossier dossier) => new()
    {
        DossierNumber = dossier.Submission.DossierNumber,
        Commune = dossier.Submission.Commune,
        Kind = "birth",
        ProcedureCode = "3.000722",
        SubmittedAt = TimeProvider.System.GetUtcNow(),
        Applicant = dossier.Submission.Applicant,
        DueAt = DueAt,
    };

    internal static RequestHouseholdConsent RequestConsent(Dossier dossier) => new()
    {
        DossierNumber = dossier.Submission.DossierNumber,
        HouseholdHead = dossier.Submission.HouseholdHead,
        Address = AddressOf(dossier),
        Newcomer = dossier.Submission.Child.Name,
        NewcomerBirthDate = dossier.Submission.Child.BirthDate,
        Applicant = dossier.Submission.Applicant,
        ExpiresAt = DueAt,
    };

    internal static VerifyCitizen Verify(Dossier dossier, string role) => new()
    {
        DossierNumber = dossier.Submission.DossierNumber,
        RequestId = $"{role}-1",
        Role = role,
        Citizen = new CitizenKey
        {
            OldIdCard = dossier.Submission.Mother.OldIdCard,
            Name = dossier.Submission.Mother.Name,
            BirthDate = dossier.Submission.Mother.BirthDate!,
        },
        Fields = ["name", "birthDate"],
        DueAt = DueAt,
    };

    internal static RegisterBirth RegisterBirth(Dossier dossier) => new()
    {
        DossierNumber = dossier.Submission.DossierNumber,
        Commune = dossier.Submission.Commune,
        BirthNoticeNumber = dossier.Submission.BirthNoticeNumber,
        Child = dossier.Submission.Child,
        Mother = dossier.Submission.Mother,
        Applicant = dossier.Submission.Applicant,
        DueAt = DueAt,
    };

    internal static RegisterPermanentResidence RegisterResidence(Dossier dossier) => new()
    {
        DossierNumber = dossier.Submission.DossierNumber,
        BirthRegistrationNumber = dossier.Registered!.RegistrationNumber,
        PersonalId = dossier.Registered.PersonalId,
        Child = dossier.Registered.Child,
        HouseholdHead = dossier.Submission.HouseholdHead,
        DueAt = DueAt,
    };

    internal static IssueChildHealthCard IssueHealthCard(Dossier dossier) => new()
    {
        DossierNumber = dossier.Submission.DossierNumber,
        BirthRegistrationNumber = dossier.Registered!.RegistrationNumber,
        PersonalId = dossier.Registered.PersonalId,
        Child = dossier.Registered.Child,
        Residence = AddressOf(dossier),
        DueAt = DueAt,
    };

    internal static IssueChildIdCard IssueIdentityCard(Dossier dossier) => new()
    {
        DossierNumber = dossier.Submission.DossierNumber,
        PersonalId = dossier.Registered!.PersonalId!,
        BirthRegistration = new RegistrationReference
        {
            Kind = "birth",
            RegistrationNumber = dossier.Registered.RegistrationNumber,
            Book = dossier.Registered.Book,
            Commune = dossier.Registered.Commune,
            RegisteredOn = dossier.Registered.RegisteredOn,
        },
        Child = dossier.Registered.Child,
        Representative = dossier.Submission.Applicant,
        DueAt = DueAt,
    };

    private static Address AddressOf(Dossier dossier) => dossier.Submission.HouseholdHead.Residence!.Value!.ToAddress()!;
}
