namespace ExchangeBus.CloudEvents.Sql;

/// <summary>Every error by its code. Positions come in from 0 and go out as columns from 1.</summary>
internal static class Errors
{
    private const int ShownCharacters = 40;

    public static CesqlError Character(int start) =>
        Parse("cesql.character", start, 1, "Ký tự này không thuộc ngôn ngữ CESQL.", "This character does not belong to CESQL.");

    public static CesqlError Unterminated(int start, int length) =>
        Parse("cesql.string", start, length, "Chuỗi ký tự chưa được đóng bằng dấu nháy.", "The string is not closed by its quotation mark.");

    public static CesqlError Integer(int start, int length) =>
        Parse("cesql.integer", start, length, "Số nguyên phải nằm trong khoảng -2147483648 đến 2147483647.", "An integer must lie between -2147483648 and 2147483647.");

    public static CesqlError Pattern(int start, int length) =>
        Parse("cesql.pattern", start, length, "Sau LIKE phải là một chuỗi ký tự trong dấu nháy.", "LIKE must be followed by a string in quotation marks.");

    public static CesqlError Expected(string vi, string en, string found, int start, int length) => length == 0
        ? Parse("cesql.syntax", start, 0, $"Biểu thức kết thúc sớm: ở đây cần {vi}.", $"The expression ends early: {en} is needed here.")
        : Parse("cesql.syntax", start, length, $"Ở đây cần {vi}, không phải '{Short(found)}'.", $"Here {en} is needed, not '{Short(found)}'.");

    public static CesqlError Length(int max) =>
        Parse("cesql.length", max, 0, $"Biểu thức dài quá {max} ký tự.", $"The expression has more than {max} characters.");

    public static CesqlError Depth(int max, int start, int length) =>
        Parse("cesql.depth", start, length, $"Biểu thức lồng nhau quá {max} tầng.", $"The expression nests more than {max} deep.");

    public static CesqlError Parts(int max, int start, int length) =>
        Parse("cesql.parts", start, length, $"Biểu thức có quá {max} thành phần.", $"The expression has more than {max} parts.");

    public static CesqlError DivisionByZero(int start, int length) =>
        new(CesqlErrorKind.Math, "cesql.math", start + 1, length, "Phép chia cho 0.", "Division by zero.");

    public static CesqlError Overflow(int start, int length) =>
        new(CesqlErrorKind.Math, "cesql.math", start + 1, length, "Kết quả vượt quá số nguyên 32 bit.", "The result does not fit an integer of 32 bits.");

    public static CesqlError Cast(CesqlType to, int start, int length) =>
        new(CesqlErrorKind.Cast, "cesql.cast", start + 1, length,
            $"Giá trị này không đọc được thành {Vietnamese(to)}.", $"This value cannot be read as {English(to)}.");

    public static CesqlError MissingAttribute(string name, int start, int length) =>
        new(CesqlErrorKind.MissingAttribute, "cesql.attribute", start + 1, length,
            $"Sự kiện không có thuộc tính '{Short(name)}'.", $"The event has no attribute '{Short(name)}'.");

    public static CesqlError MissingFunction(string name, int arguments, int start, int length) =>
        new(CesqlErrorKind.MissingFunction, "cesql.function", start + 1, length,
            $"Không có hàm '{Short(name)}' với {arguments} tham số.", $"There is no function '{Short(name)}' with {arguments} arguments.");

    public static CesqlError Argument(string function, int start, int length) =>
        new(CesqlErrorKind.FunctionEvaluation, "cesql.argument", start + 1, length,
            $"Tham số của hàm {function} nằm ngoài phạm vi cho phép.", $"An argument of {function} is out of its range.");

    public static CesqlError NotBoolean(CesqlType type, int length) =>
        new(CesqlErrorKind.Generic, "cesql.type", 1, length,
            $"Bộ lọc phải cho kết quả đúng hoặc sai, nhưng biểu thức này cho {Vietnamese(type)}.",
            $"A filter must be true or false, but this expression gives {English(type)}.");

    private static CesqlError Parse(string code, int start, int length, string vi, string en) =>
        new(CesqlErrorKind.Parse, code, start + 1, length, vi, en);

    private static string Vietnamese(CesqlType type) => type switch
    {
        CesqlType.Boolean => "đúng/sai (true, false)",
        CesqlType.Integer => "số nguyên",
        _ => "chuỗi ký tự",
    };

    private static string English(CesqlType type) => type switch
    {
        CesqlType.Boolean => "a Boolean (true, false)",
        CesqlType.Integer => "an integer",
        _ => "a string",
    };

    private static string Short(string text) => text.Length <= ShownCharacters ? text : $"{text.AsSpan(0, ShownCharacters)}…";
}
