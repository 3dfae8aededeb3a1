using MassTransit;
using MassTransit.RetryPolicies;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>
/// Handles a message again that lost a race or its database connection. Attempts count only while the database can be reached: in an outage
/// messages wait where they are, instead of all of them being parked as failed.
/// </summary>
internal sealed class DatabaseRetryPolicy(DatabaseAvailability database) : IRetryPolicy
{
    private const int Limit = 10;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private DatabaseAvailability Database { get; } = database;

    public bool IsHandled(Exception exception) => exception is ConcurrencyException
        || (exception is NpgsqlException npgsql && DatabaseErrors.IsConnectionLost(npgsql));

    public RetryPolicyContext<T> CreatePolicyContext<T>(T context) where T : class, PipeContext => new PolicyContext<T>(this, context);

    public void Probe(ProbeContext context) => context.Set(new { Policy = "PostgreSql", Limit });

    private sealed class PolicyContext<T>(DatabaseRetryPolicy policy, T context) : BaseRetryPolicyContext<T>(policy, context)
        where T : class, PipeContext
    {
        public override bool CanRetry(Exception exception, out RetryContext<T> retryContext)
        {
            var canRetry = base.CanRetry(exception, out retryContext);
            // The bus stops: cancelled, the message returns to its queue instead of being parked.
            retryContext.CancellationToken.ThrowIfCancellationRequested();
            return canRetry;
        }

        protected override RetryContext<T> CreateRetryContext(Exception exception, CancellationToken cancellationToken) =>
            new Attempt<T>(policy, Context, exception, retryCount: 0, counted: 0, cancellationToken);
    }

    private sealed class Attempt<T>(DatabaseRetryPolicy policy, T context, Exception exception, int retryCount, int counted, CancellationToken cancellationToken)
        : BaseRetryContext<T>(context, exception, retryCount, cancellationToken), RetryContext<T>
        where T : class, PipeContext
    {
        private bool _sawOutage;

        // Spread, so that those who met do not meet again.
        public override TimeSpan? Delay => TimeSpan.FromTicks(Math.Min(Shortest.Ticks << Math.Min(counted, 10), Longest.Ticks))
            * (0.5 + Random.Shared.NextDouble());

        public override async Task PreRetry()
        {
            if (Exception is NpgsqlException)
                _sawOutage = await policy.Database.WaitUntilReachableAsync(CancellationToken);
        }

        public bool CanRetry(Exception exception, out RetryContext<T> retryContext)
        {
            // Without this MassTransit would leave the message as neither handled nor failed.
            CancellationToken.ThrowIfCancellationRequested();
            var next = _sawOutage ? 0 : counted + 1;
            retryContext = new Attempt<T>(policy, Context, exception, RetryCount + 1, next, CancellationToken);
            return next < Limit && policy.IsHandled(exception);
        }
    }
}
