using System.Text.Json;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.IntegrationTests.Procedures;

[TestFixture]
public sealed class When_a_linked_birth_runs
{
    private LinkedBirthDesk _desk = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _desk = await LinkedBirthDesk.OpenAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _desk.DisposeAsync();

    [Test]
    public async Task Should_ask_both_branches_after_the_registration_and_complete_when_both_answered()
    {
        var submission = _desk.Submission("G22.99.08-261123-100001", LinkedProcedures.PermanentResidence, LinkedProcedures.HealthCard);
        await _desk.SubmitAsync(submission);
        var register = await _desk.CommandAsync(LinkedBirthDesk.CivilStatus, EventTypes.RegisterBirth, submission.DossierNumber);
        Assert.Multiple(() =>
        {
            Assert.That(register[ExtensionAttributes.Recipient], Is.EqualTo("G15"));
            Assert.That(register[ExtensionAttributes.CorrelationId], Is.EqualTo(submission.DossierNumber));
            Assert.That(register[ExtensionAttributes.Purpose], Is.EqualTo("3.000722"), "the procedure of the day of submission");
            Assert.That(EventData.Read<RegisterBirth>(register.Data.Span).Child, Is.EqualTo(submission.Child));
        });

        var registering = await _desk.DossierInStateAsync(submission.DossierNumber, "Registering");
        Assert.That(registering.GetProperty("residence").GetString(), Is.EqualTo("Chosen"), "a chosen branch is not shown as left out while it waits for its turn");

        await _desk.RegisterAsync(submission);
        await _desk.CommandAsync(LinkedBirthDesk.Residence, EventTypes.RegisterPermanentResidence, submission.DossierNumber);
        await _desk.CommandAsync(LinkedBirthDesk.Insurance, EventTypes.IssueChildHealthCard, submission.DossierNumber);
        var linking = await _desk.DossierInStateAsync(submission.DossierNumber, "Linking");
        Assert.That(linking.GetProperty("holders").GetString(), Is.EqualTo("G01,G24"));

        await _desk.IssueCardAsync(submission.DossierNumber);
        await _desk.RegisterResidenceAsync(submission.DossierNumber);

        var completed = await _desk.DossierInStateAsync(submission.DossierNumber, "Completed");
        Assert.That(completed.GetProperty("holders").GetString(), Is.Empty);
        Assert.That(completed.GetProperty("dueAt").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task Should_end_at_once_when_the_registration_is_refused()
    {
        var submission = _desk.Submission("G22.99.08-261123-100002", LinkedProcedures.HealthCard);
        await _desk.SubmitAsync(submission);
        await _desk.CommandAsync(LinkedBirthDesk.CivilStatus, EventTypes.RegisterBirth, submission.DossierNumber);

        await _desk.PublishAsync(LinkedBirthDesk.CivilStatus, EventTypes.BirthRegistrationRefused, submission.DossierNumber,
            new BirthRegistrationRefused(submission.DossierNumber, "notice-missing", "Chưa có giấy chứng sinh."));

        var refused = await _desk.DossierInStateAsync(submission.DossierNumber, "Refused");
        Assert.That(refused.GetProperty("registration").GetString(), Is.EqualTo("Refused"));
        Assert.That(refused.GetProperty("healthCard").GetString(), Is.EqualTo("Skipped"), "nothing follows a refused registration");
    }

    [TestCase("residence", "100003")]
    [TestCase("healthCard", "100004")]
    public async Task Should_let_a_refused_branch_end_alone(string branch, string number)
    {
        var submission = _desk.Submission($"G22.99.08-261123-{number}", LinkedProcedures.PermanentResidence, LinkedProcedures.HealthCard);
        await _desk.SubmitAsync(submission);
        await _desk.CommandAsync(LinkedBirthDesk.CivilStatus, EventTypes.RegisterBirth, submission.DossierNumber);
        await _desk.RegisterAsync(submission);
        await _desk.DossierInStateAsync(submission.DossierNumber, "Linking");

        if (branch == "residence")
        {
            await _desk.PublishAsync(LinkedBirthDesk.Residence, EventTypes.PermanentResidenceRefused, submission.DossierNumber,
                new PermanentResidenceRefused(submission.DossierNumber, "head-disagrees", "Chủ hộ không đồng ý."));
            await _desk.IssueCardAsync(submission.DossierNumber);
        }
        else
        {
            await _desk.PublishAsync(LinkedBirthDesk.Insurance, EventTypes.ChildHealthCardRefused, submission.DossierNumber,
                new ChildHealthCardRefused(submission.DossierNumber, "card-exists", "Trẻ đã có thẻ."));
            await _desk.RegisterResidenceAsync(submission.DossierNumber);
        }

        var ended = await _desk.DossierInStateAsync(submission.DossierNumber, "CompletedPartly");
        Assert.That(ended.GetProperty("registration").GetString(), Is.EqualTo("Done"), "nothing after the pivot undoes the registration");
        Assert.That(ended.GetProperty(branch).GetString(), Is.EqualTo("Refused"));
    }

    [Test]
    public async Task Should_complete_with_the_registration_when_no_branch_was_chosen()
    {
        var submission = _desk.Submission("G22.99.08-261123-100005");
        await _desk.SubmitAsync(submission);
        await _desk.CommandAsync(LinkedBirthDesk.CivilStatus, EventTypes.RegisterBirth, submission.DossierNumber);
        await _desk.RegisterAsync(submission);

        var ended = await _desk.DossierInStateAsync(submission.DossierNumber, "Completed");
        Assert.That(ended.GetProperty("residence").GetString(), Is.EqualTo("Skipped"));
    }
}
