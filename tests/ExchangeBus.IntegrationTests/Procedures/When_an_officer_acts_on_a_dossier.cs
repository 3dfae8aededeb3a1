using System.Text.Json;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.IntegrationTests.Procedures;

[TestFixture]
public sealed class When_an_officer_acts_on_a_dossier
{
    private const string Hash = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private LinkedBirthDesk _desk = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _desk = await LinkedBirthDesk.OpenAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _desk.DisposeAsync();

    [Test]
    public async Task Should_show_who_holds_it_until_when_and_say_of_each_button_that_is_off_why()
    {
        var dossier = await RegisteringAsync("400001");

        var view = await _desk.ViewAsync(dossier);

        Assert.Multiple(() =>
        {
            Assert.That(view.GetProperty("state").GetString(), Is.EqualTo("Registering"));
            Assert.That(view.GetProperty("holders").EnumerateArray().Select(h => h.GetString()), Is.EqualTo(new[] { "G15" }));
            Assert.That(StepOf(view, "registration").GetProperty("dueAt").GetDateTimeOffset(), Is.GreaterThan(DateTimeOffset.UnixEpoch));
            Assert.That(Names(view.GetProperty("remaining")), Is.EqualTo(new[] { "registration", "healthCard", "permanentResidence" }));
            Assert.That(Button(view, "reask", "registration").GetProperty("isOn").GetBoolean(), Is.True);
            Assert.That(Button(view, "reenter", "healthCard").GetProperty("offBecause").GetProperty("code").GetString(), Is.EqualTo("desk.notregistered"));
            Assert.That(Button(view, "skip", "healthCard").GetProperty("needsSecondOfficer").GetBoolean(), Is.True);
        });
    }

