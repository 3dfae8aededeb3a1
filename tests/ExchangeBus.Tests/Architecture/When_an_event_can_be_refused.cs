using System.Text.RegularExpressions;
using ExchangeBus.JsonSchema;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ExchangeBus.Tests.Architecture;

public sealed partial class When_an_event_can_be_refused
{
    private static readonly string[] Refusing = [typeof(ExchangeBus.Contracts.Violation).FullName!, typeof(SchemaViolation).FullName!];

    /// <summary>Agencies' software decides by these codes, so that none may change its name or go.</summary>
    [Test]
    public void Should_use_the_approved_codes() => Approved.Verify("RejectionCodes", Codes().Distinct().Order(StringComparer.Ordinal));

    // A code is a text that looks like one in a method that makes a violation or names its code.
    private static IEnumerable<string> Codes() =>
        from assembly in Assemblies.All
        from type in UsedTypes.TypesOf(assembly.Location)
        from method in UsedTypes.MethodsOf(type)
        where method.HasBody && (method.Name == "get_Code" || method.Body.Instructions.Any(MakesViolation))
        from instruction in method.Body.Instructions
        where instruction.OpCode == OpCodes.Ldstr && Code().IsMatch((string)instruction.Operand)
        select (string)instruction.Operand;

    private static bool MakesViolation(Instruction instruction) =>
        instruction.OpCode == OpCodes.Newobj && instruction.Operand is MethodReference { DeclaringType: var made } && Refusing.Contains(made.FullName);

    [GeneratedRegex("^[a-z][a-z0-9]*(?:[.][a-z0-9-]+)+$")]
    private static partial Regex Code();
}
