// SPDX-License-Identifier: BSL-1.0
// Opens reports in Chromium as people use them. Usage: node report.mjs MODULES CHROMIUM FOLDER COMPARISON.html RUN.html STRANGE.html
// Prints what was found as JSON; downloads and printed pages are left in FOLDER.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, program, folder, comparison, run, strange] = process.argv.slice(2);
const require = createRequire(join(modules, "x.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const browser = await chromium.launch({ executablePath: program, args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
const found = { axe: 0, downloads: [], drawings: {} };

/** A page that has drawn everything, and what it said or asked for meanwhile. */
async function open(file, language, width = 1280, height = 900) {
  const page = await browser.newPage({ viewport: { width, height }, acceptDownloads: true });
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  page.on("request", (request) => { if (!/^(file|data|blob):/.test(request.url())) said.push(`asked for ${request.url()}`); });
  await page.goto(`file://${file}#${language}`);
  await drawn(page);
  return { page, quiet: async () => { assert.deepEqual(said, [], `${file} ${language}`); await page.close(); } };
}
const drawn = (page) => page.waitForFunction(() => document.querySelector("#answer") && !document.querySelector(".later"));
const text = (page, selector) => page.locator(selector).innerText();

/** WCAG 2.2 AA and what axe calls good practice: nothing to complain of, in any view. */
async function accessible(page, what) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] }));
  assert.deepEqual(result.violations.map((v) => `${what}: ${v.id}: ${v.nodes[0].html.slice(0, 200)}`), []);
  found.axe += 1;
}
/** Nothing is wider than the window but what scrolls by itself; no cell with words is a letter or two wide. */
async function fits(page, what) {
  const wrong = await page.evaluate(() => {
    const out = [];
    if (document.documentElement.scrollWidth > document.documentElement.clientWidth) out.push(`the page is ${document.documentElement.scrollWidth} wide`);
    for (const cell of document.querySelectorAll("th, td")) {
      const box = cell.getBoundingClientRect();
      if (box.height > 0 && cell.textContent.trim().length > 3 && box.width < 40 && cell.closest("thead, tbody").offsetWidth > 1) out.push(`${Math.round(box.width)} wide: ${cell.textContent.slice(0, 40)}`);
    }
    // Texts of a drawing stand beside each other, and within it.
    for (const svg of document.querySelectorAll(".chart svg")) {
      const all = [...svg.querySelectorAll("text")].map((e) => ({ text: e.textContent, ...e.getBoundingClientRect().toJSON() })).filter((e) => e.text.trim() && e.width > 0);
      const frame = svg.getBoundingClientRect();
      all.forEach((a, k) => {
        if (a.left < frame.left - 1 || a.right > frame.right + 1) out.push(`cut: ${a.text}`);
        for (const b of all.slice(k + 1)) {
          if (a.left + 1 < b.right - 1 && b.left + 1 < a.right - 1 && a.top + 3 < b.bottom - 3 && b.top + 3 < a.bottom - 3) out.push(`over each other: ${a.text} and ${b.text}`);
        }
      });
    }
    for (const box of document.querySelectorAll(".scroll, .chart, .bars")) {
      const section = box.closest("section").getBoundingClientRect();
      if (box.getBoundingClientRect().right > section.right + 1) out.push(`leaves its section: ${box.className}`);
    }
    return out;
  });
  assert.deepEqual(wrong, [], what);
}

