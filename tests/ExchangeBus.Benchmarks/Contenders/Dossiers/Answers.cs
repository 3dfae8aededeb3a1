using System.Globalization;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Desk;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.Population;

namespace ExchangeBus.Benchmarks.Contenders.Dossiers;

/// <summary>What the agencies of all contenders say to a command: yes, at once.</summary>
internal static class Answers
{
    private const int PersonalIds = 1_000_000;
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static long _births;

    internal static IntakeAccepted To(RequestIntake command) => new()
    {
        DossierNumber = command.DossierNumber,
        ReceivedAt = Now,
        ProvinceNumber = $"H26.15-261123-{Submission.DigitsOf(command.DossierNumber)}",
    };

    internal static HouseholdConsentAnswered To(RequestHouseholdConsent command) =>
        new() { DossierNumber = command.DossierNumber, Answer = "granted", Method = "vneid", AnsweredAt = Now };

    internal static CitizenVerified To(VerifyCitizen command) =>
        new() { DossierNumber = command.DossierNumber, RequestId = command.RequestId, Role = command.Role, Result = "match", VerifiedAt = Now };

    internal static BirthRegistered To(RegisterBirth command) => new()
    {
        DossierNumber = command.DossierNumber,
        RegistrationNumber = Submission.DigitsOf(command.DossierNumber),
        Book = "01/2026",
        Commune = command.Commune,
        RegisteredOn = Today,
        // A girl born in 2026 in the province 02.
        PersonalId = $"002326{(Interlocked.Increment(ref _births) % PersonalIds).ToString("D6", CultureInfo.InvariantCulture)}",
        Child = command.Child,
    };

    internal static PermanentResidenceRegistered To(RegisterPermanentResidence command) => new()
    {
        DossierNumber = command.DossierNumber,
        ResidenceNumber = $"TT-2026-{Submission.DigitsOf(command.DossierNumber)}",
        Address = command.HouseholdHead.Residence!.Value!.ToAddress()!,
        RegisteredOn = Today,
    };

    internal static ChildHealthCardIssued To(IssueChildHealthCard command) => new()
    {
        DossierNumber = command.DossierNumber,
        CardNumber = $"TE102{Submission.DigitsOf(command.DossierNumber)}",
        ValidFrom = command.Child.BirthDate,
        ValidUntil = new DateOnly(2032, 9, 30),
    };

    internal static ChildIdCardIssued To(IssueChildIdCard command) =>
        new() { DossierNumber = command.DossierNumber, PersonalId = command.PersonalId, IssuedOn = Today, ValidUntil = new DateOnly(2040, 2, 28) };

    /// <summary>The answer to a command of the bus, and its type.</summary>
    internal static (string Type, byte[] Data) To(CloudEvent command) => command.Type switch
    {
        EventTypes.RequestIntake => (EventTypes.IntakeAccepted, EventData.Write(To(Read<RequestIntake>(command)))),
        EventTypes.RequestHouseholdConsent => (EventTypes.HouseholdConsentAnswered, EventData.Write(To(Read<RequestHouseholdConsent>(command)))),
        EventTypes.VerifyCitizen => (EventTypes.CitizenVerified, EventData.Write(To(Read<VerifyCitizen>(command)))),
        EventTypes.RegisterBirth => (EventTypes.BirthRegistered, EventData.Write(To(Read<RegisterBirth>(command)))),
        EventTypes.RegisterPermanentResidence => (EventTypes.PermanentResidenceRegistered, EventData.Write(To(Read<RegisterPermanentResidence>(command)))),
        EventTypes.IssueChildHealthCard => (EventTypes.ChildHealthCardIssued, EventData.Write(To(Read<IssueChildHealthCard>(command)))),
        EventTypes.IssueChildIdCard => (EventTypes.ChildIdCardIssued, EventData.Write(To(Read<IssueChildIdCard>(command)))),
        _ => throw new ArgumentException($"No agency answers {command.Type}.", nameof(command)),
    };

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static T Read<T>(CloudEvent command) => EventData.Read<T>(command.Data.Span);
}
