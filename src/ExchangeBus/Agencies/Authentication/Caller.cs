using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Agencies.Authentication;

/// <summary>Who sent a request, or the answer that refuses it.</summary>
internal readonly struct Caller
{
    private Caller(AgencySystem? system, IResult? refusal) => (System, _refusal) = (system, refusal);

    private readonly IResult? _refusal;

    /// <summary>The system, when it has proved who it is.</summary>
    internal AgencySystem? System { get; }

    /// <summary>The answer, when it has not.</summary>
    internal IResult Refusal => _refusal ?? throw new InvalidOperationException("The caller is known.");

    internal static Caller Known(AgencySystem system) => new(system, null);

    internal static Caller Refused(IResult refusal) => new(null, refusal);
}
