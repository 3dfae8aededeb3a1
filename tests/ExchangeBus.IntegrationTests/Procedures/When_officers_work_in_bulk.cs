using System.Text.Json;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Procedures;

[TestFixture]
public sealed class When_officers_work_in_bulk
{
    private LinkedBirthDesk _desk = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _desk = await LinkedBirthDesk.OpenAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _desk.DisposeAsync();

    [Test]
    public async Task Should_freeze_what_was_seen_and_leave_alone_what_has_moved_on_since()
    {
        var dossiers = await RegisteringAsync(500001, 6);
        await _desk.RegisterAsync(_desk.Submission(dossiers[0]));
        await _desk.DossierInStateAsync(dossiers[0], "Linking");

        var frozen = await PostAsync("cb-1", "desk/jobs", new { order = new { action = "reask", step = "registration" }, numbers = (string[])[.. dossiers, "G22.99.08-261123-599999"], reason = "Sau sự cố", rate = 100 });
        Assert.That(frozen.Status, Is.EqualTo(201), frozen.Body.ToString());
        Assert.That((frozen.Body.GetProperty("total").GetInt64(), frozen.Body.GetProperty("possible").GetInt64()), Is.EqualTo((7L, 5L)));
        Assert.That(frozen.Body.GetProperty("hindered").GetProperty("desk.notrunning").GetInt64(), Is.EqualTo(1));
        var id = frozen.Body.GetProperty("id").GetString()!;
        await _desk.RegisterAsync(_desk.Submission(dossiers[1]));
        await _desk.DossierInStateAsync(dossiers[1], "Linking");
        Assert.That((await _desk.ViewAsync(dossiers[2])).GetProperty("version").GetInt32(), Is.EqualTo(1), "nothing has been done");

        await PostAsync("cb-1", $"desk/jobs/{id}/start", new { reason = "Đã xem trước" });
        var ended = await EventuallyAsync(id, "completed");

        Assert.That(ended.GetProperty("outcomes").EnumerateObject().ToDictionary(o => o.Name, o => o.Value.GetInt64()), Is.EquivalentTo(new Dictionary<string, long>
        {
            ["done"] = 4,
            ["desk.stale"] = 1,
            ["desk.notrunning"] = 1,
            ["desk.dossier"] = 1,
        }));
        var items = (await _desk.AskAsync(LinkedBirthDesk.OneStop, "xem-1", HttpMethod.Get, $"desk/jobs/{id}/items?outcome=desk.stale")).Body;
        Assert.That(items.EnumerateArray().Single().GetProperty("dossierNumber").GetString(), Is.EqualTo(dossiers[1]));
        Assert.That(await _desk.CountAsync("select count(*) from desk_request where officer = 'cb-1' and state = 'sent'", null), Is.EqualTo(4));
    }

