using System.Net;
using System.Net.Sockets;

namespace ExchangeBus.AppHost;

internal static class FreePort
{
    private const int Tries = 100;

    /// <summary>The port itself or the next that nobody listens on.</summary>
    /// <exception cref="DemoFailedException">A hundred ports in a row are taken.</exception>
    internal static int From(int port) => Enumerable.Range(port, Tries).Cast<int?>().FirstOrDefault(p => IsFree(p!.Value))
        ?? throw new DemoFailedException($"The ports {port} to {port + Tries - 1} are all taken; choose others with --port.");

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
