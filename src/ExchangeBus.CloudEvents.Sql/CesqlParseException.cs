namespace ExchangeBus.CloudEvents.Sql;

/// <summary>A text is not a CESQL expression, or not a filter where one is asked for.</summary>
public sealed class CesqlParseException : FormatException
{
    /// <summary>Creates it.</summary>
    /// <param name="error">What is wrong and where.</param>
    public CesqlParseException(CesqlError error)
        : base($"{error?.MessageEn} (column {error?.Column})")
    {
        ArgumentNullException.ThrowIfNull(error);
        Error = error;
    }

    /// <summary>What is wrong and where.</summary>
    public CesqlError Error { get; }
}
