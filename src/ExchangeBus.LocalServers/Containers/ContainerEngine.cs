using ExchangeBus.LocalServers.Found;
using ExchangeBus.LocalServers.Private;

namespace ExchangeBus.LocalServers.Containers;

/// <summary>A container engine that answers: Docker, or whatever calls itself <c>docker</c>.</summary>
internal sealed class ContainerEngine
{
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(5);

    private readonly string _program;

    private ContainerEngine(string program) => _program = program;

    /// <returns>Null when there is none or it does not answer at once.</returns>
    public static async Task<ContainerEngine?> FindAsync(MachineFiles files, CancellationToken cancellationToken)
    {
        if (files.Program("docker") is not { } program)
            return null;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timeout = new CancellationTokenSource(AnswerPatience, TimeProvider.System);
        using var _ = timeout.Token.Register(enough.Cancel);
        try
        {
            var engine = new ContainerEngine(program);
            var answer = await Tool.RunAsync([program, "info", "--format", "{{.ServerVersion}}"], environment: null, enough.Token);
            return answer is { ExitCode: 0, LastLine.Length: > 0 } ? engine : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <exception cref="LocalServersUnavailableException">The engine refuses.</exception>
    public async Task<string> RunAsync(string what, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var result = await TryAsync(arguments, cancellationToken);
        return result.ExitCode == 0
            ? result.Output
            : throw new LocalServersUnavailableException($"docker could not {what}: {result.LastLine}.");
    }

    public Task<ToolResult> TryAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Tool.RunAsync([_program, .. arguments], environment: null, cancellationToken);
}
