using ExchangeBus.LocalServers.Containers;
using ExchangeBus.LocalServers.Found;
using ExchangeBus.LocalServers.Private;

namespace ExchangeBus.Tests.LocalServers;

[Platform("Unix,MacOsX")]
public sealed class When_servers_run_in_containers
{
    private string _folder = null!;
    private RunFolder _run = null!;

    [SetUp]
    public void MakeFolders()
    {
        _folder = Directory.CreateTempSubdirectory("exchangebus-engine-").FullName;
        _run = RunFolder.Create(_folder);
    }

    [TearDown]
    public void DeleteFolders()
    {
        _run.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Should_use_an_engine_that_answers() =>
        Assert.That(await FindEngineAsync("echo 27.0"), Is.Not.Null);

    [Test]
    public async Task Should_do_without_an_engine_that_does_not() =>
        Assert.That(await FindEngineAsync("echo 'Cannot connect to the Docker daemon' >&2; exit 1"), Is.Null);

    [Test]
    public async Task Should_keep_the_container_while_killed_and_remove_it_in_the_end()
    {
        var engine = await FindEngineAsync($"""
            echo "$@" >> {_folder}/calls
            [ "$1" = image ] && exit 1
            echo 27.0
            """);
        var container = new ServerContainer(
            engine!, _run, "postgres:15", ["--publish", "127.0.0.1:20001:5432"], _ => Task.FromResult(true), TimeSpan.FromSeconds(5), _ => { });
        await container.StartAsync(CancellationToken.None);
        await container.KillAsync();
        await container.StartAsync(CancellationToken.None);
        await container.DisposeAsync();

        var name = $"exchangebus-{_run.Name}-postgres";
        Assert.That(File.ReadAllLines(_folder + "/calls").Skip(1), Is.EqualTo(new[]
        {
            "image inspect postgres:15",
            "pull --quiet postgres:15",
            $"run --detach --name {name} --publish 127.0.0.1:20001:5432 postgres:15",
            $"kill --signal KILL {name}",
            $"start {name}",
            $"rm --force --volumes {name}",
        }));
        Assert.That(File.ReadAllText(Path.Combine(_run.Path, "containers")), Is.EqualTo(name + "\n"), "for the watchdog");
    }

    private async Task<ContainerEngine?> FindEngineAsync(string script)
    {
        var docker = Path.Combine(_folder, "docker");
        await File.WriteAllTextAsync(docker, "#!/bin/sh\n" + script + "\n");
        _ = Tool.Run(["chmod", "700", docker]);
        return await ContainerEngine.FindAsync(new MachineFiles("/", [_folder]), CancellationToken.None);
    }
}
