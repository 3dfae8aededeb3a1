using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ExchangeBus.Signatures;
using Microsoft.Extensions.Options;

namespace ExchangeBus.Client.Authentication;

/// <summary>
/// Proves to the bus who sends a request: signs a token with the system's own key, exchanges it at <c>POST /token</c> for an access
/// token, and lets requests carry that until it soon ends. Put it into any <see cref="HttpClient"/> that speaks to the bus, and only there.
/// </summary>
public sealed class BusAuthentication(IOptions<ClientOptions> options, TimeProvider time) : DelegatingHandler
{
    private static readonly TimeSpan RenewAhead = TimeSpan.FromMinutes(1);
    private readonly ClientKey _key = new(options);
    private readonly SemaphoreSlim _one = new(1, 1);
    private AccessToken? _held;

    /// <summary>The access token that requests carry now, for whoever sets the header <c>Authorization: Bearer</c> without this handler.</summary>
    /// <exception cref="HttpRequestException">The bus was not reached or gave none; the message has its code.</exception>
    public async Task<string> GetAccessTokenAsync(CancellationToken cancellationToken = default) => (await GetAsync(refused: null, cancellationToken)).Text;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await GetAsync(refused: null, cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
            return response;

        // Its key was withdrawn, or this process slept past its end. Once again with the key of today; nothing of the request was taken.
        response.Dispose();
        token = await GetAsync(token, cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
        return await base.SendAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _one.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<AccessToken> GetAsync(AccessToken? refused, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _held) is { } held && held != refused && time.GetUtcNow() < held.RenewAt)
            return held;
        await _one.WaitAsync(cancellationToken);
        try
        {
            // Somebody else may have renewed it meanwhile.
            held = _held;
            if (held is not null && held != refused && time.GetUtcNow() < held.RenewAt)
                return held;
            try
            {
                return _held = await RequestAsync(cancellationToken);
            }
            catch (HttpRequestException) when (held is not null && held != refused && time.GetUtcNow() < held.EndsAt)
            {
                return held;
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<AccessToken> RequestAsync(CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Value.BusAddress!, "token"))
        {
            Content = new FormUrlEncodedContent([
                new("grant_type", "client_credentials"),
                new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                new("client_assertion", ClientAssertion.Create(options.Value.Source, options.Value.Audience, _key.Current, asked)),
            ]),
        };
        using var response = await base.SendAsync(request, cancellationToken);
        var answer = await ReadAsync(response, cancellationToken);
        if (!response.IsSuccessStatusCode || answer?.AccessToken is null)
        {
            throw new HttpRequestException(
                $"The bus gave no access token: {(int)response.StatusCode} {(answer?.Violations is [var first, ..] ? first.Code : "")}", null, response.StatusCode);
        }

        var lifetime = TimeSpan.FromSeconds(answer.ExpiresIn);
        return new AccessToken(answer.AccessToken, asked + (lifetime > RenewAhead * 2 ? lifetime - RenewAhead : lifetime / 2), asked + lifetime);
    }

    private static async Task<AccessTokenAnswer?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<AccessTokenAnswer>(cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record AccessToken(string Text, DateTimeOffset RenewAt, DateTimeOffset EndsAt);
}
