/** The year of a kind of session: a click on a day adds a session or takes one away. */
import { h } from "./dom";
import type { Kind, Opened } from "./types";
import { months, say, weekdays } from "./words";

const dayOf = (start: string, n: number) => new Date(Date.parse(`${start}T00:00:00Z`) + n * 86400000);
export const text = (d: Date) => d.toISOString().slice(0, 10);

export interface Chosen { add: Set<string>; remove: Set<string> }

/** \param other  the same kind under the policy beside it, for its days to be seen too */
export function calendar(opened: Opened, kind: Kind, other: Kind | null, chosen: Chosen, click: (day: string, held: boolean) => void): HTMLElement {
  const held = new Set(kind.days), theirs = new Set(other?.days ?? []);
  const length = opened.workdays.length;
  const boxes: HTMLElement[] = [];
  for (let n = 0; n < length;) {
    const first = dayOf(opened.start, n), year = first.getUTCFullYear(), month = first.getUTCMonth();
    const cells: HTMLElement[] = weekdays().map((w) => h("span", { class: "weekday", "aria-hidden": "true" }, w));
    for (let blank = 0; blank < (first.getUTCDay() + 6) % 7; ++blank) cells.push(h("span"));
    for (; n < length; ++n) {
      const d = dayOf(opened.start, n);
      if (d.getUTCMonth() !== month) break;
      const on = held.has(n), date = text(d), rest = opened.workdays[n] === "0";
      const by = chosen.add.has(date) ? "added" : chosen.remove.has(date) ? "removed" : "";
      const label = `${say(`${d.getUTCDate()} ${months()[month]}`, `${month + 1}月 ${d.getUTCDate()} 日`)} ${say("", "周")}${weekdays()[(d.getUTCDay() + 6) % 7]}${rest ? say(", day of rest", "，休息日") : ""}${on ? say(", session", "，有接访") : ""}${theirs.has(n) ? say(", session under the other policy", "，另一方案有接访") : ""}`;
      cells.push(h("button", {
        type: "button", class: `day ${on ? "on" : ""} ${rest ? "rest" : ""} ${theirs.has(n) ? "theirs" : ""} ${by}`, "data-focus": date,
        "aria-pressed": String(on), "aria-label": label, title: label, onclick: () => click(date, on),
      }, String(d.getUTCDate())));
    }
    const name = say(`${months()[month]} ${year}`, `${year}年${months()[month]}`);
    boxes.push(h("div", { class: "month", role: "group", "aria-label": name }, h("h4", {}, name), h("div", { class: "days" }, cells)));
  }
  const year = h("div", { class: "year" }, boxes);
  // One stop for Tab, the first session or the first day; arrows move by a day or a week.
  const days = [...year.querySelectorAll<HTMLElement>(".day")], first = days.findIndex((d) => d.classList.contains("on"));
  days.forEach((d, k) => { d.tabIndex = k === Math.max(0, first) ? 0 : -1; });
  year.addEventListener("keydown", (event) => {
    const at = days.indexOf(event.target as HTMLElement), by = ({ ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 } as Record<string, number>)[event.key];
    if (at < 0 || by === undefined || !days[at + by]) return;
    event.preventDefault();
    days[at].tabIndex = -1;
    days[at + by].tabIndex = 0;
    days[at + by].focus();
  });
  return year;
}
