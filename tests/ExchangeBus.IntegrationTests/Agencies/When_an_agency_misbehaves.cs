using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.SampleAgencies.Behaviours;

namespace ExchangeBus.IntegrationTests.Agencies;

/// <summary>Each fault that configuration can put into an agency, seen in what it says to the bus and when.</summary>
[TestFixture]
public sealed class When_an_agency_misbehaves
{
    private const string Done = EventTypes.BirthRegistered, Refused = EventTypes.BirthRegistrationRefused;

    [Test]
    public async Task Should_answer_once_and_at_once_by_default()
    {
        await using var registry = await AgencyBench.OpenAsync("civilstatus");

        Assert.That(TypesOf(await registry.PutAsync(EventTypes.RegisterBirth, Birth(7))), Is.EqualTo([Done]));
        Assert.That(await registry.CountAsync("select count(*) from kept_answer"), Is.Zero);
    }

    [Test]
    public async Task Should_say_the_first_result_again_when_asked_again_and_nothing_when_the_same_command_comes_again()
    {
        await using var registry = await AgencyBench.OpenAsync("civilstatus");
        var first = await registry.PutAsync(EventTypes.RegisterBirth, Birth(7), "command-1");

        Assert.That(await registry.PutAsync(EventTypes.RegisterBirth, Birth(7), "command-1"), Is.Empty);
        var again = await registry.PutAsync(EventTypes.RegisterBirth, Birth(7), "command-2");
        Assert.That(again.Single().Data.ToArray(), Is.EqualTo(first.Single().Data.ToArray()));
        Assert.That(await registry.CountAsync("select count(*) from civil_status_entry"), Is.EqualTo(1));
    }

    [Test]
    public async Task Should_give_each_answer_twice_as_two_events()
    {
        await using var registry = await AgencyBench.OpenAsync("civilstatus", ("Behaviour:Twice", "true"));

        var said = await registry.PutAsync(EventTypes.RegisterBirth, Birth(7));
        Assert.That(TypesOf(said), Is.EqualTo([Done, Done]));
        Assert.That(said[0].Id, Is.Not.EqualTo(said[1].Id));
        Assert.That(said[0].Data.ToArray(), Is.EqualTo(said[1].Data.ToArray()));
    }

    [Test]
    public async Task Should_take_a_yes_back_when_it_contradicts_itself_and_leave_a_no_alone()
    {
        await using var registry = await AgencyBench.OpenAsync("civilstatus", ("Behaviour:Contradicts", "true"), ("Behaviour:RefuseEvery", "5"));

        Assert.That(TypesOf(await registry.PutAsync(EventTypes.RegisterBirth, Birth(7))), Is.EqualTo([Done, Refused]));
        Assert.That(TypesOf(await registry.PutAsync(EventTypes.RegisterBirth, Birth(10))), Is.EqualTo([Refused]));
    }

    [Test]
    public async Task Should_answer_for_a_dossier_that_nobody_has_submitted()
    {
        await using var registry = await AgencyBench.OpenAsync("civilstatus", ("Behaviour:Unknown", "true"));

        var said = EventData.Read<BirthRegistered>((await registry.PutAsync(EventTypes.RegisterBirth, Birth(7))).Single().Data.Span);
        Assert.That(said.DossierNumber, Is.EqualTo("G22.99.08-261123-9000000007"));
        Assert.That(await registry.CountAsync("select count(*) from civil_status_entry where dossier_number = 'G22.99.08-261123-000007'"), Is.EqualTo(1), "the book is right");
    }

    [Test]
    public async Task Should_give_its_reason_when_it_refuses()
    {
        await using var registry = await AgencyBench.OpenAsync("civilstatus", ("Behaviour:RefuseEvery", "7"));

        var said = EventData.Read<BirthRegistrationRefused>((await registry.PutAsync(EventTypes.RegisterBirth, Birth(7))).Single().Data.Span);
        Assert.That(said.ReasonCode, Is.EqualTo("birth-notice-not-found"));
        Assert.That(said.Reason, Does.StartWith("Không tìm thấy giấy chứng sinh"));
    }