    [Test]
    public async Task Should_ask_the_agency_again_and_tell_the_second_of_two_officers_that_the_dossier_has_moved_on()
    {
        var dossier = await RegisteringAsync("400002");
        var version = Version(await _desk.ViewAsync(dossier));

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ActAsync(dossier, new { action = "reask", version, step = "registration", reason = "Không thấy trả lời" })));

        Assert.That(both.Select(b => b.Status).Order(), Is.EqualTo(new[] { 200, 409 }));
        Assert.That(CodeOf(both.Single(b => b.Status == 409).Body), Is.EqualTo("desk.stale"));
        Assert.That(StepOf(await _desk.ViewAsync(dossier), "registration").GetProperty("asked").GetInt32(), Is.EqualTo(2));
        Assert.That(await _desk.CountAsync("select count(*) from event_log where type = @Type and correlation_id = @dossier", new { Type = EventTypes.RegisterBirth, dossier }), Is.EqualTo(2));
        Assert.That(await _desk.CountAsync("select count(*) from desk_request where dossier_number = @dossier", new { dossier }), Is.EqualTo(2), "both are kept");
    }

    [Test]
    public async Task Should_hand_out_the_very_command_again_without_touching_the_dossier()
    {
        var dossier = await RegisteringAsync("400003");
        var command = await _desk.CommandAsync(LinkedBirthDesk.CivilStatus, EventTypes.RegisterBirth, dossier);
        var view = await _desk.ViewAsync(dossier);

        var (status, body) = await ActAsync(dossier, new { action = "resend", version = Version(view), step = "registration", reason = "Đã mất khi khôi phục máy chủ" });

        Assert.That(status, Is.EqualTo(200), body.ToString());
        var again = await _desk.NextCommandAsync(LinkedBirthDesk.CivilStatus, EventTypes.RegisterBirth, dossier);
        Assert.That(again.Id, Is.EqualTo(command.Id));
        Assert.That(again[ExtensionAttributes.ReplayId], Is.Not.Null);
        Assert.That(Version(await _desk.ViewAsync(dossier)), Is.EqualTo(Version(view)));
    }

    [Test]
    public async Task Should_take_a_result_entered_by_hand_only_with_the_document_and_a_second_officer()
    {
        var dossier = await RegisteringAsync("400004");
        var version = Version(await _desk.ViewAsync(dossier));
        var submission = _desk.Submission(dossier);
        object Enter(string? hash, object? child = null) => new
        {
            action = "enter",
            version,
            step = "registration",
            reason = "Sổ giấy, mất điện ở xã",
            result = new
            {
                type = EventTypes.BirthRegistered,
                documentHash = hash,
                data = new { registrationNumber = "31", book = "01/2026", commune = submission.Commune, registeredOn = "2026-11-25", child = child ?? JsonSerializer.SerializeToElement(submission.Child, EventData.Json) },
            },
        };

        Assert.That(CodeOf((await ActAsync(dossier, Enter(hash: null))).Body), Is.EqualTo("desk.document"));
        var wrong = await ActAsync(dossier, Enter(Hash, new { name = 7 }));
        Assert.That(wrong.Status, Is.EqualTo(422));
        Assert.That(wrong.Body.GetProperty("violations")[0].GetProperty("pointer").GetString(), Does.StartWith("/result/data/child"));

        var (status, asked) = await ActAsync(dossier, Enter(Hash));
        Assert.That(status, Is.EqualTo(202), asked.ToString());
        Assert.That(CodeOf((await ActAsync(dossier, Enter(Hash))).Body), Is.EqualTo("desk.pending"));
        var request = asked.GetProperty("request").GetProperty("id").GetString();
        Assert.That((await _desk.ViewAsync(dossier)).GetProperty("state").GetString(), Is.EqualTo("Registering"), "nothing is done yet");

        Assert.That(CodeOf((await DecideAsync("cb-1", request, version)).Body), Is.EqualTo("desk.role"));
        Assert.That(CodeOf((await DecideAsync("ld-1", request, version - 1)).Body), Is.EqualTo("desk.stale"));
        var decided = await DecideAsync("ld-1", request, version);
        Assert.That(decided.Status, Is.EqualTo(200), decided.Body.ToString());

        var view = await _desk.ViewAsync(dossier);
        Assert.That(view.GetProperty("state").GetString(), Is.EqualTo("Linking"));
        Assert.That(view.GetProperty("numbers").EnumerateArray().Select(n => n.GetProperty("number").GetString()), Has.Some.Contains("31"));
        Assert.That(CodeOf((await DecideAsync("ld-1", request, version)).Body), Is.EqualTo("desk.decided"));
        var logged = await _desk.LoggedAsync(dossier, EventTypes.BirthRegistered);
        Assert.That((logged[ExtensionAttributes.Officer], logged[ExtensionAttributes.DocumentHash]), Is.EqualTo(("G22/cb-1", Hash)));
        Assert.That(await _desk.CountAsync("select count(*) from desk_request where result is not null and state <> 'waiting'", null), Is.Zero, "what was entered stands in the log alone");
    }

    [Test]
    public async Task Should_not_let_the_officer_who_asked_approve()
    {
        var dossier = await LinkingAsync("400005");
        var version = Version(await _desk.ViewAsync(dossier));
        var (_, asked) = await _desk.AskAsync(LinkedBirthDesk.OneStop, "ld-1", HttpMethod.Post, $"dossiers/{dossier}/actions", new { action = "skip", version, step = "healthCard", reason = "Công dân đề nghị" });

        var decided = await DecideAsync("ld-1", asked.GetProperty("request").GetProperty("id").GetString(), version);

        Assert.That((decided.Status, CodeOf(decided.Body)), Is.EqualTo((409, "desk.sameofficer")));
    }

    [Test]
    public async Task Should_leave_a_branch_out_end_partly_and_begin_the_branch_again()
    {
        var dossier = await LinkingAsync("400006");
        await _desk.RegisterResidenceAsync(dossier);
        await Eventually(dossier, v => StepOf(v, "permanentResidence").GetProperty("status").GetString() == "done");
        var version = Version(await _desk.ViewAsync(dossier));
        var (_, asked) = await ActAsync(dossier, new { action = "skip", version, step = "healthCard", reason = "Công dân đề nghị làm sau" });
        await DecideAsync("ld-1", asked.GetProperty("request").GetProperty("id").GetString(), version);
        await _desk.DossierInStateAsync(dossier, "CompletedPartly");

        var again = await ActAsync(dossier, new { action = "reenter", version = Version(await _desk.ViewAsync(dossier)), step = "healthCard", reason = "Công dân làm tiếp" });
        Assert.That(again.Status, Is.EqualTo(200), again.Body.ToString());
        Assert.That((await _desk.ViewAsync(dossier)).GetProperty("state").GetString(), Is.EqualTo("Linking"));
        await _desk.IssueCardAsync(dossier);
        await _desk.DossierInStateAsync(dossier, "Completed");

        var timeline = (await _desk.AskAsync(LinkedBirthDesk.OneStop, "xem-1", HttpMethod.Get, $"dossiers/{dossier}/timeline")).Body.EnumerateArray().ToArray();
        Assert.That(timeline.Select(e => e.GetProperty("toState").GetString()), Is.EqualTo(new[] { "Registering", "Linking", "Linking", "CompletedPartly", "Linking", "Completed" }));
        Assert.That(timeline[3].GetProperty("textVi").GetString(), Does.Contain("G22/cb-1"));
        Assert.That(timeline[1].GetProperty("textEn").GetString(), Is.EqualTo("The birth was registered."));
    }

    [Test]
    public async Task Should_give_more_time_and_move_the_deadline_by_working_days()
    {
        var dossier = await LinkingAsync("400007");
        var before = await _desk.ViewAsync(dossier);
        var due = StepOf(before, "permanentResidence").GetProperty("dueAt").GetDateTimeOffset();

        Assert.That(CodeOf((await ActAsync(dossier, Extend(61))).Body), Is.EqualTo("desk.workingdays"));
        Assert.That((await ActAsync(dossier, Extend(2))).Status, Is.EqualTo(200));

        var step = StepOf(await _desk.ViewAsync(dossier), "permanentResidence");
        Assert.That(step.GetProperty("dueAt").GetDateTimeOffset() - due, Is.GreaterThanOrEqualTo(TimeSpan.FromDays(2)));
        Assert.That(step.GetProperty("extensions")[0].GetProperty("reason").GetString(), Is.EqualTo("Xác minh tại chỗ lâu hơn"));

        object Extend(int days) => new { action = "extend", version = Version(before), step = "permanentResidence", workingDays = days, reason = "Xác minh tại chỗ lâu hơn" };
    }

    [Test]
    public async Task Should_withdraw_before_the_registration_only()
    {
        var open = await RegisteringAsync("400008");
        var registered = await LinkingAsync("400009");

        var off = await ActAsync(registered, Withdraw(Version(await _desk.ViewAsync(registered))));
        Assert.That((off.Status, CodeOf(off.Body)), Is.EqualTo((409, "desk.registered")));

        var version = Version(await _desk.ViewAsync(open));
        var (_, asked) = await ActAsync(open, Withdraw(version));
        await DecideAsync("ld-1", asked.GetProperty("request").GetProperty("id").GetString(), version);
        await _desk.DossierInStateAsync(open, "Withdrawn");

        static object Withdraw(int version) => new { action = "withdraw", version, reason = "Công dân rút tại quầy", result = new { documentHash = Hash } };
    }

    [Test]
    public async Task Should_end_as_taken_over_and_put_what_comes_after_before_a_person()
    {
        var dossier = await RegisteringAsync("400010");
        var version = Version(await _desk.ViewAsync(dossier));
        var (_, asked) = await ActAsync(dossier, new { action = "takeOver", version, reason = "Làm tiếp trên giấy", result = new { documentHash = Hash } });
        await DecideAsync("ld-1", asked.GetProperty("request").GetProperty("id").GetString(), version);
        await _desk.DossierInStateAsync(dossier, "TakenOverByHand");

        await _desk.RegisterAsync(_desk.Submission(dossier));
        await Eventually(dossier, v => v.GetProperty("matters").GetArrayLength() == 1);
        var settled = await ActAsync(dossier, new { action = "settle", version = Version(await _desk.ViewAsync(dossier)), matter = "contradiction", reason = "Đúng, đã đăng ký trên giấy" });

        Assert.That(settled.Status, Is.EqualTo(200), settled.Body.ToString());
        Assert.That((await _desk.ViewAsync(dossier)).GetProperty("matters").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Should_refuse_who_may_not_and_keep_that_it_was_asked_for()
    {
        var dossier = await RegisteringAsync("400011");
        object order = new { action = "reask", version = Version(await _desk.ViewAsync(dossier)), step = "registration", reason = "thử" };

        Assert.Multiple(async () =>
        {
            Assert.That(CodeOf((await _desk.AskAsync(LinkedBirthDesk.OneStop, null, HttpMethod.Post, $"dossiers/{dossier}/actions", order)).Body), Is.EqualTo("desk.officer"));
            Assert.That(CodeOf((await _desk.AskAsync(LinkedBirthDesk.CivilStatus, "cb-1", HttpMethod.Post, $"dossiers/{dossier}/actions", order)).Body), Is.EqualTo("desk.officer"), "no desk there");
            Assert.That(CodeOf((await _desk.AskAsync(LinkedBirthDesk.OneStop, "xem-1", HttpMethod.Post, $"dossiers/{dossier}/actions", order)).Body), Is.EqualTo("desk.role"));
            Assert.That(CodeOf((await _desk.AskAsync(LinkedBirthDesk.Insurance, "bh-1", HttpMethod.Post, $"dossiers/{dossier}/actions", order)).Body), Is.EqualTo("desk.agency"), "not asked for anything yet");
            Assert.That((await ActAsync("G22.99.08-261123-499999", order)).Status, Is.EqualTo(404));
            Assert.That((await ActAsync(dossier, new { action = "fakeRefusal", version = 1, reason = "thử" })).Status, Is.EqualTo(400));
        });
        Assert.That(await _desk.CountAsync("select count(*) from desk_request where dossier_number = @dossier and state = 'refused' and refused_because in ('desk.role', 'desk.agency')", new { dossier }), Is.EqualTo(2));
        Assert.That(await _desk.CountAsync("select count(*) from dossier_history where dossier_number = @dossier", new { dossier }), Is.EqualTo(1));
    }

    [Test]
    public async Task Should_find_dossiers_by_any_number_and_by_who_holds_them()
    {
        var dossier = await LinkingAsync("400012");
        async Task<string?[]> FindAsync(string query) => [.. (await _desk.AskAsync(LinkedBirthDesk.OneStop, "xem-1", HttpMethod.Get, $"dossiers?{query}")).Body
            .GetProperty("dossiers").EnumerateArray().Select(d => d.GetProperty("dossierNumber").GetString())];
        var registration = (await _desk.ViewAsync(dossier)).GetProperty("numbers")[0].GetProperty("number").GetString()!;

        Assert.Multiple(async () =>
        {
            Assert.That(await FindAsync($"number={dossier}"), Is.EqualTo(new[] { dossier }));
            Assert.That(await FindAsync($"number={Uri.EscapeDataString(registration)}&limit=500"), Has.Some.EqualTo(dossier));
            Assert.That(await FindAsync("holder=G24&state=Linking&limit=500"), Has.Some.EqualTo(dossier));
            Assert.That(await FindAsync("holder=G15&number=" + dossier), Is.Empty);
            Assert.That(await FindAsync("step=healthCard&number=" + dossier), Has.Length.EqualTo(1));
            Assert.That(await FindAsync($"late=true&number={dossier}"), Is.Empty);
            Assert.That(await FindAsync("commune=01&limit=500"), Has.Some.EqualTo(dossier));
        });
        var first = (await _desk.AskAsync(LinkedBirthDesk.OneStop, "xem-1", HttpMethod.Get, "dossiers?limit=1")).Body;
        var second = (await _desk.AskAsync(LinkedBirthDesk.OneStop, "xem-1", HttpMethod.Get, $"dossiers?limit=1&after={first.GetProperty("next").GetString()}")).Body;
        Assert.That(second.GetProperty("dossiers")[0].GetProperty("dossierNumber").GetString(), Is.Not.EqualTo(first.GetProperty("dossiers")[0].GetProperty("dossierNumber").GetString()));
    }

    private async Task<string> RegisteringAsync(string number)
    {
        var submission = _desk.Submission($"G22.99.08-261123-{number}", LinkedProcedures.PermanentResidence, LinkedProcedures.HealthCard);
        await _desk.SubmitAsync(submission);
        await _desk.DossierInStateAsync(submission.DossierNumber, "Registering");
        return submission.DossierNumber;
    }

    private async Task<string> LinkingAsync(string number)
    {
        var dossier = await RegisteringAsync(number);
        await _desk.RegisterAsync(_desk.Submission(dossier));
        await _desk.DossierInStateAsync(dossier, "Linking");
        return dossier;
    }

    private Task<(int Status, JsonElement Body)> ActAsync(string dossier, object order) => _desk.AskAsync(LinkedBirthDesk.OneStop, "cb-1", HttpMethod.Post, $"dossiers/{dossier}/actions", order);

    private Task<(int Status, JsonElement Body)> DecideAsync(string officer, string? request, int version) =>
        _desk.AskAsync(LinkedBirthDesk.OneStop, officer, HttpMethod.Post, $"desk/requests/{request}/decision", new { approve = true, version, reason = "Đã đối chiếu bản quét" });

    private Task<JsonElement> Eventually(string dossier, Func<JsonElement, bool> satisfies) => Testing.Eventually.GetAsync(() => _desk.ViewAsync(dossier), satisfies, $"{dossier} as expected");

    private static int Version(JsonElement view) => view.GetProperty("version").GetInt32();

    private static string? CodeOf(JsonElement problem) => problem.GetProperty("violations")[0].GetProperty("code").GetString();

    private static string?[] Names(JsonElement list) => [.. list.EnumerateArray().Select(n => n.GetString())];

    private static JsonElement StepOf(JsonElement view, string name) => view.GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("name").GetString() == name);

    private static JsonElement Button(JsonElement view, string action, string step) =>
        view.GetProperty("actions").EnumerateArray().Single(a => a.GetProperty("action").GetString() == action && a.TryGetProperty("step", out var s) && s.GetString() == step);
}
