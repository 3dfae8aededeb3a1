using ExchangeBus.Checks.CodeLists;
using ExchangeBus.Contracts;

namespace ExchangeBus.Checks.Rules;

/// <summary>
/// The envelope is stored, routed and shown in clear, so nothing in it may be a personal identification number (12 digits,
/// Decree 137/2015, article 13) or an old identity card (9 digits); nor may a personal number stand between other words, or a card's number
/// after its name. Nine digits say nothing of themselves, so between other words they are taken for a running number.
/// </summary>
internal static class PersonalNumberRule
{
    private const int Length = 12, OldLength = 9, UuidLength = 36;

    private static readonly string[] CardNames = ["CMND", "CMT", "CCCD"];

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
        if (text.Length is OldLength or Length && !text.ContainsAnyExceptInRange('0', '9'))
            return true;
        for (var start = 0; text.Length - start >= OldLength;)
        {
            var end = start;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
            if (end - start == Length && IsApart(text, start, end) && LooksPersonal(text[start..end], units, today))
                return true;
            if (end - start == OldLength && FollowsCardName(text[..start]))
                return true;
            start = end + 1;
        }

        return false;
    }

    // Digits between letters, beside hexadecimal ones, or at the end of a UUID are part of something that was drawn by lot: a hash, a ULID, a UUID. A word of
    // two letters or more on one side is what somebody wrote before or behind a number.
    private static bool IsApart(ReadOnlySpan<char> text, int start, int end)
    {
        if (end >= UuidLength && Guid.TryParseExact(text[(end - UuidLength)..end], "D", out _))
            return false;
        var (from, to) = (start, end);
        while (from > 0 && char.IsLetterOrDigit(text[from - 1]))
            from--;
        while (to < text.Length && char.IsLetterOrDigit(text[to]))
            to++;
        if (from == start && to == end)
            return true;
        var word = from == start ? text[end..to] : text[from..start];
        if (word.Length == 1 || (from < start && to > end) || word.ContainsAnyInRange('0', '9'))
            return false;
        foreach (var letter in word)
        {
            if (!char.IsAsciiHexDigit(letter))
                return true;
        }

        return FollowsCardName(text[..start]);
    }

    private static bool FollowsCardName(ReadOnlySpan<char> before)
    {
        var end = before.Length;
        while (end > 0 && !char.IsLetterOrDigit(before[end - 1]))
            end--;
        foreach (var name in CardNames)
        {
            if (before[..end].EndsWith(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    // Circular 07/2016/TT-BCA: the province, the century and sex (0 and 1 before the year 2000, 2 and 3 after), the year of birth, six digits.
    private static bool LooksPersonal(ReadOnlySpan<char> digits, AdministrativeUnits units, DateOnly today)
    {
        if (digits[0] != '0' || digits[3] > '3' || !units.WasProvince(((digits[1] - '0') * 10) + digits[2] - '0', today))
            return false;
        return digits[3] < '2' || 2000 + ((digits[4] - '0') * 10) + digits[5] - '0' <= today.Year;
    }
}
