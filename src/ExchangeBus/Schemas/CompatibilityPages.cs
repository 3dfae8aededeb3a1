using System.Collections.Concurrent;
using System.Text.Json;
using ExchangeBus.JsonSchema;
using ExchangeBus.JsonSchema.Compatibility;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ExchangeBus.Schemas;

/// <summary>
/// Compares versions of a type, and a candidate with the current one. A candidate is a stranger's: it is small, few are compared at a time, and
/// each for a short time only.
/// </summary>
internal sealed class CompatibilityPages(SchemaCatalogue catalogue, TimeProvider time) : IDisposable
{
    internal const int MaxCandidateBytes = 64 * 1024;
    internal const int MaxPatterns = 50;
    private const int MaxKept = 1000;
    private static readonly TimeSpan LongestComparison = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    // One at a time leaves the other cores to events.
    private readonly SemaphoreSlim _free = new(1, 1);

    // Versions do not change while the process runs. No more than there are pairs of versions, and never more than MaxKept.
    private readonly ConcurrentDictionary<(string Type, string From, string To, CompatibilityMode Mode), CompatibilityAnswer> _kept = [];

    internal async Task<IResult> CompareVersionsAsync(string type, string? from, string? to, string? mode, HttpContext context)
    {
        if (catalogue.Find(type) is not { } found) return SchemaProblems.UnknownType();
        if (Mode(mode) is not { } wanted) return SchemaProblems.UnknownMode();
        var (old, @new) = (from ?? (found.Released.Count > 0 ? found.Released[^1].Number : "current"), to ?? "current");
        if (found.Version(old) is not { } before || found.Version(@new) is not { } after) return SchemaProblems.UnknownVersion(found);
        return _kept.TryGetValue((found.Name, old, @new, wanted), out var answer)
            ? TypedResults.Json(answer, CompatibilityAnswer.Json)
            : await RunAsync(found, old, @new, wanted, before, after, isCandidate: false, context);
    }

    internal async Task<IResult> CompareCandidateAsync(string type, string? mode, HttpContext context)
    {
        if (catalogue.Find(type) is not { } found) return SchemaProblems.UnknownType();
        if (Mode(mode) is not { } wanted) return SchemaProblems.UnknownMode();
        var mediaType = context.Request.ContentType?.Split(';')[0].Trim();
        if (mediaType is not (SchemaPages.MediaType or "application/json")) return SchemaProblems.MediaType();
        if (await ReadAsync(context) is not { } body) return SchemaProblems.TooLarge(MaxCandidateBytes);
        if (CountPatterns(body) > MaxPatterns) return SchemaProblems.TooManyPatterns(MaxPatterns);
        return await RunAsync(found, "current", "candidate", wanted, found.Current, new SchemaDocument(found.Current.Path, body), isCandidate: true, context);
    }

    public void Dispose() => _free.Dispose();

    private async Task<IResult> RunAsync(
        PublishedType type, string from, string to, CompatibilityMode mode, SchemaDocument old, SchemaDocument @new, bool isCandidate, HttpContext context)
    {
        if (!await _free.WaitAsync(LongestWait, context.RequestAborted))
        {
            context.Response.Headers.RetryAfter = "5";
            return SchemaProblems.Busy();
        }

        try
        {
            using var limit = new CancellationTokenSource(LongestComparison, time);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
            var comparison = await Task.Run(() => ReleasePolicy.Compare(catalogue, old, @new, mode, isCandidate, ended.Token), ended.Token);
            var answer = CompatibilityAnswer.Of(type.Name, from, to, mode, comparison);
            if (!isCandidate && _kept.Count < MaxKept)
                _kept.TryAdd((type.Name, from, to, mode), answer);
            return TypedResults.Json(answer, CompatibilityAnswer.Json);
        }
        catch (SchemaLoadException e)
        {
            return SchemaProblems.NotLoadable(e);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return SchemaProblems.TooLong();
        }
        finally
        {
            _free.Release();
        }
    }

    private static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxCandidateBytes) return null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MaxCandidateBytes + 1;
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        try
        {
            for (int read; (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0;)
            {
                if (body.Length + read > MaxCandidateBytes) return null;
                body.Write(buffer, 0, read);
            }
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }

        return body.ToArray();
    }

    /// <summary>Counted before anything is compiled. Text that is not JSON is refused where it is loaded.</summary>
    private static int CountPatterns(byte[] body)
    {
        var count = 0;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 64 });
        try
        {
            var isBelow = -1;
            while (reader.Read())
            {
                if (isBelow >= 0 && reader.CurrentDepth <= isBelow && reader.TokenType == JsonTokenType.EndObject) isBelow = -1;
                if (reader.TokenType != JsonTokenType.PropertyName) continue;
                if (reader.ValueTextEquals("pattern"u8) || (isBelow >= 0 && reader.CurrentDepth == isBelow + 1)) count++;
                else if (reader.ValueTextEquals("patternProperties"u8)) isBelow = reader.CurrentDepth;
            }
        }
        catch (JsonException)
        {
            return 0;
        }

        return count;
    }

    private static CompatibilityMode? Mode(string? mode) => mode switch
    {
        null or "full" => CompatibilityMode.Full,
        "backward" => CompatibilityMode.Backward,
        "forward" => CompatibilityMode.Forward,
        _ => null,
    };
}
