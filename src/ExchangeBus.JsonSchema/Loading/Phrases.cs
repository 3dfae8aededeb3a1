using System.Text;
using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Loading;

/// <summary>What is said of a field, behind its name.</summary>
internal readonly record struct Phrase(string Vi, string En);

/// <summary>The sentences for people. Only limits and constants of the schema may stand in them.</summary>
internal static class Phrases
{
    private const int LongestConstant = 120;
    private const int ReadablePattern = 60;

    private static readonly Dictionary<string, string> TypesVi = new(StringComparer.Ordinal)
    {
        ["null"] = "null",
        ["boolean"] = "giá trị đúng/sai (true hoặc false)",
        ["number"] = "số",
        ["integer"] = "số nguyên",
        ["string"] = "chuỗi ký tự",
        ["array"] = "mảng",
        ["object"] = "đối tượng",
    };

    public static Phrase False => new("không được phép có mặt", "is not allowed here");

    public static Phrase Unique => new("không được có hai phần tử bằng nhau", "must not have two equal items");

    public static Phrase AnyOf => new("không thoả mãn phương án nào trong các phương án cho phép", "matches none of the allowed alternatives");

    public static Phrase OneOfMany => new("thoả mãn nhiều hơn một phương án, chỉ được đúng một", "matches more than one alternative; exactly one is allowed");

    public static Phrase Not => new("rơi vào trường hợp bị cấm", "matches what is forbidden");

    public static Phrase Type(IReadOnlyList<string> types) => new(
        "phải là " + string.Join(" hoặc ", types.Select(type => TypesVi[type])),
        "must be of type " + string.Join(" or ", types));

    public static Phrase Constant(JsonTape tape, int value) =>
        new("phải bằng " + Constants(tape, [value]), "must be " + Constants(tape, [value]));

    public static Phrase Enumeration(JsonTape tape, IEnumerable<int> values) =>
        new("phải là một trong các giá trị: " + Constants(tape, values), "must be one of: " + Constants(tape, values));

    public static Phrase Missing(string name) => new($"thiếu trường bắt buộc '{name}'", $"lacks the required property '{name}'");

    public static Phrase MissingBeside(string name, string cause) =>
        new($"thiếu trường '{name}', bắt buộc khi có '{cause}'", $"lacks the property '{name}', required beside '{cause}'");

    public static Phrase Format(string format) => new($"không đúng định dạng {format}", $"is not in the format {format}");

    /// <summary>For one who wrote 14/11/2026, three hundred characters of calendar in a pattern are no answer; the name of the form is.</summary>
    public static Phrase Pattern(string pattern, string? title) => pattern.Length > ReadablePattern && title is not null
        ? new Phrase($"không đúng dạng '{title}'", $"does not have the form of '{title}'")
        : Pattern(pattern);

    public static Phrase Pattern(string pattern) => new($"không khớp mẫu {pattern}", $"does not match the pattern {pattern}");

    public static Phrase MultipleOf(string number) => new($"phải là bội số của {number}", $"must be a multiple of {number}");

    public static Phrase Limit(string keyword, string limit) => keyword switch
    {
        "minimum" => new($"phải lớn hơn hoặc bằng {limit}", $"must be at least {limit}"),
        "exclusiveMinimum" => new($"phải lớn hơn {limit}", $"must be greater than {limit}"),
        "maximum" => new($"phải nhỏ hơn hoặc bằng {limit}", $"must be at most {limit}"),
        "exclusiveMaximum" => new($"phải nhỏ hơn {limit}", $"must be less than {limit}"),
        "minLength" => new($"phải có ít nhất {limit} ký tự", $"must have at least {limit} characters"),
        "maxLength" => new($"chỉ được có nhiều nhất {limit} ký tự", $"must have at most {limit} characters"),
        "minItems" => new($"phải có ít nhất {limit} phần tử", $"must have at least {limit} items"),
        "maxItems" => new($"chỉ được có nhiều nhất {limit} phần tử", $"must have at most {limit} items"),
        "minProperties" => new($"phải có ít nhất {limit} trường", $"must have at least {limit} properties"),
        "maxProperties" => new($"chỉ được có nhiều nhất {limit} trường", $"must have at most {limit} properties"),
        "maxContains" => new($"chỉ được có nhiều nhất {limit} phần tử thuộc loại đã nêu", $"must have at most {limit} items of the kind named"),
        _ => new($"phải có ít nhất {limit} phần tử thuộc loại đã nêu", $"must have at least {limit} items of the kind named"),
    };

    private static string Constants(JsonTape tape, IEnumerable<int> values)
    {
        var text = string.Join(", ", values.Select(value => One(tape, value)));
        return text.Length <= LongestConstant ? text : text[..LongestConstant] + "…";
    }

    private static string One(JsonTape tape, int value) => tape.Tokens[value].Kind switch
    {
        JsonKind.String => $"\"{Encoding.UTF8.GetString(tape.Text(value))}\"",
        JsonKind.Object => "{…}",
        JsonKind.Array => "[…]",
        _ => Encoding.UTF8.GetString(tape.Text(value)),
    };
}
