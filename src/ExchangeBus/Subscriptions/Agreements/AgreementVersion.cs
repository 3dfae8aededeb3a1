namespace ExchangeBus.Subscriptions.Agreements;

/// <summary>An agreement as it stands for the events after <paramref name="FromSequence"/>, until the next version.</summary>
/// <param name="Agreement">Its id.</param>
/// <param name="Version">Counted from 1.</param>
/// <param name="FromSequence">The position in the log after which it holds.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Terms">What it says.</param>
/// <param name="Known">Hashes of the fields that the schemas had when its terms were written (table <c>known_fields</c>).</param>
/// <param name="ChangedAt">When it was made.</param>
/// <param name="ChangedBy">System, and officer where one was named.</param>
/// <param name="Reason">Why.</param>
internal sealed record AgreementVersion(
    string Agreement, int Version, long FromSequence, AgreementState State, AgreementTerms Terms, IReadOnlyList<string> Known, DateTimeOffset ChangedAt, string ChangedBy, string Reason);

/// <summary>An agreement with its versions, the oldest first.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Agency">Who receives.</param>
/// <param name="Owner">Who approves.</param>
/// <param name="IsConfigured">The configuration says what it is; it is not changed over HTTP.</param>
/// <param name="Versions">At least one.</param>
internal sealed record Agreement(string Id, string Agency, string Owner, bool IsConfigured, IReadOnlyList<AgreementVersion> Versions)
{
    internal AgreementVersion Current => Versions[^1];
}
