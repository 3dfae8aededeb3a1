using System.Reflection;
using System.Runtime.CompilerServices;

namespace ExchangeBus.Tests.Architecture;

public sealed class When_types_are_declared
{
    // The analyzer for this (CA1852) is silent where tests may see what is internal, which is everywhere here.
    [TestCaseSource(typeof(Assemblies), nameof(Assemblies.Names))]
    public void Should_seal_what_nobody_inherits(string name)
    {
        var assembly = Assemblies.Find(name);
        var inherited = assembly.GetTypes().Select(t => t.BaseType).OfType<Type>()
            .Select(t => t.IsGenericType ? t.GetGenericTypeDefinition() : t).ToHashSet();
        var found = Assemblies.WrittenTypes(assembly)
            .Where(t => t is { IsClass: true, IsAbstract: false, IsSealed: false } && !inherited.Contains(t)).Select(t => t.FullName);

        Assert.That(found, Is.Empty);
    }

    [TestCaseSource(typeof(Assemblies), nameof(Assemblies.Names))]
    public void Should_show_the_approved_types_only(string name) =>
        Approved.Verify($"PublicTypes.{name}", Assemblies.WrittenTypes(Assemblies.Find(name))
            .Where(t => t.IsVisible).Select(t => $"{KindOf(t)} {t.FullName}").Order(StringComparer.Ordinal));

    /// <summary>What agencies compile against and the names on the wire; and what other teams compile against: member by member.</summary>
    [TestCase("ExchangeBus.Contracts")]
    [TestCase("ExchangeBus.CloudEvents.Sql")]
    [TestCase("ExchangeBus.MassTransit.PostgreSql")]
    [TestCase("ExchangeBus.MassTransit.RabbitMq")]
    public void Should_keep_the_public_api(string name) =>
        Approved.Verify($"PublicApi.{name}", Assemblies.WrittenTypes(Assemblies.Find(name))
            .Where(t => t.IsVisible).SelectMany(MembersOf).Order(StringComparer.Ordinal));

    [Test]
    public void Should_not_name_a_type_after_nothing()
    {
        string[] suffixes = ["Helper", "Helpers", "Manager", "Util", "Utils", "Utility", "Utilities", "Service", "Services", "Common"];
        var found = Assemblies.All.SelectMany(Assemblies.WrittenTypes)
            .Where(t => Array.Exists(suffixes, s => t.Name.EndsWith(s, StringComparison.Ordinal))).Select(t => t.FullName);

        Assert.That(found, Is.Empty, "a type is named for what it is or does");
    }

    private static IEnumerable<string> MembersOf(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => m is not Type && !m.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            .Where(m => m is not MethodInfo { IsSpecialName: true } || m.Name.StartsWith("op_", StringComparison.Ordinal))
            .Select(m => $"{type.FullName}: {m}{(m is FieldInfo { IsLiteral: true } constant ? $" = {constant.GetRawConstantValue()}" : "")}");

    private static string KindOf(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsSealed: true } => "sealed class",
        { IsAbstract: true } => "abstract class",
        _ => "class",
    };
}
