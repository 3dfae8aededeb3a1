using System.Globalization;
using ExchangeBus.Agencies;
using ExchangeBus.Agencies.Authentication;
using ExchangeBus.Contracts;
using ExchangeBus.Intake.Limits;
using ExchangeBus.Log;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Intake;

/// <summary>:: Step 1 of the walk, over HTTP. CloudEvents in binary, structured or batch mode become receipts.</summary>
internal sealed class HttpDoor(CallerAuthentication callers, Acceptance acceptance, SystemLimits limits, IOptions<IntakeOptions> options)
{
    private static readonly TimeSpan UntilPeopleDecide = TimeSpan.FromMinutes(1);

    internal async Task<IResult> PostAsync(HttpContext context)
    {
        var caller = await callers.AuthenticateAsync(context);
        if (caller.System is not { } sender)
            return caller.Refusal;
        var systemLimit = limits.Of(sender);
        if (!systemLimit.TryEnter())
            return Limited(context, TimeSpan.FromSeconds(1), Problems.TooManyAtOnce());
        try
        {
            return await PostAsync(context, sender, systemLimit);
        }
        catch (LogUnavailableException)
        {
            return Unavailable(context);
        }
        finally
        {
            systemLimit.Leave();
        }
    }

    /// <summary>503 that says when to try again.</summary>
    internal static IResult Unavailable(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "2";
        return Problems.Unavailable();
    }

    /// <summary>429 that says when it is worth trying again, in whole seconds (RFC 9110, section 10.2.3).</summary>
    internal static IResult Limited(HttpContext context, TimeSpan wait, IResult problem)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return problem;
    }

    private async Task<IResult> PostAsync(HttpContext context, AgencySystem sender, SystemLimit systemLimit)
    {
        var request = context.Request;
        var isBatch = HasMediaType(request, CloudEventJson.BatchMediaType);
        var limit = isBatch ? options.Value.MaxBatchBytes : options.Value.MaxEventBytes;
        if (await RequestBody.ReadAsync(request, limit, context.RequestAborted) is not { } body)
            return Problems.TooLarge(limit);

        if (isBatch)
            return await PostBatchAsync(context, body, sender, systemLimit);
        if (systemLimit.Take(1) is { Ticks: > 0 } wait)
            return Limited(context, wait, Problems.TooFast());
        if (HasMediaType(request, CloudEventJson.MediaType))
            return ResultOf((await acceptance.AcceptAsync([Read(body, sender)]))[0], context);
        if (!BinaryMode.Applies(request.Headers))
            return Problems.UnknownMediaType();
        var read = BinaryMode.Read(request, body, out var builder);
        return ResultOf(read is null ? Malformed(builder) : await acceptance.AcceptAsync(read, sender), context);
    }

    internal static IResult ResultOf(Answer answer, HttpContext context)
    {
        if (answer.Kind == AnswerKind.Held)
            return Json(answer.Receipt, StatusCodes.Status202Accepted);
        // The only limit that is met here is that of held events, and people take their time.
        if (answer.Kind == AnswerKind.Limited)
            return Limited(context, UntilPeopleDecide, Problems.Of(answer));
        if (!answer.Receipt.Accepted)
            return Problems.Of(answer);
        context.Response.Headers.Location = $"/events/{answer.Receipt.Sequence}/deliveries";
        return Json(answer.Receipt, answer.Kind == AnswerKind.Duplicate ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }

    private async Task<IResult> PostBatchAsync(HttpContext context, byte[] body, AgencySystem sender, SystemLimit systemLimit)
    {
        if (Batch.Split(body, out var broken, options.Value.MaxBatchEvents) is not { } elements)
            return Problems.NotABatch(broken);
        if (elements.Count > options.Value.MaxBatchEvents)
            return Problems.TooMany(options.Value.MaxBatchEvents);
        if (systemLimit.Take(elements.Count) is { Ticks: > 0 } wait)
            return Limited(context, wait, Problems.TooFast());

        var answers = await acceptance.AcceptAsync([.. elements.Select(element => Read(element, sender))]);
        IReadOnlyList<Receipt> receipts = Array.ConvertAll(answers, a => a.Receipt);
        return Json(receipts, receipts.All(r => r.Accepted) ? StatusCodes.Status202Accepted : StatusCodes.Status207MultiStatus);
    }

    private Candidate Read(ReadOnlyMemory<byte> utf8, AgencySystem sender)
    {
        if (utf8.Length > options.Value.MaxEventBytes)
            return new Candidate(sender, null, Answer.Rejected(AnswerKind.Invalid, null, null, Problems.TooLargeViolations(options.Value.MaxEventBytes)));
        return CloudEventJson.TryRead(utf8, out var read, out var builder) ? new Candidate(sender, read) : new Candidate(sender, null, Malformed(builder));
    }

    private static Answer Malformed(CloudEventBuilder builder) =>
        Answer.Rejected(AnswerKind.Malformed, builder.Source, builder.Id, builder.Violations);

    private static JsonAnswer<T> Json<T>(T value, int status) => new(value, status);

    private static bool HasMediaType(HttpRequest request, string mediaType) =>
        request.ContentType is { } contentType
        && contentType.AsSpan().StartsWith(mediaType, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == mediaType.Length || contentType[mediaType.Length] is ';' or ' ');
}
