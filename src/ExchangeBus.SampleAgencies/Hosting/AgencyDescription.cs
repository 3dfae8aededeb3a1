using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.SampleAgencies.Hosting;

/// <summary>What tells one sample agency from another.</summary>
/// <param name="Name">Its name in configuration, and of its system at the bus.</param>
/// <param name="Code">Agency code by Decision 20/2020/QĐ-TTg.</param>
/// <param name="Subscription">Short name of its subscription at the bus.</param>
/// <param name="Folder">Folder of its code and migrations.</param>
/// <param name="AddSubscription">Adds its subscription with this many partitions; not called when the agency is down.</param>
/// <param name="AddWork">Adds what it does by itself. Default: it only answers.</param>
internal sealed record AgencyDescription(
    string Name, string Code, string Subscription, string Folder,
    Action<IServiceCollection, AgencyDescription, int> AddSubscription,
    Action<IServiceCollection, IConfigurationSection>? AddWork = null);
