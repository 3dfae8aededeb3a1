using ExchangeBus.Contracts;

namespace ExchangeBus.Intake.Dialects.Qcvn109;

/// <summary>Every reason why a message is not QCVN 109:2017.</summary>
internal sealed class Qcvn109Rejections : DialectRejections
{
    internal static Qcvn109Rejections Instance { get; } = new();

    /// <summary>One violation of each code.</summary>
    internal static IReadOnlyList<Violation> All { get; } = [.. Instance.SharedSamples()];

    protected override Violation? Make(Fault fault, string pointer, string vi, string en) => fault switch
    {
        Fault.TooLarge => new(pointer, "qcvn109.toolarge", vi, en),
        Fault.TooDeep => new(pointer, "qcvn109.toodeep", vi, en),
        Fault.TooManyElements => new(pointer, "qcvn109.toomanyelements", vi, en),
        Fault.TooManyAttributes => new(pointer, "qcvn109.toomanyattributes", vi, en),
        Fault.TooLongText => new(pointer, "qcvn109.toolongtext", vi, en),
        Fault.TooManyViolations => new(pointer, "qcvn109.toomanyviolations", vi, en),
        Fault.Encoding => new(pointer, "qcvn109.encoding", vi, en),
        Fault.Malformed => new(pointer, "qcvn109.malformed", vi, en),
        Fault.Dtd => new(pointer, "qcvn109.dtd", vi, en),
        Fault.Instruction => new(pointer, "qcvn109.instruction", vi, en),
        Fault.Root => new(pointer, "qcvn109.root", vi, en),
        Fault.UnknownElement => new(pointer, "qcvn109.unknownelement", vi, en),
        Fault.UnknownAttribute => new(pointer, "qcvn109.unknownattribute", vi, en),
        Fault.Repeated => new(pointer, "qcvn109.repeated", vi, en),
        Fault.Missing => new(pointer, "qcvn109.missing", vi, en),
        Fault.OneOf => new(pointer, "qcvn109.oneof", vi, en),
        Fault.Text => new(pointer, "qcvn109.text", vi, en),
        Fault.Value => new(pointer, "qcvn109.value", vi, en),
        Fault.Count => new(pointer, "qcvn109.count", vi, en),
        Fault.NotRepresentable => new(pointer, "qcvn109.notrepresentable", vi, en),
        _ => null,
    };
}
