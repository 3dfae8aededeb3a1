using System.Globalization;
using ExchangeBus.CloudEvents.Sql;
using ExchangeBus.Contracts;
using ExchangeBus.Log;

namespace ExchangeBus.Subscriptions.Rules;

/// <summary>The attributes of one event for filters and agreements; the envelope is read when somebody asks for the first time.</summary>
internal sealed class EnvelopeAttributes(LoggedEvent logged) : ICesqlAttributes
{
    private CloudEvent? _read;

    internal string? Purpose => Read[ExtensionAttributes.Purpose];

    internal bool IsSigned => Read[ExtensionAttributes.Signature] is not null;

    private CloudEvent Read => _read ??= CloudEventJson.Read(logged.Envelope);

    /// <summary>What the publisher wrote, and the bus's own <c>recordedtime</c> and <c>sequence</c>.</summary>
    public bool TryGet(ReadOnlySpan<char> name, out CesqlValue value)
    {
        value = default;
        var text = name switch
        {
            "specversion" => "1.0",
            "id" => Read.Id,
            "source" => Read.Source,
            "type" => logged.Type,
            "subject" => Read.Subject,
            "time" => Read.TimeText,
            "dataschema" => Read.DataSchema,
            "datacontenttype" => Read.DataContentType,
            ExtensionAttributes.RecordedTime => logged.RecordedAt.ToString("O", CultureInfo.InvariantCulture),
            ExtensionAttributes.Sequence => logged.Sequence.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
        if (text is not null)
        {
            value = CesqlValue.Of(text);
            return true;
        }

        if (!Read.Extensions.TryGetValue(name.ToString(), out var extension))
            return false;
        value = !extension.IsBare ? CesqlValue.Of(extension.Text)
            : int.TryParse(extension.Text, CultureInfo.InvariantCulture, out var number) ? CesqlValue.Of(number)
            : CesqlValue.Of(extension.Text == "true");
        return true;
    }
}
