using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExchangeBus.Benchmarks.Measuring;

/// <summary>The result for a program: <c>artifacts/benchmarks/&lt;name&gt;.json</c> in the checkout.</summary>
internal static class ResultFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static async Task<string> WriteAsync(WorkResult result, Machine machine, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Checkout(), "artifacts", "benchmarks");
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, result.Work.Name + ".json");
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, new
        {
            result.Work.Name,
            result.Work.Says,
            result.Work.Unit,
            result.Work.Conditions,
            MeasuredAt = TimeProvider.System.GetUtcNow(),
            Machine = machine,
            result.Options.Rounds,
            Seconds = result.Options.Duration.TotalSeconds,
            result.Ratios,
            result.Differences,
            result.Contenders,
        }, Json, cancellationToken);
        return file;
    }

    // Beside the solution when run from a checkout, else where the caller stands.
    private static string Checkout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ExchangeBus.sln")))
                return folder.FullName;
        }

        return Environment.CurrentDirectory;
    }
}
