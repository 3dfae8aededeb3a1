using System.Buffers.Text;
using System.Text.Json;
using ExchangeBus.Contracts;

namespace ExchangeBus.Benchmarks.Measuring;

/// <summary>
/// The schemas' own example of a linked birth, about 1 KB, as CloudEvents JSON with a number in its id and its subject:
/// every event is about another dossier. All contenders send these bytes or as many.
/// </summary>
internal static class BirthEvent
{
    private const int Digits = 15;

    // First: the template below is read from it.
    internal static string SchemasFolder { get; } = Path.Combine(AppContext.BaseDirectory, "schemas");

    private static readonly byte[] IdMark = "111111111111111"u8.ToArray();
    private static readonly byte[] SubjectMark = "222222222222222"u8.ToArray();
    private static readonly byte[] Template = CloudEventJson.Write(new CloudEvent
    {
        Id = "111111111111111",
        Source = "urn:exchangebus:agency:G22.99.08:portal",
        Type = EventTypes.LinkedBirthSubmitted,
        Subject = "G22.99.08-222222222222222",
        Time = new DateTimeOffset(2026, 11, 23, 8, 30, 0, TimeSpan.FromHours(7)),
        DataContentType = "application/json",
        Data = Data("v1.valid/single-mother.json"),
    });

    private static readonly int IdAt = Template.AsSpan().IndexOf(IdMark);
    private static readonly int SubjectAt = Template.AsSpan().IndexOf(SubjectMark);

    internal static int Length => Template.Length;

    internal static byte[] Create(long number)
    {
        var bytes = (byte[])Template.Clone();
        Write(number, bytes.AsSpan(IdAt, Digits));
        Write(number, bytes.AsSpan(SubjectAt, Digits));
        return bytes;
    }

    internal static long NumberOf(ReadOnlySpan<byte> created) =>
        Utf8Parser.TryParse(created.Slice(IdAt, Digits), out long number, out _) ? number : -1;

    /// <summary>An example of this event's body, without the white space that is there for people.</summary>
    internal static byte[] Data(string example)
    {
        var file = Path.Combine(SchemasFolder, "portal", "linkedbirthsubmitted", example);
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            document.WriteTo(writer);
        return stream.ToArray();
    }

    private static void Write(long number, Span<byte> digits) =>
        Utf8Formatter.TryFormat(number, digits, out _, new System.Buffers.StandardFormat('D', Digits));
}
