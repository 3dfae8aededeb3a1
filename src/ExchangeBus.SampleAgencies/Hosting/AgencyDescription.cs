using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.SampleAgencies.Hosting;

/// <summary>What tells one sample agency from another.</summary>
/// <param name="Name">Its name in configuration, and of its system at the bus.</param>
/// <param name="Code">Agency code by Decision 20/2020/QĐ-TTg, where configuration gives no other.</param>
/// <param name="Subscription">Short name of its subscription at the bus; null when it only speaks.</param>
/// <param name="Folders">Folders of its code and migrations.</param>
/// <param name="AddWork">Adds what it does: a handler for each type that it receives, and what it does by itself.</param>
internal sealed record AgencyDescription(
    string Name, string Code, string? Subscription, string[] Folders, Action<IServiceCollection, IConfigurationSection> AddWork);
