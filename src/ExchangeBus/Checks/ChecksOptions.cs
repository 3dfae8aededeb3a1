using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.Checks;

/// <summary>What events are checked against. Configuration section <c>Checks</c>.</summary>
public sealed class ChecksOptions
{
    /// <summary>Folder of the schemas. Default: <c>schemas</c> beside the program.</summary>
    [Required]
    public string SchemasFolder { get; set; } = Path.Combine(AppContext.BaseDirectory, "schemas");
}
