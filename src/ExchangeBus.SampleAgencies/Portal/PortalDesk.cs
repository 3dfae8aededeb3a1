using System.Globalization;
using ExchangeBus.Client.Publishing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.SampleAgencies.Citizens;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Portal;

/// <summary>Where citizens hand dossiers in. A dossier is stored and its event put into the outbox in one transaction.</summary>
public sealed class PortalDesk : IDisposable
{
    private const int AtOnce = 500;

    // Hand-made examples use small running numbers; invented dossiers keep clear of them.
    private const int FirstNumber = 100_001;

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly DossierStore _store;
    private readonly EventOutbox _outbox;
    private readonly IOptions<Client.ClientOptions> _client;
    private readonly IOptions<PortalOptions> _options;
    private readonly TimeProvider _time;
    private InventedDossiers? _invented;

    internal PortalDesk(DossierStore store, EventOutbox outbox, IOptions<Client.ClientOptions> client, IOptions<PortalOptions> options, TimeProvider time)
    {
        _store = store;
        _outbox = outbox;
        _client = client;
        _options = options;
        _time = time;
    }

    /// <summary>Hands in invented dossiers and returns their numbers, in order.</summary>
    /// <param name="count">How many, 1 and above.</param>
    /// <param name="cancellationToken">Ends the work; what was handed in stays.</param>
    /// <exception cref="NpgsqlException">The portal's database is away.</exception>
    public async Task<IReadOnlyList<string>> SubmitAsync(int count, CancellationToken cancellationToken = default)
    {
        var numbers = new List<string>(count);
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var invented = _invented ??= await InventAsync(cancellationToken);
            while (numbers.Count < count)
            {
                var dossiers = Enumerable.Range(0, Math.Min(AtOnce, count - numbers.Count)).Select(_ => invented.Next()).ToArray();
                await SubmitAsync(dossiers, cancellationToken);
                numbers.AddRange(dossiers.Select(d => d.DossierNumber));
            }
        }
        finally
        {
            _oneAtATime.Release();
        }

        return numbers;
    }

    /// <summary>Hands in these dossiers, in order.</summary>
    /// <exception cref="PostgresException">The number of a dossier was used before.</exception>
    public async Task SubmitAsync(IReadOnlyList<LinkedBirthSubmitted> dossiers, CancellationToken cancellationToken = default)
    {
        var now = _time.GetUtcNow();
        await _store.SubmitAsync(dossiers, [.. dossiers.Select(d => EventOf(d, now))], now, cancellationToken);
        _outbox.Wake();
    }

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();

    internal static int RunningNumber(string dossierNumber) =>
        int.Parse(dossierNumber.AsSpan(dossierNumber.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The number of the dossier is the event's id: the same dossier sent again is the same event.</summary>
    private CloudEvent EventOf(LinkedBirthSubmitted dossier, DateTimeOffset at) => new CloudEvent
    {
        Id = dossier.DossierNumber,
        Source = _client.Value.Source,
        Type = EventTypes.LinkedBirthSubmitted,
        Subject = dossier.DossierNumber,
        Time = at,
        DataContentType = "application/json",
        Data = EventData.Write(dossier),
    }.With(ExtensionAttributes.CorrelationId, dossier.DossierNumber).With(ExtensionAttributes.Purpose, ProcedureCode);

    // Decree 301/2026: linked birth registration, permanent residence, health-insurance card, identity card.
    private const string ProcedureCode = "3.000722";

    private async Task<InventedDossiers> InventAsync(CancellationToken cancellationToken)
    {
        var first = Math.Max(FirstNumber, await _store.LastNumberAsync(cancellationToken) + 1);
        var codeLists = Path.Combine(AppContext.BaseDirectory, "schemas", "code-lists");
        return InventedDossiers.FromCodeLists(codeLists, unchecked(_options.Value.Seed + first), _time, first);
    }
}
