namespace ExchangeBus.JsonSchema.Compatibility;

/// <summary>Which documents must be understood by whom when a schema changes.</summary>
public enum CompatibilityMode
{
    /// <summary>Everything that is valid under the old schema is valid under the new one: readers of the new one understand writers of the old one.</summary>
    Backward,

    /// <summary>Everything that is valid under the new schema is valid under the old one: readers of the old one understand writers of the new one.</summary>
    Forward,

    /// <summary>Both: the two schemas accept the same documents.</summary>
    Full,
}
