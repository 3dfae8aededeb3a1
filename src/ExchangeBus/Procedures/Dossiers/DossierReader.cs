using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>Reads the dossiers of one procedure.</summary>
internal interface IProcedureReader
{
    Task<DossierState?> FindAsync(string number);
}

/// <inheritdoc cref="IProcedureReader"/>
internal sealed class ProcedureReader<TState>(IServiceScopeFactory scopes) : IProcedureReader
    where TState : DossierState
{
    public async Task<DossierState?> FindAsync(string number)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ILoadSagaRepository<TState>>().Load(DossierId.Of(number));
    }
}

/// <summary>Reads a dossier of whatever procedure.</summary>
internal sealed class DossierReader(IEnumerable<IProcedureReader> procedures)
{
    internal async Task<DossierState?> FindAsync(string number)
    {
        foreach (var procedure in procedures)
        {
            if (await procedure.FindAsync(number) is { } found)
                return found;
        }

        return null;
    }
}
