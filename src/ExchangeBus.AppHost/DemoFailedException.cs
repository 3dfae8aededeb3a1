namespace ExchangeBus.AppHost;

/// <summary>The demonstration cannot go on; the message is one sentence for the person who started it.</summary>
internal sealed class DemoFailedException(string message) : Exception(message);
