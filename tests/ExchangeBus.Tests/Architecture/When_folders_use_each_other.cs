using Mono.Cecil;

namespace ExchangeBus.Tests.Architecture;

public sealed class When_folders_use_each_other
{
    private static readonly IReadOnlyList<TypeDefinition> Types = UsedTypes.TypesOf(typeof(BusRole).Assembly.Location);

    [Test]
    public void Should_follow_the_allowed_arrows_in_compiled_code()
    {
        var found = ArrowsOf(Types).Where(a => !FolderArrows.IsAllowed(a.From, a.To)).Select(a => $"{a.From} -> {a.To}: {a.Type}");

        Assert.That(found, Is.Empty, "a folder uses another one that it must not know (FolderArrows.cs)");
    }

    [Test]
    public void Should_follow_the_allowed_arrows_in_source()
    {
        var names = Types.Select(t => t.FullName).ToHashSet();
        var found =
            from file in Repository.Files(".cs", "src/ExchangeBus")
            let parts = file.Split('/')
            where parts.Length > 3
            from name in NamedFolders.In(Repository.Read(file), names.Contains)
            let folder = FolderArrows.FolderOf(name)
            where !FolderArrows.IsAllowed(parts[2], folder)
            select $"{parts[2]} -> {folder}: {file}";

        Assert.That(found, Is.Empty, "a file names a folder that it must not know (FolderArrows.cs)");
    }

    [Test]
    public void Should_list_every_folder()
    {
        var folders = Types.Select(t => FolderArrows.FolderOf(t.Namespace)).OfType<string>().Distinct();

        Assert.That(folders, Is.EquivalentTo(FolderArrows.Allowed.Keys), "FolderArrows.cs lists the folders of src/ExchangeBus");
    }

    [Test]
    public void Should_write_each_type_in_the_namespace_of_its_folder()
    {
        var found =
            from file in Repository.Files(".cs", "src/ExchangeBus")
            let expected = "namespace " + string.Join('.', file.Split('/')[1..^1]) + ";"
            where !Repository.Read(file).Contains(expected, StringComparison.Ordinal)
            select $"{file}: expected {expected}";

        Assert.That(found, Is.Empty, "the arrows are read from namespaces, so a namespace must say where its file lies");
    }

    /// <summary>The eyes of the tests above: without these they could see nothing and pass.</summary>
    [TestCase("Delivery", "Agencies", TestName = "Should_see_a_parameter_of_a_constructor")]
    [TestCase("Procedures", "(MassTransit)", TestName = "Should_see_a_base_class")]
    [TestCase("Subscriptions", "Log", TestName = "Should_see_a_parameter_of_a_method")]
    [TestCase("Checks", "JsonSchema", TestName = "Should_see_another_project")]
    public void Should_see(string from, string to) =>
        Assert.That(ArrowsOf(Types).Select(a => (a.From, a.To)), Does.Contain((from, to)));

    [TestCase("using ExchangeBus.Log;")]
    [TestCase("using static ExchangeBus.Log.EventLog;")]
    [TestCase("using Tail = ExchangeBus.Log.EventLog;")]
    [TestCase("return global::ExchangeBus.Log.EventLog.Lanes;")]
    [TestCase("return ExchangeBus.Log.EventLog.Lanes;")]
    [TestCase("return Log.EventLog.Lanes;")]
    public void Should_see_a_name_in_source(string line) => Assert.That(
        NamedFolders.In($"\n{line}\n", name => name == "ExchangeBus.Log.EventLog").Select(FolderArrows.FolderOf).Distinct(), Is.EqualTo(["Log"]));

    private static IEnumerable<(string From, string To, string Type)> ArrowsOf(IEnumerable<TypeDefinition> types) =>
        from type in types
        let @from = FolderArrows.FolderOf(type.Namespace)
        where @from is not null
        from used in UsedTypes.NamespacesOf(type)
        let to = FolderArrows.FolderOf(used)
        where to is not null && to != @from
        select (@from, to, type.FullName);
}
