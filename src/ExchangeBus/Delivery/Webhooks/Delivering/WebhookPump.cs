using System.Threading.Channels;
using ExchangeBus.Delivery.Webhooks.Endpoints;
using ExchangeBus.Dispatch;
using ExchangeBus.Log;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Rules;

namespace ExchangeBus.Delivery.Webhooks.Delivering;

/// <summary>
/// Delivers one partition of one subscription to its webhook: reads the log in order, asks the rules of each place what the subscription gets, sends side by side what
/// has different keys, and sets aside what fails. It remembers nothing that the database does not know; when it fails it is made anew from there.
/// </summary>
internal sealed class WebhookPump : IDisposable
{
    private const int Page = 256;
    private const int Window = 8_192;
    private const int MostFlying = 2_048;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LookForRoomEvery = TimeSpan.FromMilliseconds(50);

    private readonly PumpParts _parts;
    private Claimed _written;
    private readonly Claimed _claimed;
    private readonly OrderLines _lines = new();
    private readonly WaitingLoop _waiting;
    private readonly Channel<Flight> _ready = Channel.CreateUnbounded<Flight>();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();

    internal WebhookPump(Subscription subscription, EndpointVersion endpoint, Claimed claimed, PumpParts parts)
    {
        (Subscription, Endpoint, _claimed, _written, _parts) = (subscription, endpoint, claimed, claimed, parts);
        Ledger = new Ledger(claimed, Window, MostFlying);
        Gate = new FlowGate(subscription.Name, parts.Rules, parts.Time);
        _waiting = new WaitingLoop(this, parts, _lines, _abort.Token);
    }

    internal Subscription Subscription { get; }

    internal EndpointVersion Endpoint { get; }

    internal int Partition => _claimed.Position.Partition;

    internal Ledger Ledger { get; }

    internal FlowGate Gate { get; }

    internal Task Running { get; private set; } = Task.CompletedTask;

    internal void Start() => Running = Task.Run(RunAsync);

    /// <summary>Sends nothing more; what is under way may come to its end.</summary>
    internal void Stop() => _stop.Cancel();

    /// <summary>Breaks off what is under way, whose receiver may have it all the same.</summary>
    internal void Abort()
    {
        _stop.Cancel();
        _abort.Cancel();
    }

    /// <summary>After it has ended.</summary>
    public void Dispose()
    {
        _stop.Dispose();
        _abort.Dispose();
    }

    /// <summary>The partition may be another node's: nothing more is sent, and nothing more of it is written.</summary>
    internal void Lose()
    {
        IsLost = true;
        Abort();
    }

    internal bool IsLost { get; private set; }

    /// <summary>True when the database says what this pump has written, and nobody else has written since.</summary>
    internal bool IsWhatStands(Claimed stands) =>
        stands.Totals == _written.Totals && (stands.Position.Read, stands.Position.Delivered) == (_written.Position.Read, _written.Position.Delivered);

    /// <summary>A page was written: what the database says of these keys is true again.</summary>
    internal void Written(Page page)
    {
        _written = page.Claimed;
        Ledger.Written(page);
        _waiting.Written(page.Changes);
    }

