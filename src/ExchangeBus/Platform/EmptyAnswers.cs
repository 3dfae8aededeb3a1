using ExchangeBus.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Platform;

/// <summary>
/// A reason for every no that would have no body: a path that leads nowhere, JSON or a parameter that the framework could not read, what the caller may
/// not see. So an adapter reads all refusals of the bus in one way.
/// </summary>
public static class EmptyAnswers
{
    private static readonly (int Status, Violation Violation)[] Reasons =
    [
        (StatusCodes.Status400BadRequest, new Violation("", "request.malformed",
            "Không đọc được yêu cầu: hãy kiểm tra JSON và các tham số.", "The request cannot be read: look at its JSON and its parameters.")),
        (StatusCodes.Status404NotFound, new Violation("", "request.unknown",
            "Ở địa chỉ này không có gì mà hệ thống gửi được xem.", "There is nothing at this address that the caller may see.")),
        (StatusCodes.Status405MethodNotAllowed, new Violation("", "request.method",
            "Địa chỉ này không nhận phương thức đó; xem tiêu đề Allow.", "This address does not take that method; see the header Allow.")),
        (StatusCodes.Status415UnsupportedMediaType, new Violation("", "request.mediatype", "Hãy gửi application/json.", "Send application/json.")),
    ];

    /// <summary>Puts a reason where a handler or the framework left the answer empty.</summary>
    public static IApplicationBuilder UseReasonsForEmptyAnswers(this IApplicationBuilder app) => app.UseStatusCodePages(async context =>
    {
        var answer = context.HttpContext.Response;
        if (Array.Find(Reasons, r => r.Status == answer.StatusCode).Violation is { } violation)
        {
            await TypedResults.Problem(
                title: $"{violation.MessageVi} / {violation.MessageEn}", statusCode: answer.StatusCode, type: "https://schemas.exchangebus.vn/problems/request",
                extensions: new Dictionary<string, object?> { ["violations"] = new[] { violation } }).ExecuteAsync(context.HttpContext);
        }
    });

    internal static IEnumerable<Violation> All => Reasons.Select(r => r.Violation);

    internal static int StatusOf(string code) => Array.Find(Reasons, r => r.Violation.Code == code).Status;

    internal static string SourceOf(string code) => "HTTP (RFC 9110)";
}
