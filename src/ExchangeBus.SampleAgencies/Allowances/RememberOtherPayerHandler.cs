using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.SampleAgencies.Steps;

namespace ExchangeBus.SampleAgencies.Allowances;

/// <summary>Reads what the other payer has granted, so that nobody is paid twice for one death.</summary>
internal sealed class RememberOtherPayerHandler(Payer payer) : ITypeHandler
{
    public string Type => EventTypes.FuneralAllowanceDecided;

    public Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var decided = context.Read<FuneralAllowanceDecided>();
        return decided is { Outcome: "granted", PersonalId.Value: { } deceased } && decided.Payer != payer.Code
            ? AllowanceBook.RememberOtherAsync(deceased, decided.DossierNumber, context.Transaction, cancellationToken)
            : Task.CompletedTask;
    }
}
