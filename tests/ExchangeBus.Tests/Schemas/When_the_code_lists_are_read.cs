namespace ExchangeBus.Tests.Schemas;

internal sealed class When_the_code_lists_are_read
{
    private sealed record Row(string Code, string Name, string Level, string Parent);

    private static readonly string[] Lists = ["admin-units-2021-2025.csv", "admin-units-2025-07.csv"];

    [TestCase("admin-units-2021-2025.csv", 63, 696, 10_035)]
    [TestCase("admin-units-2025-07.csv", 34, 0, 3_321)]
    public void Should_hold_every_unit_of_the_country(string list, int provinces, int districts, int communes)
    {
        var levels = Units(list).CountBy(row => row.Level).ToDictionary();

        Assert.That(levels.GetValueOrDefault("province"), Is.EqualTo(provinces));
        Assert.That(levels.GetValueOrDefault("district"), Is.EqualTo(districts));
        Assert.That(levels.GetValueOrDefault("commune"), Is.EqualTo(communes));
    }

    [TestCaseSource(nameof(Lists))]
    public void Should_name_each_code_once_with_the_digits_of_its_level_and_a_parent_that_exists(string list)
    {
        var rows = Units(list);
        var levels = rows.ToDictionary(row => row.Code, row => row.Level);
        var above = new Dictionary<string, string> { ["district"] = "province", ["commune"] = list.Contains("2021", StringComparison.Ordinal) ? "district" : "province" };

        foreach (var row in rows)
        {
            Assert.That(row.Code, Has.Length.EqualTo(row.Level switch { "province" => 2, "district" => 3, _ => 5 }).And.All.Matches<char>(char.IsAsciiDigit));
            Assert.That(row.Name, Is.Not.Empty.And.EqualTo(row.Name.Trim()));
            if (row.Level == "province")
                Assert.That(row.Parent, Is.Empty, row.Code);
            else
                Assert.That(levels.GetValueOrDefault(row.Parent), Is.EqualTo(above[row.Level]), row.Code);
        }
    }

    [Test]
    public void Should_show_that_a_code_changed_its_meaning()
    {
        Assert.That(NameOf("15", Lists[0]), Is.EqualTo("Tỉnh Yên Bái"));
        Assert.That(NameOf("15", Lists[1]), Is.EqualTo("Tỉnh Lào Cai"));
    }

    [Test]
    public void Should_hold_54_ethnic_groups_foreigners_and_unknown()
    {
        var codes = Read("ethnic-groups.csv", "code,name").Select(cells => cells[0]);

        Assert.That(codes, Is.EqualTo(Enumerable.Range(1, 55).Append(99).Select(code => $"{code:00}")));
    }

    private static string? NameOf(string code, string list) => Units(list).Single(row => row.Code == code).Name;

    private static List<Row> Units(string list) =>
        [.. Read(list, "code,name,level,parent").Select(cells => new Row(cells[0], cells[1], cells[2], cells[3]))];

    private static IEnumerable<string[]> Read(string list, string header)
    {
        var lines = File.ReadAllLines(Path.Combine(SchemaFolder.Root, "code-lists", list));
        Assert.That(lines[0], Is.EqualTo(header));
        Assert.That(lines, Has.None.Contains("\""));
        return lines.Skip(1).Select(line => line.Split(','));
    }
}
