using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using ExchangeBus.Platform;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Agencies;

/// <summary>
/// Gives each agency's system a broker user of its own: it may write to the bus's two doors, and read its receipts and the queues that are granted, no more.
/// RabbitMQ then vouches for <c>user_id</c> on every message.
/// </summary>
internal sealed class BrokerUsers(HttpClient http, IOptions<BrokerOptions> options)
{
    internal bool CanManage => options.Value.ManagementUri.Length > 0;

    internal async Task EnsureAsync(string agency, string brokerUser, string password, CancellationToken cancellationToken)
    {
        var user = Uri.EscapeDataString(brokerUser);
        await PutAsync($"api/users/{user}", new { password, tags = "" }, cancellationToken);
        // One that is there keeps its rights: its consumers go on while the host starts again.
        using var known = await SendAsync(HttpMethod.Get, PermissionsOf(brokerUser), null, cancellationToken);
        if (known.StatusCode == HttpStatusCode.NotFound)
            await GrantAsync(agency, brokerUser, "", cancellationToken);
    }

    /// <summary>Says which queues a user may read beside its receipts.</summary>
    /// <param name="agency">Code of its agency.</param>
    /// <param name="brokerUser">The user.</param>
    /// <param name="queues">Their names, escaped, with <c>|</c> between them; empty for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when there is no such user, because it was withdrawn.</returns>
    internal async Task<bool> GrantAsync(string agency, string brokerUser, string queues, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Put, PermissionsOf(brokerUser), new
        {
            configure = "^$",
            write = "^exchangebus\\.(intake|acks)$",
            read = queues.Length == 0 ? $"^receipts\\.{Regex.Escape(agency)}$" : $"^(receipts\\.{Regex.Escape(agency)}|{queues})$",
        }, cancellationToken);
        // RabbitMQ says 400 of a user that it does not know.
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
            return false;
        response.EnsureSuccessStatusCode();
        return true;
    }

    private string PermissionsOf(string brokerUser) => $"api/permissions/{Uri.EscapeDataString(VirtualHost)}/{Uri.EscapeDataString(brokerUser)}";

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
