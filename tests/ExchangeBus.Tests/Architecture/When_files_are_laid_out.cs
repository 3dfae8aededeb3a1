using System.Text.RegularExpressions;

namespace ExchangeBus.Tests.Architecture;

public sealed partial class When_files_are_laid_out
{
    private const int Wall = 300;

    private static readonly string[] ForbiddenFolders =
        ["Common", "Helper", "Helpers", "Manager", "Managers", "Model", "Models", "Service", "Services", "Shared", "Util", "Utils", "Utilities", "Misc"];

    [Test]
    public void Should_keep_files_short()
    {
        var found = Repository.Files(".cs", "src", "tests")
            .Select(f => (File: f, Lines: Repository.Read(f).AsSpan().Count('\n'))).Where(f => f.Lines > Wall).Select(f => $"{f.File}: {f.Lines} lines");

        Assert.That(found, Is.Empty, $"a file has at most {Wall} lines; divide it by what it does");
    }

    [Test]
    public void Should_name_folders_for_what_happens_in_them()
    {
        var found = Repository.Files("", "src", "tests").SelectMany(f => f.Split('/')[..^1]).Distinct()
            .Where(folder => ForbiddenFolders.Contains(folder, StringComparer.OrdinalIgnoreCase));

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void Should_have_no_regions()
    {
        var found = Repository.Files(".cs", "src", "tests").Where(f => Region().IsMatch(Repository.Read(f)));

        Assert.That(found, Is.Empty, "a file that needs regions is two files");
    }

    [GeneratedRegex(@"^\s*#region", RegexOptions.Multiline)]
    private static partial Regex Region();
}
