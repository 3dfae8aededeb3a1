using Microsoft.Extensions.Logging;

namespace ExchangeBus.Platform;

/// <summary>Log messages of this folder, ids 1900 to 1999.</summary>
internal static partial class PlatformLog
{
    [LoggerMessage(1900, LogLevel.Warning, "The worker of queue {Queue} stopped; it tries to start again until it can, and says so then")]
    internal static partial void WorkerStopped(this ILogger logger, string queue, Exception exception);

    [LoggerMessage(1901, LogLevel.Information, "The worker of queue {Queue} runs again")]
    internal static partial void WorkerRunsAgain(this ILogger logger, string queue);

    [LoggerMessage(1902, LogLevel.Warning, "RabbitMQ does not answer ({Reason}); this host starts without it, and {Provisioning} follows when it does")]
    internal static partial void BrokerAway(this ILogger logger, string provisioning, string reason);

    [LoggerMessage(1904, LogLevel.Error, "{Provisioning} cannot be done at RabbitMQ; it is tried again until it can")]
    internal static partial void ProvisioningFailed(this ILogger logger, string provisioning, Exception exception);

    [LoggerMessage(1903, LogLevel.Information, "RabbitMQ answers; {Provisioning} is done")]
    internal static partial void BrokerCaughtUp(this ILogger logger, string provisioning);
}
