using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Population;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.SampleAgencies.Population;

/// <summary>Compares father, mother, applicant or deceased with the population database. To refuse is not to find.</summary>
internal sealed class VerifyCitizenHandler(IOptions<PopulationOptions> options, Behaviour behaviour, TimeProvider time, ILogger<VerifyCitizenHandler> logger)
    : RememberedStepHandler<VerifyCitizen, CitizenVerified>(behaviour, time, logger)
{
    private const string Match = "match", Mismatch = "mismatch", NotFound = "notFound", Withheld = "withheld";

    public override string Type => EventTypes.VerifyCitizen;

    protected override Refusal RuleRefusal { get; } = new(NotFound, "Không tìm thấy công dân.");

    protected override string DossierOf(VerifyCitizen command) => command.DossierNumber;

    /// <summary>A dossier asks about several people, and about one again when somebody has asked anew.</summary>
    protected override string StepOf(VerifyCitizen command) => $"{command.DossierNumber} {command.RequestId}";

    protected override async Task<Decision<CitizenVerified>> DecideOnceAsync(VerifyCitizen command, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        if (Behaviour.IsEach(options.Value.WithholdEvery, command.DossierNumber))
            return new(Result(command, command.DossierNumber, Withheld));
        if (Behaviour.IsEach(options.Value.MismatchEvery, command.DossierNumber))
            return new(Result(command, command.DossierNumber, Mismatch, "birthDate"));

        var asked = command.Citizen;
        var found = await Citizens.FindAsync(asked.PersonalId ?? asked.OldIdCard!, asked.Name, asked.BirthDate.Value, transaction, cancellationToken);
        if (found.ReplacedBy is not null)
            return new(Result(command, command.DossierNumber, NotFound));
        string[] different = [.. command.Fields.Where(field => field switch
        {
            "name" => found.Name != Citizens.WholeName(asked.Name),
            "birthDate" => !Citizens.Agree(found.BirthDate, asked.BirthDate.Value),
            "vitalStatus" => found.IsDead,
            _ => false,
        })];
        return new(different.Length == 0 ? Result(command, command.DossierNumber, Match) : Result(command, command.DossierNumber, Mismatch, different));
    }

    protected override IEnumerable<CloudEvent> AnswerDone(EventContext context, VerifyCitizen command, CitizenVerified done, string dossier) =>
        [context.CreateAnswer(EventTypes.CitizenVerified, done with { DossierNumber = dossier })];

    protected override CloudEvent AnswerRefused(EventContext context, VerifyCitizen command, string dossier, Refusal refusal) =>
        context.CreateAnswer(EventTypes.CitizenVerified, Result(command, dossier, refusal.Code));

    private CitizenVerified Result(VerifyCitizen command, string dossier, string result, params string[] different) => new()
    {
        DossierNumber = dossier,
        RequestId = command.RequestId,
        Role = command.Role,
        Result = result,
        MismatchedFields = different.Length == 0 ? null : different,
        VerifiedAt = Now,
    };
}
