using ExchangeBus.Client;
using ExchangeBus.Client.Publishing;
using ExchangeBus.Contracts;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Steps;

/// <summary>What an agency says without having been asked: its change and the event commit together.</summary>
internal sealed class Speaker(NpgsqlDataSource dataSource, EventOutbox outbox, IOptions<ClientOptions> client, TimeProvider time)
{
    /// <summary>Runs a change in a transaction and says what it returns; null says nothing.</summary>
    internal async Task<T?> SayAsync<T>(string type, Func<NpgsqlTransaction, Task<T?>> change, Func<T, string> subject, Func<T, string?>? dossier, CancellationToken cancellationToken)
        where T : class
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await change(transaction) is not { } said)
            return null;
        await EventOutbox.EnqueueAsync(transaction, [EventOf(type, said, subject(said), dossier?.Invoke(said))], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        return said;
    }

    /// <summary>An event of this agency that answers nothing.</summary>
    internal CloudEvent EventOf<T>(string type, T said, string subject, string? dossier) => new CloudEvent
    {
        Id = Guid.CreateVersion7().ToString("D"),
        Source = client.Value.Source,
        Type = type,
        Subject = subject,
        Time = time.GetUtcNow(),
        DataContentType = "application/json",
        Data = EventData.Write(said),
    }.With(ExtensionAttributes.CorrelationId, dossier);
}
