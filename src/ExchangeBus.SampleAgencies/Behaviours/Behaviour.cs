using System.Globalization;
using ExchangeBus.Client.Subscribing;
using Microsoft.Extensions.Options;

namespace ExchangeBus.SampleAgencies.Behaviours;

/// <summary>Between an agency's work and its answers. The same dossier always meets the same behaviour.</summary>
internal sealed class Behaviour(IOptions<BehaviourOptions> options, TimeProvider time)
{
    internal Task TakeTimeAsync(CancellationToken cancellationToken) =>
        options.Value.Slow > TimeSpan.Zero ? Task.Delay(options.Value.Slow, time, cancellationToken) : Task.CompletedTask;

    internal bool Refuses(string dossierNumber) =>
        (options.Value.RefuseEvery > 0 && RunningNumber(dossierNumber) % options.Value.RefuseEvery == 0)
        || options.Value.RefuseDossiers.Contains(dossierNumber);

    /// <summary>The dossier that an answer names: the one it was asked about, or the next when it is wrong.</summary>
    internal string AnswersFor(string dossierNumber)
    {
        if (!options.Value.Wrong)
            return dossierNumber;
        var running = dossierNumber[(dossierNumber.LastIndexOf('-') + 1)..];
        var next = (RunningNumber(dossierNumber) + 1).ToString(CultureInfo.InvariantCulture).PadLeft(running.Length, '0');
        return dossierNumber[..^running.Length] + next;
    }

    internal void Answer<T>(EventContext context, string type, T answer)
    {
        context.Answer(type, answer);
        if (options.Value.Twice)
            context.Answer(type, answer);
    }

    private static long RunningNumber(string dossierNumber) =>
        long.Parse(dossierNumber.AsSpan(dossierNumber.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture);
}
