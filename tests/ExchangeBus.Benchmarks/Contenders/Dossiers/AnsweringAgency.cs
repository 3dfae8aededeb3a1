using System.Collections.Concurrent;
using ExchangeBus.Benchmarks.Contenders.Ours;
using ExchangeBus.Benchmarks.Measuring;
using ExchangeBus.Contracts;
using ExchangeBus.Testing;

namespace ExchangeBus.Benchmarks.Contenders.Dossiers;

/// <summary>
/// An agency that answers every command that it gets over AMQP, as ExchangeBus.Client does: answers go over HTTP in batches, and only what the bus has answered for is
/// acknowledged. What it would write into its own database is left out.
/// </summary>
internal sealed class AnsweringAgency : IAsyncDisposable
{
    private const int MostInRequest = 100;

    private readonly ConcurrentQueue<byte[]> _answers = new();
    private readonly TestAgency _agency;
    private readonly HttpPublisher _publisher;
    private BusSubscriber? _subscriber;

    private AnsweringAgency(TestAgency agency, Uri bus) => (_agency, _publisher) = (agency, new HttpPublisher(bus, agency.AuthenticationAt(bus)));

    internal static async Task<AnsweringAgency> StartAsync(TestAgency agency, RunningBus bus, CancellationToken cancellationToken)
    {
        var answering = new AnsweringAgency(agency, bus.Address);
        answering._subscriber = await BusSubscriber.StartAsync(agency, bus.AmqpUri, answering.Answer, answering.PublishAsync, cancellationToken);
        return answering;
    }

    public async ValueTask DisposeAsync()
    {
        if (_subscriber is not null)
            await _subscriber.DisposeAsync();
        _publisher.Dispose();
    }

    private void Answer(CloudEvent command)
    {
        var (type, data) = Answers.To(command);
        _answers.Enqueue(CloudEventJson.Write(new CloudEvent
        {
            Id = Guid.CreateVersion7().ToString("D"),
            Source = _agency.Source,
            Type = type,
            Subject = command.Subject,
            Time = TimeProvider.System.GetUtcNow(),
            DataContentType = "application/json",
            Data = data,
        }.With(ExtensionAttributes.CorrelationId, command[ExtensionAttributes.CorrelationId])
            .With(ExtensionAttributes.CausationId, command.Id)
            .With(ExtensionAttributes.Purpose, command[ExtensionAttributes.Purpose])));
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (Take() is { Count: > 0 } answers)
                await _publisher.PublishAsync(answers, cancellationToken);
        }
        catch (WrongOutcomeException e)
        {
            // The agency goes silent; the run then finds out that dossiers do not end, and this is why.
            await System.Console.Error.WriteLineAsync($"{_agency.Code}: {e.Message}");
            throw;
        }
    }

    private List<byte[]> Take()
    {
        var taken = new List<byte[]>();
        while (taken.Count < MostInRequest && _answers.TryDequeue(out var answer))
            taken.Add(answer);
        return taken;
    }
}
