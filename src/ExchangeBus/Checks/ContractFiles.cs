using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Checks;

/// <summary>
/// The schemas as files, read once for all who use them. <c>schemas/civilstatus/birthregistered/v1.schema.json</c> is the type
/// <c>vn.civilstatus.birthregistered.v1</c>; what lies in <c>schemas/released</c> was promised once, and is no part of what is in force.
/// </summary>
internal sealed class ContractFiles
{
    internal const string Ending = ".schema.json";
    internal const string Address = "https://schemas.exchangebus.vn/";
    private const string ReleasedFolder = "released/";

    public ContractFiles(IOptions<ChecksOptions> options)
        : this(options.Value.SchemasFolder)
    {
    }

    /// <exception cref="InvalidOperationException">There is no event type.</exception>
    internal ContractFiles(string folder)
    {
        Folder = folder;
        var all = Directory.EnumerateFiles(folder, "*" + Ending, SearchOption.AllDirectories)
            .ToLookup(file => Path.GetRelativePath(folder, file).Replace('\\', '/').StartsWith(ReleasedFolder, StringComparison.Ordinal));
        InForce = Read(all[false]);
        Released = Read(all[true]);
        if (!Types.Any())
            throw new InvalidOperationException($"No schema was found in {folder}.");
    }

    internal string Folder { get; }

    /// <summary>What is in force: event types and shared definitions, by their place below the folder.</summary>
    internal FrozenDictionary<string, ReadOnlyMemory<byte>> InForce { get; }

    /// <summary>Versions that agencies were promised, by their place below the folder.</summary>
    internal FrozenDictionary<string, ReadOnlyMemory<byte>> Released { get; }

    /// <summary>Each event type and its file.</summary>
    internal IEnumerable<(string Type, string File)> Types =>
        from file in InForce.Keys
        let parts = file.Split('/')
        where parts.Length == 3
        select ($"vn.{parts[0]}.{parts[1]}.{parts[2][..^Ending.Length]}", file);

    /// <summary>Its <c>$id</c>.</summary>
    internal static Uri AddressOf(string file) => new(Address + file);

    private FrozenDictionary<string, ReadOnlyMemory<byte>> Read(IEnumerable<string> files) => files.ToFrozenDictionary(
        file => Path.GetRelativePath(Folder, file).Replace('\\', '/'), file => (ReadOnlyMemory<byte>)File.ReadAllBytes(file), StringComparer.Ordinal);
}
