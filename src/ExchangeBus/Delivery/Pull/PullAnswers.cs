using System.Buffers;
using System.Globalization;
using ExchangeBus.Contracts;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Delivery.Pull;

/// <summary>Events as a CloudEvents batch; <c>Link</c> says where to go on, and is not there when a replay is over.</summary>
internal sealed class EventPage(string name, IReadOnlyList<Given> events, long from, Guid? replay = null, bool isOver = false) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = CloudEventJson.BatchMediaType;
        response.Headers.CacheControl = "no-store";
        var next = events.Count > 0 ? events[^1].Sequence : from;
        var part = replay is null ? "" : $"replay={replay:D}&";
        if (!isOver)
            response.Headers.Link = string.Create(CultureInfo.InvariantCulture, $"</subscriptions/{Uri.EscapeDataString(name)}/events?{part}after={next}>; rel=\"next\"");
        response.ContentLength = events.Sum(e => (long)e.Message.Length) + Math.Max(events.Count - 1, 0) + 2;
        var body = response.BodyWriter;
        body.Write("["u8);
        for (var i = 0; i < events.Count; i++)
        {
            if (i > 0)
                body.Write(","u8);
            body.Write(events[i].Message.Span);
        }

        body.Write("]"u8);
        await body.FlushAsync(httpContext.RequestAborted);
    }
}

/// <summary>Events as server-sent events.</summary>
internal sealed class EventStream(PullDoor door, string name, long from, CancellationToken stopping) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        // A proxy that collects the answer would hold events back.
        response.Headers["X-Accel-Buffering"] = "no";
        await response.Body.FlushAsync(httpContext.RequestAborted);
        try
        {
            await door.WriteStreamAsync(name, from, httpContext, stopping);
        }
        catch (OperationCanceledException)
        {
            // The subscriber or the host has gone; what was not acknowledged is given again.
        }
    }
}
