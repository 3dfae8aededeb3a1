using System.Text.Json;

namespace ExchangeBus.Contracts;

/// <summary>Every reason why an envelope is not CloudEvents 1.0.</summary>
internal static class EnvelopeViolations
{
    /// <param name="broken">Where the reader gave up; null when it does not say.</param>
    internal static Violation Malformed(JsonException? broken)
    {
        // The reader counts from 0, and bytes within the line; people and their editors count from 1.
        var (line, at) = (broken?.LineNumber + 1, broken?.BytePositionInLine + 1);
        return new("", "json.malformed",
            $"Nội dung không phải là JSON hợp lệ{(line is null ? "" : $" (dòng {line}, byte {at})")}.",
            $"The body is not well-formed JSON{(line is null ? "" : $" (line {line}, byte {at})")}.");
    }

    internal static Violation NotAnObject() => new("", "envelope.notobject",
        "Sự kiện phải là một đối tượng JSON.", "An event must be a JSON object.");

    internal static Violation Missing(string name) => new($"/{name}", "envelope.missing",
        $"Thiếu thuộc tính bắt buộc '{name}'.", $"The required attribute '{name}' is missing.");

    internal static Violation SpecVersion() => new("/specversion", "envelope.specversion",
        "specversion phải là \"1.0\".", "specversion must be \"1.0\".");

    internal static Violation Empty(string name) => new($"/{name}", "envelope.empty",
        $"Thuộc tính '{name}' không được để trống.", $"The attribute '{name}' must not be empty.");

    internal static Violation TooLong(string name, int limit) => new($"/{name}", "envelope.toolong",
        $"Thuộc tính '{name}' dài quá {limit} byte UTF-8.", $"The attribute '{name}' is longer than {limit} bytes of UTF-8.");

    internal static Violation BadText(string name) => new($"/{name}", "envelope.text",
        $"Thuộc tính '{name}' có ký tự điều khiển.", $"The attribute '{name}' has control characters.");

    internal static Violation BadTime(string name) => new($"/{name}", "envelope.time",
        $"Thuộc tính '{name}' phải là thời điểm theo RFC 3339, ví dụ 2026-11-23T08:30:00+07:00.",
        $"The attribute '{name}' must be an RFC 3339 time, for example 2026-11-23T08:30:00+07:00.");

    internal static Violation BadYear(string name, int first, int last) => new($"/{name}", "envelope.year",
        $"Năm của thuộc tính '{name}' phải từ {first} đến {last}.", $"The year of the attribute '{name}' must be from {first} to {last}.");

    internal static Violation BadUri(string name) => new($"/{name}", "envelope.uri",
        $"Thuộc tính '{name}' không phải là URI hợp lệ.", $"The attribute '{name}' is not a valid URI.");

    internal static Violation NotJsonData() => new("/datacontenttype", "envelope.datacontenttype",
        "Chỉ nhận dữ liệu JSON.", "Only JSON data is taken.");

    internal static Violation Base64() => new("/data_base64", "envelope.database64",
        "Không nhận dữ liệu nhị phân; hãy gửi JSON trong 'data'.", "Binary data is not taken; send JSON in 'data'.");

    internal static Violation BadName(string pointer) => new(pointer, "envelope.name",
        "Tên thuộc tính chỉ gồm a-z và 0-9, dài nhất 20 ký tự.", "An attribute name has only a-z and 0-9, at most 20 characters.");

    internal static Violation Repeated(string name) => new($"/{name}", "envelope.repeated",
        $"Thuộc tính '{name}' xuất hiện hai lần.", $"The attribute '{name}' stands twice.");

    internal static Violation BadValue(string name) => new($"/{name}", "envelope.value",
        $"Thuộc tính '{name}' phải là chuỗi, số nguyên hoặc boolean.", $"The attribute '{name}' must be a string, an integer or a boolean.");

    /// <summary>One of each, for the catalogue of codes.</summary>
    internal static IEnumerable<Violation> All =>
    [
        Malformed(new JsonException(null, null, 0, 0)), NotAnObject(), Missing("…"), SpecVersion(), Empty("…"), TooLong("…", 0), BadText("…"), BadTime("…"), BadYear("…", 1800, 2199), BadUri("…"), NotJsonData(), Base64(),
        BadName("/…"), Repeated("…"), BadValue("…"),
    ];
}
