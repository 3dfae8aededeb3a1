using ExchangeBus.JsonSchema.Parsing;

namespace ExchangeBus.JsonSchema.Keywords;

/// <summary>Sets of kinds of value, one bit for each <see cref="JsonKind"/>. A property name counts as a string.</summary>
internal static class Kinds
{
    public const int Null = 1 << (int)JsonKind.Null;
    public const int Boolean = (1 << (int)JsonKind.False) | (1 << (int)JsonKind.True);
    public const int Number = 1 << (int)JsonKind.Number;
    public const int String = (1 << (int)JsonKind.String) | (1 << (int)JsonKind.Name);
    public const int Array = 1 << (int)JsonKind.Array;
    public const int Object = 1 << (int)JsonKind.Object;
    public const int All = 0xFF;
}
