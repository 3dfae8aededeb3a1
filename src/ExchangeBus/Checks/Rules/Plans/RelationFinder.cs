namespace ExchangeBus.Checks.Rules.Plans;

/// <summary>Finds which fields of an object are to be compared with one another.</summary>
internal static class RelationFinder
{
    internal static Relations Of(string[] names, PlanNode[] children)
    {
        if (children.Length == 0)
            return Relations.None;

        // An outer object may carry the number, and the person inside it the dates: birth registered, personal id assigned.
        var subject = Vocabulary.Subjects.Select(s => Child(s)).FirstOrDefault(c => c is not null);
        PlanNode? WithRole(DateRole role) => Own(c => c.Role == role) ?? subject?.Children.FirstOrDefault(c => c.Role == role);
        PlanNode? Own(Func<PlanNode, bool> wanted) => children.FirstOrDefault(wanted);
        PlanNode? OfKind(FieldKind kind) => Own(c => c.Kind == kind);
        PlanNode? Child(string name) => Array.IndexOf(names, name) is var at and >= 0 ? children[at] : null;

        var relations = new Relations
        {
            Id = OfKind(FieldKind.PersonalId),
            Gender = OfKind(FieldKind.Gender) ?? subject?.Children.FirstOrDefault(c => c.Kind == FieldKind.Gender),
            Birth = WithRole(DateRole.Birth),
            Death = WithRole(DateRole.Death),
            Notice = WithRole(DateRole.Notice),
            Registration = WithRole(DateRole.Registration),
            Start = Own(c => c.Role == DateRole.Start),
            End = Own(c => c.Role == DateRole.End),
            Due = Own(c => c.Role == DateRole.Due),
            NoticeNumber = OfKind(FieldKind.NoticeNumber),
            RecordNumber = OfKind(FieldKind.RecordNumber),
            Book = OfKind(FieldKind.Book),
            HealthCard = OfKind(FieldKind.HealthCardNumber),
            Country = Child("country"),
            Units = [.. children.Where(c => c.Kind is FieldKind.Unit or FieldKind.Commune)],
            Parents =
            [
                .. Vocabulary.Parents.Select(p => (Birth: Child(p)?.Children.FirstOrDefault(c => c.Role == DateRole.Birth), IsMother: p == "mother"))
                    .Where(p => p.Birth is not null).Select(p => (p.Birth!, p.IsMother)),
            ],
        };
        // Country alone, or one date alone, has nothing to be compared with.
        var has = relations with { Country = null, IsEmpty = true };
        return has == Relations.None with { Units = has.Units, Parents = has.Parents } && has.Units.Length == 0 && has.Parents.Length == 0
            ? Relations.None
            : relations with { IsEmpty = false };
    }
}