    [Test]
    public async Task Should_pause_and_stop_at_once()
    {
        var dossiers = await RegisteringAsync(500101, 30);
        var id = (await PostAsync("cb-1", "desk/jobs", new { order = new { action = "extend", step = "registration", workingDays = 1 }, numbers = dossiers, reason = "Nghỉ lễ", rate = 5 })).Body.GetProperty("id").GetString()!;
        await PostAsync("cb-1", $"desk/jobs/{id}/start", new { reason = "Chạy thử" });
        await Eventually.GetAsync(() => DoneAsync(id), n => n >= 2, "some are done");

        var paused = await PostAsync("cb-1", $"desk/jobs/{id}/pause", new { reason = "Xem lại" });
        Assert.That(paused.Body.GetProperty("state").GetString(), Is.EqualTo("paused"));
        // Those that were under way when it was paused.
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        var done = await DoneAsync(id);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        Assert.That(await DoneAsync(id), Is.EqualTo(done).And.LessThan(30));

        await PostAsync("cb-1", $"desk/jobs/{id}/resume", new { reason = "Tiếp" });
        await Eventually.GetAsync(() => DoneAsync(id), n => n > done, "it goes on");
        await PostAsync("cb-1", $"desk/jobs/{id}/stop", new { reason = "Đủ rồi" });
        var refused = await PostAsync("cb-1", $"desk/jobs/{id}/resume", new { reason = "Tiếp" });
        Assert.That(refused.Body.GetProperty("violations")[0].GetProperty("code").GetString(), Is.EqualTo("desk.jobstate"));
        var job = (await _desk.AskAsync(LinkedBirthDesk.OneStop, "xem-1", HttpMethod.Get, $"desk/jobs/{id}")).Body;
        Assert.That(job.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("action").GetString()), Is.EqualTo(new[] { "start", "pause", "resume", "stop" }));
    }

    [Test]
    public async Task Should_not_leave_branches_out_before_a_second_officer_has_approved()
    {
        var dossiers = await RegisteringAsync(500201, 3);
        var id = (await PostAsync("ld-1", "desk/jobs", new { order = new { action = "skip", step = "healthCard" }, filter = new { number = dossiers[0] }, reason = "Nộp trùng", rate = 50 })).Body.GetProperty("id").GetString()!;

        Assert.That(Code(await PostAsync("ld-1", $"desk/jobs/{id}/start", new { reason = "Chạy" })), Is.EqualTo("desk.notapproved"));
        Assert.That(Code(await PostAsync("ld-1", $"desk/jobs/{id}/approve", new { reason = "Duyệt" })), Is.EqualTo("desk.sameofficer"));
        Assert.That(Code(await PostAsync("cb-1", $"desk/jobs/{id}/approve", new { reason = "Duyệt" })), Is.EqualTo("desk.role"));
        await PostAsync("ld-2", $"desk/jobs/{id}/approve", new { reason = "Đã đối chiếu" });
        await PostAsync("ld-1", $"desk/jobs/{id}/start", new { reason = "Chạy" });
        await EventuallyAsync(id, "completed");

        var step = (await _desk.ViewAsync(dossiers[0])).GetProperty("steps").EnumerateArray().Single(s => s.GetProperty("name").GetString() == "healthCard");
        Assert.That(step.GetProperty("status").GetString(), Is.EqualTo("dropped"));
        Assert.That(await _desk.CountAsync("select count(*) from desk_request where dossier_number = @number and decided_by = 'ld-2'", new { number = dossiers[0] }), Is.EqualTo(1));
        Assert.That(Code(await PostAsync("cb-1", "desk/jobs", new { order = new { action = "enter", step = "registration" }, numbers = dossiers, reason = "thử" })), Is.EqualTo("desk.bulkaction"));
    }

    private async Task<string[]> RegisteringAsync(int first, int count)
    {
        var dossiers = Enumerable.Range(first, count).Select(n => $"G22.99.08-261123-{n}").ToArray();
        foreach (var dossier in dossiers)
            await _desk.SubmitAsync(_desk.Submission(dossier, LinkedProcedures.PermanentResidence, LinkedProcedures.HealthCard));
        await Eventually.GetAsync(() => _desk.CountAsync("select count(*) from procedures.linked_birth where dossier_number = any(@dossiers) and current_state = 'Registering'", new { dossiers }), n => n == count, "all are registering");
        return dossiers;
    }

    private Task<(int Status, JsonElement Body)> PostAsync(string officer, string path, object body) => _desk.AskAsync(LinkedBirthDesk.OneStop, officer, HttpMethod.Post, path, body);

    private Task<long> DoneAsync(string job) => _desk.CountAsync("select count(*) from desk_job_item where job = @id and outcome = 'done'", new { id = Guid.Parse(job) });

    private Task<JsonElement> EventuallyAsync(string job, string state) => Eventually.GetAsync(
        async () => (await _desk.AskAsync(LinkedBirthDesk.OneStop, "xem-1", HttpMethod.Get, $"desk/jobs/{job}")).Body, j => j.GetProperty("state").GetString() == state, $"the job is {state}");

    private static string? Code((int Status, JsonElement Body) answer) => answer.Body.GetProperty("violations")[0].GetProperty("code").GetString();
}
