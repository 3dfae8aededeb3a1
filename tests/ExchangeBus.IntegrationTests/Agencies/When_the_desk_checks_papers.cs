using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Desk;

namespace ExchangeBus.IntegrationTests.Agencies;

[TestFixture]
public sealed class When_the_desk_checks_papers
{
    private static readonly RequestIntake Intake = AgencyBench.Example<RequestIntake>(EventTypes.RequestIntake, "birth");
    private static readonly SupplementSubmitted Supplement = new() { DossierNumber = Intake.DossierNumber, SubmittedAt = AgencyBench.Monday.AddDays(1), Note = "Xin gửi lại bản chụp." };

    [Test]
    public async Task Should_accept_under_a_number_of_the_province_and_say_the_same_when_asked_again()
    {
        await using var desk = await AgencyBench.OpenAsync("onestop");

        var first = EventData.Read<IntakeAccepted>((await desk.PutAsync(EventTypes.RequestIntake, Intake)).Single().Data.Span);
        desk.Time.Advance(TimeSpan.FromHours(1));
        var again = EventData.Read<IntakeAccepted>((await desk.PutAsync(EventTypes.RequestIntake, Intake)).Single().Data.Span);

        Assert.That(first.ProvinceNumber, Is.EqualTo("MC-2026-000001"));
        Assert.That(again, Is.EqualTo(first));
    }

    [Test]
    public async Task Should_ask_once_for_what_is_missing_and_accept_when_it_has_come()
    {
        await using var desk = await AgencyBench.OpenAsync("onestop", ("SupplementEvery", "1"));

        var asked = (await desk.PutAsync(EventTypes.RequestIntake, Intake)).Single();
        Assert.That(asked.Type, Is.EqualTo(EventTypes.SupplementRequested));
        Assert.That(EventData.Read<SupplementRequested>(asked.Data.Span).DueAt, Is.EqualTo(AgencyBench.Monday.AddDays(9)));
        Assert.That((await desk.PutAsync(EventTypes.RequestIntake, Intake)).Single().Type, Is.EqualTo(EventTypes.SupplementRequested), "nothing has come yet");

        Assert.That((await desk.PutAsync(EventTypes.SupplementSubmitted, Supplement)).Single().Type, Is.EqualTo(EventTypes.IntakeAccepted));
        Assert.That(await desk.PutAsync(EventTypes.SupplementSubmitted, Supplement), Is.Empty, "nobody waits for it any more");
        Assert.That((await desk.PutAsync(EventTypes.RequestIntake, Intake)).Single().Type, Is.EqualTo(EventTypes.IntakeAccepted));
    }

    [Test]
    public async Task Should_accept_when_the_bus_asks_again_with_more_papers()
    {
        await using var desk = await AgencyBench.OpenAsync("onestop", ("SupplementEvery", "1"));
        await desk.PutAsync(EventTypes.RequestIntake, Intake);

        var more = Intake with { Attachments = [.. Intake.Attachments!, Intake.Attachments![0]] };
        Assert.That((await desk.PutAsync(EventTypes.RequestIntake, more)).Single().Type, Is.EqualTo(EventTypes.IntakeAccepted));
    }

    [Test]
    public async Task Should_refuse_with_a_reason_and_leave_a_supplement_that_nobody_asked_for_alone()
    {
        await using var desk = await AgencyBench.OpenAsync("onestop", ("Behaviour:RefuseEvery", "1"));

        var refused = EventData.Read<IntakeRefused>((await desk.PutAsync(EventTypes.RequestIntake, Intake)).Single().Data.Span);
        Assert.That(refused.ReasonCode, Is.EqualTo("not-competent"));
        Assert.That(await desk.PutAsync(EventTypes.SupplementSubmitted, Supplement), Is.Empty);
    }
}
