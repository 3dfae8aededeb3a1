using ExchangeBus.Contracts;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Intake;

/// <summary>CloudEvents HTTP protocol binding 1.0.2, binary content mode: attributes are <c>ce-</c> headers, the body is the data.</summary>
internal static class BinaryMode
{
    private const string Prefix = "ce-";

    internal static bool Applies(IHeaderDictionary headers) => headers.ContainsKey("ce-specversion") || headers.ContainsKey("ce-id");

    internal static CloudEvent? Read(HttpRequest request, byte[] body, out CloudEventBuilder builder)
    {
        builder = new CloudEventBuilder { Data = body };
        foreach (var (name, values) in request.Headers)
        {
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                builder.Add(name[Prefix.Length..].ToLowerInvariant(), new AttributeValue(Decode(values.ToString())));
        }

        if (request.ContentType is { Length: > 0 } contentType)
            builder.Add("datacontenttype", new AttributeValue(contentType));
        builder.RefuseMalformedData();
        return builder.Build();
    }

    /// <summary>Section 3.1.3.2: header values are percent-encoded UTF-8; an outer pair of double quotes is removed.</summary>
    private static string Decode(string value)
    {
        if (value.Length > 1 && value[0] == '"' && value[^1] == '"')
            value = value[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        return value.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(value) : value;
    }
}
