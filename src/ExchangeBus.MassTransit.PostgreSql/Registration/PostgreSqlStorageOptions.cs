using System.ComponentModel.DataAnnotations;
using Npgsql;

namespace ExchangeBus.MassTransit.PostgreSql;

/// <summary>Where sagas, inbox, outbox and scheduled messages are kept, and how hard the library works for them.</summary>
public sealed class PostgreSqlStorageOptions
{
    /// <summary>
    /// The database. Default: the <see cref="NpgsqlDataSource"/> of the container. A connection string with
    /// <c>No Reset On Close=true;Max Auto Prepare=100;Auto Prepare Min Usages=2</c> saves a transaction per rented connection and the planning of each statement.
    /// </summary>
    public NpgsqlDataSource? DataSource { get; set; }

    /// <summary>The schema of the library's tables. Default <c>masstransit</c>.</summary>
    [Required]
    public string Schema { get; set; } = "masstransit";

    /// <summary>
    /// Whether concurrent messages share queries and commits. Default true. False gives one query and one transaction per message,
    /// which is easier to follow in a database log and slower under load.
    /// </summary>
    public bool Coalesce { get; set; } = true;

    /// <summary>
    /// How many coalesced statements may run at the same time, per kind of statement. Default 3, from 1 to 32. More than one run only when more than
    /// <see cref="CoalescedMessages"/> wait, or when one takes longer than 100 ms.
    /// </summary>
    [Range(1, 32)]
    public int CoalescedStatements { get; set; } = 3;

    /// <summary>How many messages may share one statement. Default 100, from 1 to 1000.</summary>
    [Range(1, 1000)]
    public int CoalescedMessages { get; set; } = 100;

    /// <summary>
    /// How long the process that committed an outgoing message has the sole right to deliver it. Default 30 seconds.
    /// After it another process delivers. The broker may take a third of it to confirm a message; what takes longer is left to the sweep.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan OutboxLease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often leftovers of the outbox (of a process that died, or of a broker that was away) are looked for. Default 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan OutboxSweepInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How often the scheduler looks for messages that another process scheduled. Default 5 seconds. Messages scheduled by this process are due on time without it.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan SchedulerPollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>For how many days a handled message is remembered. A copy that arrives later takes effect again. Default 7, from 1 to 366.</summary>
    [Range(1, 366)]
    public int InboxRetentionDays { get; set; } = 7;

    /// <summary>
    /// How many bytes the body of an outgoing message may have. Default 16 MiB, the limit of RabbitMQ 4; at least 1 KiB. What is larger fails the message that sends it,
    /// instead of closing the broker's channel again and again.
    /// </summary>
    [Range(1024, int.MaxValue)]
    public int MaxMessageBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// How many bytes the stored state of a saga may have. Default 4 MiB, at least 1 KiB. What grows beyond fails the message that makes it grow: state is read and
    /// written with each message, so it must stay small.
    /// </summary>
    [Range(1024, int.MaxValue)]
    public int MaxStateBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// Whether a saga may be on an endpoint without the outbox. Default false: the host does not start, because such an endpoint sends messages
    /// before the state is committed and repeats effects when a message arrives twice.
    /// </summary>
    public bool AllowSagaWithoutOutbox { get; set; }
}
