using System.Text.Json.Nodes;
using ExchangeBus.Procedures.Clock;

namespace ExchangeBus.Tests.Procedures.Clock;

[TestFixture]
public sealed class When_the_law_changes
{
    private static readonly LegalProfile[] Profiles = LegalFolder.LoadProfiles(Law.Folder);

    [TestCase("2020-06-01 09:00", "2.000986", "1.007073", Description = "the oldest one for what lies before it")]
    [TestCase("2024-06-30 23:59", "2.000986", "1.007073")]
    [TestCase("2024-07-01 00:00", "2.002621", "2.002622")]
    [TestCase("2026-08-31 23:59", "2.002621", "2.002622")]
    [TestCase("2026-09-01 00:00", "3.000722", "2.002913")]
    public void Should_hold_a_dossier_to_the_law_of_its_submission(string submitted, string birth, string death)
    {
        var profile = Law.Clock.ProfileAt(Law.At(submitted));

        Assert.That(profile.LinkedBirth.ProcedureFor(["permanentResidence", "healthCard"]).Code, Is.EqualTo(birth));
        Assert.That(profile.LinkedDeath.ProcedureFor(["residenceDeletion"]).Code, Is.EqualTo(death));
    }

    [TestCase("2021-04-01", "healthCard", "2.001023", 15)]
    [TestCase("2021-04-01", "healthCard,permanentResidence", "2.000986", 20)]
    [TestCase("2021-04-01", "permanentResidence", "2.000986", 20)]
    [TestCase("2024-07-01", "healthCard", "2.002621", 3)]
    [TestCase("2026-09-01", "healthCard", "3.000722", 3)]
    [TestCase("2026-09-01", "identityCard", "3.000722", 7)]
    public void Should_take_the_smallest_procedure_with_all_that_was_chosen(string day, string chosen, string code, int days)
    {
        var procedure = Law.Clock.ProfileAt(Law.At(day + " 09:00")).LinkedBirth.ProcedureFor(chosen.Split(','));

        Assert.That((procedure.Code, procedure.WholeLimit(verified: false).WorkingDays), Is.EqualTo((code, (int?)days)));
    }

    [Test]
    public void Should_give_the_whole_five_days_when_residence_is_verified()
    {
        var procedure = Law.Clock.ProfileOf(new DateOnly(2024, 7, 1)).LinkedBirth.ProcedureFor([]);

        Assert.That(procedure.WholeLimit(verified: true).WorkingDays, Is.EqualTo(5));
        Assert.That(Profiles[0].LinkedBirth.ProcedureFor([]).WholeLimit(verified: true).WorkingDays, Is.EqualTo(15), "without a number of its own it is the plain one");
    }

    [Test]
    public void Should_have_the_identity_card_from_September_2026_only() =>
        Assert.That(Profiles.Select(p => p.LinkedBirth.Has(StepNames.IdentityCard)), Is.EqualTo([false, false, true]));

    [Test]
    public void Should_always_lock_the_health_card_of_the_dead() =>
        Assert.That(Profiles.Select(p => p.LinkedDeath.Has(StepNames.HealthCardLock)), Has.All.True);

    [TestCase("socialInsurance", "not-entitled", "socialProtection")]
    [TestCase("socialInsurance", "paid-before", null, Description = "any other refusal is the end")]
    [TestCase("socialInsurance", null, null)]
    [TestCase("socialProtection", "not-entitled", null, Description = "nobody decides after the last one")]
    public void Should_name_the_payer_that_decides_after_a_refusal(string payer, string? reason, string? next)
    {
        Assert.That(Profiles[^1].LinkedDeath.FuneralPayers!.After(payer, reason), Is.EqualTo(next));
        Assert.That(Profiles[0].LinkedDeath.FuneralPayers, Is.Null, "in 2021 no allowance was linked");
    }

    [Test]
    public void Should_have_a_source_for_each_number_or_mark_it_as_open()
    {
        Assert.That(Profiles.SelectMany(p => p.Numbers().Where(n => !n.Number.IsAccountedFor).Select(n => $"{p.From:O} {n.Name}")), Is.Empty);
        // What nobody has read yet. A line goes from here when a text is found, and its source stands in the data then.
        Assert.That(Profiles[1].Numbers().Where(n => n.Number.Open).Select(n => n.Name), Is.EquivalentTo((string[])
        [
            "hours/startOfDay", "hours/endOfDay", "warningShare", "correctionApplied", "linkedBirth/permanentResidenceOutside", "linkedBirth/healthCardOutside", "linkedBirth/supplement", "linkedBirth/householdConsent", "linkedBirth/verification",
            "linkedDeath/2.002622/whole", "linkedDeath/supplement", "linkedDeath/funeralAllowance", "linkedDeath/survivorBenefit",
            "linkedDeath/residenceRestoration", "linkedDeath/healthCardUnlock", "linkedDeath/allowanceStop", "linkedDeath/funeralPayers",
        ]));
    }

