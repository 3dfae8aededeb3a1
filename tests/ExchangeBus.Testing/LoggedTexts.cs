using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.Testing;

/// <summary>Everything that is logged, as text with its exceptions, to look for what must not stand there.</summary>
public sealed class LoggedTexts : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _texts = new();

    public IReadOnlyCollection<string> All => _texts;

    public ILogger CreateLogger(string categoryName) => new Writer(_texts);

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Writer(ConcurrentQueue<string> texts) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            texts.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
