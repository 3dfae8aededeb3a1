using ExchangeBus.Client.Subscribing;
using ExchangeBus.Contracts;
using ExchangeBus.Contracts.LinkedBirth;
using ExchangeBus.SampleAgencies.Behaviours;
using ExchangeBus.SampleAgencies.Citizens;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ExchangeBus.SampleAgencies.CivilStatus;

/// <summary>The civil-status officer of the commune: registers a birth once, on one birth notice.</summary>
internal sealed class RegisterBirthHandler(
    UnitLists units, IOptions<CivilStatusOptions> options, Behaviour behaviour, TimeProvider time, ILogger<RegisterBirthHandler> logger)
    : StepHandler<RegisterBirth, BirthRegistered>(behaviour, time, logger)
{
    private static readonly Refusal CommuneNotKnown = new("commune-not-known", "Mã xã nơi đăng ký không có trong danh mục đơn vị hành chính.");
    private static readonly Refusal NoticeUsed = new("birth-notice-used", "Giấy chứng sinh này đã được dùng để đăng ký khai sinh trong hồ sơ khác.");

    public override string Type => EventTypes.RegisterBirth;

    protected override Refusal RuleRefusal { get; } =
        new("birth-notice-not-found", "Không tìm thấy giấy chứng sinh trong dữ liệu của cơ sở khám bệnh, chữa bệnh.");

    protected override string DossierOf(RegisterBirth command) => command.DossierNumber;

    protected override async Task<Decision<BirthRegistered>> DecideAsync(RegisterBirth command, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var found = await CivilStatusBooks.FindAsync(command, transaction, cancellationToken);
        if (found.FirstOrDefault(entry => entry.DossierNumber == command.DossierNumber) is { } first)
            return new(first, IsRepeated: true);
        if (found.Count > 0)
            return new(null, NoticeUsed);
        return units.ProvinceOf(command.Commune, Today) is { } province
            ? new(await CivilStatusBooks.WriteAsync(command, province, Behaviour.IsEach(options.Value.PersonalIdLateEvery, command.DossierNumber), Today, transaction, cancellationToken))
            : new(null, CommuneNotKnown);
    }

    protected override IEnumerable<CloudEvent> AnswerDone(EventContext context, RegisterBirth command, BirthRegistered done, string dossier) =>
        [context.CreateAnswer(EventTypes.BirthRegistered, done with { DossierNumber = dossier })];

    protected override CloudEvent AnswerRefused(EventContext context, RegisterBirth command, string dossier, Refusal refusal) =>
        context.CreateAnswer(EventTypes.BirthRegistrationRefused, new BirthRegistrationRefused(dossier, refusal.Code, refusal.Reason));
}
