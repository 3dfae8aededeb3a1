using System.Reflection;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace ExchangeBus.Tests.MassTransitRabbitMq;

/// <summary>A channel and its connection, of which only what the watch looks at is there.</summary>
internal sealed class FakeChannel
{
    private int _looks;

    public FakeChannel()
    {
        var connection = Fake.Of<IConnection>((name, _) => name == "get_IsOpen" ? Look() : null);
        var connectionContext = Fake.Of<ConnectionContext>((name, _) => name == "get_Connection" ? connection : null);
        var channel = Fake.Of<IChannel>((name, args) => name switch
        {
            "get_IsOpen" => IsOpen,
            "set_ContinuationTimeout" => ContinuationTimeout = (TimeSpan)args[0]!,
            _ => null,
        });
        Context = Fake.Of<ChannelContext>((name, _) => name switch
        {
            "get_Channel" => channel,
            "get_ConnectionContext" => connectionContext,
            "BasicConsume" => Task.FromResult("tag"),
            _ => null,
        });
    }

    public ChannelContext Context { get; }

    public bool IsOpen { get; set; } = true;

    public bool IsConnectionOpen { get; set; } = true;

    /// <summary>How often somebody has looked whether the connection is open.</summary>
    public int Looks => Volatile.Read(ref _looks);

    public TimeSpan? ContinuationTimeout { get; private set; }

    private bool Look()
    {
        Interlocked.Increment(ref _looks);
        return IsConnectionOpen;
    }

    /// <summary>An interface whose members all lead to one function.</summary>
#pragma warning disable CA1852 // The proxy inherits from it.
    internal class Fake : DispatchProxy
#pragma warning restore CA1852
    {
        private Func<string, object?[], object?> _answer = (_, _) => null;

        public static T Of<T>(Func<string, object?[], object?> answer) where T : class
        {
            var fake = Create<T, Fake>();
            ((Fake)(object)fake)._answer = answer;
            return fake;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!.Name, args ?? []);
    }
}
