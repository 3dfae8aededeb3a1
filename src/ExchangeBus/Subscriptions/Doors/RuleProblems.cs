using ExchangeBus.Contracts;
using ExchangeBus.Subscriptions.Agreements;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Subscriptions.Doors;

/// <summary>Refusals about agreements and subscriptions as problem details (RFC 9457), in both languages.</summary>
internal static class RuleProblems
{
    internal static IResult Of(Violation violation) => Of([violation]);

    /// <summary>All violations; the first one's status.</summary>
    internal static IResult Of(IReadOnlyList<Violation> violations) => TypedResults.Problem(
        title: violations.Count == 1 ? $"{violations[0].MessageVi} / {violations[0].MessageEn}" : "Yêu cầu không hợp lệ. / The request is not valid.",
        statusCode: StatusOf(violations[0].Code),
        type: "https://schemas.exchangebus.vn/problems/rules",
        extensions: new Dictionary<string, object?> { ["violations"] = violations });

    private static int StatusOf(string code) => code.StartsWith("subscription.", StringComparison.Ordinal)
        ? SubscriptionRejections.StatusOf(code)
        : AgreementRejections.StatusOf(code);
}