// Both languages and every section of a comparison, at the size of a desk.
for (const language of ["zh", "en"]) {
  const { page, quiet } = await open(comparison, language, 1440);
  const all = await text(page, "#report");
  assert.ok(!/NaN|undefined|\[object|Infinity/.test(all), `${language}: ${all.match(/.{30}(NaN|undefined|\[object|Infinity).{0,30}/)}`);
  assert.ok(!/RRULE|FREQ=|\bsession\.\w/.test(await text(page, "#changes") + await text(page, "#answer")), "a rule or a key in what was changed");
  const links = await page.locator("nav a").evaluateAll((list) => list.map((a) => a.getAttribute("href")));
  for (const link of links) assert.equal(await page.locator(`section${link}`).count(), 1, link);
  assert.ok(links.length >= 12);
  const answer = await text(page, "#answer .lead");
  assert.match(answer, language === "zh" ? /改善[^]*每周三接访[^]*优于/ : /better[^]*Every Wednesday[^]*is better than/);
  assert.equal(await page.locator("#answer .width").count(), 3);
  assert.match(await text(page, "#changes"), language === "zh" ? /由每月15日改为每周三；遇休息日不举行/ : /every Wednesday instead of the 15th of each month; left out on rest days/);
  if (language === "zh") assert.doesNotMatch(await text(page, "#answer") + await text(page, "#changes"), /[\u4e00-\u9fff][,:;()]|[,:;()][\u4e00-\u9fff]/, "half-width punctuation beside Chinese");
  else assert.doesNotMatch(await text(page, "#headline") + await text(page, "#answer"), /[\u4e00-\u9fff]/, "Chinese in the English answer");
  found.drawings[language] = await page.locator(".chart svg").count();
  assert.ok(found.drawings[language] >= 8);
  for (const svg of await page.locator(".chart svg").all()) assert.ok(await svg.locator("path").count() > 3, "an empty drawing");
  await accessible(page, `comparison ${language}`);
  await fits(page, `1440 ${language}`);
  await quiet();
}

{ // The switch keeps the focus, on the keyboard; links lead; figures can be picked.
  const { page, quiet } = await open(comparison, "zh", 1280);
  await fits(page, "1280");
  await page.locator(".toggle").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.documentElement.lang === "en");
  assert.equal(await page.evaluate(() => document.activeElement.className), "toggle");
  assert.match(await page.title(), /What would change/);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.documentElement.lang === "zh-CN");
  assert.equal(await page.evaluate(() => document.activeElement.className), "toggle");
  await page.keyboard.press("Enter");
  await drawn(page);
  const before = await text(page, "#answer .lead");
  const other = await page.locator("#answer .controls select").first().locator("option").evaluateAll((list) => list.map((o) => o.value));
  await page.locator("#answer .controls select").first().selectOption(other[other.length - 1]);
  assert.notEqual(await text(page, "#answer .lead"), before);
  // Sorting: by a number, both ways, and what is not known stays below.
  const numbers = () => page.locator("#venues tbody tr:not(.group) td:nth-child(2)").evaluateAll((cells) => cells.map((c) => Number.parseFloat(c.textContent.replaceAll(",", ""))));
  const heading = page.locator("#venues thead th").nth(1);
  await heading.locator("button").click();
  assert.equal(await heading.getAttribute("aria-sort"), "descending");
  const down = await numbers();
  assert.deepEqual(down.filter(Number.isFinite), [...down.filter(Number.isFinite)].sort((a, b) => b - a));
  await heading.locator("button").click();
  assert.equal(await heading.getAttribute("aria-sort"), "ascending");
  assert.deepEqual((await numbers()).filter(Number.isFinite), down.filter(Number.isFinite).reverse());
  // Filtering, and files of what is left.
  const figures = page.locator("#figures");
  await figures.locator("input[type=search]").fill("deciding to come");
  const rows = await figures.locator("tbody tr:not(.group)").count();
  assert.ok(rows >= 3 && rows < 12, `${rows} rows`);
  assert.match(await figures.locator(".count").first().innerText(), new RegExp(`^${rows} of`));
  for (const kind of ["CSV", "Excel"]) {
    const [download] = await Promise.all([page.waitForEvent("download"), figures.getByRole("button", { name: kind, exact: true }).click()]);
    const file = join(folder, download.suggestedFilename());
    await download.saveAs(file);
    found.downloads.push(file);
  }
  found.rows = rows;
  await figures.locator("input[type=search]").fill("no such figure");
  assert.equal(await figures.locator("tbody tr").count(), 1);
  await figures.locator("input[type=search]").fill("");
  await figures.locator(".controls select").first().selectOption({ index: 2 });
  assert.equal(await figures.locator("tbody tr:not(.group)").count(), 15, "a figure split by township");
  // A picture has its table.
  await page.locator("details").evaluateAll((list) => list.forEach((each) => { each.open = true; }));
  await page.locator("#answer .tradeoff tbody tr").nth(2).waitFor();
  assert.equal(await page.locator("#answer .tradeoff tbody tr").count(), 3);
  await accessible(page, "figures by township, and all that can be opened");
  await quiet();
}

{ // On a phone.
  const { page, quiet } = await open(comparison, "zh", 390, 844);
  await fits(page, "390");
  await accessible(page, "phone");
  await quiet();
}

{ // On paper.
  const { page, quiet } = await open(comparison, "zh", 1280);
  await page.pdf({ path: join(folder, "report.pdf"), preferCSSPageSize: true });
  await page.locator("#appendix").check();
  await page.pdf({ path: join(folder, "appendix.pdf"), preferCSSPageSize: true });
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".actions").isVisible(), false);
  assert.equal(await page.locator("#assumptions").isVisible(), true);
  await page.locator("html").evaluate((html) => html.classList.remove("with-appendix"));
  assert.equal(await page.locator("#assumptions").isVisible(), false);
  const head = await page.evaluate(() => [...document.styleSheets[0].cssRules].map((rule) => rule.cssText).filter((rule) => rule.startsWith("@page")).join(" "));
  assert.match(head, /霞浦县/);
  assert.match(head, /counter\(page\)/);
  await quiet();
}

for (const language of ["zh", "en"]) { // One policy alone.
  const { page, quiet } = await open(run, language);
  assert.equal(await page.locator("#changes").count(), 0);
  assert.doesNotMatch(await text(page, "#report"), /NaN|undefined|\[object/);
  assert.match(await text(page, "#answer .lead"), language === "zh" ? /15天内由领导接谈/ : /within 15 days/);
  assert.match(await text(page, "#repeat pre"), /^sifang run xiapu-2022 --replications 16$/);
  if (language === "en") await accessible(page, "run");
  await quiet();
}

{ // Names that anybody may have written stand as they are, and change nothing else.
  const { page, quiet } = await open(strange, "zh");
  const all = await page.locator("#report").textContent();
  for (const name of ["<img src=x onerror=alert(1)>", "\u202eright to left\u202c", "😀🀄", `quotes " ' \``]) assert.ok(all.includes(name), name);
  assert.equal(await page.locator("#report img").count(), 0);
  // A figure of other people than the base's says so wherever it stands.
  assert.equal(await page.locator("#answer .warnings li").count(), 2);
  assert.equal(await text(page, "#answer .cohort"), "⚠ 统计对象不同，每年统计 7");
  assert.equal(await page.locator("#headline .cohort").count(), 1);
  assert.doesNotMatch(all, /NaN|undefined/);
  assert.equal(await page.locator("#repeat pre, #answer .tradeoff").count(), 0, "what older results lack");
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#headline").getByRole("button", { name: "CSV", exact: true }).click()]);
  await download.saveAs(join(folder, "strange.csv"));
  await quiet();
}

await browser.close();
console.log(JSON.stringify(found));
