using ExchangeBus.Contracts;

namespace ExchangeBus.Release;

/// <summary>What may be wrong in a list of released fields. The pointer of each names the place in the list, never its text.</summary>
internal static class ReleaseRejections
{
    internal static Violation NotAField(int index) => new($"/fields/{index}", "release.form",
        "Mỗi mục phải là một con trỏ JSON bắt đầu bằng '/' (dùng * cho phần tử bất kỳ) hoặc một mức: public, personal, sensitive, all.",
        "Each entry must be a JSON pointer that begins with '/' (* for any item) or a class: public, personal, sensitive, all.");

    internal static Violation UnknownField(int index) => new($"/fields/{index}", "release.unknown",
        "Con trỏ này không chỉ tới trường nào trong lược đồ của loại sự kiện; phần tử và tên tùy ý viết là *.",
        "This pointer leads to no field in any schema of the event type; items and free names are written *.");

    internal static Violation TooMany(int most) => new("/fields", "release.toomany",
        $"Danh sách có nhiều nhất {most} trường.", $"The list may have at most {most} fields.");

    internal static IEnumerable<Violation> All => [NotAField(0), UnknownField(0), TooMany(0)];
}
