using System.Text.RegularExpressions;

namespace ExchangeBus.Tests.Architecture;

public sealed partial class When_documents_link
{
    [Test]
    public void Should_lead_to_files_that_exist()
    {
        var documents = Repository.Files(".md");
        var found =
            from document in documents
            let folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!
            from target in TargetsIn(Repository.Read(document))
            let path = Path.Combine(folder, Uri.UnescapeDataString(target))
            where !File.Exists(path) && !Directory.Exists(path)
            select $"{document}: {target}";

        Assert.That(documents, Is.Not.Empty);
        Assert.That(found, Is.Empty);
    }

    [TestCase("see [the log](../src/Log.cs#L10)", "../src/Log.cs")]
    [TestCase("see [it](a.md \"title\"), [that](b.md)", "a.md", "b.md")]
    [TestCase("[site](https://example.org) [here](#part) [mail](mailto:a@example.org)")]
    [TestCase("```\n[not a link](nowhere.md)\n```\n[one](c.md)", "c.md")]
    public void Should_read_links(string text, params string[] targets) => Assert.That(TargetsIn(text), Is.EqualTo(targets));

    private static IEnumerable<string> TargetsIn(string markdown) => Link().Matches(Fence().Replace(markdown, ""))
        .Select(m => m.Groups["target"].Value.Split('#')[0])
        .Where(t => t.Length > 0 && !Elsewhere().IsMatch(t));

    [GeneratedRegex(@"\]\(<?(?<target>[^)\s>]+)>?(?:\s+""[^""]*"")?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("^[a-z][a-z0-9+.-]*:")]
    private static partial Regex Elsewhere();
}
