using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MassTransit.Serialization;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Reads and writes saga state: private setters and constructors work, computed properties are left out.</summary>
internal static class SagaJson
{
    public static JsonSerializerOptions CreateOptions() => new(SystemTextJsonMessageSerializer.Options)
    {
        WriteIndented = false,
        // A null must be written, or the value that it replaces would survive the merge in the database.
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(UsePrivateMembers),
    };

    private static void UsePrivateMembers(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        if (type.CreateObject is null && !type.Type.IsAbstract && type.Properties.All(x => x.AssociatedParameter is null)
            && type.Type.GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic, []) is { } constructor)
            type.CreateObject = () => constructor.Invoke(null);

        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            var property = type.Properties[i];
            if (property.Set is not null || property.AssociatedParameter is not null)
                continue;
            if (SetterOf(property) is { } setter)
                property.Set = (target, value) => setter.Invoke(target, [value]);
            else if (type.CreateObject is not null && IsFilledInPlace(property.PropertyType))
                property.ObjectCreationHandling = JsonObjectCreationHandling.Populate;
            else
                type.Properties.RemoveAt(i);
        }
    }

    private static MethodInfo? SetterOf(JsonPropertyInfo property) => property.AttributeProvider is PropertyInfo member
        ? member.DeclaringType!.GetProperty(member.Name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            ?.GetSetMethod(nonPublic: true)
        : null;

    private static bool IsFilledInPlace(Type type) => !type.IsArray && (typeof(IList).IsAssignableFrom(type) || typeof(IDictionary).IsAssignableFrom(type)
        || type.GetInterfaces().Append(type).Any(x => x.IsGenericType && x.GetGenericTypeDefinition() == typeof(ICollection<>)));
}
