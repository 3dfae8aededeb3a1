using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.LinkedDeath;

namespace ExchangeBus.IntegrationTests.Procedures;

[TestFixture]
public sealed class When_an_agency_lets_a_deadline_pass
{
    private LawOfSeconds _law = null!;

    [SetUp]
    public void WriteALawOfSeconds() => _law = LawOfSeconds.Write(("registration", "00:00:01"), ("permanentResidence", "00:00:01"), ("healthCard", "01:00:00"))
        .And("linkedDeath/limits", ("registration", "01:00:00"), ("healthCardLock", "01:00:00"), ("funeralAllowance", "00:00:02"), ("allowanceStop", "00:00:01"), ("healthCardUnlock", "01:00:00"));

    [TearDown]
    public void Clean() => _law.Dispose();

    [Test]
    public async Task Should_show_the_dossier_as_late_with_its_holder_and_still_take_the_late_answer()
    {
        await using var desk = await LinkedBirthDesk.OpenAsync(new Dictionary<string, string?> { ["Procedures:LegalFolder"] = _law.Folder });
        var submission = desk.Submission("G22.99.08-261123-200001", LinkedProcedures.PermanentResidence, LinkedProcedures.HealthCard);
        await desk.SubmitAsync(submission);

        var late = await desk.DossierAsync(submission.DossierNumber, d => d.GetProperty("isLate").GetBoolean());
        Assert.That(late.GetProperty("holders").GetString(), Is.EqualTo("G15"));

        await desk.RegisterAsync(submission);
        var lateBranch = await desk.DossierAsync(submission.DossierNumber, d => d.GetProperty("isLate").GetBoolean() && d.GetProperty("state").GetString() == "Linking");
        Assert.That(lateBranch.GetProperty("holders").GetString(), Is.EqualTo("G01,G24"));

        await desk.IssueCardAsync(submission.DossierNumber);
        await desk.RegisterResidenceAsync(submission.DossierNumber);
        var ended = await desk.DossierInStateAsync(submission.DossierNumber, "Completed");
        Assert.That(ended.GetProperty("isLate").GetBoolean(), Is.False);
    }

    [Test]
    public async Task Should_name_the_payer_that_holds_a_late_funeral_allowance_and_the_one_that_is_late_in_stopping_it()
    {
        await using var desk = await LinkedDeathDesk.OpenAsync(new Dictionary<string, string?> { ["Procedures:LegalFolder"] = _law.Folder });
        var submission = await desk.BeginAsync(LinkedDeathDesk.Submission("550001", LinkedDeathProcedures.FuneralAllowance));
        var dossier = submission.DossierNumber;
        await desk.LockAsync(dossier, card: null);
        await desk.RefuseFuneralAsync(dossier, LinkedDeathDesk.FromInsurance, "not-entitled");

        // The time runs from when the first payer was asked.
        var late = await desk.DossierAsync(dossier, d => d.GetProperty("isLate").GetBoolean());
        Assert.That(late.GetProperty("holders").GetString(), Is.EqualTo("H26.16"));
        await desk.GrantFuneralAsync(dossier, LinkedDeathDesk.FromProtection);
        await desk.DossierAsync(dossier, d => d.GetProperty("state").GetString() == "Completed" && !d.GetProperty("isLate").GetBoolean());

        await desk.RevokeAsync(submission);
        var undoing = await desk.DossierAsync(dossier, d => d.GetProperty("isLate").GetBoolean());
        Assert.That((undoing.GetProperty("state").GetString(), undoing.GetProperty("holders").GetString()), Is.EqualTo(("Revoking", "H26.16")));
        await desk.StopAsync(dossier, LinkedDeathProcedures.FuneralAllowance, LinkedDeathDesk.FromProtection);
        await desk.DossierInStateAsync(dossier, "Revoked");
    }
}
