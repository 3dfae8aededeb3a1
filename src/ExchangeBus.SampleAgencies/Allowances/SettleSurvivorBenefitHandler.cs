using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Allowances;

/// <summary>Social insurance: a monthly benefit for each survivor whose relation the law names.</summary>
internal sealed class SettleSurvivorBenefitHandler(
    Payer payer, IOptions<AllowanceOptions> options, Behaviour behaviour, TimeProvider time, ILogger<SettleSurvivorBenefitHandler> logger)
    : RememberedStepHandler<SettleSurvivorBenefit, SurvivorBenefitSettled>(behaviour, time, logger)
{
    private const string Other = "other";
    private static readonly Refusal NobodyEntitled = new("nobody-entitled", "Không có thân nhân đủ điều kiện hưởng chế độ tuất.");
    private static readonly Refusal SettledBefore = new("settled-before", "Chế độ tuất đã được giải quyết theo hồ sơ khác.");

    public override string Type => EventTypes.SettleSurvivorBenefit;

    protected override Refusal RuleRefusal { get; } = new("not-insured", "Người chết không tham gia bảo hiểm xã hội.");

    protected override string DossierOf(SettleSurvivorBenefit command) => command.DossierNumber;

    protected override async Task<Decision<SurvivorBenefitSettled>> DecideOnceAsync(
        SettleSurvivorBenefit command, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        Beneficiary[] entitled = [.. command.Survivors.Where(survivor => survivor.Relation != Other).Select(survivor => new Beneficiary
        {
            PersonalId = survivor.Person.PersonalId ?? Stated.Unknown<string>(),
            Name = survivor.Person.Name,
            Amount = options.Value.SurvivorAmount,
        })];
        if (entitled.Length == 0)
            return new(null, NobodyEntitled);
        var deceased = AllowanceBook.KeyOf(command.Deceased, command.DeathRegistration);
        var amount = entitled.Sum(beneficiary => beneficiary.Amount);
        if (await AllowanceBook.GrantAsync(AllowanceBook.Survivor, deceased, command.DossierNumber, amount, payer, Today, transaction, cancellationToken) is not { } decision)
            return new(null, SettledBefore);
        return new(new SurvivorBenefitSettled
        {
            DossierNumber = command.DossierNumber,
            Outcome = "granted",
            Kind = "monthly",
            Beneficiaries = entitled,
            Decision = decision,
            PayableFrom = new DateOnly(Today.Year, Today.Month, 1).AddMonths(1),
        });
    }

    protected override IEnumerable<CloudEvent> AnswerDone(EventContext context, SettleSurvivorBenefit command, SurvivorBenefitSettled done, string dossier) =>
        [context.CreateAnswer(EventTypes.SurvivorBenefitSettled, done with { DossierNumber = dossier })];

    protected override CloudEvent AnswerRefused(EventContext context, SettleSurvivorBenefit command, string dossier, Refusal refusal) =>
        context.CreateAnswer(EventTypes.SurvivorBenefitSettled, new SurvivorBenefitSettled
        {
            DossierNumber = dossier,
            Outcome = "refused",
            ReasonCode = refusal.Code,
            Reason = refusal.Reason,
        });
}
