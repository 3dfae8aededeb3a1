using System.Collections.Frozen;
using System.Text.Json;
using ExchangeBus.Checks;

namespace ExchangeBus.Subscriptions.Agreements;

/// <summary>
/// The documents that an agreement may rest on (<c>schemas/legal/basis/documents.json</c>): there is no connection without a legal basis that is in force
/// (Circular 13/2017/TT-BTTTT; Decree 278/2025/NĐ-CP).
/// </summary>
internal sealed class LegalDocuments
{
    private readonly FrozenDictionary<string, LegalDocument> _documents;

    internal LegalDocuments(ContractFiles files)
    {
        var read = JsonSerializer.Deserialize<DocumentFile>(File.ReadAllBytes(Path.Combine(files.Folder, "legal", "basis", "documents.json")), JsonSerializerOptions.Web)!;
        _documents = read.Documents.ToFrozenDictionary(d => d.Number, StringComparer.OrdinalIgnoreCase);
    }

    internal bool IsInForce(string number, DateOnly day) => _documents.GetValueOrDefault(number.Trim()) is { } document && document.From <= day && (document.Until is not { } until || day <= until);

    private sealed record DocumentFile(IReadOnlyList<LegalDocument> Documents);

    private sealed record LegalDocument(string Number, string Title, DateOnly From, DateOnly? Until);
}
