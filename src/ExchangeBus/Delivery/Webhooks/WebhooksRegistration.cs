using System.Net;
using ExchangeBus.Delivery.Jobs;
using ExchangeBus.Delivery.Webhooks.Addresses;
using ExchangeBus.Delivery.Webhooks.Delivering;
using ExchangeBus.Delivery.Webhooks.Endpoints;
using ExchangeBus.Delivery.Webhooks.Pacing;
using ExchangeBus.Delivery.Webhooks.Sending;
using ExchangeBus.Delivery.Webhooks.Signing;
using ExchangeBus.Delivery.Webhooks.Waiting;
using ExchangeBus.Dispatch;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Delivery.Webhooks;

/// <summary>Sending webhooks.</summary>
internal static class WebhooksRegistration
{
    /// <summary>Adds <see cref="WebhookSender"/> and <see cref="WebhookHandshake"/> with the options of section <c>Delivery:Webhooks</c>.</summary>
    internal static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhooksOptions>().BindConfiguration(WebhooksOptions.Section).ValidateDataAnnotations()
            .Validate(WebhooksOptions.HasSoundNetworks, "Delivery:Webhooks:AllowedNetworks must be networks in CIDR form, for example 10.64.0.0/12")
            .ValidateOnStart();
        services.AddSingleton<ResolveName>(static (host, cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken));
        services.AddSingleton(provider => new WebhookTransport(
            provider.GetRequiredService<IOptions<WebhooksOptions>>().Value, provider.GetRequiredService<ResolveName>(), provider.GetRequiredService<TimeProvider>()));
        services.AddOptions<SealingOptions>().BindConfiguration(SealingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SealingOptions>, SealingOptionsValidation>();
        services.AddSingleton<SecretSeal>();
        services.AddHostedService<StoredKeySealing>();
        services.AddSingleton<EndpointStates>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<WebhookHandshake>();
        services.AddSingleton<EndpointStore>();
        services.AddSingleton<EndpointWriter>();
        services.AddSingleton<EndpointDoor>();
        services.AddSingleton<WaitingPages>();
        services.AddSingleton<WaitingDoor>();
        // A host that has the dispatch role too cuts once.
        services.TryAddSingleton<CutBodies>();
        services.TryAddSingleton<PositionStore>();
        services.AddSingleton<WaitingDeliveries>();
        services.AddSingleton<ExhaustedDeliveries>();
        services.AddSingleton<WaitingChanges>();
        services.AddSingleton<LedgerStore>();
        services.AddSingleton<EndedWebhooks>();
        services.AddSingleton<PumpParts>();
        services.AddSingleton<IJobWay, WebhookWay>();
        services.AddHostedService<WebhookDispatcher>();
        return services;
    }

    /// <summary>Maps the settings of webhooks, and what waits for them.</summary>
    internal static IEndpointRouteBuilder MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var mostBytes = new RequestSizeLimitAttribute(EndpointDoor.MaxBytes);
        routes.MapGet("/subscriptions/{name}/webhook", (string name, HttpContext context, EndpointDoor door) => door.GetAsync(name, context));
        routes.MapPut("/subscriptions/{name}/webhook", (string name, HttpContext context, EndpointDoor door) => door.PutAsync(name, context)).WithMetadata(mostBytes);
        routes.MapPost("/subscriptions/{name}/webhook/keys", (string name, HttpContext context, EndpointDoor door) => door.AddKeyAsync(name, context)).WithMetadata(mostBytes);
        routes.MapDelete("/subscriptions/{name}/webhook/keys/{id:guid}", (string name, Guid id, string? reason, string? officer, HttpContext context, EndpointDoor door) =>
            door.WithdrawKeyAsync(name, id, reason, officer, context));
        routes.MapGet("/subscriptions/{name}/waiting", (string name, HttpContext context, WaitingDoor door, long after = 0, int limit = 100) => door.ListAsync(name, after, limit, context));
        routes.MapPost("/subscriptions/{name}/waiting/{sequence:long}/retry-now", (string name, long sequence, HttpContext context, WaitingDoor door) =>
            door.RetryNowAsync(name, sequence, context));
        return routes;
    }
}
