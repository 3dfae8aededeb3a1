using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ExchangeBus.Platform;

/// <summary>What <c>GET /health</c> says: the worst state, and each check by its code with what it has seen. Nothing personal.</summary>
public static class HealthAnswer
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes a report as JSON.</summary>
    public static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new Answer(report.Status, [.. report.Entries.Select(e => new CheckAnswer(e.Key, e.Value.Status, e.Value.Description, e.Value.Data.Count > 0 ? e.Value.Data : null))]),
        Json, context.RequestAborted);

    private sealed record Answer(HealthStatus Status, IReadOnlyList<CheckAnswer> Checks);

    private sealed record CheckAnswer(string Code, HealthStatus Status, string? Detail, IReadOnlyDictionary<string, object>? Data);
}
