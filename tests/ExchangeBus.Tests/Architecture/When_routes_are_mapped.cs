using ExchangeBus.Host;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;

namespace ExchangeBus.Tests.Architecture;

public sealed class When_routes_are_mapped
{
    [Test]
    public async Task Should_be_the_approved_ones()
    {
        var roles = Enum.GetNames<BusRole>().Select((role, i) => KeyValuePair.Create($"Roles:{i}", (string?)role));
        // Built and never started, so these servers are never asked.
        KeyValuePair<string, string?>[] servers = [new("Postgres:ConnectionString", "Host=nowhere"), new("RabbitMq:Uri", "amqp://nowhere")];
        await using var app = HostProgram.Build([], builder => builder.Configuration.AddInMemoryCollection([.. roles, .. servers]));

        Approved.Verify("Routes", ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => MethodsOf(e).Select(method => $"{e.RoutePattern.RawText} {method}")).Order(StringComparer.Ordinal));
    }

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"];
}
