using ExchangeBus.Intake.Dialects.Qcvn109;
using ExchangeBus.Intake.Dialects.Xml;
using ExchangeBus.Tests.Schemas;

namespace ExchangeBus.Tests.Intake.Dialects.Qcvn109;

internal sealed class When_a_QCVN_109_path_is_annotated
{
    [Test]
    public void Should_be_the_element_that_the_reader_takes()
    {
        // A state stands in place of a value, and what only another dialect says has no place in the regulation.
        var annotated = SchemaField.Of("population/citizenupdated").Select(field => (Name: field.Pointer.Split('/')[^1], field.Qcvn109))
            .Where(field => field.Qcvn109 is not null && field.Name != "state");

        Assert.That(annotated.Select(field => $"{field.Name} {field.Qcvn109}").Order(), Is.EqualTo(Read(Qcvn109Shapes.Citizen, "CongDan").Append("dataAsOf @ThoiDiemDuLieu").Order()));
    }

    private static IEnumerable<string> Read(XmlGroup group, string path)
    {
        foreach (var member in group.Members)
        {
            var element = $"{path}/{member.Element}";
            // A choice of one element is that element; of several, the field stands for the choice.
            yield return $"{member.Field} {(member.Shape is XmlChoice { Members.Count: 1 } only ? $"{element}/{only.Members[0].Element}" : element)}";
            foreach (var inner in member.Shape is XmlGroup nested ? Read(nested, element) : [])
                yield return inner;
        }
    }
}
