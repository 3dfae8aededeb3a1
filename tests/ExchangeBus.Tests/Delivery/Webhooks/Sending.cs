using System.Net;
using System.Net.Security;
using ExchangeBus.Delivery.Webhooks;
using ExchangeBus.Delivery.Webhooks.Addresses;
using ExchangeBus.Delivery.Webhooks.Pacing;
using ExchangeBus.Delivery.Webhooks.Sending;
using ExchangeBus.Delivery.Webhooks.Signing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Tests.Delivery.Webhooks;

/// <summary>A sender and what it needs. Loopback is allowed unless a test says otherwise.</summary>
internal sealed class Sending : IDisposable
{
    public const string Key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly WebhookTransport _transport;

    public Sending(TimeProvider time, ResolveName? resolve = null, SslClientAuthenticationOptions? tls = null, WebhooksOptions? options = null)
    {
        options ??= new WebhooksOptions { AllowLoopback = true, Origin = "bus.gov.vn" };
        _transport = new WebhookTransport(options, resolve ?? ((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback])), time, tls);
        States = new EndpointStates(Options.Create(options), time);
        Sender = new WebhookSender(_transport, States, Options.Create(options), time, NullLogger<WebhookSender>.Instance);
        Handshake = new WebhookHandshake(_transport, Options.Create(options), time);
    }

    public EndpointStates States { get; }

    public WebhookSender Sender { get; }

    public WebhookHandshake Handshake { get; }

    public static WebhookDelivery Delivery => WebhookDelivery.Of("sub.G15.births", 7, """{"specversion":"1.0","id":"1","data":{"name":"Nguyễn Văn Thử"}}"""u8.ToArray());

    public static WebhookEndpoint To(Uri address, params WebhookSecret[] secrets) =>
        new() { Name = "sub.G15.births", Address = address, Secrets = secrets.Length > 0 ? secrets : [Secret(Key)] };

    public static WebhookSecret Secret(string key, DateTimeOffset? from = null, DateTimeOffset? until = null) =>
        WebhookSecret.TryRead(key, from, until, out var secret) ? secret : throw new ArgumentException("No key.", nameof(key));

    public Task<WebhookOutcome> SendAsync(WebhookEndpoint endpoint) => Sender.SendAsync(endpoint, Delivery, static () => true, CancellationToken.None);

    public void Dispose() => _transport.Dispose();
}
