using ExchangeBus.Contracts;
using ExchangeBus.JsonSchema;

namespace ExchangeBus.Checks;

/// <summary>Every way to say no to an event that is well formed. The codes are stable; agencies' software decides by them.</summary>
internal static class Rejections
{
    internal static Violation UnknownType() => new("/type", "type.unknown",
        "Loại sự kiện này không có trong danh mục.", "This event type is not in the catalogue.");

    internal static Violation NoData() => new("/data", "data.missing",
        "Sự kiện phải có dữ liệu.", "The event must carry data.");

    internal static Violation Reserved(string attribute) => new($"/{attribute}", "envelope.reserved",
        $"Thuộc tính '{attribute}' do trục ghi; đơn vị gửi không được đặt.", $"The attribute '{attribute}' is written by the bus; a publisher must not set it.");

    internal static Violation ForeignSource(string expected) => new("/source", "sender.source",
        $"Hệ thống gửi phải ghi nguồn là '{expected}'.", $"The sending system must name itself as source: '{expected}'.");

    internal static Violation MayNotPublish(string type) => new("/type", "sender.type",
        $"Hệ thống gửi chưa được phép phát loại sự kiện '{type}'.", $"The sending system may not publish the type '{type}'.");

    internal static Violation OtherSubject() => new("/subject", "subject.differs",
        "Thuộc tính 'subject' và số hồ sơ trong nội dung không phải là một.", "The subject and the dossier number in the body are not the same.");

    internal static Violation NotStorable() => new("", "event.notstorable",
        "Không thể lưu sự kiện này; gửi lại cũng không được.", "This event cannot be stored; sending it again does not help.");

    internal static Violation PersonalNumber(string attribute) => new($"/{attribute}", "envelope.personal",
        $"Thuộc tính '{attribute}' không được là số định danh hay số chứng minh.", $"The attribute '{attribute}' must not be a personal number.");

    internal static Violation DifferentData(string pointer) => new(pointer, "duplicate.differs",
        "Nguồn và mã sự kiện này đã được nhận trước đó, và khác ở chỗ này.", "This source and id were accepted before, and differ here.");

    internal static Violation WaitsBehind() => new("", "held.behind",
        "Một sự kiện trước đó của cùng đối tượng đang chờ người xử lý; sự kiện này chờ sau nó.",
        "An earlier event about the same subject waits for a person; this one waits behind it.")
    { Severity = Severity.Hold };

    internal static Violation TooManyHeld() => new("", "limit.held",
        "Quá nhiều sự kiện của hệ thống đang chờ người xử lý; hãy gửi lại sự kiện này sau.",
        "Too many events of this system wait for a person; send this one again later.");

    internal static Violation RefusedByPerson() => new("", "held.refused",
        "Người có thẩm quyền đã xem và không chấp nhận sự kiện này.", "A person has looked at this event and refused it.");

    /// <param name="rule">Pointers into the body, with <c> + </c> between them.</param>
    internal static Violation LooksLikeEarlier(string rule)
    {
        // Pointers of the bus lead into the event; those of a rule into its body.
        var fields = "/data" + rule.Replace(" + ", " + /data", StringComparison.Ordinal);
        return new("/data", "duplicate.suspected",
            $"Một sự kiện đã nhận trước đó có cùng {fields}; người có thẩm quyền sẽ xem xét.",
            $"An event that was accepted before has the same {fields}; a person will judge.")
        { Severity = Severity.Warning };
    }

    internal static Violation OfSchema(SchemaViolation violation) =>
        new("/data" + violation.InstancePointer, violation.Code, violation.MessageVi, violation.MessageEn);

    /// <summary>One of each, for the catalogue of codes.</summary>
    internal static IEnumerable<Violation> All =>
    [
        UnknownType(), NoData(), Reserved("…"), ForeignSource("…"), MayNotPublish("…"), OtherSubject(), NotStorable(), PersonalNumber("…"), DifferentData("/data/…"),
        WaitsBehind(), TooManyHeld(), RefusedByPerson(), LooksLikeEarlier("/…"),
    ];
}
