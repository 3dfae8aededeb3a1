using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace ExchangeBus.LocalServers.Private;

/// <summary>
/// Ports below the ranges that systems hand out to outgoing connections (32768 up on Linux, 49152 up on macOS):
/// there nobody takes the port of a killed server before it starts again.
/// </summary>
internal static class FreePort
{
    /// <summary>How often a server tries other ports when its own were taken meanwhile.</summary>
    public const int Attempts = 3;

    private const int Lowest = 20000;
    private const int Highest = 32000;

    private static readonly HashSet<int> Given = [];

    public static int Next()
    {
        lock (Given)
        {
            while (true)
            {
                var port = RandomNumberGenerator.GetInt32(Lowest, Highest);
                if (IsFree(port) && Given.Add(port))
                    return port;
            }
        }
    }

    public static bool IsFree(int port)
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
