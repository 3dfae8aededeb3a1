namespace ExchangeBus.JsonSchema.Loading;

/// <summary>The metaschemas of draft 2020-12, built in so that a closed network needs no fetch.</summary>
internal static class Metaschemas
{
    public const string Root = "https://json-schema.org/draft/2020-12/schema";

    private const string Folder = "https://json-schema.org/draft/2020-12/";

    public static byte[]? Read(string uri)
    {
        if (!uri.StartsWith(Folder, StringComparison.Ordinal)) return null;
        var name = $"ExchangeBus.JsonSchema.Metaschemas/{uri[Folder.Length..]}.json";
        using var stream = typeof(Metaschemas).Assembly.GetManifestResourceStream(name);
        if (stream is null) return null;
        var text = new byte[stream.Length];
        stream.ReadExactly(text);
        return text;
    }
}
