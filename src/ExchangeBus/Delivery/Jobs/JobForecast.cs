using ExchangeBus.Subscriptions.Rules;

namespace ExchangeBus.Delivery.Jobs;

/// <summary>What a job would do, by the rules of this moment.</summary>
internal sealed record Forecast
{
    /// <summary>All that it would look at.</summary>
    public required long Total { get; init; }

    /// <summary>Would be handed out.</summary>
    public long Permitted { get; set; }

    /// <summary>Is asked for, and no agreement permits it any more.</summary>
    public long Forbidden { get; set; }

    /// <summary>Was accepted before what the job allows.</summary>
    public long TooOld { get; set; }

    /// <summary>The subscription does not ask for it.</summary>
    public long NotAskedFor { get; set; }

    /// <summary>No longer stands in the log.</summary>
    public long Gone { get; set; }

    /// <summary>Of those that the subscription asks for, how many of each type.</summary>
    public SortedDictionary<string, long> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Of those that would be skipped, how many by which rule.</summary>
    public SortedDictionary<string, long> Rules { get; } = new(StringComparer.Ordinal);

    /// <summary>False when there was more than could be looked at in time; the numbers are those up to <see cref="Through"/>.</summary>
    public bool IsComplete { get; set; }

    /// <summary>What comes after it was not looked at.</summary>
    public long Through { get; set; }
}

/// <summary>Goes through what a job would look at, and changes nothing.</summary>
internal sealed class JobForecast(JobItems items, DeliveryRules rules, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    internal async Task<Forecast> OfAsync(JobOrder job, IReadOnlyList<DeadPlace> listed, long total, CancellationToken cancellationToken)
    {
        await rules.RefreshAsync(cancellationToken);
        var current = rules.Current.Find(job.Subscription);
        var forecast = new Forecast { Total = total };
        var (after, since, began) = (job.FromSequence - 1, DateTimeOffset.MinValue, time.GetTimestamp());
        var left = listed;
        do
        {
            JobPage page;
            if (job.IsListed)
            {
                page = await items.ReadPlacesAsync([.. left.Take(JobItems.MaxPage)], left.Count <= JobItems.MaxPage, job.ToSequence, cancellationToken);
                left = [.. left.Skip(JobItems.MaxPage)];
            }
            else
            {
                page = await items.ReadAsync(job, after, since, JobItems.MaxPage, cancellationToken);
            }

            Count(forecast, job, current, page);
            (forecast.Through, forecast.IsComplete) = (after = page.Through, page.IsEnd);
            since = page.Events.Count > 0 ? page.Events[^1].RecordedAt : since;
        }
        while (!forecast.IsComplete && time.GetElapsedTime(began) < Longest);
        return forecast;
    }

    private static void Count(Forecast forecast, JobOrder job, SubscriptionRules? current, JobPage page)
    {
        if (page.Gone > 0)
        {
            forecast.Gone += page.Gone;
            forecast.Rules[JobRuling.Gone] = forecast.Gone;
        }

        foreach (var logged in page.Events)
        {
            var ruling = JobRuling.Of(job, current, logged);
            if (ruling.WasAskedFor)
                forecast.Types[logged.Type] = forecast.Types.GetValueOrDefault(logged.Type) + 1;
            if (ruling.Rule is not { } rule)
            {
                forecast.Permitted++;
                continue;
            }

            forecast.Rules[rule] = forecast.Rules.GetValueOrDefault(rule) + 1;
            if (!ruling.WasAskedFor)
                forecast.NotAskedFor++;
            else if (rule == JobRuling.TooOld)
                forecast.TooOld++;
            else
                forecast.Forbidden++;
        }
    }
}
