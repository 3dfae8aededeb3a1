using System.ComponentModel.DataAnnotations;

namespace ExchangeBus.Procedures.Reconciliation;

/// <summary>When registrations are compared with what had to follow. Configuration section <c>Procedures:Reconciliation</c>.</summary>
public sealed class ReconciliationOptions
{
    internal const string Section = "Procedures:Reconciliation";

    /// <summary>Time of the day, Vietnam's, from which the day's comparison runs. Default 02:00.</summary>
    public TimeOnly At { get; set; } = new(2, 0);

    /// <summary>Days that a comparison looks back. Default 365, 1 to 3,650.</summary>
    [Range(1, 3_650)]
    public int LookBackDays { get; set; } = 365;
}
