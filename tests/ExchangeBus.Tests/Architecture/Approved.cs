namespace ExchangeBus.Tests.Architecture;

/// <summary>
/// What others can see of the bus stands in approved files, so that a change of it is a change in a pull request.
/// An approved file is never edited by hand: run the test, read what it received, promote that.
/// </summary>
internal static class Approved
{
    private const string Folder = "tests/ExchangeBus.Tests/Architecture/Approved";

    /// <param name="name">Of the approved file.</param>
    /// <param name="lines">What is so now.</param>
    /// <param name="page">Where the approved file stands when people read it elsewhere, from the root.</param>
    public static void Verify(string name, IEnumerable<string> lines, string? page = null)
    {
        page ??= $"{Folder}/{name}.approved.txt";
        var (approvedFile, receivedFile) = (Path.Combine(Repository.Root, page), Path.Combine(Repository.Root, Folder, $"{name}.received.txt"));
        string[] received = [.. lines];
        var approved = File.Exists(approvedFile) ? File.ReadAllLines(approvedFile) : [];
        if (received.SequenceEqual(approved, StringComparer.Ordinal))
        {
            File.Delete(receivedFile);
            return;
        }

        File.WriteAllText(receivedFile, string.Join('\n', received) + "\n");
        Assert.Fail($"""
            {name} is not what was approved.
            New:
              {string.Join("\n  ", received.Except(approved))}
            Gone:
              {string.Join("\n  ", approved.Except(received))}
            If that is meant: mv {Folder}/{name}.received.txt {page}
            """);
    }
}
