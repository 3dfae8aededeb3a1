namespace ExchangeBus.LocalServers.Private;

/// <summary>
/// The folder of one run: data, logs and the list of what was started. Its owner holds a lock on <c>owner</c>
/// that the system drops when the owner dies, however it dies, so a stale folder is one whose lock is free.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    private const UnixFileMode OwnerOnlyWrites =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly FileStream _owner;
    private readonly Lock _listing = new();
    private readonly List<string> _processes = [];
    private readonly List<string> _containers = [];

    private RunFolder(string path, FileStream owner)
    {
        Path = path;
        _owner = owner;
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Makes a folder that other users may pass through, as the servers' users must, but not list or change.</summary>
    public static RunFolder Create(string root)
    {
        var path = System.IO.Path.Combine(root, "run-" + Secret.Create(8));
        Directory.CreateDirectory(path, OwnerOnlyWrites);
        var owner = new FileStream(System.IO.Path.Combine(path, "owner"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        owner.Write(System.Text.Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
        owner.Flush();
        return new RunFolder(path, owner);
    }

    /// <summary>The folder of this user's runs, made when missing.</summary>
    /// <exception cref="LocalServersUnavailableException">Somebody else made it.</exception>
    public static string Root(string temporaryFolder, string userName)
    {
        var root = System.IO.Path.Combine(temporaryFolder, "exchangebus-" + userName);
        Directory.CreateDirectory(root, OwnerOnlyWrites);
        try
        {
            // Only the owner may change the mode: this is the check that nobody prepared the folder for us.
            if (new DirectoryInfo(root).LinkTarget is null)
                File.SetUnixFileMode(root, OwnerOnlyWrites);
            else
                throw new UnauthorizedAccessException();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new LocalServersUnavailableException($"The folder {root} belongs to somebody else; remove it, or point TMPDIR elsewhere.", e);
        }

        return root;
    }

    /// <summary>The folders whose owners are dead.</summary>
    public static IEnumerable<string> Stale(string root) =>
        Directory.EnumerateDirectories(root, "run-*").Where(IsStale);

    public string Folder(string name) => Directory.CreateDirectory(
        System.IO.Path.Combine(Path, name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;

    /// <summary>Lists a process for the watchdog, with the signal that ends it without debris.</summary>
    public void List(int processId, string signal) =>
        Change(_processes, "processes", list => list.Add($"{signal} {processId} {ProcessStart.Of(processId)}"));

    public void Unlist(int processId) =>
        Change(_processes, "processes", list => list.RemoveAll(line => line.Split(' ')[1] == $"{processId}"));

    public void ListContainer(string name) => Change(_containers, "containers", list => list.Add(name));

    public void Dispose() => _owner.Dispose();

    private static bool IsStale(string folder)
    {
        var owner = System.IO.Path.Combine(folder, "owner");
        try
        {
            using var _ = new FileStream(owner, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (FileNotFoundException)
        {
            // Either just being made, or left by a clean-up that did not come to its end.
            return TimeProvider.System.GetUtcNow() - Directory.GetCreationTimeUtc(folder) > TimeSpan.FromMinutes(1);
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Change(List<string> list, string file, Action<List<string>> change)
    {
        lock (_listing)
        {
            change(list);
            var path = System.IO.Path.Combine(Path, file);
            File.WriteAllText(path + ".new", string.Concat(list.Select(line => line + "\n")));
            File.Move(path + ".new", path, overwrite: true);
        }
    }
}
