using ExchangeBus.Contracts;
using ExchangeBus.Procedures.Desk;
using ExchangeBus.Procedures.Dossiers;

namespace ExchangeBus.Procedures.Timeline;

/// <summary>What happened, as people say it; no word of it is personal.</summary>
internal static class TimelineText
{
    private static readonly Dictionary<string, (string Vi, string En)> Sentences = new()
    {
        [EventTypes.LinkedBirthSubmitted] = ("Công dân đã nộp hồ sơ liên thông khai sinh.", "The citizen handed in the linked-birth dossier."),
        [EventTypes.LinkedDeathSubmitted] = ("Công dân đã nộp hồ sơ liên thông khai tử.", "The citizen handed in the linked-death dossier."),
        [EventTypes.IntakeAccepted] = ("Bộ phận một cửa đã tiếp nhận hồ sơ.", "The one-stop desk received the dossier."),
        [EventTypes.IntakeRefused] = ("Bộ phận một cửa từ chối tiếp nhận.", "The one-stop desk refused the dossier."),
        [EventTypes.SupplementRequested] = ("Công dân phải bổ sung hồ sơ; thời hạn tạm dừng.", "The citizen has to supply something; the clock stands still."),
        [EventTypes.SupplementSubmitted] = ("Công dân đã bổ sung; thời hạn chạy tiếp.", "The citizen has supplied it; the clock goes on."),
        [EventTypes.DossierWithdrawn] = ("Hồ sơ được rút.", "The dossier was withdrawn."),
        [EventTypes.HouseholdConsentAnswered] = ("Chủ hộ đã trả lời.", "The head of the household has answered."),
        [EventTypes.CitizenVerified] = ("Cơ sở dữ liệu dân cư đã đối chiếu một người.", "The population database has compared one person."),
        [EventTypes.BirthRegistered] = ("Đã đăng ký khai sinh.", "The birth was registered."),
        [EventTypes.BirthRegistrationRefused] = ("Từ chối đăng ký khai sinh.", "The registration of the birth was refused."),
        [EventTypes.DeathRegistered] = ("Đã đăng ký khai tử.", "The death was registered."),
        [EventTypes.DeathRegistrationRefused] = ("Từ chối đăng ký khai tử.", "The registration of the death was refused."),
        [EventTypes.PersonalIdAssigned] = ("Đã cấp số định danh cá nhân.", "The personal identification number was assigned."),
        [EventTypes.PersonalIdReplaced] = ("Số định danh cá nhân được thay.", "The personal identification number was replaced."),
        [EventTypes.ResidenceVerificationStarted] = ("Công an xác minh nơi cư trú; thời hạn dài hơn.", "The residence is verified on the spot; the limit is longer."),
        [EventTypes.PermanentResidenceRegistered] = ("Đã đăng ký thường trú.", "Permanent residence was registered."),
        [EventTypes.PermanentResidenceRefused] = ("Từ chối đăng ký thường trú.", "Permanent residence was refused."),
        [EventTypes.ChildHealthCardIssued] = ("Đã cấp thẻ bảo hiểm y tế.", "The health-insurance card was issued."),
        [EventTypes.ChildHealthCardRefused] = ("Từ chối cấp thẻ bảo hiểm y tế.", "The health-insurance card was refused."),
        [EventTypes.ChildIdCardIssued] = ("Đã cấp thẻ căn cước.", "The identity card was issued."),
        [EventTypes.ChildIdCardRefused] = ("Từ chối cấp thẻ căn cước.", "The identity card was refused."),
        [EventTypes.PermanentResidenceDeleted] = ("Đã xóa đăng ký thường trú.", "Permanent residence was deleted."),
        [EventTypes.PermanentResidenceDeletionRefused] = ("Từ chối xóa đăng ký thường trú.", "The deletion of the residence was refused."),
        [EventTypes.PermanentResidenceRestored] = ("Đã khôi phục đăng ký thường trú.", "Permanent residence was restored."),
        [EventTypes.HealthCardLocked] = ("Đã khóa thẻ bảo hiểm y tế.", "The health-insurance card was locked."),
        [EventTypes.HealthCardUnlocked] = ("Đã mở lại thẻ bảo hiểm y tế.", "The health-insurance card was unlocked."),
        [EventTypes.FuneralAllowanceDecided] = ("Đã có quyết định mai táng phí.", "The funeral allowance was decided."),
        [EventTypes.FuneralAllowancePaid] = ("Đã chi mai táng phí.", "The funeral allowance was paid."),
        [EventTypes.SurvivorBenefitSettled] = ("Đã giải quyết chế độ tử tuất.", "The survivor benefit was settled."),
        [EventTypes.AllowanceStopped] = ("Đã dừng hoặc thu hồi khoản chi.", "The payment was stopped or is being recovered."),
        [EventTypes.DeathRevoked] = ("Đăng ký khai tử bị hủy bỏ: người này còn sống.", "The registration of the death was revoked: the person is alive."),
        [EventTypes.CivilStatusCorrected] = ("Hộ tịch đã được cải chính; nơi đã nhận bản cũ được báo.", "The civil-status record was corrected; whoever received the old version is told."),
        [EventTypes.RegistrationAnnulled] = ("Việc đăng ký hộ tịch bị hủy bỏ; việc còn mở đã dừng.", "The registration was annulled; what was open was stopped."),
        [EventTypes.DeadlineReached] = ("Sắp đến hạn hoặc đã quá hạn.", "A warning is due, or a deadline has passed."),
        [EventTypes.DeskActionDecided] = ("Cán bộ đã xử lý hồ sơ.", "An officer has acted on the dossier."),
    };

    internal static IEnumerable<string> Types => Sentences.Keys;

    internal static (string Vi, string En) Of(string eventType, string? note, string? officer)
    {
        var (vi, en) = Sentences.TryGetValue(eventType, out var known) ? known : (eventType, eventType);
        var (noteVi, noteEn) = note switch
        {
            null => ("", ""),
            Notes.Repeated => (" Đã biết từ trước, không thay đổi gì.", " It was known, and changes nothing."),
            Notes.Contradicts => (" Trái với điều đã biết: cán bộ phải xem xét.", " It cannot be true beside what is known: an officer has to look."),
            _ => DeskRejections.All.FirstOrDefault(v => v.Code == note) is { } late ? ($" Không thực hiện được: {late.MessageVi}", $" It was not possible any more: {late.MessageEn}") : ("", ""),
        };
        var (byVi, byEn) = officer is null ? ("", "") : ($" Cán bộ: {officer}.", $" Officer: {officer}.");
        return (vi + byVi + noteVi, en + byEn + noteEn);
    }
}
