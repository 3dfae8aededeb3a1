using CsCheck;
using ExchangeBus.Procedures.Dossiers;

namespace ExchangeBus.Tests.Procedures.Walks;

/// <summary>
/// Any event of the procedure, in any order, again and against each other, with time that passes: after each, the law holds. A failure names its seed; give it as
/// <c>CsCheck_Seed</c>.
/// </summary>
[TestFixture]
public sealed class When_events_come_at_random
{
    [Test]
    public void Should_keep_the_law_after_a_birth() =>
        Walk(() => new BirthWalk(), "AtDesk", "WaitingForSupplement", "WaitingForConsent", "Verifying", "Registering", "Linking", "Completed", "CompletedPartly", "Refused", "Withdrawn", "TakenOverByHand");

    [Test]
    public void Should_keep_the_law_after_a_death() =>
        Walk(() => new DeathWalk(), "AtDesk", "WaitingForSupplement", "Registering", "Linking", "Completed", "CompletedPartly", "Revoking", "Revoked", "Refused", "Withdrawn", "TakenOverByHand");

    private static void Walk<TState>(Func<DossierWalk<TState>> begin, params string[] states)
        where TState : DossierState, new()
    {
        // A machine takes longer to build than a course to go.
        using var walks = new ThreadLocal<DossierWalk<TState>>(begin, trackAllValues: true);

        Course.Any.Sample(course => walks.Value!.Go(course), iter: 400);

        foreach (var state in states)
            Assert.That(walks.Values.Sum(w => w.Seen.GetValueOrDefault(state)), Is.GreaterThan(1), $"courses come to {state}");
    }
}
