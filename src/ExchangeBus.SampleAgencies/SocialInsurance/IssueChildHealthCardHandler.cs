using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Citizens;
using ExchangeBus.SampleAgencies.Hosting;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.SampleAgencies.SocialInsurance;

/// <summary>Social insurance: one card for each child.</summary>
internal sealed class IssueChildHealthCardHandler(
    UnitLists units, AgencyDescription agency, Behaviour behaviour, TimeProvider time, ILogger<IssueChildHealthCardHandler> logger)
    : StepHandler<IssueChildHealthCard, ChildHealthCardIssued>(agency, behaviour, time, logger)
{
    private static readonly Refusal UnitNotKnown = new("residence-unit-not-known", "Mã đơn vị hành chính nơi cư trú không có trong danh mục.");
    private static readonly Refusal AlreadyIssued = new("card-already-issued", "Trẻ đã được cấp thẻ bảo hiểm y tế.");

    protected override string CommandType => EventTypes.IssueChildHealthCard;

    protected override Refusal RuleRefusal { get; } = new("residence-address-missing", "Thiếu địa chỉ cư trú của trẻ.");

    protected override string DossierOf(IssueChildHealthCard command) => command.DossierNumber;

    protected override async Task<Decision<ChildHealthCardIssued>> DecideAsync(
        IssueChildHealthCard command, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var found = await HealthCards.FindAsync(command, transaction, cancellationToken);
        if (found.FirstOrDefault(card => card.DossierNumber == command.DossierNumber) is { } first)
            return new(first, IsRepeated: true);
        if (found.Count > 0)
            return new(null, AlreadyIssued);
        return units.ProvinceOf(command.Residence.Unit, Today) is { } province
            ? new(await HealthCards.WriteAsync(command, province, transaction, cancellationToken))
            : new(null, UnitNotKnown);
    }

    protected override void AnswerDone(EventContext context, ChildHealthCardIssued done) =>
        Behaviour.Answer(context, EventTypes.ChildHealthCardIssued, done with { DossierNumber = Behaviour.AnswersFor(done.DossierNumber) });

    protected override void AnswerRefused(EventContext context, string dossier, Refusal refusal) =>
        Behaviour.Answer(context, EventTypes.ChildHealthCardRefused, new ChildHealthCardRefused(dossier, refusal.Code, refusal.Reason));
}
