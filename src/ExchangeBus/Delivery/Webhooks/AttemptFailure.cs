namespace ExchangeBus.Delivery.Webhooks;

/// <summary>Why an attempt did not deliver. The codes are stable: operators and subscribers read them, and nothing of an answer's body is in them.</summary>
/// <param name="Code">For example <c>timeout</c>; all stand in this folder's README.</param>
/// <param name="MessageVi">For people, in Vietnamese.</param>
/// <param name="MessageEn">The same in English.</param>
internal sealed record AttemptFailure(string Code, string MessageVi, string MessageEn)
{
    internal static readonly AttemptFailure Timeout = new("timeout",
        "Bên nhận không trả lời trong thời hạn.", "The receiver did not answer within the time limit.");

    internal static readonly AttemptFailure Dns = new("dns",
        "Không phân giải được tên máy của địa chỉ nhận.", "The host name of the address is not known.");

    internal static readonly AttemptFailure PrivateAddress = new("private-address",
        "Tên máy dẫn tới một địa chỉ mà trục không được phép gọi.", "The host name leads to an address that the bus may not call.");

    internal static readonly AttemptFailure Connect = new("connect",
        "Không kết nối được tới bên nhận.", "No connection to the receiver could be made.");

    internal static readonly AttemptFailure ConnectionLost = new("connection-lost",
        "Kết nối bị ngắt trước khi có câu trả lời.", "The connection was lost before an answer came.");

    internal static readonly AttemptFailure Tls = new("tls",
        "Không thiết lập được TLS: chứng thư không tin cậy, hết hạn hoặc không đúng tên máy.", "TLS could not be set up: the certificate is not trusted, has expired or is for another name.");

    internal static readonly AttemptFailure Protocol = new("protocol",
        "Câu trả lời không đúng giao thức HTTP hoặc có tiêu đề quá dài.", "The answer is not HTTP, or its headers are too long.");

    internal static readonly AttemptFailure Redirect = new("redirect",
        "Bên nhận chuyển hướng (3xx); hãy sửa địa chỉ nhận, trục không đi theo chuyển hướng.", "The receiver redirects (3xx); correct the address, since the bus follows no redirect.");

    internal static readonly AttemptFailure Gone = new("gone",
        "Bên nhận đã ngừng hẳn (410); đăng ký kết thúc.", "The receiver has retired (410); the subscription ends.");

    internal static readonly AttemptFailure TakenBack = new("taken-back",
        "Quyền giao đã thay đổi ngay trước khi gửi.", "What may be delivered has changed just before it was sent.");

    internal static readonly AttemptFailure Throttled = new("throttled",
        "Bên nhận yêu cầu gửi chậm lại (429).", "The receiver asks to send more slowly (429).");

    internal static readonly AttemptFailure Unavailable = new("unavailable",
        "Bên nhận tạm ngừng phục vụ (503).", "The receiver is not available for now (503).");

    internal static readonly AttemptFailure RequestTimeout = new("request-timeout",
        "Bên nhận không nhận kịp yêu cầu (408).", "The receiver did not get the request in its own time (408).");

    internal static readonly AttemptFailure ServerError = new("server-error",
        "Bên nhận bị lỗi (5xx).", "The receiver failed (5xx).");

    internal static readonly AttemptFailure Refused = new("refused",
        "Bên nhận từ chối (4xx); cần người xem lại cấu hình ở bên nhận.", "The receiver refuses (4xx); a person has to look at the receiver.");

    internal static readonly AttemptFailure NoKey = new("no-key",
        "Không có khóa ký nào đang có hiệu lực; trục không gửi khi chưa ký.", "No signing key is valid now; the bus sends nothing unsigned.");

    internal static readonly AttemptFailure CircuitOpen = new("circuit-open",
        "Bên nhận lỗi liên tiếp nên trục tạm ngừng gọi.", "The receiver has failed again and again, so it is left alone for now.");

    internal static readonly AttemptFailure RateReached = new("rate-reached",
        "Đã tới số yêu cầu mỗi phút mà bên nhận cho phép.", "As many requests a minute as the receiver allows have been sent.");

    internal static readonly AttemptFailure NotGranted = new("not-granted",
        "Bên nhận chưa cho phép: câu trả lời OPTIONS thiếu WebHook-Allowed-Origin đúng.", "The receiver has not allowed it: its answer to OPTIONS lacks a fitting WebHook-Allowed-Origin.");

    internal static readonly AttemptFailure RateMalformed = new("rate-malformed",
        "WebHook-Allowed-Rate phải là số nguyên dương hoặc *.", "WebHook-Allowed-Rate must be a positive integer or *.");

    internal static IReadOnlyList<AttemptFailure> All { get; } =
    [
        Timeout, Dns, PrivateAddress, Connect, ConnectionLost, Tls, Protocol, Redirect, Gone, TakenBack, Throttled, Unavailable, RequestTimeout, ServerError, Refused,
        NoKey, CircuitOpen, RateReached, NotGranted, RateMalformed,
    ];
}
