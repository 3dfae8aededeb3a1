using ExchangeBus.Agencies.Authentication;
using ExchangeBus.Checks;
using ExchangeBus.Contracts;
using ExchangeBus.Log;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Intake;

/// <summary>
/// Tells a publisher again what became of one of its events: accepted with its place, held, or refused by a person. What was refused at the door was never kept.
/// </summary>
internal sealed class ReceiptDoor(CallerAuthentication callers, LogStore log, HeldEvents held)
{
    internal async Task<IResult> GetAsync(string id, HttpContext context)
    {
        var caller = await callers.AuthenticateAsync(context);
        if (caller.System is not { } sender)
            return caller.Refusal;
        var key = EventKey.Of(sender.Source, id);
        if ((await log.FindAsync([key])).TryGetValue(key, out var stored))
            return Json(new Receipt
            {
                Source = sender.Source,
                Id = id,
                Accepted = true,
                Sequence = stored.Sequence,
                RecordedTime = stored.RecordedAt,
                DataHash = Convert.ToHexStringLower(stored.DataHash),
            });
        if (await held.FindAsync(sender.Source, id, context.RequestAborted) is not { } waiting)
            return Results.NotFound();
        return Json(waiting.Decision is null
            ? Answer.Held(sender.Source, id, HoldReasons.Read(waiting.Reasons), []).Receipt
            : Answer.Rejected(AnswerKind.Invalid, sender.Source, id, [Rejections.RefusedByPerson()]).Receipt);
    }

    private static IResult Json(Receipt receipt) => Results.Json(receipt, EventData.Json);
}
