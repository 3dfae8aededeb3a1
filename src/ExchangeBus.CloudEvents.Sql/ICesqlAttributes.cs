namespace ExchangeBus.CloudEvents.Sql;

/// <summary>The context attributes of one event. An implementation that is kept for the event lets evaluation allocate nothing.</summary>
public interface ICesqlAttributes
{
    /// <summary>Finds an attribute or extension; false when the event does not carry it.</summary>
    /// <param name="name">Its name in lower case.</param>
    /// <param name="value">A Boolean or Integer where the event has one; all else is a String (section 3.2).</param>
    bool TryGet(ReadOnlySpan<char> name, out CesqlValue value);
}
