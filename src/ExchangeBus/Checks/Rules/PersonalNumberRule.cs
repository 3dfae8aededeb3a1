using ExchangeBus.Contracts;

namespace ExchangeBus.Checks.Rules;

/// <summary>
/// The envelope is stored, routed and shown in clear, so nothing in it may be a personal identification number (12 digits,
/// Decree 137/2015, article 13) or an old identity card (9 digits).
/// </summary>
internal static class PersonalNumberRule
{
    internal static IEnumerable<Violation> Check(CloudEvent cloudEvent)
    {
        if (IsPersonal(cloudEvent.Id))
            yield return Rejections.PersonalNumber("id");
        if (IsPersonal(cloudEvent.Subject))
            yield return Rejections.PersonalNumber("subject");
        foreach (var (name, value) in cloudEvent.Extensions)
        {
            if (!value.IsBare && IsPersonal(value.Text))
                yield return Rejections.PersonalNumber(name);
        }
    }

    private static bool IsPersonal(string? text) => text is { Length: 9 or 12 } && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
