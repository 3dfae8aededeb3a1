using ExchangeBus.Contracts;

namespace ExchangeBus.Intake.Dialects;

/// <summary>
/// Every way to say no that dialects share, in both languages; a dialect adds the codes. Values are never repeated, and of names
/// only those of elements and fields: values are personal data.
/// </summary>
internal abstract class DialectRejections
{
    internal Violation TooLarge(int limit) => Of(Fault.TooLarge, "",
        $"Thông điệp lớn quá {limit} byte.", $"The message is larger than {limit} bytes.");

    internal Violation TooDeep(string within, int limit, Position at) => Of(Fault.TooDeep, within,
        $"Thông điệp lồng sâu quá {limit} tầng ({at.Vi}).", $"The message nests deeper than {limit} levels ({at.En}).");

    internal Violation TooManyElements(string within, int limit, Position at) => Of(Fault.TooManyElements, within,
        $"Thông điệp có quá {limit} phần tử ({at.Vi}).", $"The message has more than {limit} elements ({at.En}).");

    internal Violation TooManyAttributes(string within, int limit, Position at) => Of(Fault.TooManyAttributes, within,
        $"Một phần tử có quá {limit} thuộc tính ({at.Vi}).", $"An element has more than {limit} attributes ({at.En}).");

    internal Violation TooLongText(string within, int limit, Position at) => Of(Fault.TooLongText, within,
        $"Một đoạn chữ dài quá {limit} ký tự ({at.Vi}).", $"A text is longer than {limit} characters ({at.En}).");

    internal Violation TooManyViolations(int limit) => Of(Fault.TooManyViolations, "",
        $"Còn lỗi khác; chỉ nêu {limit} lỗi đầu.", $"There is more; only the first {limit} violations are listed.");

    internal Violation Encoding(string within, Position at) => Of(Fault.Encoding, within,
        $"Thông điệp phải mã hóa UTF-8 và không khai báo mã hóa khác ({at.Vi}).", $"The message must be in UTF-8 and declare no other encoding ({at.En}).");

    internal Violation Malformed(string within, Position at) => Of(Fault.Malformed, within,
        $"Không phải XML hợp lệ ({at.Vi}).", $"Not well-formed XML ({at.En}).");

    internal Violation Dtd(string within, Position at) => Of(Fault.Dtd, within,
        $"Không nhận khai báo DOCTYPE ({at.Vi}).", $"A DOCTYPE declaration is not taken ({at.En}).");

    internal Violation Instruction(string within, Position at) => Of(Fault.Instruction, within,
        $"Không nhận chỉ thị xử lý <?…?> ({at.Vi}).", $"A processing instruction <?…?> is not taken ({at.En}).");

    internal Violation Root(string within, string expectedVi, string expectedEn) => Of(Fault.Root, within,
        $"Phần tử gốc phải là {expectedVi}.", $"The root must be {expectedEn}.");

    internal Violation UnknownElement(string location, string name) => Of(Fault.UnknownElement, location,
        $"Không có phần tử '{name}' ở vị trí này.", $"There is no element '{name}' in this place.");

    internal Violation UnknownAttribute(string location, string name) => Of(Fault.UnknownAttribute, location,
        $"Không có thuộc tính '{name}' ở vị trí này.", $"There is no attribute '{name}' in this place.");

    internal Violation Repeated(string location, string name) => Of(Fault.Repeated, location,
        $"Phần tử '{name}' xuất hiện hai lần.", $"The element '{name}' stands twice.");

    internal Violation Missing(string within, string names) => Of(Fault.Missing, within, $"Thiếu {names}.", $"{names} is missing.");

    internal Violation OneOf(string within, string names) => Of(Fault.OneOf, within,
        $"Chỉ được ghi một trong {names}.", $"Only one of {names} may stand here.");

    internal Violation Text(string location) => Of(Fault.Text, location,
        "Không được ghi chữ giữa các phần tử.", "There must be no text between elements.");

    internal Violation Value(string location, string expectedVi, string expectedEn) => Of(Fault.Value, location,
        $"Giá trị phải là {expectedVi}.", $"The value must be {expectedEn}.");

    internal Violation Count(string location, int actual) => Of(Fault.Count, location,
        $"SoCongDan không khớp: thông điệp có {actual} CongDan.", $"SoCongDan does not match: the message has {actual} CongDan.");

    internal Violation NotRepresentable(string pointer) => Of(Fault.NotRepresentable, pointer,
        "Định dạng này không ghi được giá trị đó mà không làm mất thông tin.", "This format cannot carry that value without losing some of it.");

    /// <summary>The violation with the dialect's own code; null for what cannot happen in the dialect.</summary>
    protected abstract Violation? Make(Fault fault, string pointer, string vi, string en);

    protected Violation Of(Fault fault, string pointer, string vi, string en) =>
        Make(fault, pointer, vi, en) ?? throw new ArgumentOutOfRangeException(nameof(fault), fault, "The dialect has no code for this fault.");

    /// <summary>One violation of each code, with places and limits that stand for any.</summary>
    protected IEnumerable<Violation> SharedSamples()
    {
        var at = new Position(1, 1);
        Func<Violation>[] all =
        [
            () => TooLarge(1), () => TooDeep("", 1, at), () => TooManyElements("", 1, at), () => TooManyAttributes("", 1, at), () => TooLongText("", 1, at),
            () => TooManyViolations(1), () => Encoding("", at), () => Malformed("", at), () => Dtd("", at), () => Instruction("", at), () => Root("", "…", "…"),
            () => UnknownElement("/…", "…"), () => UnknownAttribute("/…", "…"), () => Repeated("/…", "…"), () => Missing("/…", "…"), () => OneOf("/…", "…"),
            () => Text("/…"), () => Value("/…", "…", "…"), () => Count("/…", 1), () => NotRepresentable("/…"),
        ];
        foreach (var sample in all)
        {
            if (Sample(sample) is { } violation)
                yield return violation;
        }
    }

    private static Violation? Sample(Func<Violation> sample)
    {
        try
        {
            return sample();
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}

/// <summary>A place in the sender's text; lines and columns count from one.</summary>
internal readonly record struct Position(int Line, int Column)
{
    internal string Vi => $"dòng {Line}, cột {Column}";

    internal string En => $"line {Line}, column {Column}";
}
