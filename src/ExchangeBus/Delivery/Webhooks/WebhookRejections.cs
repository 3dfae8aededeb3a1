using ExchangeBus.Contracts;

namespace ExchangeBus.Delivery.Webhooks;

/// <summary>What may be wrong in the settings of a webhook. The pointers lead into the settings; no message repeats an address or a key.</summary>
internal static class WebhookRejections
{
    internal static Violation Address() => new("/address", "webhook.address",
        "Địa chỉ nhận phải là một URI https, dài nhất 2.048 ký tự, không có tên người dùng và không có phần '#'.",
        "The address must be an https URI of at most 2,048 characters, without a user name and without a fragment.");

    internal static Violation PrivateAddress() => new("/address", "webhook.private-address",
        "Địa chỉ nhận nằm trong mạng mà trục không được phép gọi.", "The address lies in a network that the bus may not call.");

    internal static Violation KeyCount() => new("/keys", "webhook.key-count",
        "Phải có từ 1 đến 8 khóa ký.", "There must be 1 to 8 signing keys.");

    internal static Violation Key(int index) => new($"/keys/{index}/key", "webhook.key",
        "Khóa phải là whsec_ và base64 của 24 đến 64 byte, hoặc whsk_ và base64 của cặp khóa Ed25519.",
        "A key must be whsec_ and the base64 of 24 to 64 bytes, or whsk_ and the base64 of an Ed25519 key pair.");

    internal static Violation KeyTime(int index) => new($"/keys/{index}/validUntil", "webhook.key-time",
        "Khóa phải hết hạn sau khi bắt đầu có hiệu lực.", "A key must end after it begins to be valid.");

    internal static Violation Concurrency() => new("/concurrency", "webhook.concurrency",
        "Số lần gửi cùng lúc phải từ 1 đến 64.", "From 1 to 64 attempts may be made at once.");

    internal static Violation TimeLimit() => new("/timeLimitSeconds", "webhook.time-limit",
        "Thời hạn của một lần gửi phải từ 1 đến 60 giây.", "The time limit of an attempt must be 1 to 60 seconds.");

    internal static Violation Rate() => new("/requestsPerMinute", "webhook.rate",
        "Số yêu cầu mỗi phút phải từ 1 đến 10.000.000.", "The requests a minute must be 1 to 10,000,000.");

    internal static Violation RetryFor() => new("/retryForHours", "webhook.retry-for",
        "Thời gian gửi lại phải từ 1 phút đến 30 ngày.", "The time for retries must be 1 minute to 30 days.");

    internal static IEnumerable<Violation> All =>
        [Address(), PrivateAddress(), KeyCount(), Key(0), KeyTime(0), Concurrency(), TimeLimit(), Rate(), RetryFor()];
}
