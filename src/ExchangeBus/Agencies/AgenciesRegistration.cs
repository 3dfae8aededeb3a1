using ExchangeBus.Agencies.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Agencies;

/// <summary>Who may speak on the bus.</summary>
public static class AgenciesRegistration
{
    /// <summary>Adds the agencies of configuration section <c>Bus</c>, and how callers prove who they are (section <c>Authentication</c>).</summary>
    public static IServiceCollection AddAgencies(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AgenciesOptions>().Bind(configuration.GetSection("Bus")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AgenciesOptions>, AgenciesOptionsValidation>();
        services.AddOptions<CallerOptions>().Bind(configuration.GetSection("Authentication")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AgencyStore>();
        services.AddSingleton<CredentialStore>();
        services.AddSingleton<AgencyDirectory>();
        services.AddSingleton<Officers>();
        services.AddSingleton<EventSignatureCheck>();
        services.AddSingleton<AccessTokenSecrets>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<UsedTokens>();
        services.AddSingleton<SignedTokens>();
        services.AddSingleton<SignedTokenLimit>();
        services.AddSingleton<CallerCertificates>();
        services.AddSingleton<CallerAuthentication>();
        services.AddSingleton<TokenDoor>();
        services.AddSingleton<DirectoryRefresh>();
        services.AddHttpClient<BrokerUsers>();
        services.AddHostedService<AgencyProvisioning>();
        services.AddHostedService(provider => provider.GetRequiredService<DirectoryRefresh>());
        return services;
    }

    /// <summary>Maps <c>POST /token</c>: a token that a system signed itself is exchanged for an access token.</summary>
    public static IEndpointRouteBuilder MapAgencies(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/token", (HttpContext context, TokenDoor door) => door.PostAsync(context)).WithMetadata(new RequestSizeLimitAttribute(TokenDoor.MaxBytes));
        return routes;
    }
}