    [Test]
    public async Task Should_answer_late_after_the_deadline_of_the_command()
    {
        await using var registry = await AgencyBench.OpenAsync("civilstatus", ("Behaviour:LateBy", "02:00:00"));
        var command = Birth(7) with { DueAt = AgencyBench.Monday.AddHours(8) };

        Assert.That(await registry.PutAsync(EventTypes.RegisterBirth, command), Is.Empty);
        registry.Time.Advance(TimeSpan.FromHours(9.99));
        Assert.That(await GiveDueAsync(registry), Is.Empty, "not yet two hours late");
        registry.Time.Advance(TimeSpan.FromHours(0.01));
        Assert.That(TypesOf(await GiveDueAsync(registry)), Is.EqualTo([Done]));
        Assert.That(await GiveDueAsync(registry), Is.Empty, "an answer is given once");
    }

    [Test]
    public async Task Should_say_the_second_thing_first_when_the_first_waits()
    {
        await using var registry = await AgencyBench.OpenAsync("civilstatus", ("Behaviour:FirstWaits", "00:00:05"), ("Behaviour:Contradicts", "true"));

        Assert.That(TypesOf(await registry.PutAsync(EventTypes.RegisterBirth, Birth(7))), Is.EqualTo([Refused]));
        registry.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(TypesOf(await GiveDueAsync(registry)), Is.EqualTo([Done]));
    }

    [TestCase("Behaviour:Slow")]
    [TestCase("Behaviour:DownFor")]
    public async Task Should_hold_a_command_while_it_is_slow_or_down(string setting)
    {
        await using var registry = await AgencyBench.OpenAsync("civilstatus", (setting, "00:30:00"));
        registry.Get<Behaviour>();

        var working = registry.StartPutting(EventTypes.RegisterBirth, Birth(7));
        for (var minutes = 0; minutes < 300 && !working.IsCompleted; minutes++)
        {
            registry.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }

        await working.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.That(await registry.CountAsync("select count(*) from step_attempt where handled_at >= '2026-11-23T09:30:00+07:00'"), Is.EqualTo(1), "not before half an hour");
        Assert.That(TypesOf(await registry.TakeOutboxAsync()), Is.EqualTo([Done]));
    }

    [Test]
    public async Task Should_work_off_what_has_come_without_waiting_once_it_is_up_again()
    {
        await using var registry = await AgencyBench.OpenAsync("civilstatus", ("Behaviour:DownFor", "00:30:00"));
        registry.Get<Behaviour>();
        registry.Time.Advance(TimeSpan.FromMinutes(30));

        Assert.That(TypesOf(await registry.PutAsync(EventTypes.RegisterBirth, Birth(7)).WaitAsync(TimeSpan.FromSeconds(20))), Is.EqualTo([Done]));
    }

    [Test]
    public async Task Should_tell_nothing_until_its_adapter_asks_for_three_dossiers_at_a_time()
    {
        await using var registry = await AgencyBench.OpenAsync("civilstatus", ("Behaviour:PollOnly", "true"), ("Behaviour:Contradicts", "true"));
        for (var number = 1; number <= 7; number++)
            Assert.That(await registry.PutAsync(EventTypes.RegisterBirth, Birth(number)), Is.Empty);
        Assert.That(await GiveDueAsync(registry), Is.Empty, "nothing is told unasked");

        var pages = new List<string[]>();
        while (await registry.Get<KeptAnswers>().AskRegistryAsync(CancellationToken.None) > 0)
            pages.Add([.. (await registry.TakeOutboxAsync()).Where(said => said.Type == Done).Select(said => EventData.Read<BirthRegistered>(said.Data.Span).DossierNumber[^1..])]);

        Assert.That(pages, Is.EqualTo(new[] { new[] { "1", "2", "3" }, ["4", "5", "6"], ["7"] }));
        Assert.That(await registry.CountAsync("select count(*) from registry_call"), Is.EqualTo(3), "no question without dossiers");
        Assert.That(await registry.CountAsync("select max(cardinality(dossier_numbers))::bigint from registry_call"), Is.EqualTo(3));
    }

    private static RegisterBirth Birth(int number) => AgencyBench.Example<RegisterBirth>(EventTypes.RegisterBirth, "two-parents") with
    {
        DossierNumber = $"G22.99.08-261123-{number:000000}",
        BirthNoticeNumber = $"{number:00000}.GCS.01013.26",
    };

    private static string[] TypesOf(IEnumerable<CloudEvent> events) => [.. events.Select(said => said.Type)];

    private static async Task<IReadOnlyList<CloudEvent>> GiveDueAsync(AgencyBench registry)
    {
        await registry.Get<KeptAnswers>().GiveDueAsync(CancellationToken.None);
        return await registry.TakeOutboxAsync();
    }
}
