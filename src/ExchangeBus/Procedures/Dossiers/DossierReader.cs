using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>A dossier as it stands, with what may be done in its procedure.</summary>
internal sealed record Dossier(DossierState State, ProcedureMap Map);

/// <summary>Reads the dossiers of one procedure.</summary>
internal interface IProcedureReader
{
    Task<Dossier?> FindAsync(string number);
}

/// <inheritdoc cref="IProcedureReader"/>
internal sealed class ProcedureReader<TState>(IServiceScopeFactory scopes, ProcedureMap map) : IProcedureReader
    where TState : DossierState
{
    public async Task<Dossier?> FindAsync(string number)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ILoadSagaRepository<TState>>().Load(DossierId.Of(number)) is { } state ? new Dossier(state, map) : null;
    }
}

/// <summary>Reads a dossier of whatever procedure.</summary>
internal sealed class DossierReader(IEnumerable<IProcedureReader> procedures)
{
    internal async Task<Dossier?> FindAsync(string number)
    {
        foreach (var procedure in procedures)
        {
            if (await procedure.FindAsync(number) is { } found)
                return found;
        }

        return null;
    }
}
