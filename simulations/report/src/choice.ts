// Which policies a drawing shows: all where they are few, a choice where they are many.
import type { Result } from "./data";
import { h } from "./dom";
import { t, title } from "./i18n";

/** Marks by which policies are told apart beside their colours: of lines, and of points. */
export const dashes: number[][] = [[], [8, 4], [2, 3], [12, 3, 2, 3], [5, 2], [16, 5], [2, 6], [8, 3, 2, 3, 2, 3]];
export const dashOf = (k: number) => dashes[k % dashes.length];

export interface Choice { control: HTMLElement | null; chosen: () => number[] }
/**
 * \param most  policies that are shown at first
 * \param draw  called when others are chosen
 */
export function policyChoice(r: Result, most: number, draw: () => void): Choice {
  let chosen = r.policies.map((_, k) => k).slice(0, most);
  if (r.policies.length <= most) return { control: null, chosen: () => chosen };
  const summary = h("summary", {}, "");
  const say = () => { summary.textContent = t("policies_shown", { n: chosen.length, m: r.policies.length }); };
  const boxes = r.policies.map((p, k) => {
    const box = h("input", { type: "checkbox", value: String(k) }) as HTMLInputElement;
    box.checked = chosen.includes(k);
    return box;
  });
  const changed = () => {
    chosen = boxes.map((box, k) => (box.checked ? k : -1)).filter((k) => k >= 0);
    if (chosen.length === 0) { // something must be shown
      boxes[0].checked = true;
      chosen = [0];
    }
    say();
    draw();
  };
  boxes.forEach((box) => box.addEventListener("change", changed));
  say();
  return { control: h("details", { class: "choice" }, summary, h("div", { class: "boxes" }, boxes.map((box, k) => h("label", {}, box, ` ${title(r.policies[k])}`)))), chosen: () => chosen };
}
