using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Evaluation;

/// <summary>Puts the name of the field before what is said of it.</summary>
internal static class ViolationWording
{
    public static IReadOnlyList<SchemaViolation> OfFailures(SchemaEvaluation evaluation) =>
        [.. evaluation.Failures.Select(failure => OfRule(failure.Rule, evaluation.Tape, failure.Token))];

    private static SchemaViolation OfRule(Rule rule, JsonTape tape, int token)
    {
        var pointer = InstancePointer.Of(tape, token);
        return new SchemaViolation(
            pointer,
            rule.Location,
            rule.Keyword,
            rule.Code,
            $"{(pointer.Length == 0 ? "Tài liệu" : "Trường " + pointer)} {rule.Vi}.",
            $"{(pointer.Length == 0 ? "The document" : pointer)} {rule.En}.");
    }

    public static SchemaViolation OfFault(JsonFault fault)
    {
        var (vi, en) = fault.Kind switch
        {
            JsonFaultKind.Utf8 => ("Văn bản không phải UTF-8 hợp lệ", "The text is not valid UTF-8"),
            JsonFaultKind.LoneSurrogate => ("Chuỗi có nửa cặp surrogate đứng riêng", "A string has half a surrogate pair"),
            JsonFaultKind.Depth => ("Tài liệu lồng quá nhiều cấp", "The document is nested too deeply"),
            JsonFaultKind.NumberRange => ("Số mũ của một số quá lớn", "The exponent of a number is too large"),
            _ => ("Văn bản không phải JSON hợp lệ", "The text is not valid JSON"),
        };
        return new SchemaViolation("", "", "", fault.Code, $"{vi} (byte {fault.Offset}).", $"{en} (byte {fault.Offset}).") { ByteOffset = fault.Offset };
    }

    public static SchemaViolation OfDuplicate(JsonTape tape, int name)
    {
        var pointer = InstancePointer.Of(tape, name);
        var fault = new JsonFault(JsonFaultKind.DuplicateName, tape.Tokens[name].Start - 1);
        return new SchemaViolation(
            pointer,
            "",
            "",
            fault.Code,
            $"Trường {pointer} xuất hiện nhiều lần (byte {fault.Offset}).",
            $"{pointer} appears more than once (byte {fault.Offset}).")
        { ByteOffset = fault.Offset };
    }

    public static SchemaViolation OfLimit(Limit limit, string location)
    {
        var (code, vi, en) = limit switch
        {
            Limit.Depth => ("limit.evaluation-depth", "Việc kiểm tra lồng quá sâu.", "The check is nested too deeply."),
            Limit.Steps => ("limit.evaluation-steps", "Việc kiểm tra cần quá nhiều bước.", "The check takes too many steps."),
            _ => ("limit.pattern-time", "So khớp một mẫu mất quá nhiều thời gian.", "Matching a pattern takes too long."),
        };
        return new SchemaViolation("", location, "", code, vi, en);
    }
}
