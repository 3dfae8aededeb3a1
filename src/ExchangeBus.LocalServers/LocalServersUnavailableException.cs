namespace ExchangeBus.LocalServers;

/// <summary>A server can be neither found nor started here. <see cref="Exception.Message"/> is one sentence that says what is missing and what mends it.</summary>
public sealed class LocalServersUnavailableException : Exception
{
    /// <inheritdoc />
    public LocalServersUnavailableException()
    {
    }

    /// <inheritdoc />
    public LocalServersUnavailableException(string message)
        : base(message)
    {
    }

    /// <inheritdoc />
    public LocalServersUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
