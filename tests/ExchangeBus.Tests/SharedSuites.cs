namespace ExchangeBus.Tests;

/// <summary>The public suites, in a folder "shared" beside the checkout.</summary>
internal static class SharedSuites
{
    /// <summary>The folder of one suite; null when it is not beside the checkout.</summary>
    /// <param name="name">Of the folder under <c>shared/suites</c>.</param>
    public static string? Find(string name)
    {
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "suites", name);
            if (Directory.Exists(candidate)) return candidate;
        }

        return null;
    }
}
