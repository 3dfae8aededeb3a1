using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.IntegrationTests.Road;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Procedures;

/// <summary>A bus with all agencies of a linked birth, each played by the test over HTTP and AMQP.</summary>
internal sealed class LinkedBirthDesk(RunningBus bus) : DossierDesk(bus)
{
    internal static readonly TestAgency CivilStatus = new("G15", "civilstatus", ["vn.civilstatus.*", "vn.onestop.supplementrequested.v1"], ("commands", [EventTypes.RegisterBirth]));
    internal static readonly TestAgency Residence = new("G01", "residence", ["vn.residence.*"], ("commands", [EventTypes.RegisterPermanentResidence, EventTypes.RequestHouseholdConsent]));
    internal static readonly TestAgency Insurance = new("G24", "socialinsurance", ["vn.socialinsurance.*"], ("commands", [EventTypes.IssueChildHealthCard]))
    {
        Officers = [("bh-1", ["Operator", "Approver"])],
    };
    internal static readonly TestAgency OneStop = new("G22", "onestop", ["vn.onestop.*"], ("commands", [EventTypes.RequestIntake]))
    {
        Officers = [("cb-1", ["Operator"]), ("ld-1", ["Operator", "Approver"]), ("ld-2", ["Approver"]), ("xem-1", ["Viewer"])],
    };
    internal static readonly TestAgency Population = new("G01.C06", "population", ["vn.population.*", "vn.identity.*"], ("commands", [EventTypes.VerifyCitizen, EventTypes.IssueChildIdCard]));

    internal static async Task<LinkedBirthDesk> OpenAsync(IReadOnlyDictionary<string, string?>? settings = null, params TestAgency[] others) =>
        new(await RunningBus.StartAsync(Servers.Current, [Samples.Portal, CivilStatus, Residence, Insurance, OneStop, Population, .. others], settings));

    internal LinkedBirthSubmitted Submission(string dossier, params string[] procedures) =>
        EventData.Read<LinkedBirthSubmitted>(Samples.LinkedBirthData) with { DossierNumber = dossier, Procedures = procedures };

    internal Task SubmitAsync(LinkedBirthSubmitted submission) => PublishAsync(Samples.Portal, EventTypes.LinkedBirthSubmitted, submission.DossierNumber, submission);

    internal Task RegisterAsync(LinkedBirthSubmitted submission) => PublishAsync(CivilStatus, EventTypes.BirthRegistered, submission.DossierNumber, new BirthRegistered
    {
        DossierNumber = submission.DossierNumber,
        RegistrationNumber = "24",
        Book = "01/2026",
        Commune = submission.Commune,
        RegisteredOn = new DateOnly(2026, 11, 23),
        Child = submission.Child,
    });

    internal Task RegisterResidenceAsync(string dossier) => PublishAsync(Residence, EventTypes.PermanentResidenceRegistered, dossier, new PermanentResidenceRegistered
    {
        DossierNumber = dossier,
        ResidenceNumber = "R-1",
        Address = new Address("00004"),
        RegisteredOn = new DateOnly(2026, 11, 24),
    });

    internal Task IssueCardAsync(string dossier) => PublishAsync(Insurance, EventTypes.ChildHealthCardIssued, dossier, new ChildHealthCardIssued
    {
        DossierNumber = dossier,
        CardNumber = "TE1010123456789",
        ValidFrom = new DateOnly(2026, 11, 24),
        ValidUntil = new DateOnly(2032, 9, 30),
    });
}
