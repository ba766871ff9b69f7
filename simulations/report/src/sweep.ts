// The page of a sweep.
import { h, section } from "./dom";
import { percent } from "./format";
import { t } from "./i18n";
import { repeat } from "./repeat";
import { Chosen, sweepAnswer, variedList } from "./sweep_answer";
import { asResult, firstMetric, type Sweep } from "./sweep_data";
import { sweepCells, sweepEffects, sweepTradeoff } from "./sweep_views";

type Section = [id: string, heading: string, make: () => HTMLElement | null];

export const isSweep = (result: { kind: string }): result is Sweep => result.kind === "sweep";
export const sweepTitle = (s: Sweep) => t(s.sampled ? "title_samples" : "title_sweep");

export function sweepSections(s: Sweep): Section[] {
  const chosen = new Chosen(firstMetric(s));
  return [
    ["answer", t("answer"), () => sweepAnswer(s, chosen)],
    ["changes", t("varied"), () => variedList(s)],
    ["effects", t("effects"), () => sweepEffects(s, chosen)],
    ["tradeoff", t("tradeoff"), () => sweepTradeoff(s)],
    ["cells", t("cells"), () => sweepCells(s)],
    ["method", t("method"), () => section("method", t("method"), "", h("p", {}, t("sweep_method", { n: s.replications, c: percent(s.confidence) })), s.sampled ? h("p", {}, t("effects_method")) : null)],
    ["repeat", t("repeat"), () => repeat(asResult(s))],
  ];
}
