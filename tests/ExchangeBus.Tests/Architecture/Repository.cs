namespace ExchangeBus.Tests.Architecture;

/// <summary>The files of the repository as they lie on disk, without what a build makes.</summary>
internal static class Repository
{
    private static readonly string[] Made = ["bin", "obj", "TestResults", ".git", "node_modules"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths from the root, with forward slashes, in order.</summary>
    public static IReadOnlyList<string> Files(string extension, params string[] under) =>
    [
        .. (under.Length == 0 ? [""] : under).SelectMany(folder => Walk(Path.Combine(Root, folder), extension))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static int LineOf(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;

    private static IEnumerable<string> Walk(string folder, string extension) =>
        Directory.EnumerateFiles(folder, "*" + extension)
            .Concat(Directory.EnumerateDirectories(folder).Where(f => !Made.Contains(Path.GetFileName(f))).SelectMany(f => Walk(f, extension)));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ExchangeBus.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds ExchangeBus.sln.");
    }
}
