using System.Reflection;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.Tests.Architecture;

public sealed class When_messages_are_logged
{
    private static readonly (Type Class, MethodInfo Method, LoggerMessageAttribute Message)[] Messages =
    [
        .. from assembly in Assemblies.All
           from type in Assemblies.WrittenTypes(assembly)
           from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           let message = method.GetCustomAttribute<LoggerMessageAttribute>()
           where message is not null
           select (type, method, message),
    ];

    [Test]
    public void Should_have_the_approved_ids() => Approved.Verify("LogMessages", Messages.OrderBy(m => m.Message.EventId)
        .Select(m => $"{m.Message.EventId} {m.Message.Level} {m.Class.Name}.{m.Method.Name}"));

    [Test]
    public void Should_use_each_id_once() => Assert.That(Messages.Select(m => m.Message.EventId), Is.Unique);

    [Test]
    public void Should_stay_in_the_hundred_of_the_feature()
    {
        var hundreds = Messages.Select(m => (Hundred: m.Message.EventId / 100, m.Class)).Distinct().ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(hundreds.Select(h => h.Class), Is.Unique, "a feature has one hundred");
            Assert.That(hundreds.Select(h => h.Hundred), Is.Unique, "a hundred has one feature");
        }
    }

    [Test]
    public void Should_stand_in_the_log_class_of_the_feature() =>
        Assert.That(Messages.Select(m => m.Class.Name).Distinct(), Has.All.EndsWith("Log"));
}
