namespace ExchangeBus.SampleAgencies.Citizens;

/// <summary>The unit lists by the day they are read for: since July 2025 there are 34 provinces, 3,321 communes and no districts (Decision 19/2025/QĐ-TTg).</summary>
internal sealed class UnitLists(AdministrativeUnits before2025, AdministrativeUnits since2025)
{
    private static readonly DateOnly Merger = new(2025, 7, 1);

    internal static UnitLists FromCodeLists(string folder) => new(
        AdministrativeUnits.Load(Path.Combine(folder, "admin-units-2021-2025.csv")),
        AdministrativeUnits.Load(Path.Combine(folder, "admin-units-2025-07.csv")));

    /// <summary>Two digits of the province above a unit, or null when the unit does not exist on that day.</summary>
    internal string? ProvinceOf(string unit, DateOnly on)
    {
        var units = on < Merger ? before2025 : since2025;
        return units.Find(unit) is { } found ? units.ProvinceOf(found).Code : null;
    }
}
