"use strict";

const refreshEveryMs = 2000;
const totalsShown = [
  ["accepted", "Đã nhận · Accepted"],
  ["delivered", "Đã chuyển · Delivered"],
  ["behind", "Chưa chuyển · Behind"],
  ["unacknowledged", "Chờ xác nhận · Awaiting acknowledgement"],
  ["dead", "Không giao được · Dead letters"],
];
const stepTexts = {
  Skipped: ["skipped", "không chọn · not chosen"],
  Chosen: ["skipped", "chưa đến lượt · not yet"],
  Waiting: ["waiting", "đang chờ · waiting"],
  Done: ["done", "xong · done"],
  Refused: ["refused", "từ chối · refused"],
};
const stateTexts = {
  Registering: "Đang đăng ký khai sinh · Registering",
  Linking: "Đang liên thông · Linking",
  Completed: "Hoàn thành · Completed",
  CompletedPartly: "Hoàn thành một phần · Completed partly",
  Refused: "Bị từ chối · Refused",
};
const time = new Intl.DateTimeFormat("vi-VN", { dateStyle: "short", timeStyle: "medium", timeZone: "Asia/Ho_Chi_Minh" });

function card(name, value) {
  const box = document.createElement("div");
  box.append(element("dt", name), element("dd", Number(value).toLocaleString("vi-VN")));
  return box;
}

function element(tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function stepCell(status) {
  const [className, text] = stepTexts[status] ?? ["", status];
  return element("td", text, className);
}

function row(dossier) {
  const made = document.createElement("tr");
  made.append(
    element("td", dossier.dossierNumber),
    element("td", stateTexts[dossier.state] ?? dossier.state),
    stepCell(dossier.registration), stepCell(dossier.residence), stepCell(dossier.healthCard),
    element("td", dossier.holders.replaceAll(",", ", ")),
    element("td", dossier.dueAt ? time.format(new Date(dossier.dueAt)) + (dossier.isLate ? " · trễ · late" : "") : "", dossier.isLate ? "late" : ""),
    element("td", time.format(new Date(dossier.submittedAt))));
  return made;
}

function show(status) {
  document.getElementById("totals").replaceChildren(...totalsShown.map(([key, name]) => card(name, status.totals[key])));
  document.getElementById("states").replaceChildren(
    ...Object.entries(status.dossiers).map(([state, count]) => card(stateTexts[state] ?? state, count)));
  document.getElementById("newest").replaceChildren(...status.newest.map(row));
  document.getElementById("empty").hidden = status.newest.length > 0;
  const freshness = document.getElementById("freshness");
  freshness.className = "";
  freshness.textContent = "Cập nhật lúc · Updated at " + time.format(new Date(status.at));
}

async function refresh() {
  try {
    const answer = await fetch("/status", { cache: "no-store", signal: AbortSignal.timeout(5000) });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.json());
  } catch {
    const freshness = document.getElementById("freshness");
    freshness.className = "stale";
    freshness.textContent = "Mất kết nối, đang thử lại · Connection lost, trying again";
  } finally {
    setTimeout(refresh, refreshEveryMs);
  }
}

refresh();
