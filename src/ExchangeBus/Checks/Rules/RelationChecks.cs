using ExchangeBus.Checks.Rules.Plans;

namespace ExchangeBus.Checks.Rules;

/// <summary>Compares the fields of one object with one another, when the object has been read.</summary>
internal readonly ref struct RelationChecks(Relations fields, WalkMemory memory, RuleContext context, Findings findings, int indexes)
{
    private const int FirstCentury = 19;

    // The code VN as the field is remembered.
    private const long Vietnam = 'V' | ('N' << 8);

    internal void Run()
    {
        CheckId();
        CheckOrder();
        CheckNumbers();
        foreach (var (birth, isMother) in fields.Parents)
            CheckParent(birth, isMother);
        Postpone();
    }

    private void CheckId()
    {
        if (Of(fields.Id) is not { IsRead: true } id)
            return;
        // 12 digits: 3 of the province or country, 1 of century and gender, 2 of the year, 6 without meaning.
        var place = (int)(id.Number / 1_000_000_000);
        if (place < 100 && context.Units.Oldest.Find(CodeLists.UnitList.KeyOf(2, place)) is null)
            Say(PersonRules.IdProvince, fields.Id!);
        var mark = (int)(id.Number / 100_000_000 % 10);
        if (Of(fields.Gender) is { IsRead: true } gender && mark % 2 != gender.Number)
            Say(PersonRules.IdGender, fields.Id!);
        if (Of(fields.Birth) is not { IsRead: true } birth)
            return;
        if (FirstCentury + (mark / 2) != birth.Day.Year / 100)
            Say(PersonRules.IdCentury, fields.Id!);
        if (id.Number / 1_000_000 % 100 != birth.Day.Year % 100)
            Say(PersonRules.IdYear, fields.Id!);
    }

    private void CheckOrder()
    {
        Before(fields.Registration, fields.Birth, "ngày sinh", "the date of birth");
        Before(fields.Registration, fields.Death, "ngày chết", "the date of death");
        Before(fields.Notice, Reported, "ngày của việc được báo", "the date of what it reports");
        Before(fields.Death, fields.Birth, "ngày sinh", "the date of birth");
        Before(fields.End, fields.Start, "ngày bắt đầu", "the date it starts");
    }

    private void Before(PlanNode? later, PlanNode? earlier, string whatVi, string whatEn)
    {
        if (later is not null && earlier is not null && Of(earlier).Day.IsAfter(Of(later).Day))
            findings.Add(RecordRules.Order.At(Pointers.Of(later, memory.Indexes, indexes), whatVi, whatEn));
    }

    private void CheckNumbers()
    {
        if (Of(fields.NoticeNumber) is { IsRead: true } notice)
        {
            var reported = Of(Reported).Day;
            // What happens on the last days of a year may be reported in the next.
            if (reported.IsKnown && notice.Digits != reported.Year % 100 && notice.Digits != (reported.Year + 1) % 100)
                Say(RecordRules.NoticeYear, fields.NoticeNumber!);
            if (notice.Number == 0)
                Say(RecordRules.NoticeFacility, fields.NoticeNumber!);
        }

        if (Of(fields.Registration) is not { IsRead: true } registered)
            return;
        if (Of(fields.Book) is { IsRead: true } book && book.Number != registered.Day.Year)
            Say(RecordRules.BookYear, fields.Book!);
        if (Of(fields.RecordNumber) is { IsRead: true } number && number.Number != registered.Day.Year)
            Say(RecordRules.NumberYear, fields.RecordNumber!);
    }

    private void CheckParent(PlanNode parent, bool isMother)
    {
        if (Of(parent) is not { IsRead: true, Day: var born } || Of(fields.Birth) is not { IsRead: true, Day: var child })
            return;
        // The most and the least that the years between can be, for dates of which a part is unknown.
        if (YearsBetween(born.Earliest, child.Latest) < context.Numbers.ParentYearsAtLeast)
            findings.Add(PersonRules.ParentAge.At(Pointers.Of(parent, memory.Indexes, indexes), context.Numbers.ParentYearsAtLeast));
        else if (isMother && YearsBetween(born.Latest, child.Earliest) > context.Numbers.MotherYearsAtMost)
            findings.Add(PersonRules.MotherAge.At(Pointers.Of(parent, memory.Indexes, indexes), context.Numbers.MotherYearsAtMost));
    }

    private static int YearsBetween(DateOnly from, DateOnly to) => to.Year - from.Year - (to.Month < from.Month || (to.Month == from.Month && to.Day < from.Day) ? 1 : 0);

    private void Postpone()
    {
        if (fields.Units.Length > 0 && (Of(fields.Country) is not { IsRead: true } country || country.Number == Vietnam))
        {
            foreach (var unit in fields.Units)
                Postpone(unit, default);
        }

        if (fields.HealthCard is not null)
            Postpone(fields.HealthCard, Of(fields.Birth).Day);
        if (fields.Due is not null)
            Postpone(fields.Due, default);
    }

    private void Postpone(PlanNode node, PartialDay birth)
    {
        if (Of(node) is { IsRead: true } value)
            memory.Postpone(new Postponed(node, value, birth, memory.Indexes[0], memory.Indexes[1]));
    }

    /// <summary>The date of what a notice reports.</summary>
    private PlanNode? Reported => Of(fields.Death).IsRead ? fields.Death : fields.Birth;

    private FieldValue Of(PlanNode? field) => field is null ? default : memory.Slots[field.Slot];

    private void Say(Rule rule, PlanNode field) => findings.Add(rule.At(Pointers.Of(field, memory.Indexes, indexes)));
}
