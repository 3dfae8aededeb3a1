using System.Buffers.Text;
using System.Globalization;
using ExchangeBus.Log;

namespace ExchangeBus.Dispatch;

/// <summary>
/// The event as a subscriber gets it: the attributes from the log, when it was accepted, its place and the place of the delivery before it,
/// then the data. Bytes are put together, nothing is parsed or written anew.
/// </summary>
internal static class DeliveryBody
{
    internal static ReadOnlyMemory<byte> Of(LoggedEvent logged, long previous)
    {
        const int numbers = 2 * 20;
        const int time = 32;
        var recordedName = ",\"recordedtime\":\""u8;
        var sequenceName = "\",\"sequence\":\""u8;
        var previousName = "\",\"previoussequence\":\""u8;
        var dataName = "\",\"data\":"u8;
        var body = new byte[logged.Envelope.Length + recordedName.Length + time + sequenceName.Length + previousName.Length + dataName.Length + numbers + logged.Data.Length + 1];
        // All but the closing brace.
        logged.Envelope.AsSpan(0, logged.Envelope.Length - 1).CopyTo(body);
        var at = logged.Envelope.Length - 1;
        at = Append(body, at, recordedName);
        logged.RecordedAt.TryFormat(body.AsSpan(at), out var written, "yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);
        at = Append(body, at + written, sequenceName);
        Utf8Formatter.TryFormat(logged.Sequence, body.AsSpan(at), out written);
        at = Append(body, at + written, previousName);
        Utf8Formatter.TryFormat(previous, body.AsSpan(at), out written);
        at += written;
        if (logged.Data.IsEmpty)
        {
            body[at++] = (byte)'"';
        }
        else
        {
            at = Append(body, at, dataName);
            at = Append(body, at, logged.Data.Span);
        }

        body[at++] = (byte)'}';
        return body.AsMemory(0, at);
    }

    private static int Append(byte[] body, int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(body.AsSpan(at));
        return at + text.Length;
    }
}
