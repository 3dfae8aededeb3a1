using System.Text.Json;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.IntegrationTests.Procedures;
using ExchangeBus.IntegrationTests.Road;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Journeys;

[TestFixture]
public sealed class When_a_birth_is_not_like_the_others
{
    private LinkedBirthDesk _desk = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _desk = await LinkedBirthDesk.OpenAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _desk.DisposeAsync();

    [Test]
    public async Task Should_take_twins_as_two_children_and_let_a_person_say_so()
    {
        var first = _desk.Submission("G22.99.08-261123-600001", LinkedProcedures.HealthCard);
        first = first with { BirthNoticeNumber = "60001.GCS.01901.26", Child = first.Child with { BirthOrder = 1 } };
        var second = first with
        {
            DossierNumber = "G22.99.08-261123-600002",
            BirthNoticeNumber = "60002.GCS.01901.26",
            Child = first.Child with { Name = first.Child.Name with { Given = "Sinh" }, BirthOrder = 2 },
        };
        await _desk.SubmitAsync(first);
        await _desk.SubmitAsync(second);
        foreach (var (twin, number) in new[] { (first, "61"), (second, "62") })
        {
            var command = EventData.Read<RegisterBirth>((await _desk.CommandAsync(LinkedBirthDesk.CivilStatus, EventTypes.RegisterBirth, twin.DossierNumber)).Data.Span);
            Assert.That((command.Child.Name.Given, command.Child.BirthOrder), Is.EqualTo((twin.Child.Name.Given, twin.Child.BirthOrder)));
            await _desk.PublishAsync(LinkedBirthDesk.CivilStatus, EventTypes.BirthRegistered, twin.DossierNumber, Registered(twin, number));
            await _desk.DossierInStateAsync(twin.DossierNumber, "Linking");
            await _desk.IssueCardAsync(twin.DossierNumber);
            await _desk.DossierInStateAsync(twin.DossierNumber, "Completed");
        }

        Assert.That((await _desk.ViewAsync(second.DossierNumber)).GetProperty("matters").GetArrayLength(), Is.Zero);
        Assert.That((await _desk.ViewAsync(second.DossierNumber)).GetProperty("numbers").EnumerateArray().Select(n => n.GetProperty("number").GetString()), Does.Contain("00004/01/2026/62"));
    }

    [Test]
    public async Task Should_put_before_an_officer_that_the_book_names_another_child()
    {
        var submission = _desk.Submission("G22.99.08-261123-600003", LinkedProcedures.HealthCard);
        await _desk.SubmitAsync(submission);
        await _desk.DossierInStateAsync(submission.DossierNumber, "Registering");
        await _desk.PublishAsync(LinkedBirthDesk.CivilStatus, EventTypes.BirthRegistered, submission.DossierNumber,
            Registered(submission, "63") with { Child = submission.Child with { Name = new PersonName("Phạm", null, "Khác") } });

        var view = await Eventually.GetAsync(() => _desk.ViewAsync(submission.DossierNumber), v => v.GetProperty("state").GetString() == "Linking", "registered");

        Assert.That(view.GetProperty("matters")[0].GetProperty("code").GetString(), Is.EqualTo("registration.differs"));
    }

    [Test]
    public async Task Should_take_the_id_that_comes_with_the_registration_said_once_more()
    {
        var submission = _desk.Submission("G22.99.08-261123-600004") with { IdentityCard = true };
        await _desk.SubmitAsync(submission);
        await _desk.DossierInStateAsync(submission.DossierNumber, "Registering");
        await _desk.PublishAsync(LinkedBirthDesk.CivilStatus, EventTypes.BirthRegistered, submission.DossierNumber, Registered(submission, "64"));
        await _desk.DossierAsync(submission.DossierNumber, d => d.GetProperty("holders").GetString() == "G01.C06");

        await _desk.PublishAsync(LinkedBirthDesk.CivilStatus, EventTypes.BirthRegistered, submission.DossierNumber, Registered(submission, "64") with { PersonalId = "001226000641" });

        var card = EventData.Read<IssueChildIdCard>((await _desk.CommandAsync(LinkedBirthDesk.Population, EventTypes.IssueChildIdCard, submission.DossierNumber)).Data.Span);
        Assert.That(card.PersonalId, Is.EqualTo("001226000641"));
    }

    [Test]
    public async Task Should_end_under_the_rules_and_in_the_commune_that_there_is_when_the_old_one_was_merged_meanwhile()
    {
        var morning = new DateTimeOffset(2025, 6, 27, 9, 0, 0, TimeSpan.FromHours(7));
        var submission = In("00001", _desk.Submission("G22.99.08-250627-600005", LinkedProcedures.PermanentResidence, LinkedProcedures.HealthCard)) with { BirthNoticeNumber = "60005.GCS.01901.25" };
        await _desk.PublishAsync(Samples.Portal, EventTypes.LinkedBirthSubmitted, submission.DossierNumber, submission, time: morning);
        var command = EventData.Read<RegisterBirth>((await _desk.CommandAsync(LinkedBirthDesk.CivilStatus, EventTypes.RegisterBirth, submission.DossierNumber)).Data.Span);
        Assert.That(command.Commune, Is.EqualTo("00001"), "as the citizen named it");

        // From 1 July 2025 another commune keeps the book.
        var merged = In("00004", submission);
        await _desk.PublishAsync(LinkedBirthDesk.CivilStatus, EventTypes.BirthRegistered, submission.DossierNumber,
            Registered(merged, "65") with { Book = "01/2025", RegisteredOn = new DateOnly(2025, 7, 2) }, time: morning.AddDays(5));
        await _desk.DossierInStateAsync(submission.DossierNumber, "Linking");
        await _desk.RegisterResidenceAsync(submission.DossierNumber);
        await _desk.IssueCardAsync(submission.DossierNumber);
        await _desk.DossierInStateAsync(submission.DossierNumber, "Completed");

        var view = await _desk.ViewAsync(submission.DossierNumber);
        Assert.Multiple(() =>
        {
            Assert.That(view.GetProperty("law").GetString(), Is.EqualTo("2024-07-01"), "it ends under the rules it began with");
            Assert.That(view.GetProperty("numbers").EnumerateArray().Select(n => n.GetProperty("number").GetString()), Does.Contain("00004/01/2025/65"));
        });
    }

    private static BirthRegistered Registered(LinkedBirthSubmitted submission, string number) => new()
    {
        DossierNumber = submission.DossierNumber,
        RegistrationNumber = number,
        Book = "01/2026",
        Commune = submission.Commune,
        RegisteredOn = new DateOnly(2026, 11, 24),
        Child = submission.Child,
    };

    /// <summary>The same family in another unit, its child born in June 2025.</summary>
    private static LinkedBirthSubmitted In(string unit, LinkedBirthSubmitted submission)
    {
        var json = JsonSerializer.Serialize(submission, EventData.Json).Replace($"\"{submission.Commune}\"", $"\"{unit}\"", StringComparison.Ordinal)
            .Replace("\"2026-11-14\"", "\"2025-06-20\"", StringComparison.Ordinal);
        return JsonSerializer.Deserialize<LinkedBirthSubmitted>(json, EventData.Json)!;
    }
}
