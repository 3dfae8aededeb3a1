using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.MassTransit.CloudEvents;
using ExchangeBus.Procedures.Clock;
using MassTransit;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Procedures.LinkedBirth;

/// <summary>What the sentences of <see cref="LinkedBirthProcess"/> do. Messages leave with the state that caused them, in one transaction.</summary>
internal sealed class LinkedBirthSteps(LegalClock clock, IOptions<ProceduresOptions> options, TimeProvider time)
{
    private const string RegistrationStep = StepNames.Registration;

    internal void Open(BehaviorContext<LinkedBirthState, LinkedBirthSubmitted> context)
    {
        var saga = context.Saga;
        saga.DossierNumber = context.Message.DossierNumber;
        saga.Commune = context.Message.Commune;
        saga.Submission = context.Message;
        saga.SubmittedAt = context.TryGetCloudEvent(out var submitted) && submitted.Time is { } at ? at : time.GetUtcNow();
        saga.Registration = Wait(saga, RegistrationStep, saga.SubmittedAt);
        if (Wants(saga, LinkedProcedures.PermanentResidence))
            saga.Residence = new Step { Status = StepStatus.Chosen };
        if (Wants(saga, LinkedProcedures.HealthCard))
            saga.HealthCard = new Step { Status = StepStatus.Chosen };
        Refresh(saga);
    }

    internal Task RegisterBirth(BehaviorContext<LinkedBirthState, LinkedBirthSubmitted> context) =>
        SendAsync(context, options.Value.CivilStatusAgency, new RegisterBirth
        {
            DossierNumber = context.Saga.DossierNumber,
            Commune = context.Message.Commune,
            BirthNoticeNumber = context.Message.BirthNoticeNumber,
            Child = context.Message.Child,
            Mother = context.Message.Mother,
            Father = context.Message.Father,
            Applicant = context.Message.Applicant,
            ApplicantRelation = context.Message.ApplicantRelation,
            Marriage = context.Message.Marriage,
            Attachments = context.Message.Attachments,
            DueAt = context.Saga.Registration.DueAt!.Value,
        });

    internal void RecordRegistration(BehaviorContext<LinkedBirthState, BirthRegistered> context)
    {
        var (saga, message) = (context.Saga, context.Message);
        saga.RegistrationNumber = $"{message.RegistrationNumber}-{message.Book}-{message.Commune}";
        saga.PersonalId = message.PersonalId;
        saga.Registration = End(saga.Registration, StepStatus.Done, message.RegistrationNumber);
        var now = time.GetUtcNow();
        if (Wants(saga, LinkedProcedures.PermanentResidence))
            saga.Residence = Wait(saga, LinkedProcedures.PermanentResidence, now);
        if (Wants(saga, LinkedProcedures.HealthCard))
            saga.HealthCard = Wait(saga, LinkedProcedures.HealthCard, now);
        Refresh(saga);
    }

    internal void RecordRegistrationRefusal(BehaviorContext<LinkedBirthState, BirthRegistrationRefused> context)
    {
        context.Saga.Registration = End(context.Saga.Registration, StepStatus.Refused, context.Message.ReasonCode);
        (context.Saga.Residence, context.Saga.HealthCard) = (new Step(), new Step());
        Refresh(context.Saga);
    }

    internal static bool WantsResidence(BehaviorContext<LinkedBirthState, BirthRegistered> context) => Wants(context.Saga, LinkedProcedures.PermanentResidence);

    internal static bool WantsHealthCard(BehaviorContext<LinkedBirthState, BirthRegistered> context) => Wants(context.Saga, LinkedProcedures.HealthCard);

    internal Task RegisterResidence(BehaviorContext<LinkedBirthState, BirthRegistered> context) =>
        SendAsync(context, options.Value.ResidenceAgency, new RegisterPermanentResidence
        {
            DossierNumber = context.Saga.DossierNumber,
            BirthRegistrationNumber = context.Saga.RegistrationNumber!,
            PersonalId = context.Saga.PersonalId,
            Child = context.Message.Child,
            HouseholdHead = context.Saga.Submission!.HouseholdHead,
            DueAt = context.Saga.Residence.DueAt!.Value,
        });

    internal Task IssueHealthCard(BehaviorContext<LinkedBirthState, BirthRegistered> context) =>
        SendAsync(context, options.Value.SocialInsuranceAgency, new IssueChildHealthCard
        {
            DossierNumber = context.Saga.DossierNumber,
            BirthRegistrationNumber = context.Saga.RegistrationNumber!,
            PersonalId = context.Saga.PersonalId,
            Child = context.Message.Child,
            Residence = context.Saga.Submission!.HouseholdHead.Residence?.Value?.ToAddress() ?? new Address(context.Saga.Commune),
            DueAt = context.Saga.HealthCard.DueAt!.Value,
        });

    internal void RecordResidence(BehaviorContext<LinkedBirthState, PermanentResidenceRegistered> context) =>
        EndResidence(context.Saga, StepStatus.Done, context.Message.ResidenceNumber);

    internal void RecordResidenceRefusal(BehaviorContext<LinkedBirthState, PermanentResidenceRefused> context) =>
        EndResidence(context.Saga, StepStatus.Refused, context.Message.ReasonCode);

