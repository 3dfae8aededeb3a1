using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedDeath;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Citizens;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExchangeBus.SampleAgencies.CivilStatus;

/// <summary>The civil-status officer of the commune: registers a death once (Law on Civil Status 60/2014, article 34).</summary>
internal sealed class RegisterDeathHandler(UnitLists units, Behaviour behaviour, TimeProvider time, ILogger<RegisterDeathHandler> logger)
    : RememberedStepHandler<RegisterDeath, DeathRegistered>(behaviour, time, logger)
{
    private static readonly Refusal CommuneNotKnown = new("commune-not-known", "Mã xã nơi đăng ký không có trong danh mục đơn vị hành chính.");
    private static readonly Refusal RegisteredBefore = new("registered-before", "Việc khai tử của người này đã được đăng ký theo hồ sơ khác.");

    public override string Type => EventTypes.RegisterDeath;

    protected override Refusal RuleRefusal { get; } = new("death-notice-not-found", "Không tìm thấy giấy báo tử trong dữ liệu của cơ sở khám bệnh, chữa bệnh.");

    protected override string DossierOf(RegisterDeath command) => command.DossierNumber;

    protected override async Task<Decision<DeathRegistered>> DecideOnceAsync(RegisterDeath command, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        if (units.ProvinceOf(command.Commune, Today) is null)
            return new(null, CommuneNotKnown);
        return await DeathBooks.FindDossierAsync(command, transaction, cancellationToken) is null
            ? new(await DeathBooks.WriteAsync(command, Today, transaction, cancellationToken))
            : new(null, RegisteredBefore);
    }

    protected override IEnumerable<CloudEvent> AnswerDone(EventContext context, RegisterDeath command, DeathRegistered done, string dossier) =>
        [context.CreateAnswer(EventTypes.DeathRegistered, done with { DossierNumber = dossier })];

    protected override CloudEvent AnswerRefused(EventContext context, RegisterDeath command, string dossier, Refusal refusal) =>
        context.CreateAnswer(EventTypes.DeathRegistrationRefused, new DeathRegistrationRefused(dossier, refusal.Code, refusal.Reason));
}
