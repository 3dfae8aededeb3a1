using System.Text.Json;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.Population;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Procedures;

[TestFixture]
public sealed class When_a_registration_is_corrected
{
    private static readonly TestAgency Statistics = new("G03", "statistics", ["vn.quality.*"], ("commands", [EventTypes.BirthRegistered, EventTypes.WrongVersionReceived]));

    // Gets the corrections, and nothing that they make wrong.
    private static readonly TestAgency Bystander = new("G19", "culture", [], ("commands", [EventTypes.CivilStatusCorrected, EventTypes.RegistrationAnnulled, EventTypes.DeathRegistered]));

    private LawOfSeconds _law = null!;
    private LinkedBirthDesk _desk = null!;
    private RunningBus _beside = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _law = LawOfSeconds.Write().And("", ("correctionApplied", "00:00:03"));
        _desk = await LinkedBirthDesk.OpenAsync(new Dictionary<string, string?> { ["Procedures:LegalFolder"] = _law.Folder }, Statistics, Bystander);
        _beside = await _desk.Bus.StartBesideAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _beside.DisposeAsync();
        await _desk.DisposeAsync();
        _law.Dispose();
    }

    [Test]
    public async Task Should_tell_each_agency_that_received_it_once_and_follow_who_has_applied_it()
    {
        var submission = await LinkingAsync("600001", "101");
        var dossier = submission.DossierNumber;
        await _desk.CommandAsync(LinkedBirthDesk.Residence, EventTypes.RegisterPermanentResidence, dossier);
        await _desk.CommandAsync(LinkedBirthDesk.Insurance, EventTypes.IssueChildHealthCard, dossier);
        await _desk.CommandAsync(Statistics, EventTypes.BirthRegistered, dossier);

        await CorrectAsync(submission, "101", "Mẫu");

        var told = EventData.Read<WrongVersionReceived>((await _desk.CommandAsync(Statistics, EventTypes.WrongVersionReceived, dossier)).Data.Span);
        Assert.That((told.Correction.Type, told.Total), Is.EqualTo((EventTypes.CivilStatusCorrected, 1)));
        Assert.That(told.Events.Select(e => e.Type), Is.EqualTo(new[] { EventTypes.BirthRegistered }), "what this agency received");

        var view = await CorrectionAsync(told.Correction.Id, v => ReceiversOf(v).Length == 3);
        Assert.That(ReceiversOf(view).Select(r => r.GetProperty("agency").GetString()), Is.EqualTo(new[] { "G01", "G03", "G24" }), "neither who corrects nor who got nothing wrong");
        Assert.That(ReceiverOf(view, "G24").GetProperty("received").EnumerateArray().Select(r => r.GetProperty("subscription").GetString()), Is.EqualTo(new[] { "G24.commands" }));
        Assert.That(ReceiverOf(view, "G24").GetProperty("told").GetArrayLength(), Is.Zero, "it has no subscription for what it is told");
        Assert.That(ReceiverOf(view, "G03").GetProperty("told").GetArrayLength(), Is.EqualTo(1));
        Assert.That(view.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("type").GetString()),
            Is.EqualTo(new[] { EventTypes.BirthRegistered, EventTypes.RegisterPermanentResidence, EventTypes.IssueChildHealthCard }));
        Assert.That(view.GetProperty("correction").GetProperty("dossierNumber").GetString(), Is.EqualTo(dossier));

        await _desk.PublishAsync(Statistics, EventTypes.CorrectionApplied, dossier, new CorrectionApplied
        {
            Correction = new EventReference { Source = told.Correction.Source, Id = told.Correction.Id },
            Result = "applied",
            AppliedAt = TimeProvider.System.GetUtcNow(),
        });
        view = await CorrectionAsync(told.Correction.Id, v => StateOf(v, "G03") == "applied" && StateOf(v, "G01") == "late");
        Assert.That(ReceiverOf(view, "G03").GetProperty("applied").GetProperty("source").GetString(), Is.EqualTo(Statistics.Source));
        var late = await _desk.AskAsync(LinkedBirthDesk.OneStop, "xem-1", HttpMethod.Get, "corrections?open=true&late=true");
        Assert.That(late.Body.GetProperty("corrections").EnumerateArray().Select(c => (c.GetProperty("id").GetString(), c.GetProperty("late").GetInt64())), Has.Member((told.Correction.Id, 2L)));

        Assert.That(await _desk.CountAsync("select count(*) from event_log where type = @Type and convert_from(data, 'UTF8') like '%' || @Id || '%'",
            new { Type = EventTypes.WrongVersionReceived, told.Correction.Id }), Is.EqualTo(3), "one for each agency, though two hosts run");
        Assert.That(await _desk.CountAsync("select count(*) from event_log where type = @Type and convert_from(data, 'UTF8') like '%Mẫu%'", new { Type = EventTypes.WrongVersionReceived }), Is.Zero);
    }

    [Test]
    public async Task Should_find_the_receivers_of_a_birth_outside_of_any_dossier_and_of_a_number_that_was_replaced()
    {
        const string Dossier = "H26.15-261123-600002";
        await _desk.PublishAsync(LinkedBirthDesk.CivilStatus, EventTypes.BirthRegistered, Dossier, Registered(_desk.Submission(Dossier, []), "102") with { PersonalId = "001226600002" });
        await _desk.CommandAsync(Statistics, EventTypes.BirthRegistered, Dossier);

        await AnnulAsync(Dossier, "102", "00004");
        Assert.That(await ToldAsync(Dossier), Is.EqualTo((EventTypes.RegistrationAnnulled, EventTypes.BirthRegistered)));

        await _desk.PublishAsync(LinkedBirthDesk.Population, EventTypes.PersonalIdReplaced, "thay-600002", new PersonalIdReplaced
        {
            OldPersonalId = "001226600002",
            NewPersonalId = "001226600003",
            Name = new PersonName("Lê", "Gia", "Giả"),
            ReplacedOn = new DateOnly(2026, 11, 25),
            Reason = "duplicate",
        });
        Assert.That(await ToldAsync("thay-600002"), Is.EqualTo((EventTypes.PersonalIdReplaced, EventTypes.BirthRegistered)));

        async Task<(string, string)> ToldAsync(string subject)
        {
            var told = EventData.Read<WrongVersionReceived>((await _desk.CommandAsync(Statistics, EventTypes.WrongVersionReceived, subject)).Data.Span);
            return (told.Correction.Type, told.Events.Single().Type);
        }
    }

    [Test]
    public async Task Should_put_a_running_dossier_before_an_officer_and_ask_from_then_on_with_what_is_right()
    {
        var submission = await LinkingAsync("600003", "103");

        await CorrectAsync(submission, "103", "Mới");

        var view = await ViewAsync(submission, v => MattersOf(v).Length > 0);
        Assert.That(MattersOf(view), Is.EqualTo(new[] { "registration.corrected" }));
        Assert.That(view.GetProperty("state").GetString(), Is.EqualTo("Linking"));
        await _desk.CommandAsync(LinkedBirthDesk.Residence, EventTypes.RegisterPermanentResidence, submission.DossierNumber);
        var (status, body) = await _desk.AskAsync(LinkedBirthDesk.OneStop, "cb-1", HttpMethod.Post, $"dossiers/{submission.DossierNumber}/actions",
            new { action = "reask", version = view.GetProperty("version").GetInt32(), step = "permanentResidence", reason = "Hộ tịch đã cải chính" });
        Assert.That(status, Is.EqualTo(200), body.ToString());
        var again = await _desk.NextCommandAsync(LinkedBirthDesk.Residence, EventTypes.RegisterPermanentResidence, submission.DossierNumber);
        Assert.That(EventData.Read<RegisterPermanentResidence>(again.Data.Span).Child.Name.Given, Is.EqualTo("Mới"));
    }

    [Test]
    public async Task Should_only_tell_when_all_is_over()
    {
        var submission = await LinkingAsync("600004", "104");
        await _desk.RegisterResidenceAsync(submission.DossierNumber);
        await _desk.IssueCardAsync(submission.DossierNumber);
        await _desk.DossierInStateAsync(submission.DossierNumber, "Completed");

        await CorrectAsync(submission, "104", "Mới");

        var history = await Eventually.GetAsync(() => _desk.HistoryAsync(submission.DossierNumber), h => h[^1].StartsWith("civilstatuscorrected", StringComparison.Ordinal), "the correction in the history");
        Assert.That(history[^1], Is.EqualTo("civilstatuscorrected > Completed"));
        Assert.That(MattersOf(await _desk.ViewAsync(submission.DossierNumber)), Is.Empty);
    }

    [Test]
    public async Task Should_stop_what_is_open_when_the_registration_never_held()
    {
        var submission = await LinkingAsync("600005", "105");

        await AnnulAsync(submission.DossierNumber, "105", submission.Commune);

        var view = await ViewAsync(submission, v => v.GetProperty("state").GetString() == "Annulled");
        Assert.That(MattersOf(view), Is.EqualTo(new[] { "registration.annulled" }));
        Assert.That(view.GetProperty("remaining").GetArrayLength() + view.GetProperty("holders").GetArrayLength(), Is.Zero);
        await Eventually.GetAsync(() => _desk.CountAsync("select count(*) from registration where record = 'birth/' || @Commune || '/01/2026/105' and ended_at is not null", new { submission.Commune }),
            ended => ended == 1, "the end of the registration");
    }

    private async Task<LinkedBirthSubmitted> LinkingAsync(string number, string registration)
    {
        var submission = _desk.Submission($"G22.99.08-261123-{number}", "permanentResidence", "healthCard");
        await _desk.SubmitAsync(submission);
        await _desk.DossierInStateAsync(submission.DossierNumber, "Registering");
        await _desk.PublishAsync(LinkedBirthDesk.CivilStatus, EventTypes.BirthRegistered, submission.DossierNumber, Registered(submission, registration));
        await _desk.DossierInStateAsync(submission.DossierNumber, "Linking");
        return submission;
    }

    private static BirthRegistered Registered(LinkedBirthSubmitted submission, string registration) => new()
    {
        DossierNumber = submission.DossierNumber,
        RegistrationNumber = registration,
        Book = "01/2026",
        Commune = submission.Commune,
        RegisteredOn = new DateOnly(2026, 11, 23),
        Child = submission.Child,
    };

    private Task CorrectAsync(LinkedBirthSubmitted submission, string registration, string given) =>
        _desk.PublishAsync(LinkedBirthDesk.CivilStatus, EventTypes.CivilStatusCorrected, submission.DossierNumber, new CivilStatusCorrected
        {
            Registration = ReferenceTo(registration, submission.Commune),
            PersonalId = Stated.Unknown<string>(),
            Change = "corrected",
            CorrectedOn = new DateOnly(2026, 11, 25),
            Fields = [new Correction { Field = "/child/name/given", Before = Stated.Of(submission.Child.Name.Given), After = Stated.Of(given) }],
        });

    private Task AnnulAsync(string subject, string registration, string commune) =>
        _desk.PublishAsync(LinkedBirthDesk.CivilStatus, EventTypes.RegistrationAnnulled, subject, new RegistrationAnnulled
        {
            Registration = ReferenceTo(registration, commune),
            PersonalId = Stated.Unknown<string>(),
            AnnulledOn = new DateOnly(2026, 11, 25),
            Decision = new Decision { Number = "12/QĐ-UBND", DecidedOn = new DateOnly(2026, 11, 24), Authority = "Ủy ban nhân dân phường Giả Định" },
            Reason = "registeredTwice",
        });

    private static RegistrationReference ReferenceTo(string registration, string commune) =>
        new() { Kind = "birth", RegistrationNumber = registration, Book = "01/2026", Commune = commune, RegisteredOn = new DateOnly(2026, 11, 23) };

    private Task<JsonElement> CorrectionAsync(string id, Func<JsonElement, bool> satisfies) => Eventually.GetAsync(
        async () => (await _desk.AskAsync(LinkedBirthDesk.OneStop, "xem-1", HttpMethod.Get, $"corrections/{id}")).Body, satisfies, $"correction {id} as expected");

    private Task<JsonElement> ViewAsync(LinkedBirthSubmitted submission, Func<JsonElement, bool> satisfies) =>
        Eventually.GetAsync(() => _desk.ViewAsync(submission.DossierNumber), satisfies, $"dossier {submission.DossierNumber} as expected");

    private static string?[] MattersOf(JsonElement view) => [.. view.GetProperty("matters").EnumerateArray().Select(m => m.GetProperty("code").GetString())];

    private static JsonElement[] ReceiversOf(JsonElement view) => view.TryGetProperty("receivers", out var receivers) ? [.. receivers.EnumerateArray()] : [];

    private static JsonElement ReceiverOf(JsonElement view, string agency) => ReceiversOf(view).Single(r => r.GetProperty("agency").GetString() == agency);

    private static string? StateOf(JsonElement view, string agency) => ReceiverOf(view, agency).GetProperty("state").GetString();
}
