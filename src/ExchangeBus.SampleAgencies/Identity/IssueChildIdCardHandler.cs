using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Identity;

/// <summary>The police: one identity card for each child under six (Decree 301/2026/NĐ-CP).</summary>
internal sealed class IssueChildIdCardHandler(Behaviour behaviour, TimeProvider time, ILogger<IssueChildIdCardHandler> logger)
    : RememberedStepHandler<IssueChildIdCard, ChildIdCardIssued>(behaviour, time, logger)
{
    // Law on Identity 26/2023, article 21: a card must be changed at 14.
    private const int YearsOfValidity = 14, OldestYears = 6;

    private const string Insert = "insert into identity_card (personal_id, dossier_number, issued_on) values (@PersonalId, @Dossier, @Today) on conflict do nothing";

    private static readonly Refusal NotUnderSix = new("child-not-under-six", "Trẻ đã đủ 6 tuổi, phải làm thủ tục cấp thẻ căn cước trực tiếp.");
    private static readonly Refusal AlreadyIssued = new("card-already-issued", "Trẻ đã được cấp thẻ căn cước.");

    public override string Type => EventTypes.IssueChildIdCard;

    protected override Refusal RuleRefusal { get; } = new("personal-id-does-not-match", "Số định danh không khớp với thông tin của trẻ.");

    protected override string DossierOf(IssueChildIdCard command) => command.DossierNumber;

    protected override async Task<Decision<ChildIdCardIssued>> DecideOnceAsync(IssueChildIdCard command, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        if (command.Child.BirthDate.AddYears(OldestYears) <= Today)
            return new(null, NotUnderSix);
        if (await transaction.DoAsync(Insert, new { command.PersonalId, Dossier = command.DossierNumber, Today }, cancellationToken) == 0)
            return new(null, AlreadyIssued);
        return new(new ChildIdCardIssued
        {
            DossierNumber = command.DossierNumber,
            PersonalId = command.PersonalId,
            IssuedOn = Today,
            ValidUntil = command.Child.BirthDate.AddYears(YearsOfValidity),
            Issuer = "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
        });
    }

    protected override IEnumerable<CloudEvent> AnswerDone(EventContext context, IssueChildIdCard command, ChildIdCardIssued done, string dossier) =>
        [context.CreateAnswer(EventTypes.ChildIdCardIssued, done with { DossierNumber = dossier })];

    protected override CloudEvent AnswerRefused(EventContext context, IssueChildIdCard command, string dossier, Refusal refusal) =>
        context.CreateAnswer(EventTypes.ChildIdCardRefused, new ChildIdCardRefused(dossier, refusal.Code, refusal.Reason));
}
