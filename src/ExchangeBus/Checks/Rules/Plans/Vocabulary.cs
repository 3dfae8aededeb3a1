using System.Collections.Frozen;

namespace ExchangeBus.Checks.Rules.Plans;

/// <summary>
/// How a plan understands a schema: by its definitions, and for the role of a date and of a person by the shared names of fields.
/// A schema that names a date otherwise says its role with <c>x-date-role</c>.
/// </summary>
internal static class Vocabulary
{
    /// <summary>Definitions of <c>definitions/v1.schema.json</c> with a meaning for the rules.</summary>
    internal static readonly FrozenDictionary<string, FieldKind> Definitions = new Dictionary<string, FieldKind>
    {
        ["personalId"] = FieldKind.PersonalId,
        ["oldIdCard"] = FieldKind.OldIdCard,
        ["healthCardNumber"] = FieldKind.HealthCardNumber,
        ["insuranceCardNumber"] = FieldKind.HealthCardNumber,
        ["date"] = FieldKind.PartialDate,
        ["partialDate"] = FieldKind.PartialDate,
        ["dateTime"] = FieldKind.DateTime,
        ["administrativeUnit"] = FieldKind.Unit,
        ["commune"] = FieldKind.Commune,
        ["ethnicity"] = FieldKind.Listed,
        ["countryCode"] = FieldKind.Listed,
        ["gender"] = FieldKind.Gender,
        ["birthNoticeNumber"] = FieldKind.NoticeNumber,
        ["deathNoticeNumber"] = FieldKind.NoticeNumber,
        ["recordNumber"] = FieldKind.RecordNumber,
        ["book"] = FieldKind.Book,
    }.ToFrozenDictionary();

    /// <summary>The list that a definition stands for when it does not say so with <c>x-code-list</c>.</summary>
    internal static readonly FrozenDictionary<string, string> Lists =
        new Dictionary<string, string> { ["ethnicity"] = "ethnic-groups", ["countryCode"] = "countries" }.ToFrozenDictionary();

    internal static readonly FrozenDictionary<string, DateRole> Dates = new Dictionary<string, DateRole>
    {
        ["birthDate"] = DateRole.Birth,
        ["bornOn"] = DateRole.Birth,
        ["deathDate"] = DateRole.Death,
        ["diedOn"] = DateRole.Death,
        ["diedAt"] = DateRole.Death,
        ["deathTime"] = DateRole.Death,
        ["noticeDate"] = DateRole.Notice,
        ["noticedOn"] = DateRole.Notice,
        ["noticeIssuedOn"] = DateRole.Notice,
        ["registeredOn"] = DateRole.Registration,
        ["registrationDate"] = DateRole.Registration,
        ["validFrom"] = DateRole.Start,
        ["validUntil"] = DateRole.End,
        ["dueAt"] = DateRole.Due,
        ["dueOn"] = DateRole.Due,
    }.ToFrozenDictionary();

    /// <summary>The object inside another that holds the person whom the outer one is about.</summary>
    internal static readonly string[] Subjects = ["child", "citizen", "deceased", "person"];

    internal static readonly string[] Parents = ["mother", "father"];
}
