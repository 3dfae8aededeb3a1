using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.SampleAgencies.Citizens;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.Tests.Schemas;

internal sealed class When_a_record_is_written
{
    private static readonly DateTimeOffset Due = new(2026, 11, 25, 17, 0, 0, TimeSpan.FromHours(7));
    private static readonly DateOnly Day = new(2026, 11, 24);

    [Test]
    public void Should_be_what_its_schema_takes()
    {
        var dossiers = InventedDossiers.FromCodeLists(Path.Combine(SchemaFolder.Root, "code-lists"), seed: 7, new FakeTimeProvider(Due));
        for (var count = 0; count < 500; count++)
        {
            var dossier = dossiers.Next();
            var personalId = count % 2 == 0 ? null : dossier.Mother.PersonalId?.Value;
            Check(dossier);
            Check(RegisterBirth(dossier));
            Check(new BirthRegistered { DossierNumber = dossier.DossierNumber, RegistrationNumber = $"{count}", Book = "01/2026", Commune = dossier.Commune, RegisteredOn = Day, PersonalId = personalId, Child = dossier.Child });
            Check(new RegisterPermanentResidence { DossierNumber = dossier.DossierNumber, BirthRegistrationNumber = $"{count}", PersonalId = personalId, Child = dossier.Child, HouseholdHead = dossier.HouseholdHead, DueAt = Due });
            Check(new IssueChildHealthCard { DossierNumber = dossier.DossierNumber, BirthRegistrationNumber = $"{count}", PersonalId = personalId, Child = dossier.Child, Residence = dossier.Mother.Residence!.Value!.ToAddress()!, DueAt = Due.AddTicks(count) });
            Check(new PermanentResidenceRegistered { DossierNumber = dossier.DossierNumber, ResidenceNumber = $"TT-{count}", Address = dossier.Mother.Residence!.Value!.ToAddress()!, RegisteredOn = Day });
        }
    }

    [Test]
    public void Should_be_what_its_schema_takes_at_the_end_of_a_dossier()
    {
        const string number = "G22.99.08-261123-000042";
        Check(new ChildHealthCardIssued { DossierNumber = number, CardNumber = "TE1010126004217", ValidFrom = Day, ValidUntil = Day.AddYears(6) });
        Check(new BirthRegistrationRefused(number, "KS.03", "Cha, mẹ không cư trú tại xã."));
        Check(new PermanentResidenceRefused(number, "household-head-has-not-consented", "Chủ hộ chưa đồng ý."));
        Check(new ChildHealthCardRefused(number, "card_exists", "Trẻ đã có thẻ."));
        Check(new DossierProgressed { DossierNumber = number, State = "BirthRegistered", Branches = new Dictionary<string, string> { [LinkedProcedures.HealthCard] = "sent" }, Holders = ["G24"], DueAt = Due });
        Check(new DossierProgressed { DossierNumber = number, State = "Completed", Branches = new Dictionary<string, string>(), Holders = [] });
    }

    private static RegisterBirth RegisterBirth(LinkedBirthSubmitted dossier) => new()
    {
        DossierNumber = dossier.DossierNumber,
        Commune = dossier.Commune,
        BirthNoticeNumber = dossier.BirthNoticeNumber,
        Child = dossier.Child,
        Mother = dossier.Mother,
        Father = dossier.Father,
        Applicant = dossier.Applicant,
        DueAt = Due.ToUniversalTime(),
    };

    private static void Check<T>(T message)
    {
        var type = SchemaFolder.EventTypeNames.Single(pair => pair.Value == typeof(T).Name).Key;
        var body = EventData.Write(message);

        Assert.That(PublishedSchemas.Validate(SchemaFolder.FolderOf(type), body), Is.Empty, System.Text.Encoding.UTF8.GetString(body));
    }
}
