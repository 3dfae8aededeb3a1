using System.Reflection;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace ExchangeBus.Tests.MassTransitRabbitMq;

/// <summary>A channel and its connection, of which only what the watch looks at is there.</summary>
internal sealed class FakeChannel
{
    public FakeChannel()
    {
        var connection = Fake.Of<IConnection>(name => name == "get_IsOpen" ? IsConnectionOpen : null);
        var connectionContext = Fake.Of<ConnectionContext>(name => name == "get_Connection" ? connection : null);
        var channel = Fake.Of<IChannel>(name => name == "get_IsOpen" ? IsOpen : null);
        Context = Fake.Of<ChannelContext>(name => name switch
        {
            "get_Channel" => channel,
            "get_ConnectionContext" => connectionContext,
            _ => null,
        });
    }

    public ChannelContext Context { get; }

    public bool IsOpen { get; set; } = true;

    public bool IsConnectionOpen { get; set; } = true;

#pragma warning disable CA1852 // The proxy inherits from it.
    private class Fake : DispatchProxy
#pragma warning restore CA1852
    {
        private Func<string, object?> _answer = _ => null;

        public static T Of<T>(Func<string, object?> answer) where T : class
        {
            var fake = Create<T, Fake>();
            ((Fake)(object)fake)._answer = answer;
            return fake;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!.Name);
    }
}
