namespace ExchangeBus.CloudEvents.Sql;

/// <summary>The types of CESQL 1.0, section 3.1, and the type of what only the event decides.</summary>
public enum CesqlType
{
    /// <summary><c>true</c> or <c>false</c>; the zero value is <c>false</c>.</summary>
    Boolean,

    /// <summary>A whole number of 32 bits with sign; the zero value is <c>0</c>.</summary>
    Integer,

    /// <summary>Unicode text; the zero value is the empty string. Timestamps and URIs are strings too.</summary>
    String,

    /// <summary>The static type of an attribute, whose value may have any of the three. No value has this type.</summary>
    Any,
}