    private async Task RunAsync()
    {
        _lines.Load(await _parts.Waiting.KeysAsync(Subscription.Name, Partition, _stop.Token));
        // One that fails ends all: the whole is begun again from the database.
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        Task[] all = [
            ReadAsync(failed.Token), _waiting.RunAsync(failed.Token),
            .. Enumerable.Range(0, Endpoint.Endpoint.Concurrency).Select(_ => SendReadyAsync(failed.Token))];
        await Task.WhenAny(all);
        await failed.CancelAsync();
        try
        {
            await Task.WhenAll(all);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // It was stopped.
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var (rules, log) = (_parts.Rules, _parts.Log);
        var (read, previous, since) = (_claimed.Position.Read, _claimed.Position.Delivered, DateTimeOffset.MinValue);
        var page = new List<LoggedEvent>(Page);
        while (true)
        {
            await Gate.OpenAsync(cancellationToken);
            // What waits is bounded: more stays in the log, where it costs nothing.
            while (_lines.Waiting >= _parts.Options.MostWaiting)
                await Task.Delay(LookForRoomEvery, _parts.Time, cancellationToken);
            await log.ReadAsync(read, since, page, Page, cancellationToken);
            var set = rules.Current;
            foreach (var logged in page)
            {
                if (DeliveryRules.IsChange(logged))
                    set = await rules.ThroughAsync(logged.Sequence, cancellationToken);
                // The rest of the page is read again when deliveries may run again.
                if (set != rules.Current && rules.Current.Find(Subscription.Name) is not { Flow: Flow.Open })
                    break;
                (read, since) = (logged.Sequence, logged.RecordedAt);
                if (logged.Lane % Subscription.Partitions != Partition)
                    continue;
                var found = set.Find(Subscription.Name);
                var ruling = found?.Judge(logged) ?? Ruling.Unmatched(RuleNames.Before);
                if (ruling.Kind != RulingKind.Deliver)
                {
                    Ledger.Skip(logged.Sequence, ruling.Kind);
                    continue;
                }

                await Ledger.RoomAsync().WaitAsync(cancellationToken);
                Enter(new Flight(logged, Subscription.IsOrdered ? OrderKey.Of(logged) : OrderKey.OfItsOwn(logged), previous, found!, ruling.Cut!));
                previous = logged.Sequence;
            }

            Ledger.ReadUpTo(read);
            if (page.Count == 0)
                await Task.WhenAny(log.GrownAsync(read), Task.Delay(LookEvery, _parts.Time, cancellationToken));
        }
    }

    private void Enter(Flight flight)
    {
        Ledger.Add(flight);
        switch (_lines.Enter(flight))
        {
            case LinePlace.First:
                _ready.Writer.TryWrite(flight);
                break;
            case LinePlace.Waiting:
                SetAsideBehind(flight);
                break;
        }
    }

    private async Task SendReadyAsync(CancellationToken cancellationToken)
    {
        await foreach (var flight in _ready.Reader.ReadAllAsync(cancellationToken))
            await SendAsync(flight, cancellationToken);
    }

    private async Task SendAsync(Flight flight, CancellationToken cancellationToken)
    {
        while (true)
        {
            var rules = await Gate.OpenAsync(cancellationToken);
            if (!flight.IsStillLetThroughBy(rules))
            {
                Ledger.Landed(flight, FlightState.TakenBack);
                GoOn(flight);
                return;
            }

            var outcome = await _parts.SendAsync(Endpoint.Endpoint, flight.Logged, flight.Cut, flight.Previous, () => Gate.IsOpenBy(rules), _abort.Token);
            switch (outcome.Result)
            {
                case WebhookResult.Delivered:
                    Ledger.Landed(flight, FlightState.Answered);
                    GoOn(flight);
                    return;
                case WebhookResult.Retry:
                    SetAside(flight, outcome);
                    return;
                case WebhookResult.Gone:
                    await _parts.EndAsync(Subscription, cancellationToken);
                    // The gate stays closed from now on.
                    break;
                default:
                    await _parts.UntilAsync(outcome.NotBefore, cancellationToken);
                    break;
            }
        }
    }

    private void GoOn(Flight flight)
    {
        if (_lines.Done(flight) is { } next)
            _ready.Writer.TryWrite(next);
    }

    private void SetAside(Flight flight, WebhookOutcome outcome)
    {
        var row = WaitingRow.Behind(flight.Logged, flight.Key, flight.Previous).After(outcome, _parts.Time.GetUtcNow(), PumpParts.ScheduleOf(Endpoint.Endpoint));
        flight.Row = row;
        flight.Dead = row.NextAt is null ? new DeadAttempt(row, outcome.At, outcome.Duration) : null;
        foreach (var following in _lines.Waits(flight))
            SetAsideBehind(following);
        Ledger.Landed(flight, FlightState.SetAside, flight.Dead is null ? FailedAttempt.Of(flight.Sequence, outcome) : null);
        if (flight.Dead is not null)
            _lines.Resolved(flight.Key);
    }

    private void SetAsideBehind(Flight flight)
    {
        flight.Row = WaitingRow.Behind(flight.Logged, flight.Key, flight.Previous);
        Ledger.Landed(flight, FlightState.SetAside);
    }
}
