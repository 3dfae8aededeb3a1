using System.Buffers.Text;
using System.Text.Json;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.Benchmarks.Measuring;

/// <summary>
/// The schemas' own example of a linked birth, about 1 KB, as CloudEvents JSON with a number in its id and its dossier number:
/// every event is about another dossier and another birth notice. All contenders send these bytes or as many.
/// </summary>
internal static class BirthEvent
{
    private const int Digits = 15;

    // First: the template below is read from it.
    internal static string SchemasFolder { get; } = Path.Combine(AppContext.BaseDirectory, "schemas");

    private static readonly byte[] IdMark = "111111111111111"u8.ToArray();
    private const int DossierDigits = 10;
    private const string Dossier = "G22.99.08-261123-2222222222";
    private static readonly byte[] DossierMark = "-2222222222"u8.ToArray();
    private const string Notice = "33333.GCS.33333.26";
    private static readonly byte[] NoticeMark = "33333.GCS.33333.26"u8.ToArray();
    private static readonly byte[] Template = CloudEventJson.Write(new CloudEvent
    {
        Id = "111111111111111",
        Source = "urn:exchangebus:agency:G22.99.08:portal",
        Type = EventTypes.LinkedBirthSubmitted,
        Subject = Dossier,
        Time = new DateTimeOffset(2026, 11, 23, 8, 30, 0, TimeSpan.FromHours(7)),
        DataContentType = "application/json",
        Data = EventData.Write(EventData.Read<LinkedBirthSubmitted>(Data("v1.valid/single-mother.json")) with { DossierNumber = Dossier, BirthNoticeNumber = Notice }),
    });

    private static readonly int IdAt = Template.AsSpan().IndexOf(IdMark);
    private static readonly int SubjectAt = Template.AsSpan().IndexOf(DossierMark) + 1;
    private static readonly int DossierAt = Template.AsSpan().LastIndexOf(DossierMark) + 1;

    private static readonly int NoticeAt = Template.AsSpan().IndexOf(NoticeMark);

    internal static int Length => Template.Length;

    internal static byte[] Create(long number)
    {
        var bytes = (byte[])Template.Clone();
        Write(number, bytes.AsSpan(IdAt, Digits));
        Write(number % 10_000_000_000, bytes.AsSpan(SubjectAt, DossierDigits));
        Write(number % 10_000_000_000, bytes.AsSpan(DossierAt, DossierDigits));
        Write(number / 100_000 % 100_000, bytes.AsSpan(NoticeAt, 5));
        Write(number % 100_000, bytes.AsSpan(NoticeAt + 10, 5));
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
        Utf8Formatter.TryFormat(number, digits, out _, new System.Buffers.StandardFormat('D', (byte)digits.Length));
}
