using ExchangeBus.Contracts;

namespace ExchangeBus.Procedures.Desk;

/// <summary>Why an action at the stuck desk is not possible. The sentences are also what a button says that is off.</summary>
internal static class DeskRejections
{
    internal static Violation NoOfficer() => new("", "desk.officer",
        "Phần đầu yêu cầu phải có mã cán bộ (Officer) đã đăng ký của cơ quan, gửi qua hệ thống được phép xử lý hồ sơ.",
        "The request needs the header Officer with the code of a registered officer of the agency, through a system that may act on dossiers.");

    internal static Violation Role(string role) => new("", "desk.role",
        $"Việc này cần vai trò {role}.", $"This needs the role {role}.");

    internal static Violation Elsewhere() => new("", "desk.agency",
        "Cơ quan không tham gia hồ sơ này.", "The agency takes no part in this dossier.");

    internal static Violation UnknownDossier() => new("", "desk.dossier",
        "Không có hồ sơ mang số này.", "There is no dossier of this number.");

    internal static Violation UnknownRequest() => new("", "desk.request",
        "Không có yêu cầu này.", "There is no such request.");

    internal static Violation Stale() => new("/version", "desk.stale",
        "Hồ sơ đã thay đổi từ khi được xem; hãy xem lại.", "The dossier has moved on since it was looked at; look again.");

    internal static Violation Reason() => new("/reason", "desk.reason",
        "Phải nêu lý do, 3 đến 1.000 ký tự.", "Say why, 3 to 1,000 characters.");

    internal static Violation Over() => new("/action", "desk.over",
        "Hồ sơ đã kết thúc.", "The dossier is over.");

    internal static Violation Registered() => new("/action", "desk.registered",
        "Việc đã được đăng ký vào sổ hộ tịch; chỉ cải chính hoặc hủy bỏ theo luật mới thay đổi được.",
        "It stands in the civil-status book; only a correction or an annulment by law undoes that.");

    internal static Violation NotRegistered() => new("/action", "desk.notregistered",
        "Chỉ làm lại được nhánh khi việc đã được đăng ký và hồ sơ không bị dừng.", "A branch can begin again only after the registration, in a dossier that was not stopped.");

    internal static Violation NoStep() => new("/step", "desk.step",
        "Hồ sơ không có bước này.", "The dossier has no such step.");

    internal static Violation NotRunning() => new("/step", "desk.notrunning",
        "Không có cơ quan nào đang giữ bước này.", "Nobody is being waited for in this step.");

    internal static Violation NotEnded() => new("/step", "desk.notended",
        "Chỉ làm lại được nhánh đã bị từ chối hoặc đã bỏ qua.", "Only a branch that was refused or left out can begin again.");

    internal static Violation NotClaimed() => new("/step", "desk.notclaimed",
        "Công dân chưa kê khai điều cần cho nhánh này; phải nộp hồ sơ riêng.", "The citizen has not stated what this branch needs; it takes a dossier of its own.");

    internal static Violation Mandatory() => new("/step", "desk.mandatory",
        "Bước này bắt buộc.", "This step is not optional.");

    internal static Violation WaitsForId() => new("/step", "desk.waitsforid",
        "Chưa hỏi cấp thẻ: đang chờ số định danh cá nhân.", "Nobody was asked for the card yet: it waits for the personal identification number.");

    internal static Violation NoMatter() => new("/matter", "desk.matter",
        "Hồ sơ không có vấn đề này ở bước này.", "The dossier has no such matter at this step.");

    internal static Violation Blocks() => new("/matter", "desk.blocks",
        "Vấn đề này đang chặn bước; hãy hỏi lại hoặc nhập kết quả.", "This matter blocks the step; ask again or enter a result.");

    internal static Violation WorkingDays(int most) => new("/workingDays", "desk.workingdays",
        $"Gia hạn bằng ngày làm việc, 1 đến {most}.", $"The extension is 1 to {most} working days.");

    internal static Violation Hours(int most) => new("/hours", "desk.hours",
        $"Gia hạn bằng giờ, 1 đến {most}.", $"The extension is 1 to {most} hours.");

