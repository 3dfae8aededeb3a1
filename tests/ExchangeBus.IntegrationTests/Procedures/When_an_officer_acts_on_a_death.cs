using System.Text.Json;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedDeath;
using static ExchangeBus.IntegrationTests.Procedures.LinkedDeathDesk;

namespace ExchangeBus.IntegrationTests.Procedures;

[TestFixture]
public sealed class When_an_officer_acts_on_a_death
{
    private const string Hash = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private LinkedDeathDesk _desk = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _desk = await OpenAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _desk.DisposeAsync();

    [Test]
    public async Task Should_never_leave_out_the_lock_and_ask_for_it_again()
    {
        var dossier = (await _desk.BeginAsync(Submission("530001", LinkedDeathProcedures.ResidenceDeletion))).DossierNumber;
        var view = await _desk.ViewAsync(dossier);
        Assert.That(view.GetProperty("procedure").GetString(), Is.EqualTo("linkeddeath"));
        Assert.That(view.GetProperty("actions").EnumerateArray().Where(a => a.TryGetProperty("step", out var s) && s.GetString() == "healthCardLock").Select(a => a.GetProperty("action").GetString()),
            Does.Not.Contain("skip"));

        var (status, body) = await ActAsync(dossier, new { action = "reask", version = Version(view), step = "healthCardLock", reason = "Thẻ vẫn mở" });

        Assert.That(status, Is.EqualTo(200), body.ToString());
        Assert.That(await _desk.CountCommandsAsync(Insurance, EventTypes.LockHealthCard, dossier), Is.EqualTo(2));
    }

    [Test]
    public async Task Should_not_begin_a_branch_that_the_citizen_never_claimed()
    {
        var submission = Submission("530002", LinkedDeathProcedures.ResidenceDeletion, LinkedDeathProcedures.FuneralAllowance) with { FuneralAllowance = null };
        var dossier = (await _desk.BeginAsync(submission)).DossierNumber;

        var (status, body) = await ActAsync(dossier, new { action = "reenter", version = Version(await _desk.ViewAsync(dossier)), step = "funeralAllowance", reason = "Công dân hỏi" });

        Assert.That((status, body.GetProperty("violations")[0].GetProperty("code").GetString()), Is.EqualTo((409, "desk.notclaimed")));
    }

    [Test]
    public async Task Should_enter_the_deletion_by_hand_and_undo_it_when_the_person_lives()
    {
        var submission = await _desk.BeginAsync(Submission("530003", LinkedDeathProcedures.ResidenceDeletion));
        var dossier = submission.DossierNumber;
        await _desk.LockAsync(dossier, card: null);
        await Testing.Eventually.GetAsync(() => _desk.ViewAsync(dossier), v => v.GetProperty("remaining").GetArrayLength() == 1, "the deletion alone is open");
        var version = Version(await _desk.ViewAsync(dossier));
        var (_, asked) = await ActAsync(dossier, new
        {
            action = "enter",
            version,
            step = "residenceDeletion",
            reason = "Văn bản giấy của công an xã",
            result = new { type = EventTypes.PermanentResidenceDeleted, documentHash = Hash, data = new { residenceNumber = "R-9", personalId = new { state = "unknown" }, deletedOn = "2026-11-24" } },
        });
        await _desk.AskAsync(OneStop, "ld-1", HttpMethod.Post, $"desk/requests/{asked.GetProperty("request").GetProperty("id").GetString()}/decision", new { approve = true, version, reason = "Đúng bản quét" });
        await _desk.DossierInStateAsync(dossier, "Completed");

        await _desk.RevokeAsync(submission);
        await _desk.CommandAsync(Residence, EventTypes.RestorePermanentResidence, dossier);
        var off = await ActAsync(dossier, new { action = "reenter", version = Version(await _desk.ViewAsync(dossier)), step = "residenceDeletion", reason = "thử" });
        Assert.That(off.Body.GetProperty("violations")[0].GetProperty("code").GetString(), Is.EqualTo("desk.notregistered"), "what is being undone does not begin again");
        await _desk.RestoreResidenceAsync(dossier);
        await _desk.DossierInStateAsync(dossier, "Revoked");
    }

    private Task<(int Status, JsonElement Body)> ActAsync(string dossier, object order) => _desk.AskAsync(OneStop, "cb-1", HttpMethod.Post, $"dossiers/{dossier}/actions", order);

    private static int Version(JsonElement view) => view.GetProperty("version").GetInt32();
}
