using System.Globalization;
using System.Text;
using ExchangeBus.Agencies.Authentication;
using ExchangeBus.Contracts;
using ExchangeBus.Log;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Rules;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace ExchangeBus.Delivery.Pull;

/// <summary>
/// Receiving by asking: pages of events, and a stream (server-sent events). The position that the subscriber names is its acknowledgement of all up to it.
/// </summary>
internal sealed class PullDoor(CallerAuthentication callers, DeliveryRules rules, PullReader reader, PullPositions positions, AcknowledgementStore acknowledgements, LogReader log, TimeProvider time)
{
    private const int MaxLimit = 1_000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KeepAliveEvery = TimeSpan.FromSeconds(15);

    /// <summary>
    /// A page as a CloudEvents batch. <c>after</c>: the last event that is done, absent where the subscriber's word stands; <c>limit</c>: 1 to 1,000, default 100;
    /// <c>wait</c>: seconds to wait for a first event, 0 to 60, default 0.
    /// </summary>
    internal async Task<IResult> GetEventsAsync(string name, HttpContext context, long? after, int limit, int wait)
    {
        var (from, refusal) = await BeginAsync(name, context, after);
        if (refusal is not null)
            return refusal;
        limit = LimitOf(limit);
        var (started, longest) = (time.GetTimestamp(), TimeSpan.FromSeconds(Math.Clamp(wait, 0, (int)LongestWait.TotalSeconds)));
        while (true)
        {
            var (events, looked) = await reader.NextAsync(name, from, limit, context.RequestAborted);
            var left = longest - time.GetElapsedTime(started);
            if (events.Count > 0 || left <= TimeSpan.Zero)
                return new EventPage(name, events, from);
            await Task.WhenAny(log.GrownAsync(looked), Task.Delay(left < LookEvery ? left : LookEvery, time, context.RequestAborted));
            if (Refusal(name) is { } stopped)
                return stopped;
        }
    }

    internal static int LimitOf(int asked) => Math.Clamp(asked, 1, MaxLimit);

    /// <summary>Why the subscription gets nothing just now; null when nothing is in its way.</summary>
    internal async Task<IResult?> RefusalOfTodayAsync(string name, CancellationToken cancellationToken)
    {
        await rules.RefreshAsync(cancellationToken);
        return Refusal(name);
    }

    /// <summary>The same as a stream; <c>Last-Event-ID</c> is the last event that is done. It ends when the subscription stops or the host does.</summary>
    internal async Task<IResult> GetStreamAsync(string name, HttpContext context, CancellationToken stopping)
    {
        var last = context.Request.Headers["Last-Event-ID"].ToString();
        long? after = null;
        if (last.Length > 0)
        {
            if (!long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
                return PullProblems.Of(PullProblems.BadCursor());
            after = sequence;
        }

        var (from, refusal) = await BeginAsync(name, context, after);
        return refusal ?? new EventStream(this, name, from, stopping);
    }

    internal async Task WriteStreamAsync(string name, long from, HttpContext context, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var (response, written) = (context.Response.Body, time.GetTimestamp());
        while (!ended.IsCancellationRequested && Refusal(name) is null)
        {
            var (events, looked) = await reader.NextAsync(name, from, MaxLimit, ended.Token);
            foreach (var one in events)
            {
                await response.WriteAsync(Encoding.ASCII.GetBytes($"id: {one.Sequence}\nevent: cloudevent\ndata: "), ended.Token);
                await response.WriteAsync(OnOneLine(one.Message), ended.Token);
                await response.WriteAsync("\n\n"u8.ToArray(), ended.Token);
                from = one.Sequence;
            }

            if (events.Count == 0 && time.GetElapsedTime(written) >= KeepAliveEvery)
                await response.WriteAsync(":\n\n"u8.ToArray(), ended.Token);
            else if (events.Count == 0)
                await Task.WhenAny(log.GrownAsync(looked), Task.Delay(LookEvery, time, ended.Token));
            if (events.Count > 0 || time.GetElapsedTime(written) >= KeepAliveEvery)
            {
                await response.FlushAsync(ended.Token);
                written = time.GetTimestamp();
            }
        }
    }

    // A line break would end the field. In JSON it can only stand between values, where a space says the same.
    private static ReadOnlyMemory<byte> OnOneLine(ReadOnlyMemory<byte> json)
    {
        if (json.Span.IndexOfAny((byte)'\n', (byte)'\r') < 0)
            return json;
        var line = json.ToArray();
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        line.AsSpan().Replace((byte)'\r', (byte)' ');
        return line;
    }

    /// <summary>Takes the subscriber's word, and says from where to go on.</summary>
    private async Task<(long From, IResult? Refusal)> BeginAsync(string name, HttpContext context, long? after)
    {
        var caller = await callers.AuthenticateAsync(context);
        if (caller.System is not { } system)
            return (0, caller.Refusal);
        try
        {
            await rules.RefreshAsync(context.RequestAborted);
            if (rules.Current.Find(name) is not { } found || !found.IsOf(system))
                return (0, PullProblems.Of(SubscriptionRejections.Unknown()));
            if (Refusal(name) is { } refusal)
                return (0, refusal);
            var position = (await positions.FindAsync(name, context.RequestAborted))!;
            if (after is null)
                return (position.Acknowledged, null);
            if (after < 0 || after > position.Delivered)
                return (0, PullProblems.Of(PullProblems.NotGiven()));
            // False only when another request has acknowledged less at the same time: it is said again with the next page.
            return after > position.Acknowledged
                && await acknowledgements.TakeAsync(system.Agency, new Acknowledgement(name, 0, position.Acknowledged, after.Value), context.RequestAborted) is null
                ? (0, PullProblems.Of(PullProblems.NotGiven()))
                : (after.Value, null);
        }
        catch (NpgsqlException e) when (e.IsTransient)
        {
            return (0, CallerProblems.Unavailable(context));
        }
    }

    private IResult? Refusal(string name) => rules.Current.Find(name) switch
    {
        null => PullProblems.Of(SubscriptionRejections.Unknown()),
        { Subscription.Way: not Way.Pull } => PullProblems.Of(PullProblems.OtherWay()),
        { Flow: Flow.Ended } => PullProblems.Of(SubscriptionRejections.Ended()),
        { Flow: Flow.Suspended } => PullProblems.Of(PullProblems.Suspended()),
        { Flow: Flow.Paused } => PullProblems.Of(PullProblems.Paused()),
        _ => null,
    };
}
