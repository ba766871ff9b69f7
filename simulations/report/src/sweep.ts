// The page of a sweep.
import { h, section } from "./dom";
import { percent } from "./format";
import { t } from "./i18n";
import { repeat } from "./repeat";
import { Chosen, sweepAnswer, variedList } from "./sweep_answer";
import { asResult, firstMetric, type Sweep } from "./sweep_data";
import { sweepCells, sweepEffects, sweepTradeoff } from "./sweep_views";
import { w } from "./words";

type Section = [id: string, heading: string, make: () => HTMLElement | null];

export const isSweep = (result: { kind: string }): result is Sweep => result.kind === "sweep";
export const sweepTitle = (s: Sweep) => w(s.sampled ? "title_samples" : "title_sweep");

export function sweepSections(s: Sweep): Section[] {
  const chosen = new Chosen(firstMetric(s));
  return [
    ["answer", t("answer"), () => sweepAnswer(s, chosen)],
    ["changes", w("varied"), () => variedList(s)],
    ["effects", w("effects"), () => sweepEffects(s, chosen)],
    ["tradeoff", t("tradeoff"), () => sweepTradeoff(s)],
    ["cells", w("cells"), () => sweepCells(s)],
    ["method", t("method"), () => section("method", t("method"), "", h("p", {}, w("sweep_method", { n: s.replications, c: percent(s.confidence) })), s.sampled ? h("p", {}, w("effects_method")) : null)],
    ["repeat", t("repeat"), () => repeat(asResult(s))],
  ];
}
