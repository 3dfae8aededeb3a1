using ExchangeBus.JsonSchema.Loading;

namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>The sentences of a comparison for people. What a keyword demands is said in the words of the validator.</summary>
internal static class FindingWording
{
    public static Phrase Dynamic => new("$dynamicRef không được so sánh", "$dynamicRef is not compared");

    public static Phrase TooMuch => new("việc so sánh cần quá nhiều bước", "the comparison takes too many steps");

    public static Phrase TooDeep => new("các trường lồng quá sâu", "the fields are nested too deeply");

    public static Phrase Pattern => new("mẫu này không được so sánh với mẫu khác", "this pattern cannot be compared with another one");

    public static Phrase Keyword(string keyword) => new($"từ khóa {keyword} ở đây không được so sánh", $"the keyword {keyword} is not compared here");

    public static string Vi(Failure failure, string pointer, bool isBackward, bool isProved)
    {
        var (narrow, wide) = isBackward ? ("bản cũ", "bản mới") : ("bản mới", "bản cũ");
        var place = pointer.Length == 0 ? "Tài liệu" : "Trường " + pointer;
        if (failure.IsUndecided) return $"{place}: chưa xác định được {wide} có nhận mọi dữ liệu của {narrow} hay không: {failure.Phrase.Vi}.";
        return isProved
            ? $"{place}: {narrow} chấp nhận nhưng {wide} từ chối: {failure.Phrase.Vi}."
            : $"{place}: chưa chứng minh được {wide} nhận mọi dữ liệu của {narrow} (không dựng được ví dụ); {wide} có thể từ chối: {failure.Phrase.Vi}.";
    }

    public static string En(Failure failure, string pointer, bool isBackward, bool isProved)
    {
        var (narrow, wide) = isBackward ? ("old", "new") : ("new", "old");
        var place = pointer.Length == 0 ? "The document" : pointer;
        if (failure.IsUndecided) return $"{place}: not decided whether the {wide} version accepts all that the {narrow} one does: {failure.Phrase.En}.";
        return isProved
            ? $"{place}: accepted by the {narrow} version and refused by the {wide} one: {failure.Phrase.En}."
            : $"{place}: not proved that the {wide} version accepts all that the {narrow} one does (no example could be built); it may refuse: {failure.Phrase.En}.";
    }
}
