using ExchangeBus.Agencies;
using ExchangeBus.Agencies.Authentication;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace ExchangeBus.Procedures.Desk;

/// <summary>Lets in officers whom a system of their agency vouches for.</summary>
internal sealed class DeskCallers(CallerAuthentication callers, Officers officers)
{
    /// <summary>Request header with the code of the officer who acts.</summary>
    internal const string OfficerHeader = "Officer";

    internal async Task<IResult> AnswerAsync(HttpContext context, Func<Officer, Task<IResult>> answer)
    {
        var caller = await callers.AuthenticateAsync(context);
        if (caller.System is not { } system)
            return caller.Refusal;
        if (!system.HasDesk || officers.Find(system.Agency, context.Request.Headers[OfficerHeader]) is not { } officer)
            return DeskProblems.Of([DeskRejections.NoOfficer()]);
        try
        {
            return await answer(officer);
        }
        catch (NpgsqlException e) when (e.IsTransient)
        {
            return CallerProblems.Unavailable(context);
        }
    }
}
