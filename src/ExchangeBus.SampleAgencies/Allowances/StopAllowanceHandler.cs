using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Corrections;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Citizens;
using ExchangeBus.SampleAgencies.Hosting;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Logging;

namespace ExchangeBus.SampleAgencies.Allowances;

/// <summary>Stops an allowance because the death was revoked; all that was paid is to come back. What it has not granted it cannot stop: nothing is said then, and people must look.</summary>
internal sealed class StopAllowanceHandler(Payer payer, Behaviour behaviour, TimeProvider time, ILogger<StopAllowanceHandler> logger) : ITypeHandler
{
    public string Type => EventTypes.StopAllowance;

    public async Task HandleAsync(EventContext context, CancellationToken cancellationToken)
    {
        var command = context.Read<StopAllowance>();
        await behaviour.TakeTimeAsync(cancellationToken);
        var stopped = command.Payer != payer.Code ? null
            : await AllowanceBook.StopAsync(command.Allowance, command.DossierNumber, VietnamDay.Of(time.GetUtcNow()), context.Transaction, cancellationToken);
        if (stopped is null)
        {
            logger.NothingToUndo(context.Event.Id, command.DossierNumber);
            return;
        }

        var answer = context.CreateAnswer(EventTypes.AllowanceStopped, new AllowanceStopped
        {
            DossierNumber = behaviour.AnswersFor(command.DossierNumber),
            Allowance = command.Allowance,
            Payer = payer.Code,
            StoppedOn = DateOnly.FromDateTime(stopped.StoppedOn),
            AmountPaid = stopped.Paid,
            AmountToRecover = stopped.Paid,
        });
        await behaviour.SayAsync(context, command.DossierNumber, [answer], contradiction: null, cancellationToken);
    }
}
