using System.Globalization;
using System.Text.Json;

namespace ExchangeBus.Intake.Dialects.LinkedPortal;

/// <summary>Which procedure codes are linked procedures, and since when: <c>schemas/dialects/linked-portal/procedures.json</c>.</summary>
internal sealed class PortalProcedures
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    private readonly IReadOnlyList<PortalProcedure> _procedures;

    private PortalProcedures(IReadOnlyList<PortalProcedure> procedures) => _procedures = procedures;

    /// <exception cref="InvalidDataException">The file says nothing.</exception>
    internal static PortalProcedures Load(string file) =>
        new(JsonSerializer.Deserialize<IReadOnlyList<PortalProcedure>>(File.ReadAllBytes(file), Json) is { Count: > 0 } procedures ? procedures : throw new InvalidDataException($"{file} lists no procedure."));

    /// <summary>Null when the code is none of the module's on that day.</summary>
    internal PortalProcedure? Find(string module, string code, DateOnly day) =>
        _procedures.FirstOrDefault(p => p.Module == module && p.Code == code && DateOnly.ParseExact(p.From, "yyyy-MM-dd", CultureInfo.InvariantCulture) <= day);
}

/// <summary>A linked procedure of the portal.</summary>
/// <param name="Code">maTTHC.</param>
/// <param name="Module">KS or KT.</param>
/// <param name="From">First day, yyyy-MM-dd.</param>
/// <param name="Procedures">What is linked to the registration, by canonical name.</param>
/// <param name="Source">The document that gave the code.</param>
internal sealed record PortalProcedure(string Code, string Module, string From, IReadOnlyList<string> Procedures, string Source);
