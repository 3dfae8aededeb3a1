using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Residence;

/// <summary>The commune police: takes the child into the household where its head has permanent residence.</summary>
internal sealed class RegisterPermanentResidenceHandler(
    IOptions<ResidenceOptions> options, Behaviour behaviour, TimeProvider time, ILogger<RegisterPermanentResidenceHandler> logger)
    : StepHandler<RegisterPermanentResidence, PermanentResidenceRegistered>(behaviour, time, logger)
{
    private static readonly Refusal HeadWithoutResidence = new("household-head-without-residence", "Chủ hộ chưa có nơi đăng ký thường trú.");
    private static readonly Refusal AlreadyResident = new("already-resident", "Trẻ đã được đăng ký thường trú theo hồ sơ khác.");

    public override string Type => EventTypes.RegisterPermanentResidence;

    protected override Refusal RuleRefusal { get; } = new("household-head-has-not-consented", "Chủ hộ chưa đồng ý cho nhập hộ.");

    protected override string DossierOf(RegisterPermanentResidence command) => command.DossierNumber;

    protected override async Task<Decision<PermanentResidenceRegistered>> DecideAsync(
        RegisterPermanentResidence command, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var found = await ResidenceRecords.FindAsync(command, transaction, cancellationToken);
        if (found.FirstOrDefault(record => record.DossierNumber == command.DossierNumber) is { } first)
            return new(first, IsRepeated: true);
        if (found.Count > 0)
            return new(null, AlreadyResident);
        return command.HouseholdHead.Residence?.Value?.ToAddress() is { } address
            ? new(await ResidenceRecords.WriteAsync(command, address, Today, transaction, cancellationToken))
            : new(null, HeadWithoutResidence);
    }

    protected override IEnumerable<CloudEvent> AnswerDone(EventContext context, RegisterPermanentResidence command, PermanentResidenceRegistered done, string dossier)
    {
        if (Behaviour.IsEach(options.Value.VerifyEvery, command.DossierNumber))
        {
            yield return context.CreateAnswer(EventTypes.ResidenceVerificationStarted, new ResidenceVerificationStarted
            {
                DossierNumber = dossier,
                StartedOn = done.RegisteredOn,
                DueAt = command.DueAt.AddDays(options.Value.VerificationDays),
                Reason = "Cần xác minh nơi cư trú của chủ hộ.",
            });
        }

        yield return context.CreateAnswer(EventTypes.PermanentResidenceRegistered, done with { DossierNumber = dossier });
    }

    protected override CloudEvent AnswerRefused(EventContext context, RegisterPermanentResidence command, string dossier, Refusal refusal) =>
        context.CreateAnswer(EventTypes.PermanentResidenceRefused, new PermanentResidenceRefused(dossier, refusal.Code, refusal.Reason));
}
