using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using ExchangeBus.LocalServers;

namespace ExchangeBus.Testing;

/// <summary>A part of the broker that one bus has to itself, so that the fixed queue names of two buses do not meet.</summary>
public static class VirtualHost
{
    /// <summary>Creates one and returns its AMQP address.</summary>
    public static async Task<Uri> CreateAsync(RabbitMqServer server, string name)
    {
        using var http = new HttpClient { BaseAddress = server.ManagementUri };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{server.UserName}:{server.Password}")));
        (await http.PutAsJsonAsync($"/api/vhosts/{name}", new { })).EnsureSuccessStatusCode();
        (await http.PutAsJsonAsync($"/api/permissions/{name}/{server.UserName}", new { configure = ".*", write = ".*", read = ".*" })).EnsureSuccessStatusCode();
        return new UriBuilder(server.AmqpUri) { Path = name }.Uri;
    }
}
