using ExchangeBus.Contracts;

namespace ExchangeBus.Agencies.Authentication;

/// <summary>
/// Every way not to believe a caller. A text says nothing of who else exists: an unknown agency, an unknown key and a withdrawn one are
/// one answer. The English text is also the error_description, so it is plain ASCII without quotes (RFC 6750, section 3).
/// </summary>
internal static class CallerRefusals
{
    internal static CallerRefusal Missing() => new(null, new Violation("", "auth.missing",
        "Yêu cầu chưa có thông tin xác thực: cần tiêu đề Authorization hoặc chứng thư máy khách.",
        "The request carries no proof of identity: send an Authorization header or a client certificate."));

    internal static CallerRefusal Scheme() => Request(new Violation("", "auth.scheme",
        "Tiêu đề Authorization phải có đúng một giá trị, theo dạng Bearer.", "The Authorization header must have one value, of the scheme Bearer."));

    internal static CallerRefusal Malformed() => Token(new Violation("", "auth.token-malformed",
        "Mã thông báo không phải là JWT có chữ ký hợp lệ về cú pháp.", "The token is not a well-formed signed JWT."));

    internal static CallerRefusal Algorithm() => Token(new Violation("", "auth.token-algorithm",
        "Thuật toán ký phải là ES256 hoặc EdDSA và đúng với khóa đã đăng ký.", "The signature algorithm must be ES256 or EdDSA, and the one of the registered key."));

    internal static CallerRefusal MissingClaim(string claim) => Token(new Violation("", "auth.token-claim",
        $"Mã thông báo thiếu hoặc sai kiểu trường {claim}.", $"The token lacks {claim}, or it has the wrong type or length."));

    internal static CallerRefusal KeyUnknown() => Token(new Violation("", "auth.key-unknown",
        "Không có khóa này cho hệ thống nêu trong mã thông báo.", "No such key is registered for the system that the token names."));

    internal static CallerRefusal KeyExpired() => Token(new Violation("", "auth.key-expired",
        "Khóa đã ký mã thông báo đã hết hạn.", "The key that signed the token has expired."));

    internal static CallerRefusal KeyNotYetValid() => Token(new Violation("", "auth.key-not-yet-valid",
        "Khóa đã ký mã thông báo chưa đến ngày hiệu lực.", "The key that signed the token is not valid yet."));

    internal static CallerRefusal Signature() => Token(new Violation("", "auth.signature",
        "Chữ ký của mã thông báo không đúng.", "The signature of the token is wrong."));

    internal static CallerRefusal Subject() => Token(new Violation("", "auth.token-subject",
        "Trường iss và sub phải cùng là định danh của hệ thống gửi.", "The claims iss and sub must both be the calling system."));

    internal static CallerRefusal Audience() => Token(new Violation("", "auth.token-audience",
        "Mã thông báo không dành cho trục này (trường aud).", "The token is not meant for this bus (claim aud)."));

    internal static CallerRefusal Expired() => Token(new Violation("", "auth.token-expired",
        "Mã thông báo đã hết hạn.", "The token has expired."));

    internal static CallerRefusal NotYetValid() => Token(new Violation("", "auth.token-not-yet-valid",
        "Mã thông báo chưa có hiệu lực; hãy kiểm tra đồng hồ.", "The token is not valid yet; check the clock."));

    internal static CallerRefusal Lifetime() => Token(new Violation("", "auth.token-lifetime",
        "Mã thông báo có thời hạn quá 5 phút.", "The token lives longer than 5 minutes."));

    internal static CallerRefusal Replayed() => Token(new Violation("", "auth.token-replayed",
        "Mã thông báo này đã được dùng; mỗi mã chỉ dùng một lần.", "This token has been used before; each may be used once."));

    internal static CallerRefusal AccessToken() => Token(new Violation("", "auth.access-token",
        "Mã truy cập không do trục này cấp hoặc khóa của nó đã bị thu hồi.", "The access token was not given by this bus, or its key was withdrawn."));

    internal static CallerRefusal AccessTokenExpired() => Token(new Violation("", "auth.access-token-expired",
        "Mã truy cập đã hết hạn; hãy xin mã mới.", "The access token has expired; ask for a new one."));

    internal static CallerRefusal CertificateUnknown() => Token(new Violation("", "auth.certificate-unknown",
        "Chứng thư máy khách chưa được đăng ký.", "The client certificate is not registered."));

    internal static CallerRefusal CertificateExpired() => Token(new Violation("", "auth.certificate-expired",
        "Chứng thư máy khách hoặc đăng ký của nó đã hết hạn hay chưa có hiệu lực.", "The client certificate or its registration has expired or is not valid yet."));

    internal static CallerRefusal TokenRequest() => Request(new Violation("", "auth.token-request",
        "Yêu cầu cấp mã phải theo RFC 6749 mục 4.4 và RFC 7523 mục 2.2.",
        "The token request must follow RFC 6749, section 4.4, and RFC 7523, section 2.2."));

    internal static CallerRefusal TooFast() => Request(new Violation("", "auth.limit",
        "Có quá nhiều mã thông báo đã ký đến từ địa chỉ này; hãy dùng mã truy cập và gửi lại sau.",
        "Too many signed tokens come from this address; use an access token, and try again later."));

    /// <summary>One sample of each.</summary>
    internal static IEnumerable<Violation> All => new[]
    {
        Missing(), Scheme(), Malformed(), Algorithm(), MissingClaim("jti"), KeyUnknown(), KeyExpired(), KeyNotYetValid(), Signature(), Subject(),
        Audience(), Expired(), NotYetValid(), Lifetime(), Replayed(), AccessToken(), AccessTokenExpired(), CertificateUnknown(), CertificateExpired(), TokenRequest(), TooFast(),
    }.Select(r => r.Violation);

    internal static int StatusOf(string code) => code switch { "auth.token-request" => 400, "auth.limit" => 429, _ => 401 };

    internal static string SourceOf(string code) => code switch
    {
        "auth.limit" => "RFC 6585, section 4",
        _ => code.StartsWith("auth.certificate", StringComparison.Ordinal) ? "RFC 8705" : "RFC 6750, RFC 7523",
    };

    private static CallerRefusal Token(Violation violation) => new("invalid_token", violation);

    private static CallerRefusal Request(Violation violation) => new("invalid_request", violation);
}
