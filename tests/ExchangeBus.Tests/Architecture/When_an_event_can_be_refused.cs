using System.Text.RegularExpressions;
using ExchangeBus.Checks.Rules;
using ExchangeBus.JsonSchema;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ExchangeBus.Tests.Architecture;

public sealed partial class When_an_event_can_be_refused
{
    private static readonly string[] Refusing = [typeof(ExchangeBus.Contracts.Violation).FullName!, typeof(SchemaViolation).FullName!, typeof(Rule).FullName!];

    // The name of a fault that there is not.
    private static readonly string[] NeverSent = ["json.none"];

    /// <summary>Agencies' software decides by these codes, so that none may change its name or go.</summary>
    [Test]
    public void Should_have_the_approved_page_of_codes() =>
        Approved.Verify("RejectionCodes", RejectionCodes.Page(), "docs/rejection-codes.md");

    [Test]
    public void Should_show_every_code_that_is_used()
    {
        var missing = UsedCodes().Distinct().Except(RejectionCodes.Entries.Select(e => e.Violation.Code)).Except(NeverSent);

        Assert.That(missing, Is.Empty, "a class that makes violations has a static property All with one of each");
    }

    [Test]
    public void Should_say_each_in_both_languages_and_by_one_code()
    {
        foreach (var entry in RejectionCodes.Entries)
        {
            Assert.That(entry.Violation.Code, Does.Match(Code()));
            Assert.That(entry.Violation.MessageVi, Is.Not.Empty.And.Not.EqualTo(entry.Violation.MessageEn), entry.Violation.Code);
            Assert.That(entry.Violation.MessageEn, Is.Not.Empty, entry.Violation.Code);
        }
    }

    // A code is a text that looks like one in a method that makes a violation or names its code.
    private static IEnumerable<string> UsedCodes() =>
        from assembly in Assemblies.All
        from type in UsedTypes.TypesOf(assembly.Location)
        from method in UsedTypes.MethodsOf(type)
        where method.HasBody && (method.Name == "get_Code" || method.Body.Instructions.Any(MakesViolation))
        from instruction in method.Body.Instructions
        where instruction.OpCode == OpCodes.Ldstr && Code().IsMatch((string)instruction.Operand)
        select (string)instruction.Operand;

    private static bool MakesViolation(Instruction instruction) =>
        instruction.OpCode == OpCodes.Newobj && instruction.Operand is MethodReference { DeclaringType: var made } && Refusing.Contains(made.FullName);

    [GeneratedRegex("^[a-z][a-z0-9]*(?:[.][A-Za-z0-9-]+)+$")]
    private static partial Regex Code();
}
