using Bogus;
using ExchangeBus.Contracts.LinkedBirth;

namespace ExchangeBus.SampleAgencies.Citizens;

/// <summary>Vietnamese names put together by chance from common parts; family names weigh as they do in the country.</summary>
internal static class InventedNames
{
    private static readonly string[] Families =
        ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Vàng", "Giàng", "Lò", "Y"];

    private static readonly float[] FamilyWeights =
        [0.30f, 0.11f, 0.09f, 0.07f, 0.05f, 0.05f, 0.04f, 0.04f, 0.04f, 0.03f, 0.03f, 0.03f, 0.02f, 0.02f, 0.02f, 0.02f, 0.01f, 0.01f, 0.01f, 0.01f];

    // An empty middle name is legal and does occur.
    private static readonly string[] MaleMiddles = ["Văn", "Đức", "Minh", "Quốc", "Hữu", "Gia", "Xuân", "Thành", ""];
    private static readonly string[] FemaleMiddles = ["Thị", "Thị Thu", "Ngọc", "Thị Minh", "Khánh", "Thùy", "Bảo", "Diệu", ""];
    private static readonly string[] MaleGivens = ["An", "Bình", "Cường", "Dũng", "Hải", "Hùng", "Khôi", "Long", "Nam", "Phúc", "Quân", "Sơn", "Thắng", "Tuấn", "Việt"];
    private static readonly string[] FemaleGivens = ["Anh", "Chi", "Dung", "Giang", "Hà", "Hoa", "Lan", "Linh", "Mai", "Ngân", "Oanh", "Phương", "Quỳnh", "Thảo", "Vy"];

    internal static PersonName Next(Randomizer random, bool female, string? family = null)
    {
        family ??= random.WeightedRandom(Families, FamilyWeights);
        var middle = random.ArrayElement(female ? FemaleMiddles : MaleMiddles);
        return new PersonName(family, middle.Length == 0 ? null : middle, random.ArrayElement(female ? FemaleGivens : MaleGivens));
    }
}
