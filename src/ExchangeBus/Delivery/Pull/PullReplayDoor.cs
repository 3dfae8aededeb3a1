using ExchangeBus.Delivery.Jobs;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Delivery.Pull;

/// <summary>
/// A replay in pages, beside the live ones: <c>after</c> acknowledges within the replay only. The answer after which there is nothing more has no <c>Link</c>.
/// </summary>
internal sealed class PullReplayDoor(OwnSubscriptions own, PullDoor live, PullReplays replays, PullReplayReader reader)
{
    internal Task<IResult> GetAsync(string name, Guid id, HttpContext context, long? after, int limit) => own.AnswerAsync(context, name, async (_, _) =>
    {
        if (await live.RefusalOfTodayAsync(name, context.RequestAborted) is { } refusal)
            return refusal;
        while (true)
        {
            var replay = await replays.FindAsync(name, id, context.RequestAborted);
            if (replay is null)
                return DeliveryProblems.UnknownJob();
            if (after is not null && !replay.IsGiven(after.Value))
                return PullProblems.Of(PullProblems.NotGiven());
            // Asked once more after the last answer was lost.
            if (replay.State == JobState.Completed)
                return new EventPage(name, [], 0, id, isOver: true);
            if (replay.State != JobState.Running)
                return DeliveryProblems.WrongState(JobStore.TextOf(replay.State));
            var from = after ?? replay.Position;
            if (await reader.NextAsync(replay, from, PullDoor.LimitOf(limit), context.RequestAborted) is { } next)
                return new EventPage(name, next.Events, from, id, isOver: next.State == JobState.Completed);
        }
    });
}
