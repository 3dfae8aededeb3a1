using System.Security.Cryptography;
using System.Text.Json;
using ExchangeBus.Agencies;
using ExchangeBus.Contracts;
using ExchangeBus.Intake.Dialects;
using ExchangeBus.Log;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Intake;

/// <summary>
/// The XML edge: a message of QCVN 109:2017/BTTTT becomes one canonical citizen event for each citizen in it, and the message
/// itself is kept byte for byte. Sending the same message again gives the same events, so it is answered with the first receipts.
/// </summary>
internal sealed class Qcvn109Door(AgencyDirectory agencies, Acceptance acceptance, OrderKeys orderKeys, TimeProvider time)
{
    private const string MediaType = "application/xml";

    internal async Task<IResult> PostAsync(HttpContext context)
    {
        if (agencies.FindByAuthorization(context.Request.Headers.Authorization) is not { } sender)
            return Problems.Unauthorized();
        if (await RequestBody.ReadAsync(context.Request, Qcvn109Document.MaxBytes, context.RequestAborted) is not { } body)
            return Problems.TooLarge(Qcvn109Document.MaxBytes);

        var reading = Qcvn109.Read(body);
        if (reading.Violations.Count > 0)
            return Problems.Of(Answer.Rejected(AnswerKind.Invalid, sender.Source, null, reading.Violations));

        try
        {
            var messageId = Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16));
            // Kept once, with the first citizen: the ids of the others name the same message.
            var answers = await acceptance.AcceptAsync([.. reading.Citizens.Select((citizen, i) => new Candidate(
                sender, EventOf(citizen, sender, $"qcvn109-{messageId}-{i + 1}"), Original: i == 0 ? new OriginalMessage(MediaType, body) : null))]);
            IReadOnlyList<Receipt> receipts = Array.ConvertAll(answers, a => a.Receipt);
            var refused = Array.Find(answers, a => !a.Receipt.Accepted);
            return refused is { Kind: AnswerKind.Forbidden }
                ? Problems.Of(refused)
                : Results.Json(receipts, EventData.Json, statusCode: refused is null ? StatusCodes.Status202Accepted : StatusCodes.Status207MultiStatus);
        }
        catch (LogUnavailableException)
        {
            context.Response.Headers.RetryAfter = "2";
            return Problems.Unavailable();
        }
    }

    private CloudEvent EventOf(ReadOnlyMemory<byte> citizen, AgencySystem sender, string id) => new CloudEvent
    {
        Id = id,
        Source = sender.Source,
        Type = EventTypes.CitizenUpdated,
        // The message has no record number of its own, and a personal number must not be a subject.
        Subject = id,
        Time = time.GetUtcNow(),
        DataContentType = "application/json",
        Data = citizen,
    }.With(ExtensionAttributes.PartitionKey, OrderKeyOf(citizen));

    /// <summary>Two messages about one citizen keep their order; the key says nothing about the number it is made from.</summary>
    private string? OrderKeyOf(ReadOnlyMemory<byte> citizen)
    {
        using var body = JsonDocument.Parse(citizen);
        return body.RootElement.TryGetProperty("personalId", out var number) || body.RootElement.TryGetProperty("oldIdCard", out number)
            ? orderKeys.KeyOf(number.GetString()!)
            : null;
    }
}