    [Test]
    public void Should_read_a_dossier_by_the_profile_it_began_under()
    {
        var step = LegalClock.Start(Profiles[0], Profiles[0].LinkedBirth.LimitOf(StepNames.HealthCard), Law.At("2026-09-07 09:00"), "G24");

        Assert.That(step.Law, Is.EqualTo(new DateOnly(2021, 4, 1)));
        Assert.That(Law.Clock.Read(step, step.ReceivedAt).DueAt, Is.EqualTo(Law.At("2026-09-21 17:00")), "ten working days of the old law");
    }

    [Test]
    public void Should_name_a_step_without_limit() =>
        Assert.That(() => Profiles[0].LinkedBirth.LimitOf(StepNames.IdentityCard), Throws.InvalidOperationException.With.Message.Contains("identityCard"));

    [TestCase("linkedBirth/limits/registration", """{"workingDays":0}""", "linkedBirth/registration has neither")]
    [TestCase("linkedBirth/limits/registration", """{"workingDays":0,"open":true}""", "linkedBirth/registration has neither")]
    [TestCase("linkedBirth/limits/registration", """{"workingDays":0,"open":true,"note":"n","source":"s"}""", "linkedBirth/registration has neither")]
    [TestCase("linkedDeath/limits/registration", """{"workingDays":-1,"source":"s"}""", "linkedDeath/registration is either")]
    [TestCase("linkedBirth/limits/registration", """{"workingDays":1,"elapsed":"01:00:00","source":"s"}""", "linkedBirth/registration is either")]
    [TestCase("linkedBirth/limits/registration", """{"elapsed":"00:00:00","source":"s"}""", "linkedBirth/registration is either")]
    [TestCase("linkedBirth/limits/registration", """{"source":"s"}""", "linkedBirth/registration is either")]
    [TestCase("hours/cutOff", """{"at":"17:01","source":"s"}""", "the cut-off lies")]
    [TestCase("warningShare", """{"value":1,"source":"s"}""", "warningShare lies")]
    [TestCase("maintenanceNotice", """{"elapsed":"01:00:00","source":"s"}""", "maintenanceNotice is in")]
    [TestCase("linkedBirth/alwaysBranches", """["photo"]""", "the branch photo has no limit")]
    [TestCase("linkedBirth/procedures", "[]", "a part has no procedure")]
    [TestCase("linkedDeath/procedures", """[{"code":"c","branches":["householdConsent"],"whole":{"workingDays":1,"source":"s"}}]""", "the branch householdConsent has no limit")]
    [TestCase(
        "linkedDeath/limits", """{"residenceDeletion":{"workingDays":2,"source":"s"},"funeralAllowance":{"workingDays":2,"source":"s"},"survivorBenefit":{"workingDays":2,"source":"s"},"healthCardLock":{"workingDays":0,"source":"s"}}""",
        "what undoes a branch, residenceRestoration, has no limit")]
    [TestCase("linkedDeath/funeralPayers/order", """["socialInsurance","bank"]""", "the payer bank is not known")]
    public void Should_refuse_a_profile_that_cannot_be(string path, string value, string message)
    {
        using var folder = new LegalFolderCopy();
        folder.Change("2024-07.json", path, JsonNode.Parse(value));

        Assert.That(() => LegalFolder.LoadProfiles(folder.Path), Throws.TypeOf<InvalidDataException>().With.Message.Contains(message));
    }

    [Test]
    public void Should_refuse_two_profiles_from_the_same_day_and_a_folder_without_any()
    {
        using var folder = new LegalFolderCopy();
        folder.Change("2024-07.json", "from", "2021-04-01");
        Assert.That(() => LegalFolder.LoadProfiles(folder.Path), Throws.TypeOf<InvalidDataException>().With.Message.Contains("same day"));

        foreach (var file in Directory.GetFiles(folder.Path, "20*.json"))
            File.Delete(file);
        Assert.That(() => LegalFolder.LoadProfiles(folder.Path), Throws.InvalidOperationException);
    }
}
