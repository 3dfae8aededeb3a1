using System.Net;
using System.Net.Sockets;
using ExchangeBus.Delivery.Webhooks;
using ExchangeBus.Delivery.Webhooks.Sending;
using Microsoft.Extensions.Time.Testing;

namespace ExchangeBus.Tests.Delivery.Webhooks;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class When_a_receiver_answers
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Now);

    [TestCase(200, "Delivered", null, false)]
    [TestCase(202, "Delivered", null, false)]
    [TestCase(204, "Delivered", null, false)]
    [TestCase(301, "Retry", "redirect", true)]
    [TestCase(307, "Retry", "redirect", true)]
    [TestCase(400, "Retry", "refused", true)]
    [TestCase(401, "Retry", "refused", true)]
    [TestCase(404, "Retry", "refused", true)]
    [TestCase(408, "Retry", "request-timeout", false)]
    [TestCase(410, "Gone", "gone", false)]
    [TestCase(415, "Retry", "refused", true)]
    [TestCase(429, "Retry", "throttled", false)]
    [TestCase(500, "Retry", "server-error", false)]
    [TestCase(503, "Retry", "unavailable", false)]
    [TestCase(504, "Retry", "server-error", false)]
    public async Task Should_know_what_the_status_means(int status, string result, string? failure, bool refusing)
    {
        // A redirect would lead back here, so that following it would be seen.
        await using var receiver = await Receiver.StartAsync(status, ("Location", "/elsewhere"), ("Set-Cookie", "a=b"));
        using var sending = new Sending(_time);

        var outcome = await sending.SendAsync(Sending.To(receiver.Plain));

        Assert.That((outcome.Result.ToString(), outcome.Failure?.Code, outcome.IsRefusing, outcome.Status), Is.EqualTo((result, failure, refusing, (int?)status)));
        Assert.That(outcome.At, Is.EqualTo(Now));
        Assert.That(receiver.Received, Has.Count.EqualTo(1));
    }

    [TestCase("120", 120)]
    [TestCase(" 0 ", 0)]
    [TestCase("999999999999999999999999", 86400)]
    [TestCase("86401", 86400)]
    [TestCase("Wed, 25 Nov 2026 09:05:00 GMT", 300)]
    [TestCase("Wednesday, 25-Nov-26 09:05:00 GMT", 300)]
    [TestCase("Fri, 25 Dec 2026 09:05:00 GMT", 86400)]
    [TestCase("Wed, 25 Nov 2020 09:05:00 GMT", 0)]
    [TestCase("-5", null)]
    [TestCase("soon", null)]
    [TestCase("", null)]
    public void Should_read_when_it_may_be_asked_again(string value, int? seconds) =>
        Assert.That(RetryAfter.Read(value, Now), Is.EqualTo(seconds is { } s ? Now.AddSeconds(s) : (DateTimeOffset?)null));

    [TestCase(429, true)]
    [TestCase(503, true)]
    [TestCase(500, false)]
    [TestCase(200, false)]
    public async Task Should_wait_as_long_as_it_is_told_by_those_who_may(int status, bool waits)
    {
        await using var receiver = await Receiver.StartAsync(status, ("Retry-After", "120"));
        using var sending = new Sending(_time);

        Assert.That((await sending.SendAsync(Sending.To(receiver.Plain))).NotBefore, Is.EqualTo(waits ? Now.AddSeconds(120) : (DateTimeOffset?)null));
    }

    [Test]
    public async Task Should_give_up_when_the_time_limit_is_over()
    {
        var asked = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync(context =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using var sending = new Sending(_time);

        var sent = sending.SendAsync(Sending.To(receiver.Plain) with { TimeLimit = TimeSpan.FromSeconds(7) });
        await asked.Task;
        _time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.That(sent.IsCompleted, Is.False);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        var outcome = await sent;
        Assert.That((outcome.Result, outcome.Failure, outcome.Duration), Is.EqualTo((WebhookResult.Retry, AttemptFailure.Timeout, TimeSpan.FromSeconds(7))));
    }

    [Test]
    public async Task Should_stop_when_told_without_holding_it_against_the_receiver()
    {
        var asked = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync(context =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using var sending = new Sending(_time);
        using var stop = new CancellationTokenSource();

        var sent = sending.Sender.SendAsync(Sending.To(receiver.Plain), Sending.Delivery, static () => true, stop.Token);
        await asked.Task;
        await stop.CancelAsync();

        Assert.That(async () => await sent, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(sending.States.Find("sub.G15.births")!.Value.Failures, Is.Zero);
    }

    [Test]
    public async Task Should_take_the_status_and_leave_a_body_without_end()
    {
        await using var receiver = await Receiver.StartAsync(async context =>
        {
            context.Response.StatusCode = 200;
            var block = new byte[64 * 1024];
            while (true) await context.Response.Body.WriteAsync(block, context.RequestAborted);
        });
        using var sending = new Sending(_time);

        var sent = sending.SendAsync(Sending.To(receiver.Plain));

        Assert.That((await sent.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System)).Result, Is.EqualTo(WebhookResult.Delivered));
    }

    [Test]
    public async Task Should_name_what_went_wrong_below_HTTP()
    {
        await using var receiver = await Receiver.StartAsync(204);
        using var untrusting = new Sending(_time);
        using var nameless = new Sending(_time, (_, _) => throw new SocketException((int)SocketError.HostNotFound));
        using var otherName = new Sending(_time, tls: Receiver.Trusting());
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var free = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();

        Assert.That((await untrusting.SendAsync(Sending.To(receiver.Secure))).Failure, Is.EqualTo(AttemptFailure.Tls));
        Assert.That((await otherName.SendAsync(Sending.To(new UriBuilder(receiver.Secure) { Host = "other.test" }.Uri))).Failure, Is.EqualTo(AttemptFailure.Tls));
        Assert.That((await nameless.SendAsync(Sending.To(receiver.Secure))).Failure, Is.EqualTo(AttemptFailure.Dns));
        Assert.That((await untrusting.SendAsync(Sending.To(new Uri($"http://127.0.0.1:{free}/")))).Failure, Is.EqualTo(AttemptFailure.Connect));
    }

    [TestCase("", "connection-lost")]
    [TestCase("SSH-2.0-OpenSSH_9.2\r\n", "protocol")]
    public async Task Should_name_an_answer_that_is_none(string answer, string failure)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var sending = new Sending(_time);

        var sent = sending.SendAsync(Sending.To(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/")));
        using (var client = await listener.AcceptTcpClientAsync())
        {
            var buffer = new byte[4096];
            while (await client.GetStream().ReadAsync(buffer) is var read && !buffer.AsSpan(0, read).EndsWith("}}"u8)) { }
            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer));
        }

        Assert.That((await sent).Failure?.Code, Is.EqualTo(failure));
    }

    [Test]
    public async Task Should_send_nothing_unsigned()
    {
        await using var receiver = await Receiver.StartAsync(204);
        using var sending = new Sending(_time);

        var outcome = await sending.SendAsync(Sending.To(receiver.Plain, Sending.Secret(Sending.Key, until: Now)));

        Assert.That((outcome.Result, outcome.Failure, outcome.IsRefusing), Is.EqualTo((WebhookResult.Retry, AttemptFailure.NoKey, true)));
        Assert.That(receiver.Received, Is.Empty);
    }
}
