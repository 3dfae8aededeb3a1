using System.Globalization;
using System.Text.Json;
using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using Microsoft.Extensions.Options;

namespace ExchangeBus.SampleAgencies.Behaviours;

/// <summary>Between an agency's work and its answers. The same dossier always meets the same behaviour.</summary>
internal sealed class Behaviour(IOptions<BehaviourOptions> options, TimeProvider time)
{
    private const int LongestRunningNumber = 10;

    private readonly DateTimeOffset _started = time.GetUtcNow();

    /// <summary>Waits until the agency is up, then as long as it takes over a command.</summary>
    internal async Task TakeTimeAsync(CancellationToken cancellationToken)
    {
        var down = _started + options.Value.DownFor - time.GetUtcNow();
        if (down > TimeSpan.Zero)
            await Task.Delay(down, time, cancellationToken);
        if (options.Value.Slow > TimeSpan.Zero)
            await Task.Delay(options.Value.Slow, time, cancellationToken);
    }

    internal bool Refuses(string dossierNumber) =>
        IsEach(options.Value.RefuseEvery, dossierNumber) || options.Value.RefuseDossiers.Contains(dossierNumber);

    /// <summary>The dossier that an answer names: the one it was asked about; when it is wrong the next, or one that does not exist.</summary>
    internal string AnswersFor(string dossierNumber)
    {
        var running = dossierNumber[(dossierNumber.LastIndexOf('-') + 1)..];
        // Nobody's running number has ten digits and begins with 9.
        if (options.Value.Unknown)
            return dossierNumber[..^running.Length] + "9" + running[Math.Max(0, running.Length - LongestRunningNumber + 1)..].PadLeft(LongestRunningNumber - 1, '0');
        if (!options.Value.Wrong)
            return dossierNumber;
        var next = (RunningNumber(dossierNumber) + 1).ToString(CultureInfo.InvariantCulture).PadLeft(running.Length, '0');
        return dossierNumber[..^running.Length] + next;
    }

    /// <summary>Gives the answers to a command, or keeps them for later, in the transaction of the context.</summary>
    /// <param name="context">The command.</param>
    /// <param name="dossier">The dossier that was asked about.</param>
    /// <param name="answers">What is to be said, in order.</param>
    /// <param name="contradiction">The no that would be the opposite of a yes; null after a no.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task SayAsync(EventContext context, string dossier, IReadOnlyList<CloudEvent> answers, CloudEvent? contradiction, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = options.Value.LateBy is { } late ? (DeadlineOf(context.Event) ?? now) + late : now;
        var said = answers.Select((answer, i) => new KeptAnswer(dossier, answer, i == 0 ? due + options.Value.FirstWaits : due)).ToList();
        // Who mistakes a number writes it on the envelope too; where the two differ, the bus takes nothing.
        if (options.Value.Unknown || options.Value.Wrong)
            said = [.. said.Select(s => s with { Answer = s.Answer with { Subject = AnswersFor(dossier) } })];
        if (options.Value.Twice)
            said = [.. said.SelectMany(s => new[] { s, s with { Answer = s.Answer with { Id = Guid.CreateVersion7().ToString("D") } } })];
        if (options.Value.Contradicts && contradiction is not null)
            said.Add(new KeptAnswer(dossier, contradiction with { Subject = said[0].Answer.Subject }, due));

        foreach (var answer in said.Where(s => options.Value.PollOnly || s.DueAt > now))
            await KeptAnswers.KeepAsync(answer, options.Value.PollOnly, context.Transaction, cancellationToken);
        foreach (var answer in said.Where(s => !options.Value.PollOnly && s.DueAt <= now))
            context.Publish(answer.Answer);
    }

    /// <summary>Whether this dossier is one of every so many. Never when <paramref name="every"/> is 0.</summary>
    internal static bool IsEach(int every, string dossierNumber) => every > 0 && RunningNumber(dossierNumber) % every == 0;

    private static DateTimeOffset? DeadlineOf(CloudEvent command)
    {
        using var body = JsonDocument.Parse(command.Data);
        return body.RootElement.TryGetProperty("dueAt", out var due) || body.RootElement.TryGetProperty("expiresAt", out due) ? due.GetDateTimeOffset() : null;
    }

    private static long RunningNumber(string dossierNumber) =>
        long.Parse(dossierNumber.AsSpan(dossierNumber.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture);
}
