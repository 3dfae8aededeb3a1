using ExchangeBus.Contracts;

namespace ExchangeBus.Intake.Dialects.LinkedPortal;

/// <summary>Every reason why a message is not a dossier of the linked-service portal.</summary>
internal sealed class LinkedPortalRejections : DialectRejections
{
    internal static LinkedPortalRejections Instance { get; } = new();

    /// <summary>One violation of each code.</summary>
    internal static IReadOnlyList<Violation> All { get; } =
    [
        .. Instance.SharedSamples(), Instance.Json(new Position(1, 1)), Instance.UnknownField("/…", "…"), Instance.RepeatedField("/…"), Instance.Module(), Instance.Procedure(),
        Instance.District(), Instance.NumericUnit(), Instance.Base64("/…"), Instance.TooManyAttachments(1),
    ];

    internal Violation Json(Position at) => Of(Fault.Json, "",
        $"Không phải đối tượng JSON hợp lệ ({at.Vi}).", $"Not a well-formed JSON object ({at.En}).");

    internal Violation UnknownField(string pointer, string name) => Of(Fault.UnknownField, pointer,
        $"Không có trường '{name}' ở vị trí này.", $"There is no field '{name}' in this place.");

    internal Violation RepeatedField(string pointer) => Of(Fault.Repeated, pointer, "Một trường xuất hiện hai lần.", "A field stands twice.");

    internal Violation Module() => Of(Fault.Module, "/module",
        "module phải là KS (khai sinh) hoặc KT (khai tử).", "module must be KS (birth) or KT (death).");

    internal Violation Procedure() => Of(Fault.Procedure, "/maTTHC",
        "Mã thủ tục này không phải thủ tục liên thông của module vào ngày tiếp nhận.", "This code is not a linked procedure of the module on the day of reception.");

    internal Violation District() => Of(Fault.Unit, "/maDonVi",
        "Liên thông chỉ áp dụng cho cấp xã: maDonVi phải là mã xã 5 chữ số.", "Linked procedures are for communes: maDonVi must be a commune of 5 digits.");

    internal Violation NumericUnit() => Of(Fault.Unit, "/maDonVi",
        "Mã đơn vị ghi dạng số mất chữ số 0 ở đầu; hãy ghi dạng chữ.", "A unit written as a number loses its leading zeros; write it as text.");

    internal Violation Base64(string pointer) => Of(Fault.Base64, pointer,
        "Nội dung tệp không phải base64 hợp lệ.", "The content of the file is not valid base64.");

    internal Violation TooManyAttachments(int limit) => Of(Fault.TooManyElements, "/fileDinhKem",
        $"Nhiều nhất {limit} tệp đính kèm.", $"At most {limit} attachments.");

    protected override Violation? Make(Fault fault, string pointer, string vi, string en) => fault switch
    {
        Fault.TooLarge => new(pointer, "linkedportal.toolarge", vi, en),
        Fault.TooDeep => new(pointer, "linkedportal.toodeep", vi, en),
        Fault.TooManyElements => new(pointer, "linkedportal.toomanyelements", vi, en),
        Fault.TooManyAttributes => new(pointer, "linkedportal.toomanyattributes", vi, en),
        Fault.TooLongText => new(pointer, "linkedportal.toolongtext", vi, en),
        Fault.TooManyViolations => new(pointer, "linkedportal.toomanyviolations", vi, en),
        Fault.Encoding => new(pointer, "linkedportal.encoding", vi, en),
        Fault.Malformed => new(pointer, "linkedportal.malformed", vi, en),
        Fault.Dtd => new(pointer, "linkedportal.dtd", vi, en),
        Fault.Instruction => new(pointer, "linkedportal.instruction", vi, en),
        Fault.Root => new(pointer, "linkedportal.root", vi, en),
        Fault.UnknownElement => new(pointer, "linkedportal.unknownelement", vi, en),
        Fault.UnknownAttribute => new(pointer, "linkedportal.unknownattribute", vi, en),
        Fault.Repeated => new(pointer, "linkedportal.repeated", vi, en),
        Fault.Missing => new(pointer, "linkedportal.missing", vi, en),
        Fault.OneOf => new(pointer, "linkedportal.oneof", vi, en),
        Fault.Text => new(pointer, "linkedportal.text", vi, en),
        Fault.Value => new(pointer, "linkedportal.value", vi, en),
        Fault.Json => new(pointer, "linkedportal.json", vi, en),
        Fault.UnknownField => new(pointer, "linkedportal.unknownfield", vi, en),
        Fault.Module => new(pointer, "linkedportal.module", vi, en),
        Fault.Procedure => new(pointer, "linkedportal.procedure", vi, en),
        Fault.Unit => new(pointer, "linkedportal.unit", vi, en),
        Fault.Base64 => new(pointer, "linkedportal.base64", vi, en),
        Fault.NotRepresentable => new(pointer, "linkedportal.notrepresentable", vi, en),
        _ => null,
    };
}
