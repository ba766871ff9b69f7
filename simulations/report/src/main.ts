import { fillBounds, type Lang, type Page, type Result } from "./data";
import { answer, changes } from "./answer";
import { disposeAll } from "./charts";
import { assumptionTable } from "./assumptions";
import { briefSection } from "./brief";
import { receptionCalendar } from "./calendar";
import { deadlineCurves } from "./curves";
import { button, forgetLater, h, later } from "./dom";
import { whereItFails } from "./failing";
import { figures } from "./figures";
import { countyName, nameApart } from "./names";
import { headline } from "./headline";
import { pick, setLang, t, title } from "./i18n";
import { leaderLoad } from "./load";
import { townshipMap } from "./map";
import { preparePrint, printControls } from "./print";
import { method, repeat } from "./repeat";
import { ruleTable } from "./rules";
import { stories } from "./stories";
import { structure } from "./structure";
import { isSweep, sweepSections, sweepTitle } from "./sweep";
import { asResult, type Sweep } from "./sweep_data";
import { venueTable } from "./tables";
import { overYear } from "./time";

const page = JSON.parse(document.getElementById("sifang-data")!.textContent!) as Page;
fillBounds(page.result);
const sweep: Sweep | null = isSweep(page.result) ? page.result : null;
if (!sweep) nameApart(page.result);

type Section = [id: string, heading: string, make: () => HTMLElement | null];

function sections(r: Result): Section[] {
  if (sweep) return sweepSections(sweep);
  return [
    ["answer", t("answer"), () => answer(r)],
    ["changes", t("changed"), () => changes(r)],
    ["headline", t("headline"), () => headline(r)],
    ["brief", t("brief"), () => briefSection(r)],
    ["figures", t("figures"), () => figures(r)],
    ["calendar", t("calendar"), () => receptionCalendar(r)],
    ["over-year", t("over_year"), () => overYear(r)],
    ["curves", t("curves"), () => deadlineCurves(r)],
    ["load", t("load"), () => leaderLoad(r)],
    ["failing", t("failing"), () => whereItFails(r)],
    ["map", t("map"), () => townshipMap(r)],
    ["structure", t("structure"), () => structure(r)],
    ["stories", t("stories"), () => stories(r)],
    ["venues", t("venues"), () => venueTable(r)],
    ["rules", t("rules"), () => ruleTable(r)],
    ["assumptions", t("assumptions"), () => assumptionTable(r)],
    ["method", t("method"), () => method(r)],
    ["repeat", t("repeat"), () => repeat(r)],
  ];
}
/** Sections that stand at once; the others follow when there is time. */
const atOnce = ["answer", "changes", "headline", "brief"];

function show(lang: Lang): void {
  const again = document.activeElement?.classList.contains("toggle") ?? false;
  setLang(lang);
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  const r = sweep ? asResult(sweep) : page.result;
  const heading = sweep ? sweepTitle(sweep) : t(r.kind === "compare" ? "title_compare" : "title_run");
  const unfinished = r.unfinished_replications > 0;
  document.title = `${unfinished ? `${t("unfinished")} · ` : ""}${heading} · ${countyName(r)}`;
  preparePrint(`${heading} · ${countyName(r)} · ${r.start} – ${r.end}`);
  disposeAll();
  forgetLater();
  const toggle = button(t("switch"), () => {
    const other = lang === "zh" ? "en" : "zh";
    if (location.hash === `#${other}`) show(other);
    else location.hash = other;
  }, { class: "toggle", lang: lang === "zh" ? "en" : "zh-CN" });
  const about = !sweep && r.comparisons.length === 0 ? pick({ en: r.policies[0].about_en, zh: r.policies[0].about_zh }) : "";
  const present = sections(r).filter(([id]) => id !== "changes" || sweep || r.comparisons.length > 0);
  const contents = h("nav", { class: "contents", "aria-label": t("contents") }, h("ul", {}, present.map(([id, heading]) => h("li", {}, h("a", { href: `#${id}` }, heading)))));
  document.getElementById("report")!.replaceChildren(
    h("a", { class: "skip", href: "#answer" }, t("skip")),
    h("header", { id: "top" }, h("div", { class: "actions" }, toggle, printControls()), h("p", { class: "county" }, `${countyName(r)} · ${r.start} – ${r.end}`), h("h1", {}, heading),
      about ? h("p", { class: "about" }, h("b", {}, title(r.policies[0])), " ", about) : null),
    contents,
    h("main", {},
      unfinished ? h("p", { class: "unfinished", role: "alert" }, h("b", {}, t("unfinished")), " ", t("unfinished_text", { n: r.policies[0].replications, m: r.policies[0].replications + r.unfinished_replications })) : null,
      present.map(([id, heading, make]) => (atOnce.includes(id) ? make() : later(id, heading, make)))),
    h("footer", {}, h("p", {}, `${t("version")} sifang ${r.program_version} · ${t("period")} ${r.start} – ${r.end}`), h("p", {}, h("a", { href: "#top" }, t("to_top")))));
  if (again) toggle.focus();
}

const languageOf = (hash: string): Lang | null => (hash === "#en" ? "en" : hash === "#zh" ? "zh" : null);
let shown: Lang = languageOf(location.hash) ?? page.lang;
window.addEventListener("hashchange", () => {
  const wanted = languageOf(location.hash); // of a link into the page there is none
  if (wanted && wanted !== shown) {
    shown = wanted;
    show(wanted);
  }
});
show(shown);
