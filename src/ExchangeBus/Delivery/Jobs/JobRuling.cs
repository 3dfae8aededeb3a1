using ExchangeBus.Log;
using ExchangeBus.Release.Cutting;
using ExchangeBus.Subscriptions.Rules;

namespace ExchangeBus.Delivery.Jobs;

/// <summary>What a job does with one event: hands it out cut, or skips it by a rule.</summary>
internal readonly record struct JobRuling(Cut? Cut, string? Rule, bool WasAskedFor)
{
    /// <summary>The log no longer holds it.</summary>
    internal const string Gone = "log.gone";

    /// <summary>It was accepted before what the job allows.</summary>
    internal const string TooOld = "job.too-old";

    /// <summary>By the rules of today, wherever the event stands: what an agreement no longer permits does not leave again.</summary>
    internal static JobRuling Of(JobOrder job, SubscriptionRules? rules, LoggedEvent logged)
    {
        var ruling = rules?.JudgeToday(logged) ?? Ruling.Unmatched(RuleNames.SubscriptionEnded);
        if (ruling.Kind == RulingKind.Unmatched)
            return new JobRuling(null, ruling.Rule, false);
        if (logged.RecordedAt < job.NotBefore)
            return new JobRuling(null, TooOld, true);
        return new JobRuling(ruling.Cut, ruling.Rule, true);
    }
}
