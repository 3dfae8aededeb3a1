using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ExchangeBus.JsonSchema.Compatibility;

namespace ExchangeBus.Schemas;

/// <summary>The answer of a comparison over HTTP.</summary>
internal sealed record CompatibilityAnswer(
    string Type, string From, string To, CompatibilityMode Mode, CompatibilityVerdict Verdict, bool MayFollow,
    IReadOnlyList<FindingAnswer> Findings, IReadOnlyList<LoweredClassification> LoweredClassifications)
{
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 256,
    };

    internal static CompatibilityAnswer Of(string type, string from, string to, CompatibilityMode mode, ReleaseComparison comparison)
    {
        var objections = ReleasePolicy.Objections(comparison.Report).ToHashSet();
        return new CompatibilityAnswer(
            type, from, to, mode, comparison.Report.Verdict,
            mode == CompatibilityMode.Full && objections.Count == 0 && comparison.Lowered.Count == 0,
            [.. comparison.Report.Findings.Select(finding => FindingAnswer.Of(finding, !objections.Contains(finding)))], comparison.Lowered);
    }
}

/// <summary>One finding, with its example as JSON.</summary>
internal sealed record FindingAnswer(
    CompatibilityMode Direction, bool Proved, bool AllowedByPolicy, string Keyword, string Pointer, string OldLocation, string NewLocation,
    string MessageVi, string MessageEn, JsonNode? Example)
{
    internal static FindingAnswer Of(CompatibilityFinding finding, bool isAllowed) => new(
        finding.Direction, finding.IsProved, isAllowed, finding.Keyword, finding.InstancePointer, finding.OldLocation, finding.NewLocation,
        finding.MessageVi, finding.MessageEn,
        finding.Example is null ? null : JsonNode.Parse(finding.Example, documentOptions: new JsonDocumentOptions { MaxDepth = 256 }));
}
