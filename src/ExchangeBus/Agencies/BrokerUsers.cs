using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using ExchangeBus.Platform;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Agencies;

/// <summary>
/// Gives each agency's system a broker user of its own: it may write to the bus's two doors and read its own queues, no more.
/// RabbitMQ then vouches for <c>user_id</c> on every message.
/// </summary>
internal sealed class BrokerUsers(HttpClient http, IOptions<BrokerOptions> options)
{
    internal bool CanManage => options.Value.ManagementUri.Length > 0;

    internal async Task EnsureAsync(string agency, string brokerUser, string password, CancellationToken cancellationToken)
    {
        var user = Uri.EscapeDataString(brokerUser);
        await PutAsync($"api/users/{user}", new { password, tags = "" }, cancellationToken);
        await PutAsync($"api/permissions/{Uri.EscapeDataString(VirtualHost)}/{user}", new
        {
            configure = "^$",
            write = "^exchangebus\\.(intake|acks)$",
            // Agency codes are hierarchical (G22 and G22.99.08), so the part after the code is spelled out.
            read = $"^(receipts\\.{Regex.Escape(agency)}|sub\\.{Regex.Escape(agency)}\\.[a-z][a-z0-9-]*(\\.[0-9]+)?)$",
        }, cancellationToken);
    }

    /// <summary>Removes a user; its connections end.</summary>
    internal async Task RemoveAsync(string brokerUser, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Delete, $"api/users/{Uri.EscapeDataString(brokerUser)}", null, cancellationToken);
        if (response.StatusCode != HttpStatusCode.NotFound)
            response.EnsureSuccessStatusCode();
    }

    private string VirtualHost => Uri.UnescapeDataString(new Uri(options.Value.Uri).AbsolutePath.TrimStart('/')) is { Length: > 0 } name ? name : "/";

    private async Task PutAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Put, path, body, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        var management = new Uri(options.Value.ManagementUri.TrimEnd('/') + "/");
        using var request = new HttpRequestMessage(method, new Uri(management, path)) { Content = body is null ? null : JsonContent.Create(body) };
        var credentials = Uri.UnescapeDataString(new Uri(options.Value.Uri).UserInfo);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        return await http.SendAsync(request, cancellationToken);
    }
}
