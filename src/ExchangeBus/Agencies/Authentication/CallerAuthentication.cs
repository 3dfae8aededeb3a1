using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.Agencies.Authentication;

/// <summary>
/// Says who sent a request: by an access token of ours, by a token that the system signed itself, or by its client certificate.
/// What a proxy writes into headers is not believed.
/// </summary>
internal sealed class CallerAuthentication(
    AccessTokens accessTokens, SignedTokens signedTokens, SignedTokenLimit limit, CallerCertificates certificates, TimeProvider time,
    ILogger<CallerAuthentication> logger)
{
    private const string Scheme = "Bearer ";

    /// <summary>Ends at once, and without allocation, for an access token that holds.</summary>
    internal ValueTask<Caller> AuthenticateAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0)
            return new(certificates.Find(context, time.GetUtcNow(), out var refused) is { } holder ? Caller.Known(holder.System) : Refuse(context, refused ?? CallerRefusals.Missing()));
        if (header.Count > 1 || header[0] is not { } value || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return new(Refuse(context, CallerRefusals.Scheme()));
        var token = value.AsSpan(Scheme.Length).Trim();
        if (!AccessTokens.IsOne(token))
            return VerifySignedAsync(context, token.ToString());
        return new(accessTokens.Find(token, time.GetUtcNow(), out var refusal) is { } key ? Caller.Known(key.System) : Refuse(context, refusal!));
    }

    private async ValueTask<Caller> VerifySignedAsync(HttpContext context, string token)
    {
        if (limit.Take(context.Connection.RemoteIpAddress) is { Ticks: > 0 } wait)
            return Caller.Refused(CallerProblems.TooFast(context, wait));
        try
        {
            var (key, refusal) = await signedTokens.UseAsync(token, time.GetUtcNow(), context.RequestAborted);
            return key is not null ? Caller.Known(key.System) : Refuse(context, refusal!);
        }
        catch (NpgsqlException)
        {
            return Caller.Refused(CallerProblems.Unavailable(context));
        }
    }

    private Caller Refuse(HttpContext context, CallerRefusal refusal)
    {
        logger.CallerRefused(refusal.Violation.Code);
        return Caller.Refused(CallerProblems.Unauthorized(refusal, context));
    }
}