    internal static Violation Answer(IReadOnlyList<string> types) => new("/result", "desk.result",
        $"Phải có nội dung kết quả, thuộc một trong các loại: {string.Join(", ", types)}.", $"A result is needed, of one of the types {string.Join(", ", types)}.");

    internal static Violation NoDocument() => new("/result/documentHash", "desk.document",
        "Phải có mã băm của văn bản đã quét (sha256: và 64 chữ số hệ 16).", "The hash of the scanned document is needed (sha256: and 64 hexadecimal digits).");

    internal static Violation Pending() => new("/action", "desk.pending",
        "Yêu cầu như vậy đang chờ cán bộ khác duyệt.", "The same request is waiting for another officer.");

    internal static Violation SameOfficer() => new("", "desk.sameofficer",
        "Cán bộ khác phải duyệt, không phải người đã yêu cầu.", "Another officer must decide, not the one who asked for it.");

    internal static Violation Decided() => new("", "desk.decided",
        "Yêu cầu đã được quyết định.", "The request was decided already.");

    internal static Violation NotSent() => new("/step", "desk.notsent",
        "Không tìm thấy lệnh đã gửi, hoặc cơ quan không nhận qua hàng đợi hay webhook.", "No command was found that could be handed out again, or the agency does not receive by queue or webhook.");

    internal static Violation Filter() => new("", "desk.filter",
        "Điều kiện tìm không hợp lệ: mỗi giá trị dài 1 đến 128 ký tự, nhiều nhất 32 trạng thái.", "The filter is not valid: each value has 1 to 128 characters, and there are at most 32 states.");

    internal static Violation BulkAction() => new("/order/action", "desk.bulkaction",
        "Không làm hàng loạt được: kết quả nhập tay, gửi lại, rút hồ sơ và chuyển xử lý ngoài hệ thống phải làm từng hồ sơ.", "This is not done in bulk: a result entered by hand, a re-send, a withdrawal and a take-over are for one dossier at a time.");

    internal static Violation Selection(int most) => new("/filter", "desk.selection",
        $"Phải chọn theo điều kiện hoặc theo danh sách số hồ sơ, 1 đến {most} hồ sơ.", $"Pick by a filter or by a list of numbers, 1 to {most} dossiers.");

    internal static Violation Rate(int most) => new("/rate", "desk.rate",
        $"Tốc độ từ 1 đến {most} hồ sơ mỗi giây.", $"The rate is 1 to {most} dossiers a second.");

    internal static Violation UnknownJob() => new("", "desk.job",
        "Không có công việc hàng loạt này.", "There is no such bulk job.");

    internal static Violation JobState(string state) => new("/state", "desk.jobstate",
        $"Công việc đang ở trạng thái {state}.", $"The job is {state}.");

    internal static Violation NotApproved() => new("/state", "desk.notapproved",
        "Cán bộ khác phải duyệt trước khi chạy.", "Another officer must approve before it runs.");

    internal static IEnumerable<Violation> All =>
    [
        NoOfficer(), Role("…"), Elsewhere(), UnknownDossier(), UnknownRequest(), Stale(), Reason(), Over(), Registered(), NotRegistered(), NoStep(), NotRunning(), NotEnded(), NotClaimed(), Mandatory(),
        WaitsForId(), NoMatter(), Blocks(), WorkingDays(60), Hours(720), Answer(["…"]), NoDocument(), Pending(), SameOfficer(), Decided(), NotSent(), Filter(),
        BulkAction(), Selection(10_000), Rate(500), UnknownJob(), JobState("…"), NotApproved(),
    ];

    internal static int StatusOf(string code) => code switch
    {
        "desk.officer" or "desk.role" or "desk.agency" => 403,
        "desk.dossier" or "desk.request" or "desk.job" => 404,
        "desk.reason" or "desk.workingdays" or "desk.hours" or "desk.result" or "desk.document" or "desk.filter" or "desk.bulkaction" or "desk.selection" or "desk.rate" => 422,
        _ => 409,
    };
}
