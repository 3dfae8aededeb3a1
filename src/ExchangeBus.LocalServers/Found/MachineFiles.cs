using System.Globalization;
using System.Text.RegularExpressions;

namespace ExchangeBus.LocalServers.Found;

/// <summary>What is installed below a root folder ("/" except in tests), and the folders of PATH.</summary>
internal sealed partial class MachineFiles(string root, IReadOnlyList<string> searchPath)
{
    public static MachineFiles OfThisMachine { get; } = new("/", SplitPath(Environment.GetEnvironmentVariable("PATH")));

    public IReadOnlyList<string> SearchPath { get; } = searchPath;

    /// <summary>A link whose target is gone is no file: packages that are removed leave such links behind, and <see cref="File.Exists"/> believes them.</summary>
    public bool HasFile(string path) => File.Exists(Real(path)) && File.ResolveLinkTarget(Real(path), returnFinalTarget: true) is null or { Exists: true };

    /// <summary>Folders whose name matches, highest version number first.</summary>
    public IEnumerable<string> NewestFirst(string folder, string pattern) =>
        Directory.Exists(Real(folder))
            ? Directory.EnumerateDirectories(Real(folder), pattern)
                .Select(found => Path.Combine(folder, Path.GetFileName(found)))
                .OrderByDescending(VersionOf)
            : [];

    /// <summary>The full path of a program: PATH first, then the system folders that a user's PATH may lack.</summary>
    public string? Program(string name) =>
        SearchPath.Concat(["/usr/bin", "/bin", "/usr/sbin", "/sbin"])
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(HasFile);

    internal static IReadOnlyList<string> SplitPath(string? path) =>
        (path ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Version VersionOf(string folder)
    {
        var numbers = Numbers().Match(Path.GetFileName(folder)).Value.Split('.', StringSplitOptions.RemoveEmptyEntries)
            .Take(4).Select(part => int.TryParse(part, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Concat([0, 0, 0, 0]).Take(4).ToArray();
        return new Version(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    private string Real(string path) => Path.Combine(root, path.TrimStart('/'));

    [GeneratedRegex(@"[0-9]+(\.[0-9]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
