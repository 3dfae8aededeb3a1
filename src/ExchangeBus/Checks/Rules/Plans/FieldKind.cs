namespace ExchangeBus.Checks.Rules.Plans;

/// <summary>What a field is, by the definition that its schema refers to.</summary>
internal enum FieldKind : byte
{
    Other,
    PersonalId,
    OldIdCard,
    HealthCardNumber,
    PartialDate,
    DateTime,
    Unit,
    Commune,
    Listed,
    Gender,
    NoticeNumber,
    RecordNumber,
    Book,
}
