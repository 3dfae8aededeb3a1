using Microsoft.Extensions.Logging;

namespace ExchangeBus.SampleAgencies.Hosting;

/// <summary>Log messages of the sample agencies, ids 4000 to 4099.</summary>
internal static partial class AgenciesLog
{
    [LoggerMessage(4000, LogLevel.Warning, "Subscription {Subscription} brought {Type}, which this agency does not handle; left alone")]
    internal static partial void UnexpectedType(this ILogger logger, string? subscription, string type);

    [LoggerMessage(4001, LogLevel.Information, "Dossier {Dossier} has moved but was not submitted through this portal's own desk")]
    internal static partial void ForeignDossier(this ILogger logger, string dossier);

    [LoggerMessage(4002, LogLevel.Warning, "The stream of dossiers pauses ({Reason})")]
    internal static partial void StreamPauses(this ILogger logger, string reason);

    [LoggerMessage(4003, LogLevel.Information, "Command {Command} asks again for dossier {Dossier}; the first result is the answer")]
    internal static partial void AskedAgain(this ILogger logger, string command, string dossier);

    [LoggerMessage(4004, LogLevel.Warning, "Answers that are due wait ({Reason})")]
    internal static partial void AnswersWait(this ILogger logger, string reason);

    [LoggerMessage(4005, LogLevel.Warning, "Command {Command} wants something undone for dossier {Dossier} that this agency has not done; nothing is answered")]
    internal static partial void NothingToUndo(this ILogger logger, string command, string dossier);
}
