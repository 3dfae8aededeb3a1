using ExchangeBus.Checks.CodeLists;
using ExchangeBus.Checks.Rules.Plans;

namespace ExchangeBus.Checks.Rules;

/// <summary>The checks that need the event's date: which units exist, which codes are in a list, how old a child is.</summary>
internal static class EventDayChecks
{
    private const long NoSocialInsurance = 10_000_000_000;

    /// <param name="memory">What the walk has postponed.</param>
    /// <param name="context">Lists, numbers, and the date by the envelope or the clock.</param>
    /// <param name="named">The date that the body names where its schema says <c>x-event-date</c>; unknown when it does not.</param>
    /// <param name="findings">Takes what is wrong.</param>
    internal static void Run(WalkMemory memory, RuleContext context, PartialDay named, Findings findings)
    {
        var day = named.IsWhole ? named.Earliest : context.EnvelopeDay;
        var units = context.Units.On(day);
        foreach (ref readonly var check in memory.Postponed.AsSpan(0, memory.PostponedCount))
        {
            switch (check.Node.Kind)
            {
                case FieldKind.Unit or FieldKind.Commune:
                    CheckUnit(check, units, context, day, findings);
                    break;
                case FieldKind.Listed:
                    CheckListed(check, day, findings);
                    break;
                case FieldKind.HealthCardNumber:
                    CheckCard(check, context, day, findings);
                    break;
                default:
                    if (check.Value.Day.IsKnown && check.Value.Day.Latest < day)
                        findings.Add(RecordRules.Due.At(PointerOf(check)));
                    break;
            }
        }
    }

    private static void CheckUnit(in Postponed check, UnitList units, RuleContext context, DateOnly day, Findings findings)
    {
        // A commune is checked by the form of its code here, because a code of two digits under it is not unknown but wrong.
        if (check.Node.Kind == FieldKind.Commune && check.Value.Digits != (int)UnitLevel.Commune)
        {
            findings.Add(CodeRules.UnitLevel.At(PointerOf(check)));
            return;
        }

        var key = UnitList.KeyOf(check.Value.Digits, (int)check.Value.Number);
        if (units.Find(key) is null)
            findings.Add(UnitWording.Of(PointerOf(check), context.Units.Explain(key, day)));
    }

    private static void CheckListed(in Postponed check, DateOnly day, Findings findings)
    {
        Span<byte> code = stackalloc byte[8];
        if (!check.Node.List!.Holds(code[..FieldReading.Unpack(check.Value, code)], day))
            findings.Add(CodeRules.Unknown.At(PointerOf(check), check.Node.List.Name));
    }

    private static void CheckCard(in Postponed check, RuleContext context, DateOnly day, Findings findings)
    {
        if (!context.Units.WasProvince((int)(check.Value.Number / NoSocialInsurance), day))
            findings.Add(PersonRules.CardProvince.At(PointerOf(check)));
        if (check.Value.Digits != 1)
            return;
        if (check.Value.Number % NoSocialInsurance == 0)
            findings.Add(PersonRules.CardTemporary.At(PointerOf(check)));
        if (!check.Birth.IsKnown)
            return;
        // Of a date whose day is unknown, the latest that it can be: nobody is told to be too old who perhaps is not.
        var born = check.Birth.Latest;
        if (day > context.Numbers.LastCardDay(born))
            findings.Add(PersonRules.CardAge.At(PointerOf(check)));
        else if (day >= born.AddMonths(context.Numbers.ChildCardMonths))
            findings.Add(PersonRules.CardSix.At(PointerOf(check)));
    }

    private static string PointerOf(in Postponed check) =>
        Pointers.Of(check.Node, [check.FirstIndex, check.SecondIndex], Postponed.MaxIndexes);
}
