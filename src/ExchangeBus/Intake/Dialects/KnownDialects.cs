using ExchangeBus.Intake.Dialects.LinkedPortal;
using ExchangeBus.Intake.Dialects.PopulationAnswer;
using ExchangeBus.Intake.Dialects.Qcvn109;

namespace ExchangeBus.Intake.Dialects;

/// <summary>The formats that have a door; each is <c>POST /events/</c> and its name here.</summary>
internal sealed class KnownDialects(PortalProcedures procedures)
{
    internal static Dialect Qcvn109 { get; } = new(
        "qcvn109", "application/xml", Qcvn109Reader.Limits.MaxBytes, message => DialectReading.Of(Qcvn109Reader.Read(message)));

    internal static Dialect PopulationAnswer { get; } = new(
        "population-answer", "application/xml", PopulationAnswerReader.Limits.MaxBytes, message => DialectReading.Of(PopulationAnswerReader.Read(message)));

    internal Dialect LinkedPortal { get; } = new(
        "linked-portal", "application/json", LinkedPortalReader.MaxBytes, message => new LinkedPortalReader(procedures).Read(message));
}
