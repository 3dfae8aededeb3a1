using ExchangeBus.Contracts;
using Microsoft.AspNetCore.Http;

namespace ExchangeBus.Delivery.Webhooks.Endpoints;

/// <summary>Why a door of webhooks says no, beside what <see cref="WebhookRejections"/> says of the settings.</summary>
internal static class EndpointRejections
{
    internal static Violation Unknown() => new("", "webhook.unknown",
        "Cơ quan không có đăng ký nhận bằng webhook với tên này.", "The agency has no subscription of this name that receives by webhook.");

    internal static Violation NotSet() => new("", "webhook.not-set",
        "Đăng ký chưa có địa chỉ nhận; hãy PUT trước.", "The subscription was not told yet where to deliver; PUT first.");

    internal static Violation Ended() => new("", "webhook.ended",
        "Đăng ký đã kết thúc; hãy tạo đăng ký mới.", "The subscription has ended; make a new one.");

    internal static Violation Malformed(string pointer) => new(pointer, "webhook.malformed",
        "Nội dung không phải là JSON đúng mẫu ở chỗ này.", "The body is not JSON of the expected form here.");

    internal static Violation Reason() => new("/reason", "webhook.reason",
        "Phải ghi lý do, từ 3 đến 1.000 ký tự.", "Say why, in 3 to 1,000 characters.");

    internal static Violation Kind(string pointer) => new(pointer, "webhook.kind",
        "Loại khóa phải là hmac-sha256 hoặc ed25519, và chỉ nêu khi trục tạo khóa.", "The kind of a key must be hmac-sha256 or ed25519, and is said only where the bus makes the key.");

    internal static Violation NotGranted(AttemptFailure failure) => new("/address", "webhook.not-granted",
        $"Bên nhận chưa cho phép nên không lưu gì: {failure.MessageVi} ({failure.Code})",
        $"The receiver has not granted permission, so nothing was stored: {failure.MessageEn} ({failure.Code})");

    internal static Violation KeyUnknown() => new("", "webhook.key-unknown",
        "Không có khóa này.", "There is no such key.");

    internal static Violation LastKey() => new("", "webhook.last-key",
        "Đây là khóa cuối cùng còn ký được; hãy thêm khóa mới trước.", "This is the last key that signs; add another one first.");

    internal static Violation Sealing() => new("", "webhook.sealing",
        "Trục thiếu khóa mã hóa để cất hoặc đọc khóa ký nên không lưu gì; hãy báo đơn vị vận hành.",
        "The bus lacks the key that encrypts signing keys, so nothing was stored; tell its operator.");

    internal static Violation NotWaiting() => new("", "webhook.not-waiting",
        "Không có lần giao nào đang chờ ở vị trí này.", "No delivery of this sequence waits.");

    internal static Violation Behind(long sequence) => new("", "webhook.behind",
        $"Lần giao này đứng sau vị trí {sequence} của cùng đối tượng; hãy gửi lại vị trí đó.", $"This delivery stands behind sequence {sequence} of the same key; retry that one.");

    internal static IEnumerable<Violation> All =>
        [Unknown(), NotSet(), Ended(), Malformed(""), Reason(), Kind(""), NotGranted(new AttemptFailure("…", "…", "….")), KeyUnknown(), LastKey(), Sealing(), NotWaiting(), Behind(0)];

    internal static int StatusOf(string code) => code switch
    {
        "webhook.unknown" or "webhook.not-set" or "webhook.key-unknown" or "webhook.not-waiting" => StatusCodes.Status404NotFound,
        "webhook.ended" or "webhook.last-key" or "webhook.behind" => StatusCodes.Status409Conflict,
        "webhook.sealing" => StatusCodes.Status503ServiceUnavailable,
        "webhook.malformed" => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    internal static string SourceOf(string code) => code == "webhook.not-granted" ? "CloudEvents HTTP webhook 1.0, section 4" : "docs/subscribing.md";

    /// <summary>All violations as problem details (RFC 9457); the first one's status.</summary>
    internal static IResult Problem(params IReadOnlyList<Violation> violations) => TypedResults.Problem(
        title: violations.Count == 1 ? $"{violations[0].MessageVi} / {violations[0].MessageEn}" : "Yêu cầu không hợp lệ. / The request is not valid.",
        statusCode: StatusOf(violations[0].Code), type: "https://schemas.exchangebus.vn/problems/webhook",
        extensions: new Dictionary<string, object?> { ["violations"] = violations });
}
