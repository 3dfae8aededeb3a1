using ExchangeBus.Client;
using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.Desk;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.SampleAgencies.OneStop;

/// <summary>What the desk says of a dossier: accepted, or one request for everything that is missing.</summary>
internal sealed record IntakeOutcome(IntakeAccepted? Accepted, SupplementRequested? Supplement);

/// <summary>The clerk of the commune: are the papers complete?</summary>
internal sealed class CheckIntakeHandler(
    IOptions<OneStopOptions> options, IOptions<ClientOptions> client, Behaviour behaviour, TimeProvider time, ILogger<CheckIntakeHandler> logger)
    : StepHandler<RequestIntake, IntakeOutcome>(behaviour, time, logger)
{
    public override string Type => EventTypes.RequestIntake;

    protected override Refusal RuleRefusal { get; } = new("not-competent", "Hồ sơ không thuộc thẩm quyền tiếp nhận của xã.");

    protected override string DossierOf(RequestIntake command) => command.DossierNumber;

    protected override async Task<Decision<IntakeOutcome>> DecideAsync(RequestIntake command, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var papers = command.Attachments?.Count ?? 0;
        var entry = await IntakeBook.EnterAsync(command.DossierNumber, papers, Today, transaction, cancellationToken);
        if (entry.AcceptedAt is { } accepted)
            return new(Accepted(command.DossierNumber, entry, Instant(accepted)), IsRepeated: true);

        // The bus may bring the supplement with the command itself: more papers than before.
        if (entry.WaitsForSupplement && papers <= entry.Attachments)
            return new(Supplement(command.DossierNumber, Instant(entry.AskedAt!.Value)), IsRepeated: true);
        if (entry.AskedAt is null && Behaviour.IsEach(options.Value.SupplementEvery, command.DossierNumber))
        {
            await IntakeBook.AskAsync(command.DossierNumber, papers, Now, transaction, cancellationToken);
            return new(Supplement(command.DossierNumber, Now));
        }

        await IntakeBook.AcceptAsync(command.DossierNumber, Now, transaction, cancellationToken);
        return new(Accepted(command.DossierNumber, entry, Now));
    }

    protected override IEnumerable<CloudEvent> AnswerDone(EventContext context, RequestIntake command, IntakeOutcome done, string dossier) => done switch
    {
        { Accepted: { } accepted } => [context.CreateAnswer(EventTypes.IntakeAccepted, accepted with { DossierNumber = dossier })],
        _ => [context.CreateAnswer(EventTypes.SupplementRequested, done.Supplement! with { DossierNumber = dossier })],
    };

    protected override CloudEvent AnswerRefused(EventContext context, RequestIntake command, string dossier, Refusal refusal) =>
        context.CreateAnswer(EventTypes.IntakeRefused, new IntakeRefused(dossier, refusal.Code, refusal.Reason));

    private static IntakeOutcome Accepted(string dossier, IntakeEntry entry, DateTimeOffset at) =>
        new(new IntakeAccepted { DossierNumber = dossier, ReceivedAt = at, ProvinceNumber = entry.ProvinceNumber }, null);

    private IntakeOutcome Supplement(string dossier, DateTimeOffset at) => new(null, new SupplementRequested
    {
        DossierNumber = dossier,
        RequestedBy = client.Value.Agency,
        RequestedAt = at,
        Items = [new MissingItem { Code = "paper-not-readable", Text = "Bản chụp giấy tờ kèm theo không đọc được, đề nghị gửi lại.", Field = "/attachments" }],
        DueAt = at.AddDays(options.Value.SupplementDays),
    });

    private static DateTimeOffset Instant(DateTime utc) => new(utc, TimeSpan.Zero);
}
