using System.Globalization;
using System.Text;

namespace ExchangeBus.JsonSchema.Parsing;

/// <summary>RFC 6901 pointer of a token. The tape has no parent links, so the way is found from the root, only when a violation is written.</summary>
internal static class InstancePointer
{
    public static string Of(JsonTape tape, int token)
    {
        var pointer = new StringBuilder();
        var container = 0;
        while (container != token)
        {
            var isObject = tape.Tokens[container].Kind == JsonKind.Object;
            var at = container + 1;
            for (var index = 0; ; index++)
            {
                var value = isObject ? at + 1 : at;
                var next = tape.Tokens[value].Next;
                if (token >= next)
                {
                    at = next;
                    continue;
                }

                pointer.Append('/').Append(isObject ? Escape(Encoding.UTF8.GetString(tape.Text(at))) : index.ToString(CultureInfo.InvariantCulture));
                if (token == at && isObject) return pointer.ToString();
                container = value;
                break;
            }
        }

        return pointer.ToString();
    }

    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
