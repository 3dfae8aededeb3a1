using ExchangeBus.JsonSchema.Loading;

namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>A demand of the wider schema that could not be shown to follow from the narrower one.</summary>
/// <param name="Keyword">The demand.</param>
/// <param name="Narrow">Location in the schema whose documents are all to be accepted.</param>
/// <param name="Wide">Location in the schema that is to accept them.</param>
/// <param name="Path">Names and indexes on the way from the document to the place.</param>
/// <param name="Phrase">What the demand says, or why it was not decided.</param>
/// <param name="IsUndecided">Whether the comparison does not follow the keyword at all.</param>
/// <param name="Examples">Documents, or values for the place looked at, that the narrower accepts and the wider refuses.</param>
internal sealed record Failure(
    string Keyword, string Narrow, string Wide, IReadOnlyList<string> Path, Phrase Phrase, bool IsUndecided, IReadOnlyList<string> Examples)
{
    public static Failure Undecided(string keyword, string narrow, string wide, Phrase reason) => new(keyword, narrow, wide, [], reason, true, []);

    /// <summary>The failure as it looks from the value around it. Where nothing was known of the inner value, what says nothing about it is named instead.</summary>
    public Failure Below(string step, string around, IReadOnlyList<string> examples) =>
        this with { Path = [step, .. Path], Narrow = Narrow.Length > 0 ? Narrow : around, Examples = examples };
}
