using ExchangeBus.Checks.CodeLists;
using ExchangeBus.Contracts;

namespace ExchangeBus.Checks.Rules;

/// <summary>
/// The envelope is stored, routed and shown in clear, so nothing in it may be a personal identification number (12 digits,
/// Decree 137/2015, article 13) or an old identity card (9 digits); nor may a personal number stand between other words.
/// </summary>
internal static class PersonalNumberRule
{
    private const int Length = 12, UuidLength = 36;

    /// <summary>Allocates nothing for an envelope that is clean.</summary>
    /// <param name="cloudEvent">The event; of its attributes, the id, the subject and the extensions.</param>
    /// <param name="units">Which provinces there were.</param>
    /// <param name="today">The day in Vietnam.</param>
    /// <param name="findings">Takes what is wrong.</param>
    internal static void Check(CloudEvent cloudEvent, AdministrativeUnits units, DateOnly today, Findings findings)
    {
        if (IsPersonal(cloudEvent.Id, units, today))
            findings.Add(Rejections.PersonalNumber("id"));
        if (IsPersonal(cloudEvent.Subject, units, today))
            findings.Add(Rejections.PersonalNumber("subject"));
        if (cloudEvent.Extensions.IsEmpty)
            return;
        foreach (var (name, value) in cloudEvent.Extensions)
        {
            if (!value.IsBare && IsPersonal(value.Text, units, today))
                findings.Add(Rejections.PersonalNumber(name));
        }
    }

    private static bool IsPersonal(ReadOnlySpan<char> text, AdministrativeUnits units, DateOnly today)
    {
        if (text.Length is 9 or Length && !text.ContainsAnyExceptInRange('0', '9'))
            return true;
        for (var start = 0; text.Length - start >= Length;)
        {
            var end = start;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
            if (end - start == Length && IsApart(text, start, end) && LooksPersonal(text[start..end], units, today))
                return true;
            start = end + 1;
        }

        return false;
    }

    // Digits that touch a letter, or end a UUID, are part of something that was drawn by lot: a hash, a ULID, a UUID.
    private static bool IsApart(ReadOnlySpan<char> text, int start, int end) =>
        (start == 0 || !char.IsLetter(text[start - 1])) && (end == text.Length || !char.IsLetter(text[end]))
        && (end < UuidLength || !Guid.TryParseExact(text[(end - UuidLength)..end], "D", out _));

    // Circular 07/2016/TT-BCA: the province, the century and sex (0 and 1 before the year 2000, 2 and 3 after), the year of birth, six digits.
    private static bool LooksPersonal(ReadOnlySpan<char> digits, AdministrativeUnits units, DateOnly today)
    {
        if (digits[0] != '0' || digits[3] > '3' || !units.WasProvince(((digits[1] - '0') * 10) + digits[2] - '0', today))
            return false;
        return digits[3] < '2' || 2000 + ((digits[4] - '0') * 10) + digits[5] - '0' <= today.Year;
    }
}
