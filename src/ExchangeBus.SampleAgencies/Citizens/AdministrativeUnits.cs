using System.Collections.Frozen;

namespace ExchangeBus.SampleAgencies.Citizens;

/// <summary>One row of a unit list.</summary>
/// <param name="Code">2 digits (province), 3 (district, before July 2025) or 5 (commune); text, because leading zeros count.</param>
/// <param name="Name">Full name in Vietnamese.</param>
/// <param name="Level"><c>province</c>, <c>district</c> or <c>commune</c>.</param>
/// <param name="Parent">Code of the unit above; empty for a province.</param>
public sealed record AdministrativeUnit(string Code, string Name, string Level, string Parent);

/// <summary>The administrative units of one period. A code alone does not identify a unit: take the list that is valid on the day.</summary>
public sealed class AdministrativeUnits
{
    private const string Header = "code,name,level,parent";

    private readonly FrozenDictionary<string, AdministrativeUnit> _byCode;

    private AdministrativeUnits(IReadOnlyList<AdministrativeUnit> units)
    {
        _byCode = units.ToFrozenDictionary(unit => unit.Code);
        Provinces = [.. units.Where(unit => unit.Level == "province")];
        Communes = [.. units.Where(unit => unit.Level == "commune")];
    }

    /// <summary>In the order of the list.</summary>
    public IReadOnlyList<AdministrativeUnit> Provinces { get; }

    /// <summary>In the order of the list.</summary>
    public IReadOnlyList<AdministrativeUnit> Communes { get; }

    /// <summary>The unit of a code, or null when this period has none.</summary>
    public AdministrativeUnit? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>The province above a unit, or the unit itself when it is one.</summary>
    /// <exception cref="KeyNotFoundException">A parent is not in the list.</exception>
    public AdministrativeUnit ProvinceOf(AdministrativeUnit unit) => unit.Parent.Length == 0 ? unit : ProvinceOf(_byCode[unit.Parent]);

    /// <summary>Reads a list from <c>schemas/code-lists</c>.</summary>
    /// <exception cref="InvalidDataException">The header or a row is not of the form <c>code,name,level,parent</c>.</exception>
    public static AdministrativeUnits Load(string path)
    {
        var lines = File.ReadAllLines(path);
        if (lines.Length == 0 || lines[0] != Header)
            throw new InvalidDataException($"{path} must begin with the line {Header}.");

        return new([.. lines.Skip(1).Select((line, index) => line.Split(',') is [var code, var name, var level, var parent]
            ? new AdministrativeUnit(code, name, level, parent)
            : throw new InvalidDataException($"{path}, line {index + 2}: expected {Header}."))]);
    }
}
