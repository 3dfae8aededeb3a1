namespace ExchangeBus.LocalServers.Found;

/// <summary>The folder that holds <c>initdb</c> and <c>postgres</c>.</summary>
internal sealed record PostgresBinaries(string Folder)
{
    public string InitDb => Path.Combine(Folder, "initdb");

    public string Postgres => Path.Combine(Folder, "postgres");

    public static PostgresBinaries? Find(MachineFiles files) =>
        Folders(files)
            .Where(folder => files.HasFile(Path.Combine(folder, "initdb")) && files.HasFile(Path.Combine(folder, "postgres")))
            .Select(folder => new PostgresBinaries(folder))
            .FirstOrDefault();

    // Whole installations first, newest version first; PATH last, for its programs may be links or wrappers.
    private static IEnumerable<string> Folders(MachineFiles files) =>
    [
        .. files.NewestFirst("/usr/lib/postgresql", "*").Select(version => version + "/bin"),
        .. files.NewestFirst("/usr", "pgsql-*").Select(version => version + "/bin"),
        .. files.NewestFirst("/opt/homebrew/opt", "postgresql*").Select(version => version + "/bin"),
        .. files.NewestFirst("/usr/local/opt", "postgresql*").Select(version => version + "/bin"),
        .. files.SearchPath,
        "/usr/bin",
    ];
}
