using ExchangeBus.Contracts;
using ExchangeBus.Procedures.Desk;
using ExchangeBus.Subscriptions;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Procedures.Corrections;

/// <summary>Corrections over HTTP, for systems through which officers work.</summary>
internal sealed class CorrectionDoor(DeskCallers callers, CorrectionStore store)
{
    private const int MaxPage = 500;

    internal Task<IResult> GetPageAsync(HttpContext context, bool? open, bool? late, long? before, int limit) => callers.AnswerAsync(context, async _ =>
        Results.Json(await store.PageAsync(open, late, before, Math.Clamp(limit, 1, MaxPage), context.RequestAborted), SubscriptionsJson.Options));

    internal Task<IResult> GetOneAsync(string eventId, HttpContext context, string? source) => callers.AnswerAsync(context, async _ =>
        await store.FindAsync(eventId, source, context.RequestAborted) is { } view
            ? Results.Json(view, SubscriptionsJson.Options)
            : DeskProblems.Of(CorrectionRejections.Unknown(), CorrectionRejections.StatusOf("correction.unknown")));
}

/// <summary>What is said of a correction that cannot be shown.</summary>
internal static class CorrectionRejections
{
    internal static Violation Unknown() => new("", "correction.unknown",
        "Không có cải chính, hủy bỏ hoặc thay số nào mang mã sự kiện này.", "There is no correction, annulment, revocation or replacement with this event id.");

    internal static IEnumerable<Violation> All => [Unknown()];

    internal static int StatusOf(string code) => 404;

    internal static string SourceOf(string code) => "docs/for-operators.md";
}
