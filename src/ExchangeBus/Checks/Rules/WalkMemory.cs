using ExchangeBus.Contracts;

namespace ExchangeBus.Checks.Rules;

/// <summary>What one walk through a body remembers. One for each thread, used again and again.</summary>
internal sealed class WalkMemory
{
    private const int KeptPostponed = 1024;

    internal FieldValue[] Slots { get; private set; } = new FieldValue[128];

    internal char[] Text { get; private set; } = new char[1024];

    internal int[] Indexes { get; } = new int[130];

    internal Postponed[] Postponed { get; private set; } = new Postponed[32];

    internal int PostponedCount { get; set; }

    /// <summary>What to say when a second text makes sure that the first one is in an old encoding.</summary>
    internal Violation? Doubtful { get; set; }

    internal int DoubtfulTexts { get; set; }

    /// <summary>Letters that only Unicode has were seen, so that the writer does not use an old encoding.</summary>
    internal bool WritesUnicode { get; set; }

    internal void Begin(int slots)
    {
        // Gives back what one unusual body needed.
        if (Postponed.Length > KeptPostponed)
            Postponed = new Postponed[KeptPostponed];
        if (Slots.Length < slots)
            Slots = new FieldValue[slots];
        Slots.AsSpan(0, slots).Clear();
        PostponedCount = 0;
        Doubtful = null;
        DoubtfulTexts = 0;
        WritesUnicode = false;
    }

    internal void Postpone(in Postponed check)
    {
        if (PostponedCount == Postponed.Length)
        {
            var grown = new Postponed[PostponedCount * 2];
            Postponed.CopyTo(grown, 0);
            Postponed = grown;
        }

        Postponed[PostponedCount++] = check;
    }

    internal Span<char> TextOf(int length)
    {
        if (Text.Length < length)
            Text = new char[length];
        return Text;
    }
}
