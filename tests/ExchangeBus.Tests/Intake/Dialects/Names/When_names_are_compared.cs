using System.Text.Json.Nodes;
using ExchangeBus.Intake.Dialects.Names;

namespace ExchangeBus.Tests.Intake.Dialects.Names;

internal sealed class When_names_are_compared
{
    [TestCase("Nguyễn Văn Hòa", "NGUYỄN VĂN HOÀ", TestName = "tone on either vowel of an open syllable")]
    [TestCase("Lê Thúy", "LÊ THUÝ", TestName = "uy")]
    [TestCase("Đinh Khỏe", "ĐINH KHOẺ", TestName = "oe")]
    [TestCase("Trần  Thị \t Mẫu ", "trần thị mẫu", TestName = "blanks")]
    [TestCase("Tra\u0302\u0300n Thi\u0323 Ma\u0302\u0303u", "Trần Thị Mẫu", TestName = "combining marks")]
    [TestCase("đặng ưng", "ĐẶNG ƯNG", TestName = "capitals of Vietnamese letters")]
    [TestCase("Dụ", "DỤ", TestName = "one word")]
    [TestCase("Trần\u00A0Dụ", "TRẦN DỤ", TestName = "no-break space")]
    public void Should_take_two_spellings_for_one_name(string one, string other) => Assert.That(NameComparison.Key(one), Is.EqualTo(NameComparison.Key(other)));

    [TestCase("Nguyễn Văn Hòa", "Nguyễn Văn Hóa")]
    [TestCase("Mùa", "Muà", Description = "not the same sound: here the spelling tells")]
    [TestCase("Hoàn", "Hoan")]
    [TestCase("Lý", "Lí")]
    [TestCase("Đào", "Dào")]
    [TestCase("Anh Tú", "AnhTú")]
    public void Should_keep_different_names_apart(string one, string other) => Assert.That(NameComparison.Key(one), Is.Not.EqualTo(NameComparison.Key(other)));

    [Test]
    public void Should_compare_whole_names_and_never_parts()
    {
        var split = new JsonObject { ["family"] = "Phan", ["middle"] = "Văn", ["given"] = "Thí Dụ" };

        Assert.That(NameComparison.AreSame(split, new JsonObject { ["given"] = "PHAN VĂN THÍ DỤ" }), Is.True);
        Assert.That(NameComparison.AreSame(split, new JsonObject { ["family"] = "", ["middle"] = "", ["given"] = "PHAN VĂN THÍ DỤ" }), Is.True);
        Assert.That(NameComparison.AreSame(split, new JsonObject { ["family"] = "Phan", ["given"] = "Thí Dụ" }), Is.False);
    }
}
