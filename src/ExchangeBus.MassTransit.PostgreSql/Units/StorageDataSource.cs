using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>The data source of the options, else that of the container.</summary>
internal sealed class StorageDataSource(PostgreSqlStorageOptions options, IServiceProvider provider)
{
    public NpgsqlDataSource Value { get; } = options.DataSource ?? provider.GetRequiredService<NpgsqlDataSource>();
}
