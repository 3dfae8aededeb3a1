using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Residence;

/// <summary>The commune police: ends the permanent residence of somebody who has died. Who had none is told so.</summary>
internal sealed class DeletePermanentResidenceHandler(Behaviour behaviour, TimeProvider time, ILogger<DeletePermanentResidenceHandler> logger)
    : RememberedStepHandler<DeletePermanentResidence, PermanentResidenceDeleted>(behaviour, time, logger)
{
    public override string Type => EventTypes.DeletePermanentResidence;

    protected override Refusal RuleRefusal { get; } = new("personal-id-does-not-match", "Số định danh trong hồ sơ không khớp với cơ sở dữ liệu cư trú.");

    protected override string DossierOf(DeletePermanentResidence command) => command.DossierNumber;

    protected override async Task<Decision<PermanentResidenceDeleted>> DecideOnceAsync(
        DeletePermanentResidence command, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var personalId = command.Deceased.PersonalId;
        var deleted = new PermanentResidenceDeleted
        {
            DossierNumber = command.DossierNumber,
            ResidenceNumber = Stated.None<string>(),
            PersonalId = personalId ?? Stated.Unknown<string>(),
            DeletedOn = Today,
        };
        if (command.Deceased.LastResidence?.Value?.ToAddress() is not { } last)
            return new(deleted);
        var resident = await Residents.DeleteAsync(command.DossierNumber, personalId?.Value, last, Today, transaction, cancellationToken);
        return new(deleted with { ResidenceNumber = resident.Number, Address = PlaceOf(resident.Where), HeadOfHouseholdNeeded = false });
    }

    protected override IEnumerable<CloudEvent> AnswerDone(EventContext context, DeletePermanentResidence command, PermanentResidenceDeleted done, string dossier) =>
        [context.CreateAnswer(EventTypes.PermanentResidenceDeleted, done with { DossierNumber = dossier })];

    protected override CloudEvent AnswerRefused(EventContext context, DeletePermanentResidence command, string dossier, Refusal refusal) =>
        context.CreateAnswer(EventTypes.PermanentResidenceDeletionRefused, new PermanentResidenceDeletionRefused(dossier, refusal.Code, refusal.Reason));

    private static Place PlaceOf(Address address) => new() { Unit = address.Unit, Detail = address.Detail, Country = address.Country };
}
