namespace ExchangeBus.JsonSchema.Formats;

/// <summary>The formats of 2020-12 validation, section 7.3, by their names.</summary>
internal static class KnownFormats
{
    public static FormatTest? Find(string name) => name switch
    {
        "date" => DateTimeFormats.IsDate,
        "time" => DateTimeFormats.IsTime,
        "date-time" => DateTimeFormats.IsDateTime,
        "duration" => DateTimeFormats.IsDuration,
        "email" => EmailFormats.IsEmail,
        "idn-email" => EmailFormats.IsIdnEmail,
        "hostname" => HostnameFormats.IsHostname,
        "idn-hostname" => HostnameFormats.IsIdnHostname,
        "ipv4" => AddressFormats.IsIpv4,
        "ipv6" => AddressFormats.IsIpv6,
        "uri" => UriFormats.IsUri,
        "uri-reference" => UriFormats.IsUriReference,
        "iri" => UriFormats.IsIri,
        "iri-reference" => UriFormats.IsIriReference,
        "uri-template" => UriTemplateFormat.IsUriTemplate,
        "uuid" => IdentifierFormats.IsUuid,
        "json-pointer" => IdentifierFormats.IsJsonPointer,
        "relative-json-pointer" => IdentifierFormats.IsRelativeJsonPointer,
        "regex" => IdentifierFormats.IsRegex,
        _ => null,
    };
}