    internal void RecordHealthCard(BehaviorContext<LinkedBirthState, ChildHealthCardIssued> context) =>
        EndHealthCard(context.Saga, StepStatus.Done, context.Message.CardNumber);

    internal void RecordHealthCardRefusal(BehaviorContext<LinkedBirthState, ChildHealthCardRefused> context) =>
        EndHealthCard(context.Saga, StepStatus.Refused, context.Message.ReasonCode);

    internal void MarkRegistrationLate(BehaviorContext<LinkedBirthState> context)
    {
        context.Saga.Registration = context.Saga.Registration with { IsLate = true };
        Refresh(context.Saga);
    }

    internal void MarkResidenceLate(BehaviorContext<LinkedBirthState> context)
    {
        if (context.Saga.Residence.Status == StepStatus.Waiting)
            context.Saga.Residence = context.Saga.Residence with { IsLate = true };
        Refresh(context.Saga);
    }

    internal void MarkHealthCardLate(BehaviorContext<LinkedBirthState> context)
    {
        if (context.Saga.HealthCard.Status == StepStatus.Waiting)
            context.Saga.HealthCard = context.Saga.HealthCard with { IsLate = true };
        Refresh(context.Saga);
    }

    internal Task TellPortal(BehaviorContext<LinkedBirthState> context) => SendAsync(context, recipient: null, new DossierProgressed
    {
        DossierNumber = context.Saga.DossierNumber,
        State = context.Saga.CurrentState,
        Branches = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [RegistrationStep] = StatusOf(context.Saga.Registration),
            [LinkedProcedures.PermanentResidence] = StatusOf(context.Saga.Residence),
            [LinkedProcedures.HealthCard] = StatusOf(context.Saga.HealthCard),
        },
        Holders = context.Saga.Holders.Length == 0 ? [] : context.Saga.Holders.Split(','),
        DueAt = context.Saga.DueAt,
    });

    internal static bool NothingWaits(BehaviorContext<LinkedBirthState> context) =>
        context.Saga.Residence.Status != StepStatus.Waiting && context.Saga.HealthCard.Status != StepStatus.Waiting;

    internal static bool EverythingChosenIsDone(BehaviorContext<LinkedBirthState> context) =>
        context.Saga.Residence.Status != StepStatus.Refused && context.Saga.HealthCard.Status != StepStatus.Refused;

    private static string StatusOf(Step step) => step is { Status: StepStatus.Waiting, IsLate: true } ? "late" : step.Status switch
    {
        StepStatus.Chosen => "chosen",
        StepStatus.Waiting => "waiting",
        StepStatus.Done => "done",
        StepStatus.Refused => "refused",
        _ => "skipped",
    };

    private static bool Wants(LinkedBirthState saga, string procedure) => saga.Submission!.Procedures.Contains(procedure);

    private Step Wait(LinkedBirthState saga, string step, DateTimeOffset since)
    {
        var profile = clock.ProfileAt(saga.SubmittedAt);
        return new Step { Status = StepStatus.Waiting, DueAt = clock.DueAt(profile, profile.LinkedBirth.LimitOf(step), since) };
    }

    private static Step End(Step step, StepStatus status, string outcome) => step with { Status = status, Outcome = outcome };

    private void EndResidence(LinkedBirthState saga, StepStatus status, string outcome)
    {
        if (saga.Residence.Status == StepStatus.Waiting)
            saga.Residence = End(saga.Residence, status, outcome);
        Refresh(saga);
    }

    private void EndHealthCard(LinkedBirthState saga, StepStatus status, string outcome)
    {
        if (saga.HealthCard.Status == StepStatus.Waiting)
            saga.HealthCard = End(saga.HealthCard, status, outcome);
        Refresh(saga);
    }

    private void Refresh(LinkedBirthState saga)
    {
        (string Agency, Step Step)[] steps =
        [
            (options.Value.CivilStatusAgency, saga.Registration),
            (options.Value.ResidenceAgency, saga.Residence),
            (options.Value.SocialInsuranceAgency, saga.HealthCard),
        ];
        var waiting = Array.FindAll(steps, s => s.Step.Status == StepStatus.Waiting);
        saga.Holders = string.Join(',', waiting.Select(s => s.Agency));
        saga.DueAt = waiting.Min(s => s.Step.DueAt);
        saga.IsLate = Array.Exists(waiting, s => s.Step.IsLate);
    }

    // No partitionkey: the bus then orders by the dossier, whatever key the portal or an agency chose for its own events.
    private async Task SendAsync<T>(BehaviorContext<LinkedBirthState> context, string? recipient, T message)
        where T : class
    {
        context.TryGetCloudEvent(out var cause);
        var attributes = new CloudEventAttributes
        {
            Subject = context.Saga.DossierNumber,
            Extensions = new Dictionary<string, string?>
            {
                [ExtensionAttributes.Recipient] = recipient,
                [ExtensionAttributes.CorrelationId] = context.Saga.DossierNumber,
                [ExtensionAttributes.CausationId] = cause?.Id,
                [ExtensionAttributes.Purpose] = clock.ProfileAt(context.Saga.SubmittedAt).LinkedBirth.ProcedureFor(context.Saga.Submission!.Procedures).Code,
            },
        };
        await context.Publish(message, send => send.SetCloudEventAttributes(attributes), context.CancellationToken);
    }
}
