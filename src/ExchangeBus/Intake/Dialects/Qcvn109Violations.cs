using System.Xml.Linq;
using ExchangeBus.Contracts;

namespace ExchangeBus.Intake.Dialects;

/// <summary>Every reason why a message is not QCVN 109:2017. Values are never repeated: they are personal data.</summary>
internal static class Qcvn109Violations
{
    private const int MaxShownName = 64;

    internal static Violation TooLarge(int limit) => new("", "qcvn109.toolarge",
        $"Thông điệp lớn quá {limit} byte.", $"The message is larger than {limit} bytes.");

    internal static Violation TooDeep(int limit) => new("", "qcvn109.toodeep",
        $"Thông điệp lồng sâu quá {limit} tầng.", $"The message nests deeper than {limit} levels.");

    internal static Violation TooManyElements(int limit) => new("", "qcvn109.toomanyelements",
        $"Thông điệp có quá {limit} phần tử.", $"The message has more than {limit} elements.");

    internal static Violation TooManyViolations(int limit) => new("", "qcvn109.toomanyviolations",
        $"Còn lỗi khác; chỉ nêu {limit} lỗi đầu.", $"There is more; only the first {limit} violations are listed.");

    internal static Violation Encoding() => new("", "qcvn109.encoding",
        "Thông điệp phải là XML mã hóa UTF-8.", "The message must be XML in UTF-8.");

    internal static Violation Malformed(int line, int column) => new("", "qcvn109.malformed",
        $"Không phải XML hợp lệ (dòng {line}, cột {column}).", $"Not well-formed XML (line {line}, column {column}).");

    internal static Violation Dtd() => new("", "qcvn109.dtd",
        "Không nhận khai báo DOCTYPE.", "A DOCTYPE declaration is not taken.");

    internal static Violation Root() => new("", "qcvn109.root",
        $"Phần tử gốc phải là CongdanCollection trong không gian tên {Qcvn109.Namespace}.",
        $"The root must be CongdanCollection in the namespace {Qcvn109.Namespace}.");

    internal static Violation UnknownElement(XElement element) => new(Location(element), "qcvn109.unknownelement",
        $"Không có phần tử '{Shown(element.Name)}' ở vị trí này.", $"There is no element '{Shown(element.Name)}' in this place.");

    internal static Violation UnknownAttribute(XElement element, XAttribute attribute) => new(Location(element), "qcvn109.unknownattribute",
        $"Không có thuộc tính '{Shown(attribute.Name)}' ở vị trí này.", $"There is no attribute '{Shown(attribute.Name)}' in this place.");

    internal static Violation Repeated(XElement element) => new(Location(element), "qcvn109.repeated",
        $"Phần tử '{Shown(element.Name)}' xuất hiện hai lần.", $"The element '{Shown(element.Name)}' stands twice.");

    internal static Violation Missing(XElement within, string names) => new(Location(within), "qcvn109.missing",
        $"Thiếu {names}.", $"{names} is missing.");

    internal static Violation OneOf(XElement within, string names) => new(Location(within), "qcvn109.oneof",
        $"Chỉ được ghi một trong {names}.", $"Only one of {names} may stand here.");

    internal static Violation Text(XElement element) => new(Location(element), "qcvn109.text",
        "Không được ghi chữ giữa các phần tử.", "There must be no text between elements.");

    internal static Violation Value(XElement element, string expectedVi, string expectedEn) => new(Location(element), "qcvn109.value",
        $"Giá trị phải là {expectedVi}.", $"The value must be {expectedEn}.");

    internal static Violation Attribute(XElement element, string name, string expectedVi, string expectedEn) =>
        new($"{Location(element)}/@{name}", "qcvn109.value", $"{name} phải là {expectedVi}.", $"{name} must be {expectedEn}.");

    internal static Violation Count(XElement root, int actual) => new($"{Location(root)}/@{Qcvn109.CountAttribute}", "qcvn109.count",
        $"SoCongDan không khớp: thông điệp có {actual} CongDan.", $"SoCongDan does not match: the message has {actual} CongDan.");

    private static string Location(XElement element)
    {
        var parent = element.Parent is { } above ? Location(above) : "";
        var position = element.Name == Qcvn109.Citizen ? $"[{element.ElementsBeforeSelf(element.Name).Count() + 1}]" : "";
        return $"{parent}/{Shown(element.Name)}{position}";
    }

    private static string Shown(XName name) =>
        name.LocalName.Length <= MaxShownName ? name.LocalName : string.Concat(name.LocalName.AsSpan(0, MaxShownName), "…");
}
