using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace ExchangeBus.Signatures;

/// <summary>
/// Writes values one after the other into one buffer. The members of an object are written in the order in which they come, and
/// put into their order when the object ends, so that each value is read once.
/// </summary>
internal sealed class CanonicalWriter(int expected) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(expected, 256));
    private int _length;
    private readonly List<CanonicalMember> _members = [];
    private byte[] _names = ArrayPool<byte>.Shared.Rent(256);
    private int _namesLength;

    internal ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    internal void WriteValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(ref reader);
                break;
            case JsonTokenType.StartArray:
                WriteArray(ref reader);
                break;
            case JsonTokenType.String:
                WriteString(ref reader);
                break;
            case JsonTokenType.Number:
                WriteNumber(reader.ValueSpan);
                break;
            default:
                // true, false, null.
                Append(reader.ValueSpan);
                break;
        }
    }

    private void WriteArray(ref Utf8JsonReader reader)
    {
        Append((byte)'[');
        var first = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!first)
                Append((byte)',');
            first = false;
            WriteValue(ref reader);
        }

        Append((byte)']');
    }

    private void WriteObject(ref Utf8JsonReader reader)
    {
        Append((byte)'{');
        var (firstMember, firstName, body) = (_members.Count, _namesLength, _length);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var (name, start) = (_namesLength, _length);
            KeepName(ref reader);
            var nameLength = _namesLength - name;
            WriteString(ref reader);
            Append((byte)':');
            reader.Read();
            WriteValue(ref reader);
            _members.Add(new CanonicalMember(name, nameLength, start, _length - start));
        }

        PutInOrder(firstMember, body);
        _members.RemoveRange(firstMember, _members.Count - firstMember);
        _namesLength = firstName;
        Append((byte)'}');
    }

    /// <summary>Sorts the members that were written since <paramref name="body"/>, and sets commas between them.</summary>
    private void PutInOrder(int firstMember, int body)
    {
        var count = _members.Count - firstMember;
        if (count == 0)
            return;
        _members.Sort(firstMember, count, new ByName(_names));
        var size = _length - body;
        var copy = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            _buffer.AsSpan(body, size).CopyTo(copy);
            _length = body;
            for (var i = firstMember; i < _members.Count; i++)
            {
                var member = _members[i];
                if (i > firstMember)
                {
                    if (NameOf(member).SequenceEqual(NameOf(_members[i - 1])))
                        throw new CanonicalJsonException("An object has two members of one name.") { Fault = CanonicalFault.DuplicateName };
                    Append((byte)',');
                }

                Append(copy.AsSpan(member.Start - body, member.Length));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private ReadOnlySpan<byte> NameOf(CanonicalMember member) => _names.AsSpan(member.Name, member.NameLength);

    private void KeepName(ref Utf8JsonReader reader)
    {
        Reserve(ref _names, _namesLength, reader.ValueSpan.Length);
        _namesLength += reader.CopyString(_names.AsSpan(_namesLength));
    }

    private void WriteString(ref Utf8JsonReader reader)
    {
        Append((byte)'"');
        if (!reader.ValueIsEscaped)
        {
            // Without escapes it holds no control characters, quotes or backslashes, and is canonical as it stands.
            if (!Utf8.IsValid(reader.ValueSpan))
                throw new CanonicalJsonException("A string is not UTF-8.") { Fault = CanonicalFault.NotUnicode };
            Append(reader.ValueSpan);
        }
        else
        {
            var plain = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
            try
            {
                Escape(plain.AsSpan(0, reader.CopyString(plain)));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(plain);
            }
        }

        Append((byte)'"');
    }

    // RFC 8785, section 3.2.2.2: the two-letter escapes where JSON has them, lower-case \u00xx for other control characters, all else as it is.
    private void Escape(ReadOnlySpan<byte> plain)
    {
        foreach (var character in plain)
        {
            var letter = character switch
            {
                (byte)'"' or (byte)'\\' => character,
                (byte)'\b' => (byte)'b',
                (byte)'\t' => (byte)'t',
                (byte)'\n' => (byte)'n',
                (byte)'\f' => (byte)'f',
                (byte)'\r' => (byte)'r',
                _ => (byte)0,
            };
            if (letter != 0)
            {
                Append((byte)'\\');
                Append(letter);
            }
            else if (character < 0x20)
            {
                Append("\\u00"u8);
                Append("0123456789abcdef"u8[character >> 4]);
                Append("0123456789abcdef"u8[character & 0xF]);
            }
            else
            {
                Append(character);
            }
        }
    }

    private void WriteNumber(ReadOnlySpan<byte> text)
    {
        var value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
            throw OutOfRange();
        Reserve(ref _buffer, _length, EcmaScriptNumber.MaxLength);
        var written = EcmaScriptNumber.Write(value, _buffer.AsSpan(_length));
        // Up to 15 digits a double holds any integer. Beyond, two integers may share a canonical form, and a signature over one would hold for the other.
        if (text.Length > 15 && !text.ContainsAny(".eE"u8) && !text.SequenceEqual(_buffer.AsSpan(_length, written)))
            throw OutOfRange();
        _length += written;
    }

    private static CanonicalJsonException OutOfRange() =>
        new("A number cannot be told from its neighbour as a double.") { Fault = CanonicalFault.NumberRange };

    private void Append(byte value)
    {
        Reserve(ref _buffer, _length, 1);
        _buffer[_length++] = value;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(ref _buffer, _length, bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private static void Reserve(ref byte[] buffer, int used, int more)
    {
        if (buffer.Length - used >= more)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, used + more));
        buffer.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        ArrayPool<byte>.Shared.Return(_names);
        (_buffer, _names) = ([], []);
    }

    private sealed class ByName(byte[] names) : IComparer<CanonicalMember>
    {
        public int Compare(CanonicalMember x, CanonicalMember y) =>
            CanonicalMember.CompareUtf16(names.AsSpan(x.Name, x.NameLength), names.AsSpan(y.Name, y.NameLength));
    }
}
