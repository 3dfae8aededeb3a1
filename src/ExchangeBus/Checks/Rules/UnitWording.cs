using ExchangeBus.Checks.CodeLists;
using ExchangeBus.Contracts;

namespace ExchangeBus.Checks.Rules;

/// <summary>Says of an unknown unit what is known about its code, for the person who decides.</summary>
internal static class UnitWording
{
    internal static Violation Of(string pointer, IReadOnlyList<OtherMeaning> meanings) => meanings.Count == 0
        ? CodeRules.Unit.At(pointer, "Mã này không có trong bất kỳ danh mục nào.", "No list has this code.")
        : CodeRules.Unit.At(pointer, string.Join(' ', meanings.Select(Vi)), string.Join(' ', meanings.Select(En)));

    private static string Vi(OtherMeaning meaning)
    {
        var when = meaning.Until == DateOnly.MaxValue ? $"Từ {meaning.From:dd/MM/yyyy}" : $"Đến {meaning.Until:dd/MM/yyyy}";
        var successor = meaning.Successor switch
        {
            null => "",
            { Confidence: Confidence.Certain } s => $" Nay là {s.FullName} ({s.Unit.Code}).",
            { Confidence: Confidence.Probable } s => $" Có lẽ nay là {s.FullName} ({s.Unit.Code}).",
            { } s => $" Nay thuộc {s.FullName} ({s.Unit.Code}); chưa rõ xã nào.",
        };
        return $"{when}: {meaning.FullName}.{successor}";
    }

    private static string En(OtherMeaning meaning)
    {
        var when = meaning.Until == DateOnly.MaxValue ? $"From {meaning.From:yyyy-MM-dd}" : $"Until {meaning.Until:yyyy-MM-dd}";
        var successor = meaning.Successor switch
        {
            null => "",
            { Confidence: Confidence.Certain } s => $" Now {s.FullName} ({s.Unit.Code}).",
            { Confidence: Confidence.Probable } s => $" Probably now {s.FullName} ({s.Unit.Code}).",
            { } s => $" Now in {s.FullName} ({s.Unit.Code}); which commune is not known.",
        };
        return $"{when}: {meaning.FullName}.{successor}";
    }
}
