namespace ExchangeBus.SampleAgencies.Hosting;

/// <summary>An agency cannot start. <see cref="Exception.Message"/> is one sentence that says which server it misses.</summary>
public sealed class AgencyUnavailableException : Exception
{
    /// <inheritdoc />
    public AgencyUnavailableException()
    {
    }

    /// <inheritdoc />
    public AgencyUnavailableException(string message)
        : base(message)
    {
    }

    /// <inheritdoc />
    public AgencyUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
