namespace ExchangeBus.Contracts;

/// <summary>
/// The value of an extension attribute: its canonical text, and whether JSON writes it bare.
/// CloudEvents 1.0 (JSON format, section 2.2) writes Boolean and Integer without quotes, all else as a string.
/// </summary>
/// <param name="Text">Canonical text, for example <c>true</c>, <c>42</c> or <c>G15</c>.</param>
/// <param name="IsBare">True for Boolean and Integer. Default false.</param>
public readonly record struct AttributeValue(string Text, bool IsBare = false)
{
    /// <summary>The canonical text.</summary>
    public override string ToString() => Text;
}
