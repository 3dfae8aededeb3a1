using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using ExchangeBus.Testing;
using Npgsql;

namespace ExchangeBus.IntegrationTests.Delivery.Webhooks;

[TestFixture]
public sealed class When_what_a_webhook_rests_on_ends
{
    private HookReceiver _receiver = null!;
    private AgreementDesk _desk = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _receiver = await HookReceiver.StartAsync();
        _desk = await HookDesk.OpenAsync(_receiver);
        // Nothing of what waits is tried again within the test.
        _receiver.Answer = (_, context) =>
        {
            context.Response.Headers.RetryAfter = "3600";
            return Task.FromResult(503);
        };
        for (var i = 0; i < 6; i++)
            await _desk.PublishAsync(HookDesk.Subject(i % 2));
        // One of each key has failed; the others stand behind them or in the log, because the receiver asked for time.
        await Eventually.GetAsync(_desk.WaitingAsync, w => w.Length >= 2, "some wait");
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _desk.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Test]
    public async Task Should_let_nothing_wait_for_a_subscription_that_has_ended()
    {
        var waiting = await _desk.WaitingAsync();
        await MoveAsync("ended");

        await _desk.WaitUntilWaitingAsync(0);
        var booked = await BookedAsync();
        await _desk.Bus.RestartAsync([AgreementDesk.Owner, AgreementDesk.Receiver, AgreementDesk.Stranger]);
        using var again = _desk.Bus.ClientOf(AgreementDesk.Receiver);
        await Task.Delay(TimeSpan.FromSeconds(3), CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(booked.Expired, Is.EqualTo(waiting.Length), "what waited has expired");
            Assert.That(booked.Waiting, Is.Zero, "nothing counts as waiting");
            Assert.That(booked.Sum, Is.EqualTo(booked.Counted), "the balance holds");
            Assert.That(await BookedAsync(), Is.EqualTo(booked), "also after a restart");
            var first = waiting[0].GetProperty("sequence").GetInt64();
            var explained = await AgreementDesk.SendAsync(again, HttpMethod.Get, $"subscriptions/{HookDesk.Name}/explain/{first}", null);
            Assert.That(explained.GetProperty("outcome").GetString(), Is.EqualTo("expired"), "and is not said to be delivered");
        }
    }

    [Test]
    public async Task Should_let_nothing_wait_after_a_restart_when_it_ended_while_no_host_ran()
    {
        await _desk.Bus.StopAsync();
        await using (var connection = new NpgsqlConnection(_desk.Bus.ConnectionString))
            await connection.ExecuteAsync("update subscription set withdrawn_at = now() where name = 'G18.hooked'");
        var waited = await Database.CountAsync(_desk.Bus.ConnectionString, "select count(*) from waiting_delivery");
        Assert.That(waited, Is.GreaterThan(0), "something waits");

        await _desk.Bus.RestartAsync([AgreementDesk.Owner, AgreementDesk.Receiver, AgreementDesk.Stranger]);

        await Eventually.GetAsync(() => Database.CountAsync(_desk.Bus.ConnectionString, "select count(*) from waiting_delivery"), n => n == 0, "nothing waits");
        var booked = await BookedAsync();
        Assert.That((booked.Expired, booked.Waiting, booked.Sum), Is.EqualTo((waited, 0, booked.Counted)));
    }

    [Test]
    public async Task Should_take_back_at_once_what_waits_when_its_agreement_has_ended()
    {
        await _desk.MoveAsync(_desk.AtOwner, "statistics", "ended");

        await _desk.WaitUntilWaitingAsync(0);
        await _desk.Bus.RestartAsync([AgreementDesk.Owner, AgreementDesk.Receiver, AgreementDesk.Stranger]);
        using var again = _desk.Bus.ClientOf(AgreementDesk.Receiver);
        var balance = await Eventually.GetAsync(() => AgreementDesk.SendAsync(again, HttpMethod.Get, $"subscriptions/{HookDesk.Name}/balance", null),
            b => b.GetProperty("pending").GetInt64() == 0, "nothing pending");
        Assert.That(balance.GetProperty("isBalanced").GetBoolean(), Is.True, $"{balance}");
        Assert.That((balance.GetProperty("withheld").GetInt64(), balance.GetProperty("waiting").GetInt64()), Is.EqualTo((6, 0)), "all were asked for, and none may leave");
        Assert.That(_receiver.Taken, Is.Empty);
    }

    [Test]
    public async Task Should_take_back_what_waits_also_while_the_subscription_is_paused()
    {
        await MoveAsync("paused");
        await _desk.MoveAsync(_desk.AtOwner, "statistics", "ended");

        await _desk.WaitUntilWaitingAsync(0);
    }

    private Task<JsonElement> MoveAsync(string state) => AgreementDesk.SendAsync(_desk.AtReceiver, HttpMethod.Post, $"subscriptions/{HookDesk.Name}/state",
        new JsonObject { ["state"] = state, ["reason"] = "as decided", ["officer"] = "CB-17" });

    private async Task<(long Expired, long Waiting, long Sum, long Counted)> BookedAsync()
    {
        await using var connection = new NpgsqlConnection(_desk.Bus.ConnectionString);
        return await connection.QuerySingleAsync<(long, long, long, long)>("""
            select expired, matched - handed, unmatched + withheld + expired + matched, counted - counted_from from delivery_position where subscription = 'G18.hooked'
            """);
    }
}
