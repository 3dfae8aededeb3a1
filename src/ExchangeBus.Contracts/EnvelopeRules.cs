using System.Globalization;
using System.Text;

namespace ExchangeBus.Contracts;

/// <summary>The rules of CloudEvents 1.0 for context attributes, and the bus's own bounds on their length.</summary>
internal static class EnvelopeRules
{
    internal const int MaxNameLength = 20;
    internal const int MaxValueLength = 2_048;
    private const int MaxKeyLength = 256;
    private const int FirstYear = 1800, LastYear = 2199;

    internal static bool IsName(ReadOnlySpan<char> name)
    {
        // "data" is the body's own name in JSON, so no attribute can have it (CloudEvents 1.0, "Attribute Naming Convention").
        if (name.IsEmpty || name.Length > MaxNameLength || name is "data")
            return false;
        foreach (var c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9')))
                return false;
        }

        return true;
    }

    /// <summary>CloudEvents 1.0, "Type System": no control characters and no noncharacters in a String.</summary>
    internal static bool IsText(string value)
    {
        foreach (var c in value)
        {
            if (char.IsControl(c) || c is >= '\uFDD0' and <= '\uFDEF' or '\uFFFE' or '\uFFFF')
                return false;
        }

        return true;
    }

    /// <summary>Adds what is wrong with one attribute, if anything.</summary>
    internal static void Check(string name, string value, List<Violation> violations)
    {
        if (value.Length == 0)
            violations.Add(EnvelopeViolations.Empty(name));
        else if (Encoding.UTF8.GetByteCount(value) > LimitOf(name))
            violations.Add(EnvelopeViolations.TooLong(name, LimitOf(name)));
        else if (!IsText(value))
            violations.Add(EnvelopeViolations.BadText(name));
        else if (name is "time" or ExtensionAttributes.RecordedTime && !TryReadTime(value, out _))
            violations.Add(EnvelopeViolations.BadTime(name));
        else if (name is "time" or ExtensionAttributes.RecordedTime && !IsOfOurYears(value))
            violations.Add(EnvelopeViolations.BadYear(name, FirstYear, LastYear));
        else if (name is "source" && !Uri.TryCreate(value, UriKind.RelativeOrAbsolute, out _))
            violations.Add(EnvelopeViolations.BadUri(name));
        else if (name is "dataschema" && !Uri.TryCreate(value, UriKind.Absolute, out _))
            violations.Add(EnvelopeViolations.BadUri(name));
        else if (name is "datacontenttype" && !IsJson(value))
            violations.Add(EnvelopeViolations.NotJsonData());
    }

    /// <summary>Bytes of UTF-8. What events are found, correlated or ordered by is short; an index entry holds it.</summary>
    private static int LimitOf(string name) => name is "id" or "source" or "type" or "subject"
        or ExtensionAttributes.CorrelationId or ExtensionAttributes.CausationId or ExtensionAttributes.PartitionKey or ExtensionAttributes.Recipient
        ? MaxKeyLength
        : MaxValueLength;

    /// <summary>RFC 3339: date, time and offset are all required.</summary>
    internal static bool TryReadTime(string text, out DateTimeOffset time)
    {
        time = default;
        return text.Length >= 20 && text[10] is 'T' or 't' && (text[^1] is 'Z' or 'z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }

    /// <summary>
    /// The years that every date in a schema can have, as it is written and in UTC: a time at the ends of the calendar cannot be carried to another offset.
    /// </summary>
    private static bool IsOfOurYears(string text) =>
        TryReadTime(text, out var time) && time.Year is >= FirstYear and <= LastYear && time.UtcDateTime.Year is >= FirstYear and <= LastYear;

    internal static bool IsJson(ReadOnlySpan<char> mediaType)
    {
        var end = mediaType.IndexOf(';');
        var type = (end < 0 ? mediaType : mediaType[..end]).Trim();
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Equals("text/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }
}
