using ExchangeBus.IntegrationTests.Procedures;
using ExchangeBus.Testing;

namespace ExchangeBus.IntegrationTests.Journeys;

[TestFixture]
public sealed class When_every_agency_has_its_faults
{
    private const string LongRun = "One seed is enough for every day; two thousand dossiers take minutes.";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // At an end nobody holds it and no step is open; else somebody holds it, and it says why: its time has run out, or a person has to settle something.
    private const string CountSilent = """
        select count(*) from procedures.linked_birth where not case
            when current_state in ('Completed', 'CompletedPartly', 'Refused', 'Withdrawn') then holders = ''
                and not exists (select from jsonb_each(data -> 'steps') s where s.value ->> 'status' in ('Chosen', 'Waiting', 'Paused', 'Blocked'))
            else holders <> '' and ((data ->> 'isLate')::boolean or jsonb_array_length(data -> 'matters') > 0) end
        """;

    private const string SelectOvertaken = """
        select dossier_number || ' ' || version, type || ' came before ' || before_type from (
            select h.dossier_number, h.version, e.type, e.sequence, lag(e.sequence) over w as before, lag(e.type) over w as before_type
            from dossier_history h join event_log e on e.id = h.event_id and e.source = h.source
            window w as (partition by h.dossier_number order by h.version)) handled where sequence < before
        """;

    private const string CountUndelivered = """
        select count(*) from delivery_position where subscription <> 'G18.births' and (acknowledged < delivered or read < (select max(sequence) from event_log))
        """;

    private const string CountKeptBack = "select (select count(*) from kept_answer) + (select count(*) from exchangebus.outbox)";

    [TestCase(1, 40)]
    [TestCase(2, 40, Explicit = true, Reason = LongRun)]
    [TestCase(3, 40, Explicit = true, Reason = LongRun)]
    [TestCase(4, 2_000, Explicit = true, Reason = LongRun)]
    public async Task Should_end_each_dossier_or_show_who_holds_it_and_why(int seed, int count)
    {
        using var law = LawOfSeconds.Write(("intake", "00:00:06"), ("supplement", "00:00:06"), ("householdConsent", "00:00:06"), ("verification", "00:00:06"),
            ("registration", "00:00:06"), ("permanentResidence", "00:00:06"), ("permanentResidenceVerified", "00:00:08"), ("healthCard", "00:00:06"), ("identityCard", "00:00:06"));
        await using var bus = await RunningBus.StartAsync(Servers.Current, LinkedBirthAgencies.All,
            new Dictionary<string, string?>(LinkedBirthAgencies.EveryStep) { ["Procedures:LegalFolder"] = law.Folder });
        await using var agencies = await LinkedBirthAgencies.StartAsync(bus.Address, bus.AmqpUri, new RandomFaults(seed).Settings());

        var dossiers = await agencies.SubmitAsync(count);
        foreach (var withdrawn in dossiers.Where((_, i) => i % 10 == 3))
            await agencies.WithdrawAsync(withdrawn);

        await Eventually.GetAsync(() => Database.CountAsync(bus.ConnectionString, "select count(*) from procedures.linked_birth"), n => n == count, "all dossiers known", Patience);
        await Eventually.GetAsync(() => OpenAsync(bus, agencies), n => n == 0, "each dossier at an end, or held with a reason, and nothing on its way", Patience);

        var states = await Database.PairsAsync(bus.ConnectionString, "select dossier_number, current_state from procedures.linked_birth");
        await TestContext.Progress.WriteLineAsync(string.Join(", ", states.Values.GroupBy(s => s).Select(s => $"{s.Key} {s.Count()}")));
        Assert.That(await Database.CountAsync(bus.ConnectionString, "select count(*) from dead_letter"), Is.Zero, "nothing that the procedure cannot take");
        Assert.That(await agencies.SumAsync("select count(*) from exchangebus.rejected"), Is.Zero, "nothing that the bus does not take");
        Assert.That(await Database.CountAsync(bus.ConnectionString, "select count(*) from dossier_unknown"), Is.Positive, "answers for dossiers that nobody has handed in are noted");
        Assert.That(await Database.PairsAsync(bus.ConnectionString, SelectOvertaken), Is.Empty, "the procedure handles what comes to a dossier as the log has it");
        Assert.That(states.Values.Distinct().Count(), Is.GreaterThan(3), "the faults must take effect, and not stop all at once");
        Assert.That(await agencies.PortalStatesAsync(), Is.EquivalentTo(states), "the citizen sees what is");
    }

    private static async Task<long> OpenAsync(RunningBus bus, LinkedBirthAgencies agencies) =>
        await agencies.SumAsync(CountKeptBack)
        + await Database.CountAsync(bus.ConnectionString, CountUndelivered)
        + await Database.CountAsync(bus.ConnectionString, CountSilent);
}
