using ExchangeBus.SampleAgencies.Allowances;
using ExchangeBus.SampleAgencies.Steps;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.SampleAgencies.SocialInsurance;

/// <summary>Social insurance: health cards, and allowances of the insured.</summary>
internal static class SocialInsuranceRegistration
{
    internal static void AddSocialInsurance(this IServiceCollection services, IConfigurationSection section)
    {
        services.AddAllowances(section, Payer.SocialInsurance);
        services.AddSingleton<ITypeHandler, SettleSurvivorBenefitHandler>();
        services.AddSingleton<ITypeHandler, IssueChildHealthCardHandler>();
        services.AddSingleton<ITypeHandler, LockHealthCardHandler>();
        services.AddSingleton<ITypeHandler, LockOnDeathNoticeHandler>();
        services.AddSingleton<ITypeHandler, UnlockHealthCardHandler>();
        services.AddSingleton<ITypeHandler, KeepTemporaryCardHandler>();
        services.AddSingleton<ITypeHandler, LinkPersonalIdHandler>();
        services.AddSingleton<ITypeHandler, FollowPersonalIdHandler>();
    }
}
