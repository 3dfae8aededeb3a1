using ExchangeBus.Agencies;
using ExchangeBus.Agencies.Authentication;
using ExchangeBus.Contracts;
using ExchangeBus.Delivery.Webhooks.Signing;
using ExchangeBus.Subscriptions;
using ExchangeBus.Subscriptions.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Delivery.Webhooks.Endpoints;

/// <summary>Where and how a subscription is called, for the agency whose it is. Nothing is stored before the receiver has granted it.</summary>
internal sealed class EndpointDoor(
    CallerAuthentication callers, DeliveryRules rules, EndpointWriter writer, SecretSeal seal, WebhookHandshake handshake, IOptions<WebhooksOptions> options, TimeProvider time)
{
    internal const int MaxBytes = 64 * 1024;

    internal Task<IResult> GetAsync(string name, HttpContext context) => callers.ForOwnAsync(rules, name, context, async (_, _) =>
        await writer.FindAsync(name, context.RequestAborted) is { } found ? Json(found) : No(EndpointRejections.NotSet()));

    internal Task<IResult> PutAsync(string name, HttpContext context) => callers.ForOwnAsync(rules, name, context, async (caller, found) =>
    {
        var (body, refusal) = await WebhookCallers.ReadAsync<EndpointRequest>(context);
        if (body is null)
            return refusal!;
        if (found.Flow == Flow.Ended)
            return No(EndpointRejections.Ended());
        var given = await KeysAsync(name, body, context);
        // Nothing new could be stored, or what is stored not be read.
        if (given.New is null ? given.All.Count == 0 : !seal.CanSeal)
            return No(EndpointRejections.Sealing());
        var endpoint = body.With(given.All).Read(name, options.Value, out var violations);
        IReadOnlyList<Violation> all = [.. violations, .. KindsOf(body.Keys)];
        if (WebhookCallers.By(caller, body.Officer, body.Reason) is not { } by)
            return No([.. all, EndpointRejections.Reason()]);
        if (endpoint is null || all.Count > 0)
            return No(all);
        var outcome = await handshake.AskAsync(endpoint, callback: null, context.RequestAborted);
        if (!outcome.IsGranted)
            return No(EndpointRejections.NotGranted(outcome.Failure!));
        await writer.SaveAsync(endpoint with { RequestsPerMinute = outcome.RequestsPerMinute }, given.New, by, context.RequestAborted);
        return await SavedAsync(name, given.New ?? [], context);
    });

    internal Task<IResult> AddKeyAsync(string name, HttpContext context) => ForKeysAsync(name, context, async (caller, view) =>
    {
        var (body, refusal) = await WebhookCallers.ReadAsync<KeyRequest>(context);
        if (body is null)
            return refusal!;
        if (!seal.CanSeal)
            return No(EndpointRejections.Sealing());
        var key = NewKey.Of(body);
        // All settings are read again with it, so that a key means the same wherever it is given; what is wrong of a single key stands at its own place here.
        var settings = new EndpointRequest { Address = view.Address }.With([key]);
        settings.Read(name, options.Value, out var violations);
        List<Violation> all = [.. violations.Where(v => v.Pointer.StartsWith("/keys", StringComparison.Ordinal)).Select(v => v with { Pointer = v.Pointer["/keys/0".Length..] })];
        if (view.Keys.Count(k => !(k.ValidUntil <= time.GetUtcNow())) >= WebhookEndpoint.MostKeys)
            all.Add(WebhookRejections.KeyCount() with { Pointer = "" });
        all.AddRange(KindsOf([body]).Select(v => v with { Pointer = "/kind" }));
        if (WebhookCallers.By(caller, body.Officer, body.Reason) is not { } by)
            return No([.. all, EndpointRejections.Reason()]);
        if (all.Count > 0)
            return No(all);
        await writer.AddKeyAsync(name, key, by, context.RequestAborted);
        return await SavedAsync(name, [key], context, StatusCodes.Status201Created);
    });

    internal Task<IResult> WithdrawKeyAsync(string name, Guid id, string? reason, string? officer, HttpContext context) => ForKeysAsync(name, context, async (caller, view) =>
    {
        if (view.Keys.All(k => k.Id != id))
            return No(EndpointRejections.KeyUnknown());
        if (WebhookCallers.By(caller, officer, reason) is not { } by)
            return No(EndpointRejections.Reason());
        var now = time.GetUtcNow();
        if (!view.Keys.Any(k => k.Id != id && !(k.ValidFrom > now) && !(k.ValidUntil <= now)))
            return No(EndpointRejections.LastKey());
        await writer.WithdrawKeyAsync(name, id, by, context.RequestAborted);
        return Results.NoContent();
    });

    private Task<IResult> ForKeysAsync(string name, HttpContext context, Func<AgencySystem, EndpointView, Task<IResult>> answer) => callers.ForOwnAsync(rules, name, context, async (caller, found) =>
        await writer.FindAsync(name, context.RequestAborted) is not { } view ? No(EndpointRejections.NotSet())
        : found.Flow == Flow.Ended ? No(EndpointRejections.Ended())
        : await answer(caller, view));

    // Without keys those that there are stay; without any the bus makes the first.
    private async Task<(IReadOnlyList<NewKey> All, IReadOnlyList<NewKey>? New)> KeysAsync(string name, EndpointRequest body, HttpContext context)
    {
        if (body.Keys is null && await writer.KeysAsync(name, context.RequestAborted) is { } kept)
            return (kept, null);
        NewKey[] given = body.Keys is null ? [NewKey.Of(new KeyRequest())] : [.. body.Keys.Select(NewKey.Of)];
        return (given, given);
    }

    private static IEnumerable<Violation> KindsOf(IReadOnlyList<KeyRequest>? keys) =>
        (keys ?? []).Select((key, i) => (Key: key, At: i)).Where(k => !KeyKinds.IsOne(k.Key.Kind) || (k.Key.Key is not null && k.Key.Kind is not null))
            .Select(k => EndpointRejections.Kind($"/keys/{k.At}/kind"));

    private async Task<IResult> SavedAsync(string name, IReadOnlyList<NewKey> keys, HttpContext context, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.CacheControl = "no-store";
        var view = await writer.FindAsync(name, context.RequestAborted);
        return Results.Json(new SavedView(view!, [.. keys.Where(k => k.IsMade).Select(MadeKey.Of)]), SubscriptionsJson.Options, statusCode: status);
    }

    private static IResult No(params IReadOnlyList<Violation> violations) => EndpointRejections.Problem(violations);

    private static IResult Json<T>(T view) => Results.Json(view, SubscriptionsJson.Options);
}
