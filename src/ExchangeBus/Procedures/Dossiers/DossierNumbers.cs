using ExchangeBus.MassTransit.PostgreSql;
using MassTransit;
using Npgsql;

namespace ExchangeBus.Procedures.Dossiers;

/// <summary>One dossier has a number in each system that knows it; it is found by any of them. Written in the transaction of the transition that brings the number.</summary>
internal static class DossierNumbers
{
    private const string Insert = """
        insert into dossier_number (world, number, dossier_number) values ($1, $2, $3) on conflict do nothing
        """;

    internal static void Link(ConsumeContext context, string dossierNumber, string world, string? number)
    {
        if (number is null)
            return;
        context.AddCommand(new NpgsqlBatchCommand(Insert)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = world },
                new NpgsqlParameter<string> { TypedValue = number },
                new NpgsqlParameter<string> { TypedValue = dossierNumber },
            },
        });
    }
}
