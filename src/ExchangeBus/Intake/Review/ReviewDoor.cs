using System.Text.Json;
using System.Text.Json.Serialization;
using ExchangeBus.Agencies;
using ExchangeBus.Agencies.Authentication;
using ExchangeBus.Contracts;
using ExchangeBus.Log;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace ExchangeBus.Intake.Review;

/// <summary>
/// What people judge: events that are held, and events that look like an earlier one. For systems that are registered as reviewers; what they see
/// has no personal data, and what they decide is kept with their name.
/// </summary>
internal sealed class ReviewDoor(
    CallerAuthentication callers, HeldEvents held, SuspectedDuplicates duplicates, BusinessKeys businessKeys, DecidedReceipts receipts)
{
    private const int MaxPage = 500;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = EventData.Json.Encoder };

    internal Task<IResult> GetHeldAsync(HttpContext context, long after = 0, int limit = 100) => ForReviewerAsync(context, async _ =>
        Results.Json((await held.WaitingAsync(after, Math.Clamp(limit, 1, MaxPage), context.RequestAborted)).Select(HeldView.Of), Json));

    internal Task<IResult> GetDuplicatesAsync(HttpContext context, long after = 0, int limit = 100) => ForReviewerAsync(context, async _ =>
        Results.Json(await duplicates.OpenAsync(after, Math.Clamp(limit, 1, MaxPage), context.RequestAborted), Json));

    internal Task<IResult> DecideHeldAsync(long position, HeldDecision decision, HttpContext context) => ForReviewerAsync(context, async reviewer =>
    {
        if (decision.Decision is not ("release" or "refuse") || !HasNote(decision.Note))
            return Problems.BadDecision("release, refuse");
        var result = await held.DecideAsync(
            position, decision.Decision == "release", NameOf(reviewer, decision.Officer), decision.Note, businessKeys.Of, context.RequestAborted);
        if (!result.Found)
            return Results.NotFound();
        if (result.First is { } first)
            return Problems.NotFirst(first);
        await receipts.SendAsync(result.Events, context.RequestAborted);
        IReadOnlyList<Receipt> told = [.. result.Events.Select(DecidedReceipts.Of)];
        return Results.Json(told, EventData.Json);
    });

    internal Task<IResult> DecideDuplicateAsync(long sequence, DuplicateDecision decision, HttpContext context) => ForReviewerAsync(context, async reviewer =>
    {
        if (decision.Decision is not ("same" or "different") || !HasNote(decision.Note))
            return Problems.BadDecision("same, different");
        return await duplicates.DecideAsync(sequence, decision.Decision == "same", NameOf(reviewer, decision.Officer), decision.Note, context.RequestAborted)
            ? Results.NoContent()
            : Results.NotFound();
    });

    private async Task<IResult> ForReviewerAsync(HttpContext context, Func<AgencySystem, Task<IResult>> answer)
    {
        var caller = await callers.AuthenticateAsync(context);
        if (caller.System is not { } system)
            return caller.Refusal;
        try
        {
            return system.MayReview ? await answer(system) : Problems.NotReviewer();
        }
        catch (NpgsqlException)
        {
            return HttpDoor.Unavailable(context);
        }
    }

    // A decision is evidence: it says who, and it says why.
    private static bool HasNote(string? note) => note is { Length: >= 3 and <= 1000 };

    private static string NameOf(AgencySystem reviewer, string? officer) => officer is { Length: > 0 and <= 64 } ? $"{reviewer.BrokerUser}/{officer}" : reviewer.BrokerUser;
}

/// <summary>What a person decides on a held event.</summary>
/// <param name="Decision"><c>release</c> or <c>refuse</c>.</param>
/// <param name="Note">Why, 3 to 1,000 characters, without personal data. Required.</param>
/// <param name="Officer">Code of the officer, at most 64 characters.</param>
internal sealed record HeldDecision(string Decision, string? Note, string? Officer);

/// <summary>What a person decides on two events that look alike.</summary>
/// <param name="Decision"><c>same</c> or <c>different</c>.</param>
/// <param name="Note">Why, 3 to 1,000 characters, without personal data. Required.</param>
/// <param name="Officer">Code of the officer, at most 64 characters.</param>
internal sealed record DuplicateDecision(string Decision, string? Note, string? Officer);

/// <summary>A held event as people see it.</summary>
internal sealed record HeldView(
    long Position, string Type, string Source, string Id, string? Subject, DateTimeOffset HeldAt, JsonElement? Reasons, long? Behind)
{
    internal static HeldView Of(HeldEvent held) => new(
        held.Position, held.Type, held.Source, held.Id, held.Subject, held.HeldAt,
        held.Reasons is null ? null : JsonSerializer.Deserialize<JsonElement>(held.Reasons), held.Behind);
}
