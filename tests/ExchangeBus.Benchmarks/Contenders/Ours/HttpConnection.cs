using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace ExchangeBus.Benchmarks.Contenders.Ours;

/// <summary>What came back: the status, whether it says when to try again, and the body.</summary>
internal readonly record struct HttpAnswer(int Status, bool SaysWhenToRetry, ReadOnlyMemory<byte> Body);

/// <summary>
/// One keep-alive connection of HTTP/1.1, one request at a time, as load generators write it: callers are other people's machines,
/// so what they cost here should be little. The rivals' clients are their product; this one is not ours.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private const int StatusAt = 9;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[256 * 1024];
    private readonly Uri _bus;
    private byte[] _request = new byte[4096];

    private HttpConnection(Uri bus) => _bus = bus;

    internal static async Task<HttpConnection> OpenAsync(Uri bus, CancellationToken cancellationToken)
    {
        var connection = new HttpConnection(bus);
        await connection._socket.ConnectAsync(bus.Host, bus.Port, cancellationToken);
        return connection;
    }

    /// <summary>The body of the answer holds until the next request.</summary>
    internal async Task<HttpAnswer> PostAsync(string token, string mediaType, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var head = $"POST /events HTTP/1.1\r\nHost: {_bus.Authority}\r\nAuthorization: Bearer {token}\r\nContent-Type: {mediaType}\r\nContent-Length: {body.Length}\r\n\r\n";
        if (_request.Length < head.Length + body.Length)
            _request = new byte[head.Length + body.Length];
        Encoding.ASCII.GetBytes(head, _request);
        body.CopyTo(_request.AsMemory(head.Length));
        await _socket.SendAsync(_request.AsMemory(0, head.Length + body.Length), cancellationToken);

        var read = 0;
        while (true)
        {
            var received = await _socket.ReceiveAsync(_answer.AsMemory(read), cancellationToken);
            if (received == 0)
                throw new IOException("The bus closed the connection.");
            read += received;
            if (IsWhole(_answer.AsSpan(0, read), out var bodyAt))
                return new HttpAnswer(StatusOf(_answer), _answer.AsSpan(0, bodyAt).IndexOf("\r\nRetry-After:"u8) >= 0, _answer.AsMemory(bodyAt, read - bodyAt));
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer, out int bodyAt)
    {
        bodyAt = answer.IndexOf("\r\n\r\n"u8) + 4;
        if (bodyAt < 4)
            return false;
        var head = answer[..bodyAt];
        var length = "\r\nContent-Length: "u8;
        return head.IndexOf(length) is >= 0 and var at && Utf8Parser.TryParse(head[(at + length.Length)..], out int bytes, out _)
            ? answer.Length - bodyAt >= bytes
            // The end of a chunked body.
            : answer[bodyAt..].EndsWith("0\r\n\r\n"u8);
    }

    private static int StatusOf(ReadOnlySpan<byte> answer) =>
        answer.StartsWith("HTTP/1.1 "u8) && Utf8Parser.TryParse(answer[StatusAt..], out int status, out _) ? status : throw new IOException("That is not HTTP.");
}
