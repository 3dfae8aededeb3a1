using ExchangeBus.Agencies;
using ExchangeBus.Agencies.Authentication;
using ExchangeBus.Subscriptions.Agreements;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace ExchangeBus.Subscriptions.Doors;

/// <summary>Answers a caller that has proved who it is; says what went wrong where it was not the caller's fault.</summary>
internal sealed class RuleCallers(CallerAuthentication callers)
{
    internal async Task<IResult> AnswerAsync(HttpContext context, Func<AgencySystem, Task<IResult>> answer)
    {
        var caller = await callers.AuthenticateAsync(context);
        if (caller.System is not { } system)
            return caller.Refusal;
        try
        {
            return await answer(system);
        }
        catch (ChangedMeanwhileException)
        {
            return RuleProblems.Of(AgreementRejections.ChangedMeanwhile());
        }
        catch (NpgsqlException e) when (e.IsTransient)
        {
            return CallerProblems.Unavailable(context);
        }
    }
}
