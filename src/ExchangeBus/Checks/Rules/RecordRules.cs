using ExchangeBus.Contracts;

namespace ExchangeBus.Checks.Rules;

/// <summary>Dates in their order, and numbers that name a year or a facility.</summary>
internal static class RecordRules
{
    private const string Registry = "Law on Civil Status 60/2014";

    internal static readonly Rule Future = new("date.future", Severity.Error, "dates of birth, death, registration and notice; the bus's clock", Registry,
        "Ngày này ở tương lai.", "The date lies in the future.");

    internal static readonly Rule Order = new("date.order", Severity.Error, "dates of birth, notice, death, registration; first and last day of validity", Registry,
        "Ngày này trước {0}.", "The date is before {0}.");

    internal static readonly Rule Due = new("date.due", Severity.Warning, "due date, event's date", "Decree 63/2024/NĐ-CP",
        "Hạn xử lý trước ngày của sự kiện.", "The due date is before the event's date.");

    internal static readonly Rule EventTime = new("time.future", Severity.Warning, "envelope attribute time; the bus's clock", "CloudEvents 1.0, time",
        "Thời điểm của sự kiện ở tương lai; hãy kiểm tra đồng hồ.", "The event's time lies in the future; look at the clock.");

    internal static readonly Rule NoticeYear = new("notice.year", Severity.Warning, "birthNoticeNumber or deathNoticeNumber, date of birth or death", "Circular 17/2012/TT-BYT",
        "Năm trong số giấy báo không khớp ngày của việc được báo.", "The year in the notice number does not match the date of what it reports.");

    internal static readonly Rule NoticeFacility = new("notice.facility", Severity.Warning, "birthNoticeNumber or deathNoticeNumber", "Circular 17/2012/TT-BYT",
        "Mã cơ sở y tế trong số giấy báo là 00000.", "The facility code in the notice number is 00000.");

    internal static readonly Rule BookYear = new("book.year", Severity.Error, "book, date of registration", Registry + ", article 58",
        "Năm của quyển sổ không khớp ngày đăng ký: sổ khóa vào ngày cuối năm.", "The year of the book does not match the date of registration: a book closes on the last day of its year.");

    internal static readonly Rule NumberYear = new("recordnumber.year", Severity.Warning, "recordNumber (number/year), date of registration", Registry,
        "Năm trong số đăng ký không khớp ngày đăng ký.", "The year in the registration number does not match the date of registration.");

    internal static readonly Rule[] Rules = [Future, Order, Due, EventTime, NoticeYear, NoticeFacility, BookYear, NumberYear];

    internal static IEnumerable<Violation> All => Rules.Select(rule => rule.At("/data/…", "…"));
}
