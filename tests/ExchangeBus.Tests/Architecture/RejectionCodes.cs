using System.Reflection;
using ExchangeBus.Checks.Rules;
using ExchangeBus.Contracts;

namespace ExchangeBus.Tests.Architecture;

/// <summary>
/// The page of all codes, made from the code: every static class with a static property <c>All</c> of violations shows one of each,
/// and the validator shows its own. A class may say <c>static int StatusOf(string code)</c> and <c>static string SourceOf(string code)</c>.
/// </summary>
internal static class RejectionCodes
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Dictionary<string, int> Statuses = new()
    {
        ["batch.malformed"] = 400,
        ["batch.toomany"] = 413,
        ["body.mediatype"] = 415,
        ["body.toolarge"] = 413,
        ["bus.unavailable"] = 503,
        ["duplicate.differs"] = 409,
        ["limit.concurrent"] = 429,
        ["limit.held"] = 429,
        ["limit.rate"] = 429,
        ["review.forbidden"] = 403,
        ["review.order"] = 409,
        ["sender.source"] = 403,
        ["sender.type"] = 403,
        ["sender.unknown"] = 401,
    };

    private static readonly (string Prefix, string Source)[] Sources =
    [
        ("envelope.", "CloudEvents 1.0"), ("json.", "RFC 8259"), ("schema.", "JSON Schema 2020-12; schemas/"), ("qcvn109.", "QCVN 109:2017/BTTTT"),
        ("limit.", "bounds of the bus"), ("body.", "HTTP (RFC 9110)"), ("batch.", "CloudEvents 1.0, JSON batch format"), ("duplicate.differs", "CloudEvents 1.0, source and id"),
        ("duplicate.", "x-business-key in schemas/"), ("held.", "docs/for-agencies.md"), ("review.", "docs/for-operators.md"), ("desk.", "docs/for-operators.md"),
        ("release.", "RFC 6901; schemas/"), ("type.", "schemas/"), ("sender.", "registration of the agency"),
        ("webhook.", "Standard Webhooks; CloudEvents HTTP webhook 1.0"),
    ];

    internal sealed record Entry(Violation Violation, int Status, string Source, string Fields);

    internal static IReadOnlyList<Entry> Entries { get; } = [.. OfClasses().Concat(OfValidator()).DistinctBy(e => e.Violation.Code).OrderBy(e => e.Violation.Code, StringComparer.Ordinal)];

    internal static IEnumerable<string> Page() =>
    [
        "# Codes", "",
        "Everything that the bus says against an event, by its stable code. `error`: the event is refused, with this HTTP status (over AMQP the receipt carries the same violation).",
        "`warning`: it is accepted, and the receipt says so in `warnings`. `hold`: only a person can decide. `…`, `n` and `0` stand for what depends on the event.",
        "`agreement.…`, `release.…` and `rules.…` are said of an agreement, `subscription.…` and `webhook.…` of a subscription, `pull.…` and `explain.…` of a request of a subscriber. `schema.load.json` is one of several `schema.load.…`.", "",
        "This page is made from the code: run `dotnet test --filter When_an_event_can_be_refused` and follow what it says.", "",
        "| code | severity | HTTP | vi | en | reads | source |",
        "|---|---|---|---|---|---|---|",
        .. Entries.Select(e => $"| `{e.Violation.Code}` | {e.Violation.Severity.ToString().ToLowerInvariant()} | {e.Status} | {Cell(e.Violation.MessageVi)} | {Cell(e.Violation.MessageEn)} | {Cell(e.Fields)} | {Cell(e.Source)} |"),
    ];

    private static IEnumerable<Entry> OfClasses() =>
        from assembly in Assemblies.All
        from type in Assemblies.WrittenTypes(assembly)
        let all = type.GetProperty("All", Static)
        where all is not null && typeof(IEnumerable<Violation>).IsAssignableFrom(all.PropertyType)
        let rules = (type.GetField("Rules", Static)?.GetValue(null) as Rule[] ?? []).ToDictionary(r => r.Code)
        from violation in (IEnumerable<Violation>)all.GetValue(null)!
        let rule = rules.GetValueOrDefault(violation.Code)
        select new Entry(
            violation,
            Say<int?>(type, "StatusOf", violation.Code) ?? StatusOf(violation, type),
            Say<string?>(type, "SourceOf", violation.Code) ?? rule?.Source ?? SourceOf(violation.Code),
            rule?.Fields ?? "");

    private static IEnumerable<Entry> OfValidator() => SchemaSamples.All.Select(v => new Entry(new Violation("", v.Code, v.MessageVi, v.MessageEn), 422, SourceOf(v.Code), ""));

    private static int StatusOf(Violation violation, Type type) => violation.Severity is Severity.Warning or Severity.Hold ? 202
        : Statuses.TryGetValue(violation.Code, out var status) ? status
        : type.Namespace == typeof(Violation).Namespace ? 400 : 422;

    private static string SourceOf(string code) => Array.Find(Sources, s => code.StartsWith(s.Prefix, StringComparison.Ordinal)).Source ?? "the bus";

    private static T? Say<T>(Type type, string method, string code) => type.GetMethod(method, Static, [typeof(string)]) is { } found ? (T?)found.Invoke(null, [code]) : default;

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
}
