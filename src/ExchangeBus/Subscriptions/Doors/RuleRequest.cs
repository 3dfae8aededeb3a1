using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;
using ExchangeBus.Agencies;
using ExchangeBus.Subscriptions.Agreements;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Subscriptions.Doors;

/// <summary>Reads what people ask for, and says who asks and why.</summary>
internal static partial class RuleRequest
{
    /// <summary>Longest body.</summary>
    internal const int MaxBytes = 256 * 1024;

    /// <summary>The body, or the refusal that says where it is wrong.</summary>
    internal static async Task<(T? Body, IResult? Refusal)> ReadAsync<T>(HttpContext context)
        where T : class
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            // The serializer does not look at the items of lists, and PostgreSQL keeps no text with U+0000.
            if (UnusableOf(json.RootElement, "") is { } pointer)
                return (null, RuleProblems.Of(AgreementRejections.Malformed(pointer)));
            return json.Deserialize<T>(SubscriptionsJson.Options) is { } body ? (body, null) : (null, RuleProblems.Of(AgreementRejections.Malformed("")));
        }
        catch (JsonException e)
        {
            return (null, RuleProblems.Of(AgreementRejections.Malformed(PointerOf(e.Path))));
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return (null, RuleProblems.Of(AgreementRejections.Malformed("")));
        }
    }

    // A decision is evidence: it says who, and it says why.
    internal static bool IsReason([NotNullWhen(true)] string? reason) => reason?.Trim() is { Length: >= 3 and <= 1000 };

    internal static string NameOf(AgencySystem caller, string? officer) => officer is { Length: > 0 and <= 64 } ? $"{caller.BrokerUser}/{officer}" : caller.BrokerUser;

    private static string? UnusableOf(JsonElement element, string at) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Select((item, i) => item.ValueKind == JsonValueKind.Null ? $"{at}/{i}" : UnusableOf(item, $"{at}/{i}")).FirstOrDefault(p => p is not null),
        JsonValueKind.Object => element.EnumerateObject().Select(p => UnusableOf(p.Value, $"{at}/{p.Name}")).FirstOrDefault(p => p is not null),
        JsonValueKind.String => element.GetString()!.Contains('\0', StringComparison.Ordinal) ? at : null,
        _ => null,
    };

    // $.terms.releases[0].fields becomes /terms/releases/0/fields. A name that the form does not know is not repeated.
    private static string PointerOf(string? path) => path is null or "$" ? "" : Separators().Replace(path[1..].Replace("]", "", StringComparison.Ordinal), "/");

    [GeneratedRegex(@"[.\[]")]
    private static partial Regex Separators();
}
