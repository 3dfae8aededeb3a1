using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ExchangeBus.Contracts;

namespace ExchangeBus.Client.Publishing;

/// <summary>The bus answered a request with something else than receipts.</summary>
internal sealed class BusAnswerException : HttpRequestException
{
    private BusAnswerException(HttpStatusCode status, RetryConditionHeaderValue? retryAfter, IReadOnlyList<Violation> violations)
        : base($"The bus answered {(int)status}.", null, status) => (RetryAfter, Violations) = (retryAfter, violations);

    /// <summary>When it is worth trying again; null when the bus did not say.</summary>
    internal RetryConditionHeaderValue? RetryAfter { get; }

    /// <summary>Every reason that the answer gives. Never empty where <see cref="RefusesContent"/> holds.</summary>
    internal IReadOnlyList<Violation> Violations { get; }

    /// <summary>
    /// True when the same content would be refused again. 400 and 415 without the bus's reasons are taken for the word of something between
    /// here and the bus, which may be mended; 413 is final whoever says it.
    /// </summary>
    internal bool RefusesContent => Violations.Count > 0
        && StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType;

    internal static async Task<BusAnswerException> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var violations = await ReadViolationsAsync(response, cancellationToken);
        if (violations.Count == 0 && response.StatusCode == HttpStatusCode.RequestEntityTooLarge)
            violations = [new Violation("", "body.toolarge", "Nội dung lớn quá mức cho phép.", "The body is larger than is taken.")];
        return new BusAnswerException(response.StatusCode, response.Headers.RetryAfter, violations);
    }

    private static async Task<IReadOnlyList<Violation>> ReadViolationsAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using var problem = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return problem.RootElement.ValueKind == JsonValueKind.Object && problem.RootElement.TryGetProperty("violations", out var violations)
                ? violations.Deserialize<IReadOnlyList<Violation>>(EventData.Json) ?? []
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
