using System.Net;
using System.Net.Sockets;

namespace ExchangeBus.Delivery.Webhooks.Addresses;

/// <summary>All addresses of a name.</summary>
internal delegate Task<IPAddress[]> ResolveName(string host, CancellationToken cancellationToken);

/// <summary>
/// Connects to the very address that was checked. A check before the request would be worth nothing: the name could have another address a moment later.
/// </summary>
internal sealed class CheckedConnection(AddressRules rules, ResolveName resolve, TimeProvider time)
{
    // A host with an address that answers nothing is tried at the next one.
    private static readonly TimeSpan PatienceForOneOfMany = TimeSpan.FromSeconds(3);

    /// <exception cref="ConnectionRefusedException">The name is not known, or leads where it must not.</exception>
    internal async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await AddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        // One forbidden address spoils the name: what mixes public and private ones means to be called at the private one.
        if (!Array.TrueForAll(addresses, rules.Allows))
            throw new ConnectionRefusedException(AttemptFailure.PrivateAddress);
        if (context.InitialRequestMessage.RequestUri?.Scheme != Uri.UriSchemeHttps && !Array.TrueForAll(addresses, AddressRules.IsLoopback))
            throw new ConnectionRefusedException(AttemptFailure.PrivateAddress);

        for (var i = 0; ; i++)
        {
            try
            {
                return await ConnectAsync(addresses[i], context.DnsEndPoint.Port, isLast: i == addresses.Length - 1, cancellationToken);
            }
            catch (Exception e) when (i < addresses.Length - 1 && e is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // The next one.
            }
        }
    }

    private async Task<Stream> ConnectAsync(IPAddress address, int port, bool isLast, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(isLast ? Timeout.InfiniteTimeSpan : PatienceForOneOfMany, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, both.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
            return [literal];
        try
        {
            if (await resolve(host, cancellationToken) is { Length: > 0 } addresses)
                return addresses;
        }
        catch (SocketException e)
        {
            throw new ConnectionRefusedException(AttemptFailure.Dns, e);
        }

        throw new ConnectionRefusedException(AttemptFailure.Dns);
    }
}
