using System.Globalization;
using ExchangeBus.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ExchangeBus.Agencies.Authentication;

/// <summary>Refusals of callers as 401 with <c>WWW-Authenticate</c> (RFC 6750, section 3) and problem details (RFC 9457).</summary>
internal static class CallerProblems
{
    internal static ProblemHttpResult Unauthorized(CallerRefusal refusal, HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = ChallengeOf(refusal);
        return Problem(StatusCodes.Status401Unauthorized, "unauthorized", "Không xác thực được hệ thống gửi. / The calling system was not authenticated.", refusal.Violation);
    }

    /// <summary>The database cannot say now whether a token was used before.</summary>
    internal static ProblemHttpResult Unavailable(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "2";
        return Problem(StatusCodes.Status503ServiceUnavailable, "unavailable", "Trục tạm thời chưa xác thực được; hãy gửi lại. / The bus cannot authenticate now; send again.",
            new Violation("", "bus.unavailable", "Hãy gửi lại sau; gửi lại là an toàn.", "Send again later; sending again is safe."));
    }

    /// <summary>Too many signed tokens come from where this one comes from; nothing of it was looked at.</summary>
    internal static ProblemHttpResult TooFast(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Problem(StatusCodes.Status429TooManyRequests, "limit", "Có quá nhiều mã thông báo đã ký đến từ địa chỉ này. / Too many signed tokens come from this address.",
            CallerRefusals.TooFast().Violation);
    }

    internal static string ChallengeOf(CallerRefusal refusal) => refusal.Error is null
        ? "Bearer realm=\"exchangebus\""
        : $"Bearer realm=\"exchangebus\", error=\"{refusal.Error}\", error_description=\"{refusal.Violation.MessageEn}\"";

    private static ProblemHttpResult Problem(int status, string type, string title, Violation violation) => TypedResults.Problem(
        title: title, statusCode: status, type: $"https://schemas.exchangebus.vn/problems/{type}",
        extensions: new Dictionary<string, object?> { ["violations"] = new[] { violation } });
}
