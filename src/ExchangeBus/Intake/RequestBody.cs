using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Intake;

/// <summary>Reads a request's body whole, or stops at the limit without reading on.</summary>
internal static class RequestBody
{
    /// <summary>Null when the body is larger than <paramref name="limit"/> bytes.</summary>
    internal static async Task<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
            return null;
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
