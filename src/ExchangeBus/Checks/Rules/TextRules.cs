using ExchangeBus.Contracts;

namespace ExchangeBus.Checks.Rules;

/// <summary>Texts that are not what their writer saw.</summary>
internal static class TextRules
{
    private const string Unicode = "TCVN 6909:2001 (Unicode)";
    private const string AnyText = "every text";

    internal static readonly Rule Decomposed = new("text.decomposed", Severity.Warning, AnyText, Unicode,
        "Chữ và dấu gửi rời nhau; trục đã ghép lại (Unicode NFC) và lưu nội dung đã ghép.", "Letters and marks came apart; the bus has composed them (Unicode NFC) and keeps the composed body.");

    internal static readonly Rule DecomposedSigned = new("text.decomposed-signed", Severity.Error, AnyText + ", envelope attribute signature", Unicode,
        "Chữ và dấu gửi rời nhau; sự kiện có chữ ký nên trục không sửa. Hãy ghép (Unicode NFC) rồi ký lại.", "Letters and marks came apart; the bus does not alter a signed event. Compose them (Unicode NFC) and sign again.");

    internal static readonly Rule Replacement = new("text.replacement", Severity.Error, AnyText, Unicode,
        "Có ký tự thay thế U+FFFD: chữ gốc đã mất khi chuyển mã.", "There is a replacement character U+FFFD: a conversion has lost the letter.");

    internal static readonly Rule Control = new("text.control", Severity.Error, AnyText, "Unicode, general category Cc",
        "Có ký tự điều khiển.", "There is a control character.");

    internal static readonly Rule Invisible = new("text.invisible", Severity.Error, AnyText, "Unicode Technical Report 36",
        "Có ký tự ẩn hoặc ký tự đảo chiều chữ.", "There is an invisible character, or one that turns the direction of writing.");

    internal static readonly Rule Mojibake = new("text.mojibake", Severity.Error, AnyText, Unicode,
        "Chữ UTF-8 đã bị đọc theo bảng mã Latin-1 hoặc Windows-1252.", "UTF-8 was read as Latin-1 or Windows-1252.");

    internal static readonly Rule Tcvn3 = new("text.tcvn3", Severity.Error, AnyText, Unicode,
        "Chữ có vẻ viết theo bảng mã TCVN3 (ABC); hãy chuyển sang Unicode.", "The text seems to be in the encoding TCVN3 (ABC); convert it to Unicode.");

    internal static readonly Rule Vni = new("text.vni", Severity.Error, AnyText, Unicode,
        "Chữ có vẻ viết theo bảng mã VNI; hãy chuyển sang Unicode.", "The text seems to be in the encoding VNI; convert it to Unicode.");

    internal static readonly Rule[] Rules = [Decomposed, DecomposedSigned, Replacement, Control, Invisible, Mojibake, Tcvn3, Vni];

    internal static IEnumerable<Violation> All => Rules.Select(rule => rule.At("/data/…"));
}
