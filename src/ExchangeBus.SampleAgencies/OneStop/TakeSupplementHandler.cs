using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Desk;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Steps;

namespace ExchangeBus.SampleAgencies.OneStop;

/// <summary>The clerk takes what was missing and accepts the dossier. What nobody has asked for changes nothing.</summary>
internal sealed class TakeSupplementHandler(Behaviour behaviour, TimeProvider time) : ITypeHandler
{
    public string Type => EventTypes.SupplementSubmitted;

    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var dossier = context.Read<SupplementSubmitted>().DossierNumber;
        await behaviour.TakeTimeAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (!await IntakeBook.SupplyAsync(dossier, now, context.Transaction, cancellationToken))
            return;
        await IntakeBook.AcceptAsync(dossier, now, context.Transaction, cancellationToken);
        var entry = await IntakeBook.FindAsync(dossier, context.Transaction, cancellationToken);
        var accepted = new IntakeAccepted { DossierNumber = behaviour.AnswersFor(dossier), ReceivedAt = now, ProvinceNumber = entry!.ProvinceNumber };
        await behaviour.SayAsync(context, dossier, [context.CreateAnswer(EventTypes.IntakeAccepted, accepted)], contradiction: null, cancellationToken);
    }
}
