namespace ExchangeBus.Subscriptions.Agreements;

/// <summary>Where an agreement stands. Nothing is delivered in any state but <see cref="Active"/>.</summary>
internal enum AgreementState
{
    /// <summary>The receiving agency writes it.</summary>
    Drafted,

    /// <summary>The owner of the data is asked.</summary>
    Requested,

    /// <summary>The owner has agreed; it is not in force yet.</summary>
    Approved,

    /// <summary>In force.</summary>
    Active,

    /// <summary>Stopped for a while, by either side.</summary>
    Suspended,

    /// <summary>Over for good.</summary>
    Ended,
}

/// <summary>Who may move an agreement from where to where.</summary>
internal static class AgreementSteps
{
    /// <param name="from">Where it stands.</param>
    /// <param name="to">Where it shall stand.</param>
    /// <param name="isOwner">The caller owns the data; otherwise it receives it.</param>
    internal static bool IsAllowed(AgreementState from, AgreementState to, bool isOwner) => (from, to) switch
    {
        (AgreementState.Ended, _) => false,
        (_, AgreementState.Ended) => true,
        (AgreementState.Drafted, AgreementState.Requested) => !isOwner,
        // Sent back: the receiver may write it anew.
        (AgreementState.Requested, AgreementState.Drafted) => true,
        (AgreementState.Requested, AgreementState.Approved) => isOwner,
        (AgreementState.Approved, AgreementState.Active) => isOwner,
        (AgreementState.Active, AgreementState.Suspended) => true,
        // Whoever receives could otherwise undo what the owner has stopped.
        (AgreementState.Suspended, AgreementState.Active) => isOwner,
        _ => false,
    };
}
