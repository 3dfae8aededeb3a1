using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using ExchangeBus.Intake.Dialects.Xml;

namespace ExchangeBus.Intake.Dialects;

/// <summary>The simple types of QCVN 109:2017, which its variants share, with the bounds of the canonical schema.</summary>
internal static partial class CitizenValues
{
    private const int FirstYear = 1800, LastYear = 2199;
    private static readonly TimeSpan VietnameseTime = TimeSpan.FromHours(7);

    internal static readonly LeafValue PersonalId = Code(TwelveDigits(), "12 chữ số", "12 digits");
    internal static readonly LeafValue OldIdCard = Code(NineDigits(), "9 chữ số", "9 digits");
    internal static readonly LeafValue Country = Code(TwoLetters(), "mã quốc gia 2 chữ cái in hoa", "a country code of 2 capital letters");
    internal static readonly LeafValue Unit = Code(TwoThreeOrFiveDigits(), "mã đơn vị hành chính 2, 3 hoặc 5 chữ số", "an administrative unit of 2, 3 or 5 digits");
    internal static readonly LeafValue Ethnicity = Code(EthnicGroup(), "mã dân tộc 01 đến 55 hoặc 99", "an ethnic group 01 to 55 or 99");
    internal static readonly LeafValue Religion = Code(TwoDigits(), "2 chữ số", "2 digits");
    internal static readonly LeafValue Relation = Code(RelationCode(), "mã quan hệ", "a code of relation");
    internal static readonly LeafValue MaritalStatus = Code(ZeroToThree(), "0, 1, 2 hoặc 3", "0, 1, 2 or 3");
    internal static readonly LeafValue BloodType = Code(ZeroToFour(), "00, 01, 02, 03 hoặc 04", "00, 01, 02, 03 or 04");
    internal static readonly LeafValue Province = Code(TwoDigits(), "mã tỉnh 2 chữ số", "a province of 2 digits");
    internal static readonly LeafValue District = Code(ThreeDigits(), "mã huyện 3 chữ số", "a district of 3 digits");
    internal static readonly LeafValue Commune = Code(FiveDigits(), "mã xã 5 chữ số", "a commune of 5 digits");
    internal static readonly LeafValue Date = new(ReadDate, "ngày dạng YYYY-MM-DD, từ 1800 đến 2199", "a day as YYYY-MM-DD from 1800 to 2199");
    internal static readonly LeafValue CompactDate = new(ReadCompactDate, date => date.Replace("-", "", StringComparison.Ordinal), "ngày dạng yyyyMMdd, từ 1800 đến 2199", "a day as yyyyMMdd from 1800 to 2199");
    internal static readonly LeafValue Year = new(ReadYear, "năm dạng YYYY, từ 1800 đến 2199", "a year as YYYY from 1800 to 2199");

    private static readonly FrozenDictionary<string, string> Genders =
        new Dictionary<string, string> { ["0"] = "unknown", ["1"] = "male", ["2"] = "female" }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> GenderCodes = Genders.ToFrozenDictionary(gender => gender.Value, gender => gender.Key);

    internal static readonly LeafValue Gender = new(Genders.GetValueOrDefault, GenderCodes.GetValueOrDefault, "0, 1 hoặc 2", "0, 1 or 2");

    internal static LeafValue Text(int maxLength) => new(
        text => text.EnumerateRunes().Count() <= maxLength && !text.Any(character => character is < ' ' or '\u007F') ? text : null,
        $"văn bản dài nhất {maxLength} ký tự, không có ký tự điều khiển", $"text of at most {maxLength} characters without control characters");

    /// <summary>
    /// The regulation writes YYYY-MM-DDThh:mm:ss without an offset (annex B); it is Vietnamese time, +07:00 all year
    /// (Decision 134/2002/QĐ-TTg). Null when the text is anything else.
    /// </summary>
    internal static string? ReadDateTime(string text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) &&
        value.Year is >= FirstYear and <= LastYear ? $"{text}+07:00" : null;

    /// <summary>The same moment as the regulation writes it; null for a fraction of a second, which it has no place for.</summary>
    internal static string? WriteDateTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) && value.Ticks % TimeSpan.TicksPerSecond == 0 &&
        value.ToOffset(VietnameseTime).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) is var written && ReadDateTime(written) is not null ? written : null;

    private static string? ReadDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value) &&
        value.Year is >= FirstYear and <= LastYear ? text : null;

    private static string? ReadCompactDate(string text) => text.Length == 8 ? ReadDate($"{text[..4]}-{text[4..6]}-{text[6..]}") : null;

    private static string? ReadYear(string text) =>
        text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) &&
        year is >= FirstYear and <= LastYear ? text : null;

    private static LeafValue Code(Regex form, string expectedVi, string expectedEn) =>
        new(text => form.IsMatch(text) ? text : null, expectedVi, expectedEn);

    [GeneratedRegex(@"\A[0-9]{12}\z")]
    private static partial Regex TwelveDigits();

    [GeneratedRegex(@"\A[0-9]{9}\z")]
    private static partial Regex NineDigits();

    [GeneratedRegex(@"\A[0-9]{2}\z")]
    private static partial Regex TwoDigits();

    [GeneratedRegex(@"\A[0-9]{3}\z")]
    private static partial Regex ThreeDigits();

    [GeneratedRegex(@"\A[0-9]{5}\z")]
    private static partial Regex FiveDigits();

    [GeneratedRegex(@"\A(?:[0-9]{2,3}|[0-9]{5})\z")]
    private static partial Regex TwoThreeOrFiveDigits();

    [GeneratedRegex(@"\A[A-Z]{2}\z")]
    private static partial Regex TwoLetters();

    [GeneratedRegex(@"\A(?:0[1-9]|[1-4][0-9]|5[0-5]|99)\z")]
    private static partial Regex EthnicGroup();

    [GeneratedRegex(@"\A[0-3]\z")]
    private static partial Regex ZeroToThree();

    [GeneratedRegex(@"\A0[0-4]\z")]
    private static partial Regex ZeroToFour();

    [GeneratedRegex(@"\A[0-9A-Za-z.]{1,20}\z")]
    private static partial Regex RelationCode();
}
