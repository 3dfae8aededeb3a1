using ExchangeBus.Contracts;
using ExchangeBus.Contracts.HealthNotices;
using ExchangeBus.SampleAgencies.Steps;

namespace ExchangeBus.SampleAgencies.Hospital;

/// <summary>A health facility: it only speaks. Every notice is sent once; the number of the notice is its subject.</summary>
public sealed class HospitalDesk
{
    private const string Insert = "insert into notice (number) values (@Number) on conflict do nothing";

    private readonly Speaker _speaker;

    internal HospitalDesk(Speaker speaker) => _speaker = speaker;

    /// <summary>Sends a birth notice; null when one of this number was sent before, unless it is reissued.</summary>
    public Task<BirthNoticeIssued?> IssueAsync(BirthNoticeIssued notice, CancellationToken cancellationToken = default) =>
        IssueAsync(EventTypes.BirthNoticeIssued, notice, notice.BirthNoticeNumber, notice.Reissued == true, cancellationToken);

    /// <summary>Sends a death notice; null when one of this number was sent before, unless it is reissued.</summary>
    public Task<DeathNoticeIssued?> IssueAsync(DeathNoticeIssued notice, CancellationToken cancellationToken = default) =>
        IssueAsync(EventTypes.DeathNoticeIssued, notice, notice.DeathNoticeNumber, notice.Reissued == true, cancellationToken);

    private Task<T?> IssueAsync<T>(string type, T notice, string number, bool isReissued, CancellationToken cancellationToken)
        where T : class =>
        _speaker.SayAsync(type, async transaction =>
            await transaction.DoAsync(Insert, new { Number = number }, cancellationToken) > 0 || isReissued ? notice : null, _ => number, dossier: null, cancellationToken);
}
