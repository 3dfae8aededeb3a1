using ExchangeBus.Contracts;

namespace ExchangeBus.Agencies;

/// <summary>Every way to refuse an event for its signature.</summary>
internal static class SignatureRefusals
{
    private const string At = "/signature";

    internal static Violation Required() => new(At, "signature.required",
        "Loại sự kiện này phải có chữ ký của hệ thống gửi.", "Events of this type must carry the signature of the sending system.");

    internal static Violation Malformed() => new(At, "signature.malformed",
        "Chữ ký phải là JWS tách rời (RFC 7515, phụ lục F) có 'alg' và 'kid', không có 'crit'.",
        "The signature must be a detached JWS (RFC 7515, appendix F) with 'alg' and 'kid', and without 'crit'.");

    internal static Violation KeyUnknown() => new(At, "signature.key-unknown",
        "Hệ thống gửi không có khóa mà chữ ký nêu.", "The sending system has no such key as the signature names.");

    internal static Violation KeyExpired() => new(At, "signature.key-expired",
        "Khóa của chữ ký đã hết hạn.", "The key of the signature has expired.");

    internal static Violation KeyNotYetValid() => new(At, "signature.key-not-yet-valid",
        "Khóa của chữ ký chưa đến ngày hiệu lực.", "The key of the signature is not valid yet.");

    internal static Violation Algorithm() => new(At, "signature.algorithm",
        "Thuật toán của chữ ký không phải của khóa đã đăng ký.", "The algorithm of the signature is not the one of the registered key.");

    internal static Violation NotCanonical() => new(At, "signature.not-canonical",
        "Sự kiện có chữ ký nhưng không có dạng chuẩn (RFC 8785): trùng tên trường, ký tự Unicode lỗi hoặc số vượt độ chính xác kép.",
        "The event is signed but has no canonical form (RFC 8785): a name twice, text that is not Unicode, or a number beyond a double.");

    internal static Violation Wrong() => new(At, "signature.wrong",
        "Chữ ký không khớp với sự kiện.", "The signature does not fit the event.");

    /// <summary>One sample of each.</summary>
    internal static IEnumerable<Violation> All =>
        [Required(), Malformed(), KeyUnknown(), KeyExpired(), KeyNotYetValid(), Algorithm(), NotCanonical(), Wrong()];
}
