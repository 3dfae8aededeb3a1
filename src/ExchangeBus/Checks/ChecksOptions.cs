using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.Checks;

/// <summary>What events are checked against. Configuration section <c>Checks</c>.</summary>
public sealed class ChecksOptions
{
    /// <summary>Folder of the schemas, with the code lists and the numbers of the rules in it. Default: <c>schemas</c> beside the program.</summary>
    [Required]
    public string SchemasFolder { get; set; } = Path.Combine(AppContext.BaseDirectory, "schemas");

    /// <summary>Characters (UTF-16) of one text in a body. Default 10,000; 100 to 250,000. Longer is <c>limit.text</c>. A schema may ask for less.</summary>
    [Range(100, 250_000)]
    public int MaxTextLength { get; set; } = 10_000;

    /// <summary>Levels of arrays and objects in a body. Default 32; 4 to 128. Deeper is <c>limit.depth</c>.</summary>
    [Range(4, 128)]
    public int MaxDepth { get; set; } = 32;

    /// <summary>Items of one array in a body. Default 1,000; 1 to 100,000. More is <c>limit.items</c>.</summary>
    [Range(1, 100_000)]
    public int MaxItems { get; set; } = 1_000;

    /// <summary>Reasons in one answer. Default 100; 1 to 1,000. When there are more, one last reason, <c>limit.violations</c>, says so.</summary>
    [Range(1, 1_000)]
    public int MaxViolations { get; set; } = 100;
}
