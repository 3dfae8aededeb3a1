using System.Data;
using Dapper;

namespace ExchangeBus.Platform;

/// <summary>Npgsql gives <c>timestamptz</c> as a UTC <see cref="DateTime"/>; in this code a moment is a <see cref="DateTimeOffset"/>.</summary>
internal sealed class InstantHandler : SqlMapper.TypeHandler<DateTimeOffset>
{
    public override DateTimeOffset Parse(object value) => value is DateTimeOffset instant ? instant : new DateTimeOffset((DateTime)value);

    public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value.ToUniversalTime();
}
