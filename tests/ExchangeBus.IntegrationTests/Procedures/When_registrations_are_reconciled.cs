using System.Text.Json;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.IntegrationTests.Road;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Procedures;

[TestFixture]
public sealed class When_registrations_are_reconciled
{
    private static readonly TestAgency Operators = new("G99", "operators", []) { Officers = [("qt-1", ["Administrator"])] };

    private LawOfSeconds _law = null!;
    private LinkedBirthDesk _desk = null!;
    private RunningBus _beside = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _law = LawOfSeconds.Write(("permanentResidence", "00:00:01"), ("healthCard", "01:00:00"), ("permanentResidenceOutside", "00:00:01"), ("healthCardOutside", "00:00:01"))
            .And("linkedDeath/limits", ("residenceDeletion", "00:00:01"), ("healthCardLock", "00:00:01"));
        _desk = await LinkedBirthDesk.OpenAsync(
            new Dictionary<string, string?> { ["Procedures:LegalFolder"] = _law.Folder, ["Procedures:Reconciliation:At"] = "00:00" }, Operators);
        _beside = await _desk.Bus.StartBesideAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _beside.DisposeAsync();
        await _desk.DisposeAsync();
        _law.Dispose();
    }

    [Test]
    public async Task Should_find_exactly_the_gaps_that_were_planted_ask_again_where_it_is_safe_and_close_them()
    {
        var late = await LinkingAsync("700001", "201", "permanentResidence", "healthCard");
        await _desk.CommandAsync(LinkedBirthDesk.Residence, EventTypes.RegisterPermanentResidence, late);
        await _desk.IssueCardAsync(late);
        await _desk.IssueCardAsync(await LinkingAsync("700002", "202", "healthCard"));
        await RefuseResidenceAsync(await LinkingAsync("700003", "203", "permanentResidence"));
        await _desk.RegisterResidenceAsync(await LinkingAsync("700004", "204", "permanentResidence", "healthCard"));
        await RegisterOutsideAsync("H26.15-261123-700005", "205");
        await RegisterOutsideAsync("H26.15-261123-700006", "206");
        await _desk.RegisterResidenceAsync("H26.15-261123-700006");
        await _desk.IssueCardAsync("H26.15-261123-700006");
        await RegisterOutsideAsync("H26.15-261123-700007", "207");
        await AnnulAsync("207");
        var death = await RegisterDeathAndLockTheCardAsync();

        string[] planted =
        [
            "birthWithoutHealthCard birth/00004/01/2026/205", "birthWithoutResidence birth/00004/01/2026/201", "birthWithoutResidence birth/00004/01/2026/205", $"deathWithResidence {death}",
        ];
        await Eventually.GetAsync(async () =>
        {
            await CompareAsync();
            return await GapsAsync("");
        }, found => found.Length >= planted.Length, "the gaps", TimeSpan.FromSeconds(60));
        Assert.That((await CompareAsync()).Status, Is.EqualTo(200));
        Assert.That((await GapsAsync("")).Select(g => $"{g.GetProperty("kind")} {g.GetProperty("registration")}").Order(StringComparer.Ordinal), Is.EqualTo(planted));

        // It was handed to the agency, which has never said that it is done with it.
        var resent = await Eventually.GetAsync(() => GapsAsync("?state=resent"), found => found.Length > 0, "what was asked again", TimeSpan.FromSeconds(60));
        Assert.That(resent.Select(g => (g.GetProperty("dossierNumber").GetString(), g.GetProperty("resends").GetInt32())), Is.EqualTo(new[] { ((string?)late, 1) }));
        var again = await _desk.NextCommandAsync(LinkedBirthDesk.Residence, EventTypes.RegisterPermanentResidence, late);
        Assert.That(again[ExtensionAttributes.ReplayId], Is.Not.Null, "the very command, not a new one");
        Assert.That(await _desk.CountAsync("select count(*) from desk_request where dossier_number = @late and agency = 'exchangebus' and officer = 'bus' and state = 'sent'", new { late }), Is.EqualTo(1));

        await _desk.RegisterResidenceAsync(late);
        var arrived = await Eventually.GetAsync(() => GapsAsync("?state=closed"), found => found.Length > 0, "the gap that was filled");
        Assert.That(arrived.Select(g => (g.GetProperty("dossierNumber").GetString(), g.GetProperty("reason").GetString())), Is.EqualTo(new[] { ((string?)late, "arrived") }));

        await CloseByAnOfficerAsync();
        Assert.That((await CompareAsync()).Status, Is.EqualTo(200));
        var communes = (await _desk.AskAsync(LinkedBirthDesk.OneStop, "xem-1", HttpMethod.Get, "reconciliation/communes?commune=00004&kind=birthWithoutResidence")).Body;
        Assert.That((communes[0].GetProperty("open").GetInt64(), communes[0].GetProperty("closed").GetInt64()), Is.EqualTo((0, 2)), "what an officer has closed stays closed");
        Assert.That(await _desk.CountAsync("select count(*) from reconciliation_run where day is not null", null), Is.EqualTo(1), "once, though two hosts look");
    }

    private async Task CloseByAnOfficerAsync()
    {
        var gap = (await GapsAsync("?kind=birthWithoutResidence&state=open&commune=00004")).Single().GetProperty("id").GetString();
        Task<(int Status, JsonElement Body)> Close(TestAgency agency, string officer, string reason) =>
            _desk.AskAsync(agency, officer, HttpMethod.Post, $"reconciliation/gaps/{gap}/close", new { reason });

        Assert.That(CodeOf(await Close(LinkedBirthDesk.OneStop, "xem-1", "Đã chuyển hồ sơ giấy")), Is.EqualTo((403, "desk.role")));
        Assert.That(CodeOf(await Close(LinkedBirthDesk.Insurance, "bh-1", "Đã chuyển hồ sơ giấy")), Is.EqualTo((403, "reconciliation.agency")), "it does not keep residence");
        Assert.That(CodeOf(await Close(LinkedBirthDesk.OneStop, "cb-1", "")), Is.EqualTo((422, "desk.reason")));
        var (status, closed) = await Close(LinkedBirthDesk.OneStop, "cb-1", "Gia đình đã đăng ký ở tỉnh khác");
        Assert.That((status, closed.GetProperty("closedBy").GetString()), Is.EqualTo((200, "G22/cb-1")));
        Assert.That(CodeOf(await Close(LinkedBirthDesk.OneStop, "cb-1", "Lần nữa")), Is.EqualTo((409, "reconciliation.closed")));
    }

    private Task<(int Status, JsonElement Body)> CompareAsync() => _desk.AskAsync(Operators, "qt-1", HttpMethod.Post, "reconciliation/runs", new { });

    private async Task<JsonElement[]> GapsAsync(string query) =>
        [.. (await _desk.AskAsync(LinkedBirthDesk.OneStop, "xem-1", HttpMethod.Get, "reconciliation/gaps" + query)).Body.GetProperty("gaps").EnumerateArray()];

    private async Task<string> LinkingAsync(string number, string registration, params string[] procedures)
    {
        var submission = _desk.Submission($"G22.99.08-261123-{number}", procedures) with { Commune = "00004" };
        await _desk.SubmitAsync(submission);
        await _desk.DossierInStateAsync(submission.DossierNumber, "Registering");
        await RegisterAsync(submission, registration);
        await _desk.DossierInStateAsync(submission.DossierNumber, "Linking");
        return submission.DossierNumber;
    }

    private Task RegisterOutsideAsync(string dossier, string registration) => RegisterAsync(_desk.Submission(dossier) with { Commune = "00004" }, registration);

    private Task RegisterAsync(LinkedBirthSubmitted submission, string registration) =>
        _desk.PublishAsync(LinkedBirthDesk.CivilStatus, EventTypes.BirthRegistered, submission.DossierNumber, new BirthRegistered
        {
            DossierNumber = submission.DossierNumber,
            RegistrationNumber = registration,
            Book = "01/2026",
            Commune = submission.Commune,
            RegisteredOn = new DateOnly(2026, 11, 23),
            Child = submission.Child,
        });

    private Task RefuseResidenceAsync(string dossier) => _desk.PublishAsync(
        LinkedBirthDesk.Residence, EventTypes.PermanentResidenceRefused, dossier, new PermanentResidenceRefused(dossier, "household.full", "Không đủ diện tích"));

    private Task AnnulAsync(string registration) => _desk.PublishAsync(LinkedBirthDesk.CivilStatus, EventTypes.RegistrationAnnulled, registration, new RegistrationAnnulled
    {
        Registration = new RegistrationReference { Kind = "birth", RegistrationNumber = registration, Book = "01/2026", Commune = "00004", RegisteredOn = new DateOnly(2026, 11, 23) },
        PersonalId = Stated.Unknown<string>(),
        AnnulledOn = new DateOnly(2026, 11, 25),
        Decision = new Decision { Number = "12/QĐ-UBND", DecidedOn = new DateOnly(2026, 11, 24), Authority = "Ủy ban nhân dân phường Giả Định" },
        Reason = "registeredTwice",
    });

    // Social insurance has locked the card on the hospital's word, by the person and without any dossier.
    private async Task<string> RegisterDeathAndLockTheCardAsync()
    {
        var death = Example<DeathRegistered>("civilstatus/deathregistered") with { DossierNumber = null };
        death = death with { Deceased = death.Deceased with { PersonalId = Stated.Of("001058012345") } };
        await _desk.PublishAsync(LinkedBirthDesk.CivilStatus, EventTypes.DeathRegistered, "khai-tu-1", death);
        await _desk.PublishAsync(LinkedBirthDesk.Insurance, EventTypes.HealthCardLocked, "khoa-the-1", Example<HealthCardLocked>("socialinsurance/healthcardlocked") with
        {
            DossierNumber = null,
            PersonalId = Stated.Of("001058012345"),
            Reason = "death",
        });
        return $"death/{death.Commune}/{death.Book}/{death.RegistrationNumber}";
    }

    private static T Example<T>(string folder) =>
        EventData.Read<T>(File.ReadAllBytes(Directory.EnumerateFiles(Path.Combine(Samples.SchemasFolder, folder, "v1.valid")).Order(StringComparer.Ordinal).First()));

    private static (int, string?) CodeOf((int Status, JsonElement Body) answer) => (answer.Status, answer.Body.GetProperty("violations")[0].GetProperty("code").GetString());
}
