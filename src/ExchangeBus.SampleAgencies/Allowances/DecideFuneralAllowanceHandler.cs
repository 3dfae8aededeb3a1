using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Allowances;

/// <summary>Social insurance or social protection: one death is paid once, by one of them.</summary>
internal sealed class DecideFuneralAllowanceHandler(
    Payer payer, IOptions<AllowanceOptions> options, Behaviour behaviour, TimeProvider time, ILogger<DecideFuneralAllowanceHandler> logger)
    : RememberedStepHandler<DecideFuneralAllowance, FuneralAllowanceDecided>(behaviour, time, logger)
{
    private static readonly Refusal NotThisPayer = new("not-this-payer", "Đề nghị ghi cơ quan chi trả khác.");
    private static readonly Refusal PaidByOther = new("paid-by-other-payer", "Cơ quan khác đã chi trợ cấp mai táng cho người chết này.");
    private static readonly Refusal PaidBefore = new("paid-before", "Trợ cấp mai táng cho người chết này đã được giải quyết theo hồ sơ khác.");

    public override string Type => EventTypes.DecideFuneralAllowance;

    protected override Refusal RuleRefusal { get; } = new("not-entitled", "Người chết không thuộc đối tượng hưởng trợ cấp mai táng.");

    protected override string DossierOf(DecideFuneralAllowance command) => command.DossierNumber;

    protected override async Task<Decision<FuneralAllowanceDecided>> DecideOnceAsync(
        DecideFuneralAllowance command, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        if (command.Payer != payer.Code)
            return new(null, NotThisPayer);
        var deceased = AllowanceBook.KeyOf(command.Deceased, command.DeathRegistration);
        if (await AllowanceBook.IsPaidByOtherAsync(deceased, transaction, cancellationToken))
            return new(null, PaidByOther);
        var amount = options.Value.FuneralAmount ?? payer.FuneralAmount;
        if (await AllowanceBook.GrantAsync(AllowanceBook.Funeral, deceased, command.DossierNumber, amount, payer, Today, transaction, cancellationToken) is not { } decision)
            return new(null, PaidBefore);
        if (!PaymentFails(command))
            await AllowanceBook.PayAsync(AllowanceBook.Funeral, command.DossierNumber, amount, transaction, cancellationToken);
        return new(Decided(command, command.DossierNumber, "granted") with
        {
            Amount = amount,
            Decision = decision,
            Payment = command.BankAccount.Value is null ? "cash" : "bankTransfer",
            PayableFrom = Today,
        });
    }

    protected override IEnumerable<CloudEvent> AnswerDone(EventContext context, DecideFuneralAllowance command, FuneralAllowanceDecided done, string dossier)
    {
        yield return context.CreateAnswer(EventTypes.FuneralAllowanceDecided, done with { DossierNumber = dossier });
        yield return context.CreateAnswer(EventTypes.FuneralAllowancePaid, new FuneralAllowancePaid
        {
            DossierNumber = dossier,
            Payer = payer.Code,
            DecisionNumber = done.Decision!.Number,
            Status = PaymentFails(command) ? "failed" : "paid",
            Amount = done.Amount!.Value,
            PaidOn = PaymentFails(command) ? null : done.PayableFrom,
            Reason = PaymentFails(command) ? "Ngân hàng trả lại: tài khoản không tồn tại." : null,
        });
    }

    protected override CloudEvent AnswerRefused(EventContext context, DecideFuneralAllowance command, string dossier, Refusal refusal) =>
        context.CreateAnswer(EventTypes.FuneralAllowanceDecided, Decided(command, dossier, "refused") with { ReasonCode = refusal.Code, Reason = refusal.Reason });

    private bool PaymentFails(DecideFuneralAllowance command) => Behaviour.IsEach(options.Value.PaymentFailsEvery, command.DossierNumber);

    private FuneralAllowanceDecided Decided(DecideFuneralAllowance command, string dossier, string outcome) => new()
    {
        DossierNumber = dossier,
        Payer = payer.Code,
        PersonalId = command.Deceased.PersonalId ?? Stated.Unknown<string>(),
        Outcome = outcome,
    };
}
