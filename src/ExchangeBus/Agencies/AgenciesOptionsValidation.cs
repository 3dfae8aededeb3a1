using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Agencies;

/// <summary>Says at start which configured agency is not valid, and why; repeats no secret.</summary>
internal sealed class AgenciesOptionsValidation : IValidateOptions<AgenciesOptions>
{
    public ValidateOptionsResult Validate(string? name, AgenciesOptions options)
    {
        var failures = options.Agencies.SelectMany((agency, i) =>
                Check(agency, $"Bus:Agencies:{i}")
                    .Concat(agency.Subscriptions.SelectMany((s, j) => Check(s, $"Bus:Agencies:{i}:Subscriptions:{j}")))
                    .Concat(agency.Officers.SelectMany((o, j) => Check(o, $"Bus:Agencies:{i}:Officers:{j}")))
                    .Concat(agency.Systems.SelectMany((s, j) => CheckSystem(s, $"Bus:Agencies:{i}:Systems:{j}"))))
            .Concat(SharedCertificates(options)).Concat(SharedKeyIds(options)).Concat(SharedOfficers(options)).ToArray();
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> CheckSystem(SystemOptions system, string at) =>
        Check(system, at)
            .Concat(system.Keys.SelectMany((key, i) => Check(key, $"{at}:Keys:{i}")))
            .Concat(system.Certificates.SelectMany((certificate, i) => Check(certificate, $"{at}:Certificates:{i}")));

    private static IEnumerable<string> SharedCertificates(AgenciesOptions options) =>
        options.Agencies.SelectMany(a => a.Systems).SelectMany(s => s.Certificates).GroupBy(c => c.PublicKeySha256, StringComparer.OrdinalIgnoreCase)
            .Where(g => g.Count() > 1).Select(g => $"The certificate {g.Key} stands in more than one place of Bus:Agencies; it may speak for one system only.");

    private static IEnumerable<string> SharedKeyIds(AgenciesOptions options) =>
        from agency in options.Agencies
        from system in agency.Systems
        from key in system.Keys
        let keyId = key.ReadKeyId()
        where keyId is not null
        group key by (agency.Code, system.System, keyId) into same
        where same.Count() > 1
        select $"The KeyId {same.Key.keyId} of {same.Key.Code}.{same.Key.System} stands in more than one place of Bus:Agencies; each key of a system has its own.";

    private static IEnumerable<string> SharedOfficers(AgenciesOptions options) =>
        from agency in options.Agencies
        from same in agency.Officers.GroupBy(o => o.Code, StringComparer.Ordinal)
        where same.Count() > 1
        select $"The officer {same.Key} of {agency.Code} stands in more than one place of Bus:Agencies; give all roles in one.";

    private static IEnumerable<string> Check(object options, string at)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(r => $"{at}: {r.ErrorMessage}");
    }
}
