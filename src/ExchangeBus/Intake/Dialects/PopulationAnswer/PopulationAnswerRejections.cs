using ExchangeBus.Contracts;

namespace ExchangeBus.Intake.Dialects.PopulationAnswer;

/// <summary>Every reason why a message is not an answer of the population database about citizens.</summary>
internal sealed class PopulationAnswerRejections : DialectRejections
{
    internal static PopulationAnswerRejections Instance { get; } = new();

    /// <summary>One violation of each code.</summary>
    internal static IReadOnlyList<Violation> All { get; } = [.. Instance.SharedSamples(), Instance.SoapFault()];

    internal Violation SoapFault() => Of(Fault.SoapFault, "/Envelope/Body/Fault",
        "Câu trả lời là thông báo lỗi (SOAP Fault), không phải thông tin công dân.", "The answer is an error (SOAP Fault), not data about a citizen.");

    protected override Violation? Make(Fault fault, string pointer, string vi, string en) => fault switch
    {
        Fault.TooLarge => new(pointer, "populationanswer.toolarge", vi, en),
        Fault.TooDeep => new(pointer, "populationanswer.toodeep", vi, en),
        Fault.TooManyElements => new(pointer, "populationanswer.toomanyelements", vi, en),
        Fault.TooManyAttributes => new(pointer, "populationanswer.toomanyattributes", vi, en),
        Fault.TooLongText => new(pointer, "populationanswer.toolongtext", vi, en),
        Fault.TooManyViolations => new(pointer, "populationanswer.toomanyviolations", vi, en),
        Fault.Encoding => new(pointer, "populationanswer.encoding", vi, en),
        Fault.Malformed => new(pointer, "populationanswer.malformed", vi, en),
        Fault.Dtd => new(pointer, "populationanswer.dtd", vi, en),
        Fault.Instruction => new(pointer, "populationanswer.instruction", vi, en),
        Fault.Root => new(pointer, "populationanswer.root", vi, en),
        Fault.SoapFault => new(pointer, "populationanswer.soapfault", vi, en),
        Fault.UnknownElement => new(pointer, "populationanswer.unknownelement", vi, en),
        Fault.UnknownAttribute => new(pointer, "populationanswer.unknownattribute", vi, en),
        Fault.Repeated => new(pointer, "populationanswer.repeated", vi, en),
        Fault.Missing => new(pointer, "populationanswer.missing", vi, en),
        Fault.Text => new(pointer, "populationanswer.text", vi, en),
        Fault.Value => new(pointer, "populationanswer.value", vi, en),
        Fault.Count => new(pointer, "populationanswer.count", vi, en),
        Fault.NotRepresentable => new(pointer, "populationanswer.notrepresentable", vi, en),
        _ => null,
    };
}
