using System.Text.RegularExpressions;

namespace ExchangeBus.Tests.Architecture;

public sealed partial class When_SQL_is_written
{
    [Test]
    public void Should_be_constant_text()
    {
        var found =
            from file in Repository.Files(".cs", "src", "tests")
            where !file.StartsWith("tests/ExchangeBus.Tests/Architecture/", StringComparison.Ordinal)
            let source = Repository.Read(file)
            from glued in GluedSql.In(source)
            select $"{file}:{Repository.LineOf(source, glued.Index)}: {glued.Text}";

        Assert.That(found, Is.Empty, "SQL is a const string with parameters");
    }

    [TestCase("""$"select name from {table}" """)]
    [TestCase("$\"\"\"\n    select name from {table}\n    \"\"\"")]
    [TestCase("$$\"\"\"\n    update {{table}} set x = 1\n    \"\"\"")]
    [TestCase(""" "select name from " + table """)]
    [TestCase("\"\"\"\n    delete from\n    \"\"\" + table")]
    [TestCase("""sql += "insert into x values (1)";""")]
    [TestCase("""string.Format(culture, "select * from {0}", table)""")]
    [TestCase("""builder.Append("create table ").Append(name)""")]
    public void Should_see_glue(string source) => Assert.That(GluedSql.In(source), Is.Not.Empty);

    [TestCase("""private const string SelectAll = "select name from agency";""")]
    [TestCase("$\"You must select {count} files\"")]
    [TestCase("\"a\" + \"with care\"")]
    public void Should_not_see_glue_where_there_is_none(string source) => Assert.That(GluedSql.In(source), Is.Empty);

    // Of a list of parameters that is written out beside it, "*" names nothing that could change.
    [Test]
    public void Should_name_its_columns()
    {
        var found =
            from file in Repository.Files(".cs", "src").Concat(Repository.Files(".sql", "src"))
            let source = Repository.Read(file)
            from match in SelectStar().Matches(source)
            where !source.AsSpan(match.Index + match.Length).TrimStart().StartsWith("from unnest(")
            select $"{file}:{Repository.LineOf(source, match.Index)}";

        Assert.That(found, Is.Empty, "no select *");
    }

    [Test]
    public void Should_number_migrations_without_gaps()
    {
        var folders = Repository.Files(".sql", "src").GroupBy(f => Path.GetDirectoryName(f)!).ToArray();

        Assert.That(folders, Is.Not.Empty);
        using (Assert.EnterMultipleScope())
        {
            foreach (var folder in folders)
            {
                var names = folder.Select(f => Path.GetFileName(f)!).ToArray();
                Assert.That(names, Has.All.Matches<string?>(n => n is not null && MigrationName().IsMatch(n)), $"{folder.Key}: 0007_say_what_it_does.sql");
                Assert.That(names.Select(n => n[..4]), Is.EqualTo(Enumerable.Range(1, names.Length).Select(n => $"{n:0000}")), $"{folder.Key}: numbers");
            }
        }
    }

    [GeneratedRegex(@"\bselect\s+(?:\w+\.)?\*", RegexOptions.IgnoreCase)]
    private static partial Regex SelectStar();

    [GeneratedRegex(@"^\d{4}_[a-z0-9]+(?:_[a-z0-9]+)*\.sql$")]
    private static partial Regex MigrationName();
}
