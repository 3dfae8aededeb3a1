using System.Text.Json.Serialization;

namespace ExchangeBus.Contracts;

/// <summary>What a <see cref="Violation"/> does to the event.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    /// <summary><c>error</c>: the event is refused.</summary>
    [JsonStringEnumMemberName("error")]
    Error,

    /// <summary><c>warning</c>: the event is accepted; somebody should look whether it says what was meant.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary><c>hold</c>: the bus cannot decide; the event waits for a person.</summary>
    [JsonStringEnumMemberName("hold")]
    Hold,
}
