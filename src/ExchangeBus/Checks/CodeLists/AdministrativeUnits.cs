namespace ExchangeBus.Checks.CodeLists;

/// <summary>How sure it is that a unit went into another.</summary>
internal enum Confidence
{
    /// <summary>Only the province above is known.</summary>
    Province,

    /// <summary>The one commune of that name in the successor province; merged communes often took a new name, so it may be another.</summary>
    Probable,

    /// <summary>By the text of the resolution.</summary>
    Certain,
}

/// <summary>Where a unit of an earlier edition most likely lies in a later one.</summary>
internal sealed record UnitSuccessor(Unit Unit, string FullName, Confidence Confidence);

/// <summary>What a code means in an edition other than that of the event's day.</summary>
internal sealed record OtherMeaning(DateOnly From, DateOnly Until, string FullName, UnitSuccessor? Successor);

/// <summary>Administrative units by day: a code keeps its number and changes its meaning, so the key is (code, day).</summary>
internal sealed class AdministrativeUnits(UnitList[] editions)
{
    internal static AdministrativeUnits Load(string folder, DatedFile[] files) =>
        new([.. files.Select(file => UnitList.Load(folder, file)).OrderBy(list => list.From)]);

    /// <summary>The units of a day. A day before the first edition is read with the first.</summary>
    internal UnitList On(DateOnly day)
    {
        // A loop: this is asked for every event, and a lambda would allocate.
        for (var i = editions.Length - 1; i > 0; i--)
        {
            if (editions[i].From <= day)
                return editions[i];
        }

        return editions[0];
    }

    /// <summary>The oldest edition: personal numbers and cards keep the province codes of the 63 (Circular 07/2016/TT-BCA).</summary>
    internal UnitList Oldest => editions[0];

    /// <summary>Whether a province had this code on the day or ever before it.</summary>
    internal bool WasProvince(int code, DateOnly day)
    {
        for (var i = 0; i < editions.Length && (i == 0 || editions[i].From <= day); i++)
        {
            if (editions[i].Find(UnitList.KeyOf(2, code)) is not null)
                return true;
        }

        return false;
    }

    /// <summary>What a code that does not exist on a day meant or will mean on others, for the person who decides.</summary>
    internal IReadOnlyList<OtherMeaning> Explain(int key, DateOnly day)
    {
        var today = On(day);
        return
        [
            .. editions.Where(edition => edition != today && edition.Find(key) is not null).Select(edition =>
            {
                var unit = edition.Find(key)!;
                return new OtherMeaning(edition.From, edition.Until, edition.FullName(unit), edition.From < today.From ? SuccessorOf(unit, edition, today) : null);
            }),
        ];
    }

    private static UnitSuccessor? SuccessorOf(Unit unit, UnitList was, UnitList now)
    {
        if (!now.ProvinceSuccessors.TryGetValue(was.ProvinceOf(unit).Code, out var code) || now.Find(code) is not { } province)
            return null;
        if (unit.Level == UnitLevel.Province)
            return new UnitSuccessor(province, province.Name, Confidence.Certain);
        var named = unit.Level == UnitLevel.Commune ? now.Units.Values.Where(u => u.Parent == province.Code && u.Name == unit.Name).ToArray() : [];
        return named is [var same]
            ? new UnitSuccessor(same, now.FullName(same), Confidence.Probable)
            : new UnitSuccessor(province, province.Name, Confidence.Province);
    }
}
