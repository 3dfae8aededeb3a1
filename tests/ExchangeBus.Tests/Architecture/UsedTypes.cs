using Mono.Cecil;

namespace ExchangeBus.Tests.Architecture;

/// <summary>The types that a compiled type uses: in its declarations and in the code of its methods, however the source names them.</summary>
internal static class UsedTypes
{
    /// <summary>The types of an assembly that are written in a namespace of the bus.</summary>
    public static IReadOnlyList<TypeDefinition> TypesOf(string assemblyFile) =>
        [.. ModuleDefinition.ReadModule(assemblyFile).Types.Where(t => t.Namespace.StartsWith("ExchangeBus", StringComparison.Ordinal))];

    public static IEnumerable<string> NamespacesOf(TypeDefinition type) =>
        ReferencesOf(type).SelectMany(Unfold).Select(NamespaceOf).Distinct();

    public static IEnumerable<MethodDefinition> MethodsOf(TypeDefinition type) =>
        type.Methods.Concat(type.NestedTypes.SelectMany(MethodsOf));

    private static IEnumerable<TypeReference?> ReferencesOf(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(i => i.InterfaceType),
        .. type.Fields.Select(f => f.FieldType),
        .. type.Properties.Select(p => p.PropertyType),
        .. type.Events.Select(e => e.EventType),
        .. type.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType),
        .. AttributesOf(type),
        .. type.Fields.SelectMany(AttributesOf),
        .. type.Properties.SelectMany(AttributesOf),
        .. type.Methods.SelectMany(ReferencesOf),
        .. type.NestedTypes.SelectMany(ReferencesOf),
    ];

    private static IEnumerable<TypeReference?> ReferencesOf(MethodDefinition method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(p => p.ParameterType),
        .. method.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType),
        .. AttributesOf(method),
        .. method.HasBody ? method.Body.Variables.Select(v => v.VariableType) : [],
        .. method.HasBody ? method.Body.ExceptionHandlers.Select(h => h.CatchType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(i => OperandTypes(i.Operand)) : [],
    ];

    private static IEnumerable<TypeReference?> AttributesOf(ICustomAttributeProvider provider) => provider.CustomAttributes.SelectMany(
        a => a.ConstructorArguments.Select(argument => argument.Value as TypeReference).Prepend(a.AttributeType));

    private static IEnumerable<TypeReference?> OperandTypes(object? operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        MethodReference method =>
        [
            method.DeclaringType, method.ReturnType, .. method.Parameters.Select(p => p.ParameterType),
            .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
        ],
        _ => [],
    };

    private static IEnumerable<TypeReference> Unfold(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Unfold).Append(generic.ElementType),
        TypeSpecification specification => Unfold(specification.ElementType),
        _ => [type],
    };

    private static string NamespaceOf(TypeReference type)
    {
        while (type.DeclaringType is not null)
            type = type.DeclaringType;
        return type.Namespace;
    }
}
