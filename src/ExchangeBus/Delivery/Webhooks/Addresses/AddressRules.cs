using System.Net;
using System.Net.Sockets;

namespace ExchangeBus.Delivery.Webhooks.Addresses;

/// <summary>
/// Which addresses a webhook may reach: those that everybody on the Internet may reach, and those that the operator names. Who registers a webhook
/// could otherwise make the bus call what only the bus can see (OWASP API7:2023).
/// </summary>
internal sealed class AddressRules(bool allowLoopback, IEnumerable<IPNetwork> allowedNetworks)
{
    private readonly IPNetwork[] _allowed = [.. allowedNetworks];

    // IANA IPv4 special-purpose registry (RFC 6890), multicast and reserved; the last is where Azure's machines ask about themselves.
    private static readonly IPNetwork[] SpecialV4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32");

    // Inside 2000::/3: protocol assignments with Teredo and ORCHID, and documentation (RFC 3849, RFC 9637).
    private static readonly IPNetwork[] SpecialV6 = Networks("2001::/23", "2001:db8::/32", "3fff::/20");

    // What no operator can open: nothing there is an agency.
    private static readonly IPNetwork[] NeverAgencies = Networks(
        "0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32", "192.0.0.0/24", "100.100.100.200/32",
        "::/128", "fe80::/10", "ff00::/8", "fd00:ec2::/32");

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    internal bool Allows(IPAddress address)
    {
        address = Innermost(address);
        if (IPAddress.IsLoopback(address))
            return allowLoopback;
        return !IsIn(NeverAgencies, address) && (IsIn(_allowed, address) || IsPublic(address));
    }

    /// <summary>Loopback, also in the forms of IPv6 that stand for IPv4.</summary>
    internal static bool IsLoopback(IPAddress address) => IPAddress.IsLoopback(Innermost(address));

    private static bool IsPublic(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? !IsIn(SpecialV4, address)
        : GlobalUnicast.Contains(address) && !IsIn(SpecialV6, address);

    // An IPv4 address inside IPv6 leads where the IPv4 address leads (RFC 4291, 2.5.5.2; RFC 6052; RFC 3056).
    private static IPAddress Innermost(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return address;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        // Without the scope, which a network does not compare.
        var bytes = address.GetAddressBytes();
        address = new IPAddress(bytes);
        return Nat64.Contains(address) ? new IPAddress(bytes.AsSpan(12, 4))
            : SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4))
            : address;
    }

    private static bool IsIn(IPNetwork[] networks, IPAddress address) => Array.Exists(networks, n => n.Contains(address));

    private static IPNetwork[] Networks(params string[] networks) => [.. networks.Select(n => IPNetwork.Parse(n))];
}
