using System.Text.Json.Nodes;
using ExchangeBus.Intake.Dialects;
using ExchangeBus.Tests.Schemas;

namespace ExchangeBus.Tests.Intake;

internal sealed class When_a_QCVN_109_path_is_annotated
{
    [Test]
    public void Should_be_the_element_that_the_reader_takes()
    {
        var file = SchemaFolder.SchemaFile("population/citizenupdated");

        Assert.That(Annotated(SchemaFolder.Parse(file).AsObject(), file, "").Order(), Is.EqualTo(Read(Qcvn109Shapes.Citizen, "CongDan").Append("dataAsOf @ThoiDiemDuLieu").Order()));
    }

    private static IEnumerable<string> Annotated(JsonObject schema, string file, string path)
    {
        foreach (var (name, node) in schema["properties"]!.AsObject())
        {
            var annotation = (string)node!["x-qcvn109"]!;
            var full = path.Length == 0 ? annotation : $"{path}/{annotation}";
            yield return $"{name} {full}";
            var target = SchemaFolder.Follow(node.AsObject(), file);
            foreach (var inner in target.Schema["properties"] is null ? [] : Annotated(target.Schema, target.File, full))
                yield return inner;
        }
    }

    private static IEnumerable<string> Read(Qcvn109Group group, string path)
    {
        foreach (var member in group.Members.Values)
        {
            var element = $"{path}/{member.Element}";
            // A choice of one element is that element; of several, the field stands for the choice.
            yield return $"{member.Field} {(member.Shape is Qcvn109Choice { Members.Count: 1 } only ? $"{element}/{only.Members.Keys[0]}" : element)}";
            foreach (var inner in member.Shape is Qcvn109Group nested ? Read(nested, element) : [])
                yield return inner;
        }
    }
}
