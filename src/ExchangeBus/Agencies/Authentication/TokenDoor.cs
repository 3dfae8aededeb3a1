using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.Agencies.Authentication;

/// <summary>
/// <c>POST /token</c>: a signed token is exchanged for an access token that may be used many times
/// (RFC 6749, section 4.4, with the client authentication of RFC 7523, section 2.2).
/// </summary>
internal sealed class TokenDoor(
    SignedTokens signedTokens, SignedTokenLimit limit, AccessTokens accessTokens, TimeProvider time, ILogger<TokenDoor> logger)
{
    internal const int MaxBytes = 8 * 1024;
    private const string GrantType = "client_credentials";
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    internal async Task<IResult> PostAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (limit.Take(context.Connection.RemoteIpAddress) is { Ticks: > 0 } wait)
            return CallerProblems.TooFast(context, wait);
        if (await ReadAsync(context) is not { } form)
            return Error("invalid_request", CallerRefusals.TokenRequest());
        if (form["grant_type"] != GrantType)
            return Error(form["grant_type"].Count == 1 ? "unsupported_grant_type" : "invalid_request", CallerRefusals.TokenRequest());
        if (form["client_assertion_type"] != AssertionType || form["client_assertion"] is not [{ Length: > 0 } assertion])
            return Error("invalid_request", CallerRefusals.TokenRequest());

        try
        {
            var now = time.GetUtcNow();
            var (key, refusal) = await signedTokens.UseAsync(assertion, now, context.RequestAborted);
            if (key is null)
                return Refuse(context, refusal!);
            if (form["client_id"] is [{ } client] && client != key.System.Source)
                return Refuse(context, CallerRefusals.Subject());
            var (token, lifetime) = accessTokens.Issue(key, now);
            return Results.Json(new TokenAnswer(token, "Bearer", (int)lifetime.TotalSeconds), statusCode: StatusCodes.Status200OK);
        }
        catch (NpgsqlException)
        {
            return CallerProblems.Unavailable(context);
        }
    }

    private static async Task<IFormCollection?> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType || context.Request.ContentLength > MaxBytes)
            return null;
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return null;
        }
    }

    // RFC 6749, section 5.2: invalid_client is 401 and names the scheme that would do.
    private IResult Refuse(HttpContext context, CallerRefusal refusal)
    {
        context.Response.Headers.WWWAuthenticate = CallerProblems.ChallengeOf(refusal);
        return Error("invalid_client", refusal, StatusCodes.Status401Unauthorized);
    }

    private IResult Error(string error, CallerRefusal refusal, int status = StatusCodes.Status400BadRequest)
    {
        logger.CallerRefused(refusal.Violation.Code);
        return Results.Json(new TokenError(error, refusal.Violation.MessageEn, [refusal.Violation]), statusCode: status);
    }
}
