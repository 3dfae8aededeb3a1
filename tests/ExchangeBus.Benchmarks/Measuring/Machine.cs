using System.Runtime;
using System.Runtime.InteropServices;
using System.Text;
using Dapper;
using ExchangeBus.LocalServers;
using Npgsql;
using RabbitMQ.Client;

namespace ExchangeBus.Benchmarks.Measuring;

/// <summary>Where the figures come from.</summary>
internal sealed record Machine(
    string Processor, int Cores, double MemoryGiB, string OperatingSystem, string Runtime, string GarbageCollector, string Postgres, string Fsync, string RabbitMq)
{
    public override string ToString() =>
        $"{Cores} × {Processor}, {MemoryGiB:0.#} GiB, {OperatingSystem}, {Runtime}, {GarbageCollector}, PostgreSQL {Postgres} ({Fsync}), RabbitMQ {RabbitMq}, all on this machine";

    internal static async Task<Machine> DescribeAsync(LocalServerSet servers, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(servers.Postgres.ConnectionString);
        var (version, fsync, synchronous) = await connection.QuerySingleAsync<(string, string, string)>(
            "select current_setting('server_version'), current_setting('fsync'), current_setting('synchronous_commit')");
        await using var broker = await new ConnectionFactory { Uri = servers.RabbitMq.AmqpUri }.CreateConnectionAsync(cancellationToken);
        return new Machine(
            FindProcessor(),
            Environment.ProcessorCount,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024d * 1024 * 1024),
            RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription,
            $"{(GCSettings.IsServerGC ? "server" : "workstation")} GC {GCSettings.LatencyMode}",
            version,
            $"fsync {fsync}, synchronous_commit {synchronous}",
            broker.ServerProperties?["version"] is byte[] text ? Encoding.UTF8.GetString(text) : "unknown");
    }

    private static string FindProcessor()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
