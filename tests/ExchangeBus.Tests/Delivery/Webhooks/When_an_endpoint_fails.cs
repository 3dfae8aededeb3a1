using ExchangeBus.Delivery.Webhooks;
using ExchangeBus.Delivery.Webhooks.Pacing;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.Tests.Delivery.Webhooks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class When_an_endpoint_fails
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Now);

    [Test]
    public void Should_be_left_alone_after_so_many_failures_in_a_row()
    {
        var circuit = Circuit();
        Fail(circuit, 4);
        circuit.Succeeded(circuit.Enter());
        Fail(circuit, 4);
        Assert.That(circuit.Status.State, Is.EqualTo(CircuitState.Closed), "a success begins the count anew");

        Assert.That(circuit.Failed(circuit.Enter(), null), Is.True);

        Assert.That(circuit.Status, Is.EqualTo(new CircuitStatus(CircuitState.Open, Time, Time.AddSeconds(10), 5)));
        Assert.That(circuit.Enter().NotBefore, Is.EqualTo(Time.AddSeconds(10)));
    }

    [Test]
    public void Should_be_tried_by_one_probe_and_rest_twice_as_long_each_time_up_to_the_bound()
    {
        var circuit = Circuit();
        Fail(circuit, 5);
        foreach (var seconds in (int[])[10, 20, 40, 80, 160, 300, 300])
        {
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.That(circuit.Enter().NotBefore, Is.Not.Null, $"after {seconds} s and not before");
            _time.Advance(TimeSpan.FromTicks(1));
            var probe = circuit.Enter();
            Assert.That(probe.NotBefore, Is.Null);
            Assert.That(circuit.Enter().NotBefore, Is.Not.Null, "one probe only");
            Assert.That(circuit.Status.State, Is.EqualTo(CircuitState.HalfOpen));
            circuit.Failed(probe, null);
        }
    }

    [Test]
    public void Should_be_called_again_when_the_probe_succeeds_and_then_begin_with_a_short_rest()
    {
        var circuit = Circuit();
        Fail(circuit, 5);
        _time.Advance(TimeSpan.FromSeconds(10));
        circuit.Failed(circuit.Enter(), null);
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.That(circuit.Succeeded(circuit.Enter()), Is.True);

        Assert.That(circuit.Status, Is.EqualTo(new CircuitStatus(CircuitState.Closed, Time, null, 0)));
        Fail(circuit, 5);
        Assert.That(circuit.Status.OpenUntil, Is.EqualTo(Time.AddSeconds(10)));
    }

    [Test]
    public void Should_be_tried_by_another_when_the_probe_came_to_no_end()
    {
        var circuit = Circuit();
        Fail(circuit, 5);
        _time.Advance(TimeSpan.FromSeconds(10));
        circuit.Abandoned(circuit.Enter());

        Assert.That(circuit.Enter().NotBefore, Is.Null);
    }

    [Test]
    public void Should_not_be_judged_by_what_began_before_it_was_left_alone()
    {
        var circuit = Circuit();
        var late = circuit.Enter();
        var later = circuit.Enter();
        Fail(circuit, 5);

        Assert.That(circuit.Succeeded(late), Is.False);
        Assert.That(circuit.Failed(later, Time.AddHours(1)), Is.False);
        Assert.That(circuit.Status.State, Is.EqualTo(CircuitState.Open));
        Assert.That(circuit.Status.OpenUntil, Is.EqualTo(Time.AddHours(1)), "but what it asks for is heard");
        Assert.That(circuit.Status.Failures, Is.EqualTo(5));
    }

    [Test]
    public async Task Should_be_left_alone_as_long_as_it_asks()
    {
        var answer = 429;
        await using var receiver = await Receiver.StartAsync(context =>
        {
            context.Response.StatusCode = answer;
            context.Response.Headers.RetryAfter = answer == 429 ? "120" : default;
            return Task.CompletedTask;
        });
        using var sending = new Sending(_time);
        var endpoint = Sending.To(receiver.Plain);

        await sending.SendAsync(endpoint);
        var postponed = await sending.SendAsync(endpoint);
        answer = 204;
        _time.Advance(TimeSpan.FromSeconds(120));
        var delivered = await sending.SendAsync(endpoint);

        Assert.That((postponed.Result, postponed.Failure, postponed.NotBefore), Is.EqualTo((WebhookResult.Postponed, AttemptFailure.CircuitOpen, Time)));
        Assert.That(delivered.Result, Is.EqualTo(WebhookResult.Delivered));
        Assert.That(receiver.Received, Has.Count.EqualTo(2));
        Assert.That(sending.States.Find(endpoint.Name)!.Value.State, Is.EqualTo(CircuitState.Closed));
    }

    [Test]
    public async Task Should_be_forgiven_when_its_address_is_mended()
    {
        await using var receiver = await Receiver.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/hook" ? 500 : 204;
            return Task.CompletedTask;
        });
        using var sending = new Sending(_time);
        var endpoint = Sending.To(receiver.Plain);
        for (var i = 0; i < 6; i++)
            await sending.SendAsync(endpoint);

        var mended = await sending.SendAsync(endpoint with { Address = new Uri(receiver.Plain, "/mended") });

        Assert.That(receiver.Received, Has.Count.EqualTo(6), "five failures, none while it is left alone, one success");
        Assert.That(mended.Result, Is.EqualTo(WebhookResult.Delivered));
    }

    [Test]
    public void Should_count_rightly_for_many_threads()
    {
        var circuit = new CircuitBreaker(1000, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5), _time);

        Parallel.For(0, 999, _ => circuit.Failed(circuit.Enter(), null));
        Assert.That(circuit.Status, Is.EqualTo(new CircuitStatus(CircuitState.Closed, Time, null, 999)));
        _time.Advance(TimeSpan.FromSeconds(1));
        circuit.Failed(circuit.Enter(), null);
        _time.Advance(TimeSpan.FromSeconds(10));
        var probes = 0;
        Parallel.For(0, 1000, _ => Interlocked.Add(ref probes, circuit.Enter().NotBefore is null ? 1 : 0));
        Assert.That(probes, Is.EqualTo(1));
    }

    private DateTimeOffset Time => _time.GetUtcNow();

    private CircuitBreaker Circuit() => new(5, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5), _time);

    private static void Fail(CircuitBreaker circuit, int times)
    {
        for (var i = 0; i < times; i++)
            circuit.Failed(circuit.Enter(), null);
    }
}
