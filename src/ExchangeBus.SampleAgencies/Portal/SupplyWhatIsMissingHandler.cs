using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Desk;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Options;

namespace ExchangeBus.SampleAgencies.Portal;

/// <summary>The citizen reads what an agency misses and supplies it some time later.</summary>
internal sealed class SupplyWhatIsMissingHandler(IOptions<PortalOptions> options, Behaviour behaviour, TimeProvider time) : ITypeHandler
{
    public string Type => EventTypes.SupplementRequested;

    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var requested = context.Read<SupplementRequested>();
        await behaviour.TakeTimeAsync(cancellationToken);
        var due = time.GetUtcNow() + options.Value.SuppliesAfter;
        // When the citizen's time is over, the dossier is not theirs to mend any more.
        if (Behaviour.IsEach(options.Value.SuppliesNothingEvery, requested.DossierNumber) || due > requested.DueAt)
            return;
        var supplied = new SupplementSubmitted { DossierNumber = requested.DossierNumber, SubmittedAt = due, Note = "Đã chụp lại giấy tờ." };
        await context.Transaction.DoAsync(CitizenDesk.InsertAct, new { Dossier = requested.DossierNumber, Kind = CitizenDesk.Supplement, Body = Answer.Write(supplied) }, cancellationToken);
        var answer = context.CreateAnswer(EventTypes.SupplementSubmitted, supplied) with { Time = due };
        await KeptAnswers.KeepAsync(new KeptAnswer(requested.DossierNumber, answer, due), isAskedFor: false, context.Transaction, cancellationToken);
    }
}
