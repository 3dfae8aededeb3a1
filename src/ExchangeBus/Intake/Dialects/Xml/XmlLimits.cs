namespace ExchangeBus.Intake.Dialects.Xml;

/// <summary>Bounds of a document. A message that goes over one is refused before a tree is built of it.</summary>
/// <param name="MaxBytes">Of the UTF-8 text.</param>
/// <param name="MaxDepth">Elements within elements; the root is level 0.</param>
/// <param name="MaxElements">In the whole document.</param>
internal sealed record XmlLimits(int MaxBytes, int MaxDepth, int MaxElements)
{
    /// <summary>Of one element, namespace declarations included.</summary>
    internal const int MaxAttributes = 16;

    /// <summary>Characters of one piece of text, one attribute or one name.</summary>
    internal const int MaxText = 4_000;
}
