using ExchangeBus.Agencies.Authentication;
using ExchangeBus.Checks;
using ExchangeBus.Contracts;
using ExchangeBus.Log;
using Microsoft.AspNetCore.Http;
using Npgsql;

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
        try
        {
            return await FindAsync(sender.Source, id, context.RequestAborted) is { } receipt ? Results.Json(receipt, EventData.Json) : Results.NotFound();
        }
        catch (NpgsqlException)
        {
            return HttpDoor.Unavailable(context);
        }
    }

    private async Task<Receipt?> FindAsync(string source, string id, CancellationToken cancellationToken)
    {
        // The queue of people first: what is released while we look stands in the log after that.
        var waiting = await held.FindAsync(source, id, cancellationToken);
        if (waiting is { Decision: null })
            return Answer.Held(source, id, HoldReasons.Read(waiting.Value.Reasons), []).Receipt;
        if (await log.FindAsync(EventKey.Of(source, id), cancellationToken) is { } stored)
        {
            return new Receipt
            {
                Source = source,
                Id = id,
                Accepted = true,
                Sequence = stored.Sequence,
                RecordedTime = stored.RecordedAt,
                DataHash = Convert.ToHexStringLower(stored.DataHash),
            };
        }

        return waiting is null ? null : Answer.Rejected(AnswerKind.Invalid, source, id, [Rejections.RefusedByPerson()]).Receipt;
    }
}
