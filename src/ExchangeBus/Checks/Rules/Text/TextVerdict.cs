namespace ExchangeBus.Checks.Rules.Text;

/// <summary>What a look at a text says.</summary>
/// <param name="Certain">What is wrong; null when nothing is certain.</param>
/// <param name="Doubtful">What is wrong if other texts of the event say the same.</param>
/// <param name="WritesUnicode">Whether it has Vietnamese letters that no encoding before Unicode has.</param>
internal readonly record struct TextVerdict(Rule? Certain, Rule? Doubtful, bool WritesUnicode);
