using System.Net;
using ExchangeBus.Delivery.Webhooks.Addresses;
using ExchangeBus.Delivery.Webhooks.Pacing;
using ExchangeBus.Delivery.Webhooks.Sending;
using Microsoft.Extensions.DependencyInjection;
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
        services.AddSingleton<EndpointStates>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<WebhookHandshake>();
        return services;
    }
}
