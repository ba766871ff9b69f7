// Verdicts as word and sign, so that colour is never alone.
import { h } from "./dom";
import { has, t } from "./i18n";

const signs: Record<string, string> = { better: "▲", worse: "▼", changed: "◆", no_difference_that_matters: "＝", cant_tell: "?", no_difference: "＝", too_little_data: "?" };

export const verdictWord = (verdict: string) => { const key = `verdict_${verdict}`; return has(key) ? t(key) : verdict; };
export const verdictSign = (verdict: string) => signs[verdict] ?? "";
export const verdictClass = (verdict: string) => (verdict in signs ? verdict : "");
export function verdictBadge(verdict: string): HTMLElement {
  return h("span", { class: `verdict ${verdictClass(verdict)}` }, h("span", { "aria-hidden": "true" }, `${verdictSign(verdict)} `), verdictWord(verdict));
}
