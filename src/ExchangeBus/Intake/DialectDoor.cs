using System.Security.Cryptography;
using System.Text.Json;
using ExchangeBus.Agencies;
using ExchangeBus.Agencies.Authentication;
using ExchangeBus.Contracts;
using ExchangeBus.Intake.Dialects;
using ExchangeBus.Intake.Limits;
using ExchangeBus.Log;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Intake;

/// <summary>
/// The edge for other formats: a message becomes canonical events, for example one for each citizen in it, and the message itself
/// is kept byte for byte. Sending the same message again gives the same events, so it is answered with the first receipts.
/// </summary>
internal sealed class DialectDoor(CallerAuthentication callers, Acceptance acceptance, SystemLimits limits, OrderKeys orderKeys, TimeProvider time)
{
    internal async Task<IResult> PostAsync(HttpContext context, Dialect dialect)
    {
        var caller = await callers.AuthenticateAsync(context);
        if (caller.System is not { } sender)
            return caller.Refusal;
        var limit = limits.Of(sender);
        // One for the message itself, so that what is refused is not free either.
        if (limit.Take(1) is { Ticks: > 0 } pause)
            return HttpDoor.Limited(context, pause, Problems.TooFast());
        if (!limit.TryEnter())
            return HttpDoor.Limited(context, TimeSpan.FromSeconds(1), Problems.TooManyAtOnce());
        try
        {
            return await PostAsync(context, dialect, sender, limit);
        }
        catch (LogUnavailableException)
        {
            return HttpDoor.Unavailable(context);
        }
        finally
        {
            limit.Leave();
        }
    }

    private async Task<IResult> PostAsync(HttpContext context, Dialect dialect, AgencySystem sender, SystemLimit limit)
    {
        if (await RequestBody.ReadAsync(context.Request, dialect.MaxBytes, context.RequestAborted) is not { } body)
            return Problems.TooLarge(dialect.MaxBytes);

        var reading = dialect.Read(body);
        if (reading.Violations.Count > 0)
            return Problems.Of(Answer.Rejected(AnswerKind.Invalid, sender.Source, null, reading.Violations));

        if (limit.Take(Math.Max(0, reading.Events.Count - 1)) is { Ticks: > 0 } wait)
            return HttpDoor.Limited(context, wait, Problems.TooFast());

        var original = new OriginalMessage($"{dialect.Name}-{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}", dialect.MediaType, body);
        var answers = await acceptance.AcceptAsync([.. reading.Events.Select((read, i) => new Candidate(
            sender, EventOf(read, sender, $"{original.Id}-{i + 1}"), Original: original))]);
        IReadOnlyList<Receipt> receipts = Array.ConvertAll(answers, a => a.Receipt);
        var refused = Array.Find(answers, a => !a.Receipt.Accepted);
        return refused is { Kind: AnswerKind.Forbidden }
            ? Problems.Of(refused)
            : Results.Json(receipts, EventData.Json, statusCode: refused is null ? StatusCodes.Status202Accepted : StatusCodes.Status207MultiStatus);
    }

    private CloudEvent EventOf(DialectEvent read, AgencySystem sender, string id) => new CloudEvent
    {
        Id = id,
        Source = sender.Source,
        Type = read.Type,
        // A message without a record number has none to give, and a personal number must not be a subject.
        Subject = read.Subject ?? id,
        Time = read.Time ?? time.GetUtcNow(),
        DataContentType = "application/json",
        Data = read.Body,
    }.With(ExtensionAttributes.PartitionKey, OrderKeyOf(read));

    /// <summary>Two messages about one citizen keep their order; the key says nothing about the number it is made from. Dossiers are ordered by their subject.</summary>
    private string? OrderKeyOf(DialectEvent read)
    {
        if (read.Subject is not null)
            return null;
        using var body = JsonDocument.Parse(read.Body);
        return body.RootElement.TryGetProperty("personalId", out var number) || body.RootElement.TryGetProperty("oldIdCard", out number)
            ? orderKeys.KeyOf(number.GetString()!)
            : null;
    }
}
