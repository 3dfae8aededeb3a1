namespace ExchangeBus.Delivery.Webhooks.Addresses;

/// <summary>Carries out of the connection why there is none; it ends at <see cref="Sending.WebhookTransport"/>.</summary>
internal sealed class ConnectionRefusedException(AttemptFailure failure, Exception? inner = null) : IOException(failure.Code, inner)
{
    internal AttemptFailure Failure { get; } = failure;
}
