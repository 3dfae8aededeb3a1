using System.Collections.Concurrent;
using System.Net;
using ExchangeBus.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.IntegrationTests.Delivery.Webhooks;

/// <summary>A delivery as a receiver gets it.</summary>
internal sealed record Hooked(CloudEvent Event, long Sequence, IReadOnlyDictionary<string, string> Headers, byte[] Body, long At);

/// <summary>An agency's web server: grants deliveries, answers each as the test says (204 unless it says otherwise), and remembers what it has answered with success.</summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HookReceiver(WebApplication app) => _app = app;

    /// <summary>The status, after whatever else an answer needs.</summary>
    internal Func<Hooked, HttpContext, Task<int>> Answer { get; set; } = static (_, _) => Task.FromResult(204);

    internal bool Grants { get; set; } = true;

    /// <summary>All that came.</summary>
    internal ConcurrentQueue<Hooked> Tried { get; } = new();

    /// <summary>What was taken, in the order in which it was.</summary>
    internal ConcurrentQueue<Hooked> Taken { get; } = new();

    internal string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/hook?token=hidden";

    internal static async Task<HookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var receiver = new HookReceiver(builder.Build());
        receiver._app.Run(receiver.HandleAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            if (Grants)
                context.Response.Headers.Append("WebHook-Allowed-Origin", context.Request.Headers["WebHook-Request-Origin"]);
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var read = CloudEventJson.Read(body.ToArray());
        var hooked = new Hooked(read, AgreementDesk.SequenceOf(read),
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray(), TimeProvider.System.GetTimestamp());
        Tried.Enqueue(hooked);
        context.Response.StatusCode = await Answer(hooked, context);
        if (context.Response.StatusCode is >= 200 and < 300)
            Taken.Enqueue(hooked);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
