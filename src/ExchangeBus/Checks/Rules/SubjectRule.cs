using System.Text.Json;
using ExchangeBus.Contracts;

namespace ExchangeBus.Checks.Rules;

/// <summary>
/// The envelope and the body must speak of the same dossier. Seen in practice: a status that named one dossier outside and
/// another inside was believed for the wrong one.
/// </summary>
internal static class SubjectRule
{
    internal static Violation? Check(CloudEvent cloudEvent)
    {
        if (cloudEvent.Subject is not { } subject)
            return null;
        var reader = new Utf8JsonReader(cloudEvent.Data.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isDossier = reader.ValueTextEquals("dossierNumber"u8);
            reader.Read();
            if (isDossier)
                return reader.TokenType != JsonTokenType.String || reader.ValueTextEquals(subject) ? null : Rejections.OtherSubject();
            reader.Skip();
        }

        return null;
    }
}
