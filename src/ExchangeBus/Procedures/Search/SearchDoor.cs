using ExchangeBus.Procedures.Desk;
using ExchangeBus.Subscriptions;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Procedures.Search;

/// <summary>A search as it stands in the address, so that it can be sent to a colleague.</summary>
internal sealed record SearchRequest(
    string? Number, string? Procedure, string[]? State, string? Holder, string? Commune, bool? Late, DateTimeOffset? DueBefore, string? Matter, string? Step, string? After, int? Limit)
{
    internal DossierFilter Filter => new()
    {
        Number = Number,
        Procedure = Procedure,
        States = State is { Length: > 0 } ? State : null,
        Holder = Holder,
        Commune = Commune,
        IsLate = Late,
        DueBefore = DueBefore,
        Matter = Matter,
        Step = Step,
    };
}

/// <summary>Lists dossiers over HTTP, for systems through which officers work.</summary>
internal sealed class SearchDoor(DeskCallers callers, DossierSearch search)
{
    private const int MaxPage = 500;
    private const int DefaultPage = 50;

    internal Task<IResult> GetAsync(SearchRequest request, HttpContext context) => callers.AnswerAsync(context, async _ =>
        request.Filter.Check() is { } wrong
            ? DeskProblems.Of([wrong])
            : Results.Json(await search.PageAsync(request.Filter, request.After, Math.Clamp(request.Limit ?? DefaultPage, 1, MaxPage), context.RequestAborted), SubscriptionsJson.Options));
}
