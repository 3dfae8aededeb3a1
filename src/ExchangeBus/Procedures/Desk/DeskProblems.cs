using ExchangeBus.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExchangeBus.Procedures.Desk;

/// <summary>Refusals of the stuck desk as problem details (RFC 9457), in both languages.</summary>
internal static class DeskProblems
{
    /// <summary>One violation with its status.</summary>
    internal static IResult Of(Violation violation, int status) => Of([violation], status, request: null);

    /// <summary>All violations; the first one's status.</summary>
    internal static IResult Of(IReadOnlyList<Violation> violations, Guid? request = null) =>
        // What is wrong with a result that was entered is said by the rules of its event type.
        Of(violations, violations[0].Code.StartsWith("desk.", StringComparison.Ordinal) ? DeskRejections.StatusOf(violations[0].Code) : StatusCodes.Status422UnprocessableEntity, request);

    private static ProblemHttpResult Of(IReadOnlyList<Violation> violations, int status, Guid? request) => TypedResults.Problem(
        title: $"{violations[0].MessageVi} / {violations[0].MessageEn}",
        statusCode: status,
        type: "https://schemas.exchangebus.vn/problems/desk",
        extensions: new Dictionary<string, object?> { ["violations"] = violations, ["request"] = request });
}
