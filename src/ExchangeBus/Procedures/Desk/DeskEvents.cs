using System.Text;
using System.Text.Json.Nodes;
using ExchangeBus.Checks;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Desk;
using ExchangeBus.Log;
using ExchangeBus.Procedures.Clock;
using ExchangeBus.Procedures.Dossiers;
using ExchangeBus.Subscriptions;

namespace ExchangeBus.Procedures.Desk;

/// <summary>
/// The event that carries out a request: what an officer enters by hand is the very event that the agency would have sent, with the officer and the document's hash
/// on it, so that every subscriber gets it; the rest is a word to the procedure.
/// </summary>
internal sealed class DeskEvents(EventChecks checks, OrderKeys orderKeys, TimeProvider time)
{
    /// <summary>The event for the log, or what is wrong with the result that was entered.</summary>
    internal (NewEvent? Event, IReadOnlyList<Violation> Violations) Make(DeskRequest request, DossierState dossier)
    {
        var cloudEvent = Write(request, dossier);
        var outcome = checks.CheckContent(cloudEvent);
        // What a person has to release elsewhere, a second officer has released here.
        return outcome.Verdict is Verdict.Valid or Verdict.Held
            ? (NewEvent.From(cloudEvent, orderKeys), [])
            : (null, [.. outcome.Violations.Select(v => v with { Pointer = "/result" + v.Pointer })]);
    }

    private CloudEvent Write(DeskRequest request, DossierState dossier)
    {
        var order = request.Order;
        var (type, data) = order.Action switch
        {
            DeskAction.Enter => (order.Result!.Type!, Entered(order, dossier)),
            DeskAction.Withdraw => (EventTypes.DossierWithdrawn, EventData.Write(new DossierWithdrawn
            {
                DossierNumber = dossier.DossierNumber,
                WithdrawnAt = time.GetUtcNow(),
                Reason = order.Reason,
            })),
            _ => (EventTypes.DeskActionDecided, EventData.Write(new DeskActionDecided
            {
                DossierNumber = dossier.DossierNumber,
                Procedure = dossier.Procedure.Name,
                RequestId = request.Id,
                Action = order.Action.ToString().ToLowerInvariant(),
                Version = order.Version,
                Step = order.Step,
                Matter = order.Matter,
                WorkingDays = order.WorkingDays,
                Hours = order.Hours,
                Agency = request.Agency,
                Officer = request.Officer,
                Approver = request.DecidedBy,
                Reason = order.Reason!,
            })),
        };
        var cloudEvent = new CloudEvent
        {
            Id = request.Id.ToString("D"),
            Source = ProceduresRegistration.Source,
            Type = type,
            Subject = dossier.DossierNumber,
            Time = time.GetUtcNow(),
            DataContentType = "application/json",
            Data = data,
        }.With(ExtensionAttributes.CorrelationId, dossier.DossierNumber).With(ExtensionAttributes.Officer, $"{request.Agency}/{request.Officer}");
        return order.Result?.DocumentHash is { } hash ? cloudEvent.With(ExtensionAttributes.DocumentHash, hash) : cloudEvent;
    }

    private static byte[] Entered(DeskOrder order, DossierState dossier)
    {
        var body = JsonNode.Parse(order.Result!.Data!.Value.GetRawText()) as JsonObject ?? [];
        // Whatever stands there: the dossier is the one on the screen.
        body["dossierNumber"] = dossier.DossierNumber;
        if (order.Step == StepNames.Verification && body["role"] is JsonValue role && role.TryGetValue(out string? name))
            body["requestId"] ??= $"{name}-{dossier.Steps[StepNames.Verification].Asked}";
        return Encoding.UTF8.GetBytes(body.ToJsonString(SubscriptionsJson.Options));
    }
}
