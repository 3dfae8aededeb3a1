using System.Buffers.Text;
using System.Globalization;
using ExchangeBus.Log;

namespace ExchangeBus.Dispatch;

/// <summary>
/// The event as a subscriber gets it: the attributes from the log, when it was accepted, its place and the place of the delivery before it, what was withheld,
/// then the data. Bytes are put together, nothing is parsed or written anew.
/// </summary>
internal static class DeliveryBody
{
    private const int Numbers = 2 * 20;
    private const int Time = 32;

    /// <param name="logged">The event.</param>
    /// <param name="body">What leaves of its data.</param>
    /// <param name="previous">Position of the delivery before this one; null for a delivery outside the chain, of which no consumer can miss the one before.</param>
    /// <param name="replay">Value of <c>replayid</c>, which has nothing to escape; null on live traffic.</param>
    internal static ReadOnlyMemory<byte> Of(LoggedEvent logged, CutBody body, long? previous, string? replay = null)
    {
        var recordedName = ",\"recordedtime\":\""u8;
        var sequenceName = "\",\"sequence\":\""u8;
        var previousName = "\",\"previoussequence\":\""u8;
        var withheldName = "\",\"withheldfields\":\""u8;
        var replayName = "\",\"replayid\":\""u8;
        var dataName = "\",\"data\":"u8;
        var message = new byte[logged.Envelope.Length + recordedName.Length + Time + sequenceName.Length + previousName.Length + withheldName.Length + body.Withheld.Length
            + replayName.Length + (replay?.Length ?? 0) + dataName.Length + Numbers + body.Data.Length + 1];
        var at = AppendEnvelope(message, logged, isCut: !body.Withheld.IsEmpty);
        at = Append(message, at, recordedName);
        logged.RecordedAt.TryFormat(message.AsSpan(at), out var written, "yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);
        at = Append(message, at + written, sequenceName);
        Utf8Formatter.TryFormat(logged.Sequence, message.AsSpan(at), out written);
        at += written;
        if (previous is { } before)
        {
            at = Append(message, at, previousName);
            Utf8Formatter.TryFormat(before, message.AsSpan(at), out written);
            at += written;
        }

        if (!body.Withheld.IsEmpty)
            at = Append(message, Append(message, at, withheldName), body.Withheld.Span);
        if (replay is not null)
        {
            at = Append(message, at, replayName);
            at += System.Text.Encoding.ASCII.GetBytes(replay, message.AsSpan(at));
        }

        if (body.Data.IsEmpty)
        {
            message[at++] = (byte)'"';
        }
        else
        {
            at = Append(message, at, dataName);
            at = Append(message, at, body.Data.Span);
        }

        message[at++] = (byte)'}';
        return message.AsMemory(0, at);
    }

    /// <summary>
    /// All but the closing brace. The signature covers the whole body: of a cut one it can no longer be checked, and with it a withheld value that has few
    /// possibilities, such as a personal number, could be found by trying. So it goes where anything is withheld.
    /// </summary>
    private static int AppendEnvelope(byte[] message, LoggedEvent logged, bool isCut)
    {
        var envelope = logged.Envelope.AsSpan(0, logged.Envelope.Length - 1);
        // No value can hold this text: a quote in a value is escaped.
        var signature = ",\"signature\":\""u8;
        var start = isCut ? envelope.IndexOf(signature) : -1;
        if (start < 0)
            return Append(message, 0, envelope);
        var end = start + signature.Length;
        while (envelope[end] != (byte)'"')
            end += envelope[end] == (byte)'\\' ? 2 : 1;
        return Append(message, Append(message, 0, envelope[..start]), envelope[(end + 1)..]);
    }

    private static int Append(byte[] message, int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(message.AsSpan(at));
        return at + text.Length;
    }
}
