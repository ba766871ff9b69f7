import { fillBounds, type Lang, type Page } from "./data";
import { disposeAll } from "./charts";
import { assumptionTable } from "./assumptions";
import { briefSection } from "./brief";
import { receptionCalendar } from "./calendar";
import { deadlineCurves } from "./curves";
import { whereItFails } from "./failing";
import { h, section } from "./dom";
import { figures } from "./figures";
import { percent } from "./format";
import { changes, headline } from "./headline";
import { setLang, t, title } from "./i18n";
import { leaderLoad } from "./load";
import { townshipMap } from "./map";
import { ruleTable } from "./rules";
import { stories } from "./stories";
import { structure } from "./structure";
import { venueTable } from "./tables";
import { overYear } from "./time";

const page = JSON.parse(document.getElementById("sifang-data")!.textContent!) as Page;
fillBounds(page.result.policies);
fillBounds(page.result.comparisons);

function show(lang: Lang): void {
  setLang(lang);
  document.documentElement.lang = lang;
  const r = page.result;
  const heading = t(r.kind === "compare" ? "title_compare" : "title_run");
  const unfinished = r.unfinished_replications > 0;
  document.title = `${unfinished ? `${t("unfinished")} · ` : ""}${heading} · ${r.county}`;
  disposeAll();
  const toggle = h("button", { type: "button", class: "toggle" }, t("switch"));
  toggle.addEventListener("click", () => { location.hash = lang === "zh" ? "en" : "zh"; });
  const about = r.policies.map((p) => ({ name: title(p), text: lang === "zh" ? p.about_zh : p.about_en }));
  document.getElementById("report")!.replaceChildren(
    h("header", {}, toggle, h("p", { class: "county" }, `${r.county} · ${r.start} – ${r.end}`), h("h1", {}, heading),
      unfinished ? h("p", { class: "unfinished", role: "alert" }, h("b", {}, t("unfinished")), " ", t("unfinished_text", { n: r.policies[0].replications, m: r.policies[0].replications + r.unfinished_replications })) : null,
      about.filter((a) => a.text).map((a) => h("p", { class: "about" }, h("b", {}, a.name), " ", a.text))),
    ...[changes(r), headline(r), briefSection(r), figures(r), receptionCalendar(r), overYear(r), deadlineCurves(r), leaderLoad(r), whereItFails(r), townshipMap(r),
      structure(r), stories(r), venueTable(r), ruleTable(r), assumptionTable(r)].filter((x): x is HTMLElement => x !== null),
    section("method", t("method"), "", h("p", {}, t("method_text", { n: r.policies[0].replications, c: percent(r.confidence) }))),
    h("footer", {}, h("p", {}, `${t("version")} sifang ${r.program_version} · ${t("period")} ${r.start} – ${r.end}`),
      r.policies.map((p) => h("p", {}, `${title(p)}: ${t("seed")} ${p.seed} · ${t("replications")} ${p.replications} · ${t("fingerprint")} ${p.fingerprint}`))));
}

const wanted = (): Lang => (location.hash === "#en" ? "en" : location.hash === "#zh" ? "zh" : page.lang);
window.addEventListener("hashchange", () => show(wanted()));
show(wanted());
