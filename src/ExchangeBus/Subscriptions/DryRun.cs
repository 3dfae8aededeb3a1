using System.Buffers;
using System.Text.Json;
using ExchangeBus.Checks;
using ExchangeBus.Log;
using ExchangeBus.Release.Cutting;
using ExchangeBus.Subscriptions.Agreements;
using ExchangeBus.Subscriptions.Rules;
using Npgsql;
using NpgsqlTypes;

namespace ExchangeBus.Subscriptions;

/// <summary>What a subscription would have got of the last days, by the agreements of today: how many, and a few of them as it would see them.</summary>
internal sealed class DryRun(NpgsqlDataSource dataSource, LogReader log, RuleStore store, Jurisdictions jurisdictions, TimeProvider time)
{
    private const int MaxSamples = 5;
    private const int Page = 500;
    private const int MaxEvents = 1_000_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private const string SelectFirst = "select coalesce(min(sequence), 1) - 1 from event_log where recorded_at >= $1";

    internal async Task<DryRunResult> RunAsync(string agency, SubscriptionTerms terms, IReadOnlyList<Agreement> agreements, int days, CancellationToken cancellationToken)
    {
        var (started, since) = (time.GetTimestamp(), time.GetUtcNow() - TimeSpan.FromDays(days));
        var rules = await RulesAsync(agency, terms, agreements, cancellationToken);
        var after = await FirstAsync(since, cancellationToken);
        var (counts, reasons, samples) = (new long[4], new Dictionary<string, long>(StringComparer.Ordinal), new List<DryRunSample>());
        var page = new List<LoggedEvent>(Page);
        long looked = 0;
        do
        {
            await log.ReadAsync(after, since, page, Page, cancellationToken);
            foreach (var logged in page)
            {
                // Permission first: to count how a filter divides events that may not be seen would tell of them.
                var ruling = rules.JudgeToday(logged);
                if (ruling.Rule is RuleNames.Filter or RuleNames.Province && rules.JudgeWithoutFilter(logged) is { Kind: not RulingKind.Deliver } withheld)
                    ruling = withheld;
                counts[(int)ruling.Kind]++;
                if (ruling.Kind == RulingKind.Withheld)
                    reasons[ruling.Rule!] = reasons.GetValueOrDefault(ruling.Rule!) + 1;
                if (ruling.Kind == RulingKind.Deliver && samples.Count < MaxSamples)
                    samples.Add(Sample(logged, ruling.Cut!));
            }

            looked += page.Count;
            if (page.Count > 0)
                (after, since) = (page[^1].Sequence, page[^1].RecordedAt);
        }
        while (page.Count == Page && looked < MaxEvents && time.GetElapsedTime(started) < Longest);

        return new DryRunResult(
            looked, counts[(int)RulingKind.Deliver], counts[(int)RulingKind.Withheld], counts[(int)RulingKind.Unmatched], reasons, page.Count < Page, samples);
    }

    // The newest version of each agreement, for all positions: what it would be like had it always been so.
    private async Task<SubscriptionRules> RulesAsync(string agency, SubscriptionTerms terms, IReadOnlyList<Agreement> agreements, CancellationToken cancellationToken)
    {
        var subscription = new Subscription($"{agency}.dry-run", agency, Way.Pull, 1, IsOrdered: true);
        var version = new SubscriptionVersion(subscription.Name, 1, 0, SubscriptionState.Active, terms with { ExpiresAt = null }, time.GetUtcNow(), "", "");
        var newest = agreements.ToDictionary(a => a.Id, a => a.Current with { FromSequence = 0 });
        var ready = await store.ReadyAsync([.. terms.Agreements.Where(newest.ContainsKey).Select(id => newest[id])], cancellationToken);
        return new SubscriptionRules(subscription, [new SubscriptionRule(version, [.. ready])], jurisdictions);
    }

    private static DryRunSample Sample(LoggedEvent logged, Cut cut)
    {
        var (output, withheld) = (new ArrayBufferWriter<byte>(4096), new WithheldFields());
        var isCut = !logged.Data.IsEmpty && cut.TryCut(logged.Data.Span, output, withheld);
        var data = logged.Data.IsEmpty ? (JsonElement?)null : JsonSerializer.Deserialize<JsonElement>(isCut ? output.WrittenSpan : logged.Data.Span);
        return new DryRunSample(logged.Sequence, logged.Type, logged.RecordedAt, data, isCut ? [.. withheld.Pointers] : []);
    }

    private async Task<long> FirstAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectFirst);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = since, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}

/// <summary>The outcome of a dry run.</summary>
/// <param name="Looked">Events looked at.</param>
/// <param name="Matched">Would have been delivered.</param>
/// <param name="Withheld">Asked for and not permitted.</param>
/// <param name="Unmatched">Not asked for.</param>
/// <param name="WithheldBy">Of the withheld, how many by which rule.</param>
/// <param name="IsComplete">False when it stopped after 1,000,000 events or 20 s.</param>
/// <param name="Samples">The first five as the subscriber would see them.</param>
internal sealed record DryRunResult(
    long Looked, long Matched, long Withheld, long Unmatched, IReadOnlyDictionary<string, long> WithheldBy, bool IsComplete, IReadOnlyList<DryRunSample> Samples);

/// <summary>One event as the subscriber would see it.</summary>
internal sealed record DryRunSample(long Sequence, string Type, DateTimeOffset RecordedTime, JsonElement? Data, IReadOnlyList<string> WithheldFields);
