using ExchangeBus.Contracts;
using ExchangeBus.JsonSchema;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExchangeBus.Schemas;

/// <summary>Refusals about schemas as problem details (RFC 9457), in both languages.</summary>
internal static class SchemaProblems
{
    internal static ProblemHttpResult UnknownType() => Problem(StatusCodes.Status404NotFound, new Violation("", "schema.type",
        "Loại sự kiện này không có trong danh mục; xem GET /schemas.", "This event type is not in the catalogue; see GET /schemas."));

    internal static ProblemHttpResult UnknownVersion(PublishedType type) => UnknownVersion(Versions(type));

    private static ProblemHttpResult UnknownVersion(string versions) => Problem(StatusCodes.Status404NotFound, new Violation("", "schema.version",
        $"Không có phiên bản này. Hiện có: {versions}.", $"There is no such version. There are: {versions}."));

    internal static ProblemHttpResult UnknownMode() => Problem(StatusCodes.Status400BadRequest, new Violation("", "schema.mode",
        "Tham số mode phải là backward, forward hoặc full.", "The parameter mode must be backward, forward or full."));

    internal static ProblemHttpResult TooLarge(int limit) => Problem(StatusCodes.Status413PayloadTooLarge, new Violation("", "schema.toolarge",
        $"Lược đồ lớn quá {limit} byte.", $"The schema is larger than {limit} bytes."));

    internal static ProblemHttpResult TooManyPatterns(int limit) => Problem(StatusCodes.Status400BadRequest, new Violation("", "schema.patterns",
        $"Lược đồ có nhiều nhất {limit} mẫu.", $"A schema may have at most {limit} patterns."));

    internal static ProblemHttpResult MediaType() => Problem(StatusCodes.Status415UnsupportedMediaType, new Violation("", "schema.mediatype",
        "Hãy gửi application/schema+json hoặc application/json.", "Send application/schema+json or application/json."));

    internal static ProblemHttpResult NotLoadable(SchemaLoadException e) => NotLoadable(
        e.SchemaLocation[(e.SchemaLocation.IndexOf('#', StringComparison.Ordinal) + 1)..], e.Code, e.Message);

    private static ProblemHttpResult NotLoadable(string pointer, string code, string message) => Problem(StatusCodes.Status400BadRequest, new Violation(
        pointer, "schema." + code, $"Không đọc được lược đồ: {message}", $"The schema cannot be loaded: {message}"));

    internal static ProblemHttpResult TooLong() => Problem(StatusCodes.Status400BadRequest, new Violation("", "schema.toolong",
        "So sánh lược đồ này mất quá nhiều thời gian.", "Comparing this schema takes too long."));

    internal static ProblemHttpResult Busy() => Problem(StatusCodes.Status503ServiceUnavailable, new Violation("", "schema.busy",
        "Đang có nhiều phép so sánh; hãy gửi lại sau.", "Many comparisons are under way; send it again later."));

    private static string Versions(PublishedType type) => string.Join(", ", type.Released.Select(version => version.Number).Append("current"));

    /// <summary>One of each, for the catalogue of codes.</summary>
    internal static IEnumerable<Violation> All => Problems.SelectMany(problem => (Violation[])problem.ProblemDetails.Extensions["violations"]!);

    internal static int StatusOf(string code) =>
        Problems.First(problem => ((Violation[])problem.ProblemDetails.Extensions["violations"]!)[0].Code == code).StatusCode;

    internal static string SourceOf(string code) => code is "schema.type" ? "schemas/" : "docs/schema-versions.md";

    private static ProblemHttpResult[] Problems =>
    [
        UnknownType(), UnknownVersion("…"), UnknownMode(), TooLarge(0), TooManyPatterns(0), MediaType(), NotLoadable("", "load.json", "…"), TooLong(), Busy(),
    ];

    private static ProblemHttpResult Problem(int status, Violation violation) => TypedResults.Problem(
        title: $"{violation.MessageVi} / {violation.MessageEn}", statusCode: status, type: "https://schemas.exchangebus.vn/problems/schema",
        extensions: new Dictionary<string, object?> { ["violations"] = new[] { violation } });
}
