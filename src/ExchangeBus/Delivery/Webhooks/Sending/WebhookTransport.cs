using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using ExchangeBus.Delivery.Webhooks.Addresses;

namespace ExchangeBus.Delivery.Webhooks.Sending;

/// <summary>
/// Carries requests to receivers that nobody here trusts: one handler for the whole process, no redirect, no cookie, no proxy, no decompression,
/// bounded headers, and a body of which nothing is kept.
/// </summary>
internal sealed class WebhookTransport : IDisposable
{
    private const int MostBodyBytes = 4 * 1024;
    private const int MostHeaderKibibytes = 16;

    private readonly HttpMessageInvoker _invoker;
    private readonly TimeProvider _time;

    /// <param name="options">Its limits.</param>
    /// <param name="resolve">How names become addresses.</param>
    /// <param name="time">Measures the time limits.</param>
    /// <param name="tls">How certificates are checked. Null: as the operating system says.</param>
    internal WebhookTransport(WebhooksOptions options, ResolveName resolve, TimeProvider time, SslClientAuthenticationOptions? tls = null)
    {
        _time = time;
        var rules = new AddressRules(options.AllowLoopback, options.AllowedNetworks.Select(n => IPNetwork.Parse(n)));
        tls ??= new SslClientAuthenticationOptions();
        tls.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = new CheckedConnection(rules, resolve, time).ConnectAsync,
            ConnectTimeout = options.ConnectTimeLimit,
            PooledConnectionLifetime = options.ConnectionLifetime,
            MaxConnectionsPerServer = options.ConnectionsPerHost,
            MaxResponseHeadersLength = MostHeaderKibibytes,
            // What is longer than we read closes its connection instead of being read to the end.
            MaxResponseDrainSize = 0,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            // How our processes call each other is nothing for a receiver.
            ActivityHeadersPropagator = null,
            SslOptions = tls,
        });
    }

    /// <summary>Sends, and waits for the answer's head.</summary>
    /// <returns>The answer without its body, to be disposed of; or why there is none.</returns>
    internal async Task<(HttpResponseMessage? Answer, AttemptFailure? Failure)> ExchangeAsync(
        HttpRequestMessage request, TimeSpan limit, CancellationToken cancellationToken)
    {
        // HTTP/3 would come by Alt-Svc, which leads to a host and port that were never checked.
        (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower);
        using var limited = new CancellationTokenSource(limit, _time);
        using var stop = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), limited);
        try
        {
            var answer = await _invoker.SendAsync(request, limited.Token);
            await DropBodyAsync(answer, limited.Token);
            return (answer, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, AttemptFailure.Timeout);
        }
        catch (HttpRequestException e)
        {
            return (null, FailureOf(e));
        }
    }

    public void Dispose() => _invoker.Dispose();

    // Read only so that the connection can be used again; what a body says never counts, nor whether it came whole.
    private static async Task DropBodyAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentLength is 0 or > MostBodyBytes)
            return;
        var buffer = ArrayPool<byte>.Shared.Rent(MostBodyBytes);
        try
        {
            var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            for (int total = 0, read = 1; read > 0 && total < MostBodyBytes; total += read)
                read = await body.ReadAsync(buffer.AsMemory(0, MostBodyBytes - total), cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            // The status has come, and that is the answer.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static AttemptFailure FailureOf(HttpRequestException exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (e is ConnectionRefusedException refused)
                return refused.Failure;
        }

        return exception.HttpRequestError switch
        {
            HttpRequestError.SecureConnectionError => AttemptFailure.Tls,
            HttpRequestError.NameResolutionError => AttemptFailure.Dns,
            HttpRequestError.ConnectionError => AttemptFailure.Connect,
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.ConfigurationLimitExceeded
                or HttpRequestError.VersionNegotiationError or HttpRequestError.ExtendedConnectNotSupported => AttemptFailure.Protocol,
            _ => AttemptFailure.ConnectionLost,
        };
    }
}
