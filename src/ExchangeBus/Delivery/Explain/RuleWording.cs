using System.Collections.Frozen;
using ExchangeBus.Subscriptions.Rules;

namespace ExchangeBus.Delivery.Explain;

/// <summary>What each rule means when it says no.</summary>
internal static class RuleWording
{
    internal static FrozenDictionary<string, Wording> All { get; } = new Dictionary<string, Wording>
    {
        [RuleNames.Recipient] = new("Lệnh này gửi cho cơ quan khác.", "The command is for another agency."),
        [RuleNames.Before] = new("Đăng ký được tạo sau sự kiện này.", "The subscription was made after this event."),
        [RuleNames.SubscriptionEnded] = new("Đăng ký đã kết thúc trước sự kiện này.", "The subscription had ended before this event."),
        [RuleNames.SubscriptionExpired] = new("Sự kiện được nhận sau khi đăng ký hết hạn.", "The event was accepted after the subscription's end."),
        [RuleNames.Type] = new("Đăng ký không yêu cầu loại sự kiện này.", "The subscription does not ask for this type."),
        [RuleNames.Province] = new("Đăng ký không yêu cầu tỉnh của sự kiện này.", "The subscription does not ask for the province of this event."),
        [RuleNames.Filter] = new("Bộ lọc không cho sự kiện này đi qua.", "The filter does not let this event through."),
        [RuleNames.NoAgreement] = new("Không có thỏa thuận nào có hiệu lực tại thời điểm của sự kiện.", "No agreement held at the place of this event."),
        [RuleNames.AgreementState] = new("Thỏa thuận không ở trạng thái có hiệu lực tại sự kiện này.", "The agreement was not active at this event."),
        [RuleNames.AgreementType] = new("Thỏa thuận không bao gồm loại sự kiện này.", "The agreement does not cover this type."),
        [RuleNames.AgreementDay] = new("Sự kiện nằm ngoài thời hạn của thỏa thuận.", "The event lies outside of the days of the agreement."),
        [RuleNames.AgreementProcedure] = new("Sự kiện thuộc thủ tục không có trong thỏa thuận.", "The event belongs to a procedure that is not in the agreement."),
        [RuleNames.AgreementProvince] = new("Sự kiện thuộc tỉnh không có trong thỏa thuận.", "The event lies in a province that is not in the agreement."),
        [RuleNames.AgreementSignature] = new("Thỏa thuận đòi hỏi chữ ký, sự kiện không có.", "The agreement demands a signature, and the event has none."),
    }.ToFrozenDictionary();

    internal static Wording Of(string rule) => All[rule];
}
