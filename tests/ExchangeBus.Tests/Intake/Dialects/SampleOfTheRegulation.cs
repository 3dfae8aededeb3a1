namespace ExchangeBus.Tests.Intake.Dialects;

/// <summary>The sample message of QCVN 109:2017, annex Đ, from the folder beside the checkout; a test that needs it is skipped without.</summary>
internal static class SampleOfTheRegulation
{
    public static byte[] Bytes()
    {
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            var sample = Path.Combine(folder.FullName, "shared", "samples", "qcvn109-annex-sample.xml");
            if (File.Exists(sample))
                return File.ReadAllBytes(sample);
        }

        Assert.Ignore("No folder 'shared' beside the checkout holds samples/qcvn109-annex-sample.xml.");
        return [];
    }
}
