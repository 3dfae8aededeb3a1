using Dapper;
using ExchangeBus.Testing;
using Npgsql;

namespace ExchangeBus.IntegrationTests.Delivery.Webhooks;

[TestFixture]
public sealed class When_a_delivery_fails
{
    private HookReceiver _receiver = null!;
    private AgreementDesk _desk = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _receiver = await HookReceiver.StartAsync();
        _desk = await HookDesk.OpenAsync(_receiver);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _desk.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Test]
    public async Task Should_hold_back_its_own_key_only_and_keep_its_order()
    {
        var isMended = false;
        _receiver.Answer = (hooked, _) => Task.FromResult(hooked.Event.Subject == HookDesk.Subject(0) && !isMended ? 500 : 204);
        var published = new List<long>();
        for (var i = 0; i < 40; i++)
            published.Add(await _desk.PublishAsync(HookDesk.Subject(i % 4)));

        await _receiver.TakenAsync(30);
        var waiting = await _desk.WaitUntilWaitingAsync(10);
        Assert.That(waiting[0].GetProperty("failure").GetString(), Is.EqualTo("server-error"));
        Assert.That(waiting[0].GetProperty("status").GetInt32(), Is.EqualTo(500));
        Assert.That(waiting[0].TryGetProperty("behind", out _), Is.False);
        Assert.That(waiting.Skip(1).Select(w => (w.GetProperty("behind").GetInt64(), w.GetProperty("attempts").GetInt32())), Is.All.EqualTo((published[0], 0)));
        Assert.That(_receiver.Tried.Where(t => t.Event.Subject == HookDesk.Subject(0)).Select(t => t.Sequence).Distinct(), Is.EqualTo(new[] { published[0] }), "none was tried before its turn");
        await _desk.AcknowledgedAsync(published[^1]);
        Assert.That(await AgreementDesk.RefusedAsync(_desk.AtReceiver, HttpMethod.Post, $"subscriptions/{HookDesk.Name}/waiting/{published[4]}/retry-now", null), Is.EqualTo((409, new[] { " webhook.behind" })));
        Assert.That((await _desk.BalanceAsync()).GetProperty("waiting").GetInt64(), Is.EqualTo(10));

        Assert.That(await StateAsync(published[4]), Is.EqualTo(("waiting", false)), "the position has gone over it, and that is no receipt");

        isMended = true;
        await _desk.RetryNowAsync(published[0]);
        await _receiver.TakenAsync(40);

        Assert.That(_receiver.Taken.Where(t => t.Event.Subject == HookDesk.Subject(0)).Select(t => t.Sequence), Is.EqualTo(published.Where((_, i) => i % 4 == 0)), "in order, each once");
        await _desk.WaitUntilWaitingAsync(0);
        Assert.That((await _desk.BalanceAsync()).GetProperty("delivered").GetInt64(), Is.EqualTo(40));
        Assert.That(await CountAsync("select count(*) from delivery_attempt where sequence = @First and status = 500 and duration_ms >= 0", new { First = published[0] }), Is.GreaterThan(0));
        Assert.That(await CountAsync("select count(*) from late_delivery"), Is.EqualTo(10), "when these were received, since the position says nothing of them");
        Assert.That(await StateAsync(published[4]), Is.EqualTo(("acknowledged", true)));
    }

    [Test]
    public async Task Should_not_come_back_before_the_receiver_wishes()
    {
        var told = false;
        _receiver.Answer = (_, context) =>
        {
            if (told)
                return Task.FromResult(204);
            told = true;
            context.Response.Headers.RetryAfter = "4";
            return Task.FromResult(429);
        };
        var sequence = await _desk.PublishAsync();

        await _receiver.TakenAsync(1);

        var tried = _receiver.Tried.ToArray();
        Assert.That(tried.Select(t => t.Sequence), Is.EqualTo(new[] { sequence, sequence }), "and what was postponed is no attempt");
        Assert.That(TimeProvider.System.GetElapsedTime(tried[0].At, tried[1].At), Is.GreaterThan(TimeSpan.FromSeconds(3.9)));
        Assert.That(await CountAsync("select count(*) from delivery_attempt where result = 'throttled'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Should_become_a_dead_letter_with_its_attempts_tell_the_agency_and_let_its_key_go_on()
    {
        // The first that comes is never taken.
        _receiver.Answer = (hooked, _) => Task.FromResult(hooked.Sequence == _receiver.Tried.First().Sequence ? 503 : 204);
        var poison = await _desk.PublishAsync(HookDesk.Subject(0));
        await _desk.WaitUntilWaitingAsync(1);
        var behind = await _desk.PublishAsync(HookDesk.Subject(0));
        await _desk.WaitUntilWaitingAsync(2);

        var why = await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Get, $"subscriptions/{HookDesk.Name}/explain/{behind}", null);
        Assert.That((why.GetProperty("outcome").GetString(), why.GetProperty("waiting").GetProperty("heldBehind").GetInt64()), Is.EqualTo(("waiting", poison)));
        var first = await AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Get, $"subscriptions/{HookDesk.Name}/explain/{poison}", null);
        Assert.That(first.GetProperty("attempts")[0].GetProperty("status").GetInt32(), Is.EqualTo(503));
        Assert.That(first.GetProperty("waiting").TryGetProperty("heldBehind", out _), Is.False);

        // Three days later.
        await ExecuteAsync("update waiting_delivery set first_failed_at = first_failed_at - interval '73 hours' where sequence = @Poison", new { Poison = poison });
        await _desk.RetryNowAsync(poison);
        await _receiver.TakenAsync(1);

        Assert.That(_receiver.Taken.Single().Sequence, Is.EqualTo(behind));
        await _desk.WaitUntilWaitingAsync(0);
        Assert.That(await CountAsync("select count(*) from dead_letter where subscription = 'G18.hooked' and sequence = @Poison and reason = 'unavailable' and deliveries >= 2", new { Poison = poison }), Is.EqualTo(1));
        Assert.That(await CountAsync("select count(*) from delivery_attempt where sequence = @Poison", new { Poison = poison }), Is.GreaterThanOrEqualTo(2));
        Assert.That(await CountAsync("select count(*) from event_log where type = 'vn.exchangebus.deliveryexhausted.v1' and recipient = 'G18'"), Is.EqualTo(1));
        var balance = await _desk.BalanceAsync();
        Assert.That((balance.GetProperty("dead").GetInt64(), balance.GetProperty("delivered").GetInt64()), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Should_be_dead_at_once_when_the_receiver_asks_for_more_time_than_there_is()
    {
        await using var desk = await HookDesk.OpenAsync(_receiver, retryForHours: 0.02);
        _receiver.Answer = (_, context) =>
        {
            context.Response.Headers.RetryAfter = "100";
            return Task.FromResult(503);
        };
        await desk.PublishAsync();

        await Eventually.GetAsync(
            () => Database.CountAsync(desk.Bus.ConnectionString, "select count(*) from dead_letter where subscription = 'G18.hooked' and reason = 'unavailable' and deliveries = 1"), n => n == 1, "a dead letter");
        Assert.That((await desk.BalanceAsync()).GetProperty("dead").GetInt64(), Is.EqualTo(1));
    }

    [Test]
    public async Task Should_end_the_subscription_when_the_receiver_has_retired()
    {
        _receiver.Answer = (_, _) => Task.FromResult(410);
        var sequence = await _desk.PublishAsync();

        await Eventually.GetAsync(() => CountAsync("select count(*) from subscription_version where subscription = 'G18.hooked' and state = 'ended' and changed_by = 'webhook of G18.hooked'"), n => n == 1, "ended");
        await _desk.PublishAsync();
        await Task.Delay(1500, CancellationToken.None);

        Assert.That(_receiver.Tried.Select(t => t.Sequence), Is.EqualTo(new[] { sequence }), "it is never called again");
    }

    private async Task<(string? State, bool IsReceived)> StateAsync(long sequence)
    {
        var state = (await AgreementDesk.SendAsync(_desk.AtOwner, HttpMethod.Get, $"events/{sequence}/deliveries", null)).GetProperty("deliveries").EnumerateArray()
            .Single(d => d.GetProperty("subscription").GetString() == HookDesk.Name);
        return (state.GetProperty("state").GetString(), state.TryGetProperty("acknowledgedAt", out _));
    }

    private Task<long> CountAsync(string sql, object? parameters = null) => Database.CountAsync(_desk.Bus.ConnectionString, sql, parameters);

    private async Task ExecuteAsync(string sql, object parameters)
    {
        await using var connection = new NpgsqlConnection(_desk.Bus.ConnectionString);
        await connection.ExecuteAsync(sql, parameters);
    }
}
