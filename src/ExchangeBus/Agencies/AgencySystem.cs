namespace ExchangeBus.Agencies;

/// <summary>A system of an agency that has proved who it is.</summary>
internal sealed class AgencySystem(string agency, string system, string[] publishes, string[]? requireSignature = null, bool reviews = false, bool desk = false)
{
    private const string OfTheBus = "vn.exchangebus.";
    private const string OfTheProcedures = "vn.procedures.";

    /// <summary>Code of the agency (Decision 20/2020/QĐ-TTg), at most 35 characters.</summary>
    internal string Agency { get; } = agency;

    internal string Source { get; } = $"urn:exchangebus:agency:{agency}:{system}";

    /// <summary>Its name as a broker user, as RabbitMQ puts it into <c>user_id</c>.</summary>
    internal string BrokerUser { get; } = $"{agency}.{system}";

    /// <summary>True when people behind it judge held events and suspected duplicates.</summary>
    internal bool MayReview { get; } = reviews;

    /// <summary>True when officers act on dossiers through it: it vouches for who they are.</summary>
    internal bool HasDesk { get; } = desk;

    /// <summary>
    /// Default deny: only the types that are listed, exactly or by a prefix that ends in <c>*</c>. What the bus says of itself nobody else may say, whatever
    /// is listed: readers of the log act on it.
    /// </summary>
    internal bool MayPublish(string type) => MatchesAny(publishes, type)
        && !type.StartsWith(OfTheBus, StringComparison.Ordinal) && !type.StartsWith(OfTheProcedures, StringComparison.Ordinal);

    /// <summary>True for the types that it must sign.</summary>
    internal bool MustSign(string type) => MatchesAny(requireSignature ?? [], type);

    private static bool MatchesAny(string[] patterns, string type)
    {
        foreach (var pattern in patterns)
        {
            if (TypePattern.Matches(pattern, type))
                return true;
        }

        return false;
    }
}
