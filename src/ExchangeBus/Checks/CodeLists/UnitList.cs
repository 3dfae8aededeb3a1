using System.Collections.Frozen;

namespace ExchangeBus.Checks.CodeLists;

internal enum UnitLevel
{
    Province = 2,
    District = 3,
    Commune = 5,
}

/// <summary>A unit in one edition of the list.</summary>
internal sealed record Unit(string Code, string Name, UnitLevel Level, string Parent);

/// <summary>One edition of the administrative units. <paramref name="From"/> and <paramref name="Until"/> are both included.</summary>
internal sealed record UnitList(DateOnly From, DateOnly Until, FrozenDictionary<int, Unit> Units, FrozenDictionary<string, string> ProvinceSuccessors)
{
    internal static UnitList Load(string folder, DatedFile file) => new(
        file.From ?? DateOnly.MinValue,
        file.Until ?? DateOnly.MaxValue,
        CodeListFolder.Rows(Path.Combine(folder, file.File), "code,name,level,parent")
            .Select(cells => new Unit(cells[0], cells[1], Enum.Parse<UnitLevel>(cells[2], ignoreCase: true), cells[3]))
            .ToFrozenDictionary(unit => KeyOf(unit.Code)),
        file.Successors is null
            ? FrozenDictionary<string, string>.Empty
            : CodeListFolder.Rows(Path.Combine(folder, file.Successors), "code,successor").ToFrozenDictionary(cells => cells[0], cells => cells[1]));

    /// <summary>The digits as a number under a leading digit that says how many there are, so that <c>01</c> and <c>001</c> differ.</summary>
    internal static int KeyOf(int digits, int code) => (digits * 100_000) + code;

    internal static int KeyOf(string code) => KeyOf(code.Length, int.Parse(code, System.Globalization.CultureInfo.InvariantCulture));

    internal Unit? Find(int key) => Units.GetValueOrDefault(key);

    internal Unit? Find(string code) => Find(KeyOf(code));

    internal Unit ProvinceOf(Unit unit)
    {
        while (unit.Level != UnitLevel.Province)
            unit = Find(unit.Parent)!;
        return unit;
    }

    /// <summary>For people: the unit with all above it.</summary>
    internal string FullName(Unit unit) => unit.Parent.Length == 0 ? unit.Name : $"{unit.Name}, {FullName(Find(unit.Parent)!)}";
}
