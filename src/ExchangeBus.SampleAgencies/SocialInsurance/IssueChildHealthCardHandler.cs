using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Citizens;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.SampleAgencies.SocialInsurance;

/// <summary>Social insurance: one card for each child.</summary>
internal sealed class IssueChildHealthCardHandler(
    UnitLists units, Behaviour behaviour, TimeProvider time, ILogger<IssueChildHealthCardHandler> logger)
    : StepHandler<IssueChildHealthCard, ChildHealthCardIssued>(behaviour, time, logger)
{
    private static readonly Refusal UnitNotKnown = new("residence-unit-not-known", "Mã đơn vị hành chính nơi cư trú không có trong danh mục.");
    private static readonly Refusal AlreadyIssued = new("card-already-issued", "Trẻ đã được cấp thẻ bảo hiểm y tế.");

    public override string Type => EventTypes.IssueChildHealthCard;

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

    protected override IEnumerable<CloudEvent> AnswerDone(EventContext context, IssueChildHealthCard command, ChildHealthCardIssued done, string dossier) =>
        [context.CreateAnswer(EventTypes.ChildHealthCardIssued, done with { DossierNumber = dossier })];

    protected override CloudEvent AnswerRefused(EventContext context, IssueChildHealthCard command, string dossier, Refusal refusal) =>
        context.CreateAnswer(EventTypes.ChildHealthCardRefused, new ChildHealthCardRefused(dossier, refusal.Code, refusal.Reason));
}
