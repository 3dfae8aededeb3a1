using ExchangeBus.LocalServers.Private;

namespace ExchangeBus.Tests.LocalServers;

[Platform("Unix,MacOsX")]
public sealed class When_an_owner_is_dead
{
    private string _root = null!;

    [SetUp]
    public void MakeRoot() => _root = Directory.CreateTempSubdirectory("exchangebus-root-").FullName;

    [TearDown]
    public void DeleteRoot() => Directory.Delete(_root, recursive: true);

    [Test]
    public void Should_call_the_folder_stale_only_then()
    {
        var folder = RunFolder.Create(_root);
        Assert.That(RunFolder.Stale(_root), Is.Empty, "The owner, this process, lives.");

        folder.Dispose();

        Assert.That(RunFolder.Stale(_root), Is.EqualTo(new[] { folder.Path }));
    }

    [Test]
    public void Should_leave_a_folder_alone_that_is_just_being_made()
    {
        Directory.CreateDirectory(Path.Combine(_root, "run-young"));

        Assert.That(RunFolder.Stale(_root), Is.Empty);
    }

    [Test]
    public async Task Should_delete_the_folder_and_end_its_processes()
    {
        var folder = RunFolder.Create(_root);
        using var process = Start();
        folder.List(process.Id, "TERM");
        folder.Dispose();

        await Watchdog.CleanUpAsync(folder.Path, CancellationToken.None);

        Assert.That(process.WaitForExit(TimeSpan.FromSeconds(5)));
        Assert.That(Directory.Exists(folder.Path), Is.False);
    }

    [Test]
    public async Task Should_spare_a_process_that_has_got_the_number_of_an_ended_one()
    {
        var folder = RunFolder.Create(_root);
        using var stranger = Start();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "processes"), $"KILL {stranger.Id} 1\n");
        folder.Dispose();

        await Watchdog.CleanUpAsync(folder.Path, CancellationToken.None);

        Assert.That(stranger.HasExited, Is.False);
        stranger.Kill();
    }

    private static System.Diagnostics.Process Start() => System.Diagnostics.Process.Start("sleep", ["60"]);
}
