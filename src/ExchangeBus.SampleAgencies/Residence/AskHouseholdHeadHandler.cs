using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Residence;

/// <summary>Asks the head of the household through VNeID. Who does not answer has not consented when the question expires.</summary>
internal sealed class AskHouseholdHeadHandler(IOptions<ResidenceOptions> options, Behaviour behaviour, TimeProvider time, ILogger<AskHouseholdHeadHandler> logger)
    : RememberedStepHandler<RequestHouseholdConsent, HouseholdConsentAnswered>(behaviour, time, logger)
{
    private const string Granted = "granted", Denied = "denied", Expired = "expired", VNeId = "vneid";

    public override string Type => EventTypes.RequestHouseholdConsent;

    protected override Refusal RuleRefusal { get; } = new(Denied, "Chủ hộ không đồng ý cho nhập hộ.");

    protected override string DossierOf(RequestHouseholdConsent command) => command.DossierNumber;

    protected override async Task<Decision<HouseholdConsentAnswered>> DecideOnceAsync(
        RequestHouseholdConsent command, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        if (Behaviour.IsEach(options.Value.DenyEvery, command.DossierNumber))
            return new(Answered(command.DossierNumber, Denied) with { Reason = RuleRefusal.Reason });
        var answer = Answered(command.DossierNumber, Granted);
        if (!Behaviour.IsEach(options.Value.SilentEvery, command.DossierNumber))
            return new(answer);
        return new(answer with { Answer = Expired, Method = null, AnsweredAt = command.ExpiresAt > Now ? command.ExpiresAt : Now });
    }

    protected override IEnumerable<CloudEvent> AnswerDone(EventContext context, RequestHouseholdConsent command, HouseholdConsentAnswered done, string dossier) =>
        [context.CreateAnswer(EventTypes.HouseholdConsentAnswered, done with { DossierNumber = dossier }) with { Time = done.AnsweredAt }];

    protected override CloudEvent AnswerRefused(EventContext context, RequestHouseholdConsent command, string dossier, Refusal refusal) =>
        context.CreateAnswer(EventTypes.HouseholdConsentAnswered, Answered(dossier, refusal.Code) with { Reason = refusal.Reason });

    private HouseholdConsentAnswered Answered(string dossier, string answer) => new() { DossierNumber = dossier, Answer = answer, Method = VNeId, AnsweredAt = Now };
}
