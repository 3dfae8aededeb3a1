using System.Text;
using MassTransit;
using RabbitMQ.Client;

namespace ExchangeBus.IntegrationTests.SagaStore.Worker;

/// <summary>A message in an error queue, with what its headers say about the reason.</summary>
internal sealed class ParkedMessage(BasicGetResult message)
{
    public string Body { get; } = Encoding.UTF8.GetString(message.Body.Span);

    public string? MessageId { get; } = message.BasicProperties.MessageId;

    public string? ExceptionType => Header(MessageHeaders.FaultExceptionType);

    /// <summary>The exception in one line.</summary>
    public string Fault => $"{ExceptionType}: {Header(MessageHeaders.FaultMessage)}";

    private string? Header(string name) => message.BasicProperties.Headers?.TryGetValue(name, out var value) == true && value is byte[] text
        ? Encoding.UTF8.GetString(text)
        : null;
}
