using System.Net;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ExchangeBus.Platform;

/// <summary>
/// Brings what is configured into the database and then to the broker. Both are done before the host is started where the broker answers; where
/// it does not, the host starts without, and the broker's part follows as soon as it does. The database's part must succeed.
/// </summary>
internal abstract class BrokerProvisioning(TimeProvider time, ILogger logger) : BackgroundService
{
    // An address that swallows everything must not keep a host that can take events from its start.
    private static readonly TimeSpan FirstAttempt = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(2);

    protected TimeProvider Time => time;

    /// <summary>The part of the database; runs once, and an exception stops the start.</summary>
    protected abstract Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>The part of the broker. May run again after any part of it.</summary>
    protected abstract Task ProvisionAsync(CancellationToken cancellationToken);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        using var first = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        first.CancelAfter(FirstAttempt);
        if (await TryAsync(first.Token, cancellationToken) is not { } failure)
            return;
        if (!IsAway(failure))
            ExceptionDispatchInfo.Throw(failure);
        logger.BrokerAway(GetType().Name, failure.Message);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isTold = false;
        do
        {
            await Task.Delay(BetweenAttempts, time, stoppingToken);
            if (await TryAsync(stoppingToken, stoppingToken) is not { } failure)
            {
                logger.BrokerCaughtUp(GetType().Name);
                return;
            }

            // It would have stopped the start; a host that takes events goes on, and says it once.
            if (!isTold && !IsAway(failure))
            {
                logger.ProvisioningFailed(GetType().Name, failure);
                isTold = true;
            }
        }
        while (true);
    }

    /// <summary>Null when it is done.</summary>
    private async Task<Exception?> TryAsync(CancellationToken attempt, CancellationToken stopping)
    {
        try
        {
            await ProvisionAsync(attempt);
            return null;
        }
#pragma warning disable CA1031 // What it means is decided where it is known whether the host has started.
        catch (Exception e) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    // The management API is part of the broker. An answer that refuses is a fault of the configuration, such as a queue with other arguments.
    private static bool IsAway(Exception e) => e switch
    {
        HttpRequestException http => http.StatusCode is null or >= HttpStatusCode.InternalServerError,
        OperationInterruptedException { ShutdownReason.ReplyCode: Constants.PreconditionFailed or Constants.AccessRefused } => false,
        _ => QueueWorker.IsTransient(e),
    };
}
