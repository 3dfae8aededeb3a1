using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Desk;
using ExchangeBus.Procedures.Dossiers;
using ExchangeBus.Procedures.LinkedBirth;

namespace ExchangeBus.Tests.Procedures.Desk;

[TestFixture]
public sealed class When_a_button_is_judged
{
    private const string Hash = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.FromHours(7));

    [TestCase("Reask", StepNames.Registration, "Registering", "Waiting", false, null)]
    [TestCase("Reask", StepNames.Registration, "Linking", "Done", true, "desk.notrunning")]
    [TestCase("Reask", StepNames.IdentityCard, "Linking", "Blocked", true, "desk.waitsforid")]
    [TestCase("Resend", StepNames.Verification, "Verifying", "Blocked", false, null)]
    [TestCase("Extend", StepNames.HealthCard, "Linking", "Waiting", true, null)]
    [TestCase("Extend", StepNames.HealthCard, "Registering", "Chosen", false, "desk.notrunning")]
    [TestCase("Skip", StepNames.HealthCard, "Registering", "Chosen", false, null)]
    [TestCase("Skip", StepNames.HealthCard, "Linking", "Waiting", true, null)]
    [TestCase("Skip", StepNames.HealthCard, "Linking", "Done", true, "desk.notrunning")]
    [TestCase("Skip", StepNames.Registration, "Registering", "Waiting", false, "desk.mandatory")]
    [TestCase("Skip", StepNames.HealthCard, "Refused", "Dropped", false, "desk.over")]
    [TestCase("Enter", StepNames.Registration, "Registering", "Waiting", false, null)]
    [TestCase("Enter", StepNames.Registration, "Linking", "Done", true, "desk.notrunning")]
    [TestCase("Reenter", StepNames.HealthCard, "CompletedPartly", "Refused", true, null)]
    [TestCase("Reenter", StepNames.HealthCard, "CompletedPartly", "Dropped", true, null)]
    [TestCase("Reenter", StepNames.HealthCard, "Completed", "Done", true, "desk.notended")]
    [TestCase("Reenter", StepNames.HealthCard, "Refused", "Dropped", false, "desk.notregistered")]
    [TestCase("Reenter", StepNames.HealthCard, "TakenOverByHand", "Dropped", true, "desk.notregistered")]
    [TestCase("Withdraw", null, "Registering", "Waiting", false, null)]
    [TestCase("Withdraw", null, "Linking", "Done", true, "desk.registered")]
    [TestCase("Withdraw", null, "Withdrawn", "Dropped", false, "desk.over")]
    [TestCase("TakeOver", null, "Linking", "Waiting", true, null)]
    [TestCase("TakeOver", null, "Completed", "Done", true, "desk.over")]
    [TestCase("Reask", "funeral", "Registering", "Waiting", false, "desk.step")]
    public void Should_be_off_with_the_reason_when_the_law_or_the_dossier_forbids_it(string action, string? step, string state, string status, bool isRegistered, string? off)
    {
        var dossier = Dossier(state, step is null or "funeral" ? StepNames.Registration : step, Enum.Parse<StepStatus>(status), isRegistered);

        Assert.That(DeskRules.JudgeButton(dossier, Enum.Parse<DeskAction>(action), step)?.Code, Is.EqualTo(off));
    }

    [TestCase("contradiction", null, "Waiting", null)]
    [TestCase("contradiction", StepNames.Registration, "Waiting", "desk.matter")]
    [TestCase("verification.mismatch", StepNames.Verification, "Waiting", null)]
    [TestCase("verification.mismatch", StepNames.Verification, "Blocked", "desk.blocks")]
    public void Should_settle_what_is_there_and_blocks_nothing(string matter, string? step, string status, string? off)
    {
        var dossier = Dossier("Verifying", StepNames.Verification, Enum.Parse<StepStatus>(status), isRegistered: false);
        dossier.Matters.Add(new Matter("contradiction", null, Noon, null));
        dossier.Matters.Add(new Matter("verification.mismatch", StepNames.Verification, Noon, null));

        Assert.That(DeskRules.JudgeButton(dossier, DeskAction.Settle, step, matter)?.Code, Is.EqualTo(off));
    }

    [TestCase(6, null, null, "desk.stale")]
    [TestCase(7, null, null, "desk.workingdays")]
    [TestCase(7, 0, null, "desk.workingdays")]
    [TestCase(7, 60, null, null)]
    [TestCase(7, 61, null, "desk.workingdays")]
    [TestCase(7, null, 5, "desk.workingdays")]
    [TestCase(7, 1, 5, "desk.workingdays")]
    public void Should_give_time_of_the_kind_that_the_limit_has(int version, int? days, int? hours, string? off)
    {
        var order = new DeskOrder { Action = DeskAction.Extend, Version = version, Step = StepNames.HealthCard, WorkingDays = days, Hours = hours };

        Assert.That(DeskRules.Judge(Dossier("Linking", StepNames.HealthCard, StepStatus.Waiting, isRegistered: true), order)?.Code, Is.EqualTo(off));
    }

    [TestCase("sha256:0123", "desk.document")]
    [TestCase(null, "desk.document")]
    [TestCase(Hash, null)]
    public void Should_want_the_document_of_what_leaves_the_bus(string? hash, string? off)
    {
        var order = new DeskOrder { Action = DeskAction.TakeOver, Version = 7, Result = new EnteredResult(DocumentHash: hash) };

        Assert.That(DeskRules.Judge(Dossier("Linking", StepNames.HealthCard, StepStatus.Waiting, isRegistered: true), order)?.Code, Is.EqualTo(off));
    }

    [Test]
    public void Should_have_codes_that_differ() => Assert.That(DeskRejections.All.Select(v => v.Code), Is.Unique);

    private static LinkedBirthState Dossier(string state, string step, StepStatus status, bool isRegistered) => new()
    {
        Version = 7,
        CurrentState = state,
        RegistrationKey = isRegistered ? "00004/01/2026/24" : null,
        Steps =
        {
            [step] = new Step
            {
                Status = status,
                Agency = status is StepStatus.Chosen ? null : "G15",
                Clock = status is StepStatus.Chosen ? null : new StepClock { Law = new DateOnly(2026, 9, 1), ReceivedAt = Noon, Limit = TimeLimit.Days(2), Holders = [new Holding("G15", Noon)] },
            },
        },
    };
}
