using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ExchangeBus.Checks.CodeLists;

/// <summary>The lists of <c>schemas/code-lists</c>, as <c>lists.json</c> names and dates them; read once at start.</summary>
internal sealed class CodeListFolder
{
    private const string UnitsName = "administrative-units";
    private readonly Dictionary<string, CodeList> _lists = new(StringComparer.Ordinal);

    private CodeListFolder(AdministrativeUnits units) => Units = units;

    internal AdministrativeUnits Units { get; }

    /// <summary>Reads every list.</summary>
    /// <exception cref="InvalidDataException">A file is not of the known form.</exception>
    internal static CodeListFolder Load(string folder)
    {
        var manifest = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, "lists.json")), CodeListJson.Default.DictionaryStringDatedFileArray)!;
        var loaded = new CodeListFolder(AdministrativeUnits.Load(folder, manifest[UnitsName]));
        foreach (var (name, files) in manifest)
        {
            if (name != UnitsName)
                loaded._lists[name] = new CodeList(name, [.. files.Select(file => (file.From ?? DateOnly.MinValue, file.Until ?? DateOnly.MaxValue, Codes(Path.Combine(folder, file.File))))]);
        }

        return loaded;
    }

    internal static bool IsUnits(string name) => name == UnitsName;

    /// <summary>A list that is not of units; null when there is none of that name.</summary>
    internal CodeList? Find(string name) => _lists.GetValueOrDefault(name);

    internal static IEnumerable<string[]> Rows(string file, string header)
    {
        var lines = File.ReadLines(file).GetEnumerator();
        if (!lines.MoveNext() || lines.Current != header)
            throw new InvalidDataException($"{file} does not begin with '{header}'.");
        var columns = header.Split(',').Length;
        while (lines.MoveNext())
        {
            var cells = lines.Current.Split(',');
            yield return cells.Length == columns ? cells : throw new InvalidDataException($"{file} has a line of {cells.Length} cells.");
        }
    }

    private static FrozenSet<string> Codes(string file) => Rows(file, "code,name").Select(cells => cells[0]).ToFrozenSet(StringComparer.Ordinal);
}

/// <summary>A file of a list and the days it holds for; an open end is absent.</summary>
internal sealed record DatedFile(string File, string Source, DateOnly? From = null, DateOnly? Until = null, string? Successors = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Dictionary<string, DatedFile[]>))]
internal sealed partial class CodeListJson : JsonSerializerContext;
