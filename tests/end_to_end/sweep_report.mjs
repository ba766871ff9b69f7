// SPDX-License-Identifier: BSL-1.0
// Opens reports of sweeps in Chromium. Usage: node sweep_report.mjs MODULES CHROMIUM FOLDER GRID.html SAMPLES.html LOAD.html
// Prints what was found as JSON; a downloaded table is left in FOLDER.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, program, folder, grid, samples, load] = process.argv.slice(2);
const require = createRequire(join(modules, "x.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const browser = await chromium.launch({ executablePath: program, args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
const found = { axe: 0 };

async function open(file, language, width) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, acceptDownloads: true });
  const said = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  page.on("request", (request) => { if (!/^(file|data|blob):/.test(request.url())) said.push(`asked for ${request.url()}`); });
  await page.goto(`file://${file}#${language}`);
  await page.waitForFunction(() => document.querySelector("#answer") && !document.querySelector(".later"));
  await page.locator("details").evaluateAll((list) => list.forEach((each) => { each.open = true; }));
  await page.waitForFunction(() => [...document.querySelectorAll("details")].every((each) => each.childElementCount > 1));
  return { page, quiet: async () => {
    const all = await page.locator("#report").innerText();
    assert.ok(!/NaN|undefined|\[object|Infinity/.test(all), `${file} ${language}: ${all.match(/.{0,30}(NaN|undefined|\[object|Infinity).{0,30}/)}`);
    assert.deepEqual(said, [], `${file} ${language}`);
    await page.close();
  } };
}
const text = (page, selector) => page.locator(selector).innerText();
async function accessible(page, what) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] }));
  assert.deepEqual(result.violations.map((v) => `${what}: ${v.id}: ${v.nodes[0].html.slice(0, 200)}`), []);
  found.axe += 1;
}
const fits = async (page, what) => assert.deepEqual(await page.evaluate(() => [document.documentElement.scrollWidth > document.documentElement.clientWidth,
  [...document.querySelectorAll(".scroll, .chart, .bars")].filter((box) => box.getBoundingClientRect().right > box.closest("section").getBoundingClientRect().right + 1).length]), [false, 0], what);

for (const language of ["zh", "en"]) { // Policies under circumstances: who is best where the first circumstance holds.
  const { page, quiet } = await open(grid, language, 1280);
  const lead = await text(page, "#answer .lead");
  assert.match(lead, language === "zh" ? /^在“每等候一天的效用损失：0\.12\/天”的情形下，4 个组合中.*每周三.*个百分点/ : /^Where Utility lost for each day until the session: 0\.12 a day: of 4 cells,? .*every Wednesday/);
  assert.doesNotMatch(await text(page, "#answer"), /FREQ=|session\.\w|RRULE/, "a rule or a key in the answer");
  assert.match(await text(page, "#answer"), language === "zh" ? /每年成本 [\d,]+ 元/ : /costs [\d,]+ yuan a year/);
  const links = await page.locator("nav a").evaluateAll((list) => list.map((a) => a.getAttribute("href")));
  assert.deepEqual(links, ["#answer", "#changes", "#effects", "#tradeoff", "#cells", "#method", "#repeat"]);
  assert.equal(await page.locator("#changes li").count(), 3);
  // A heat map of two axes with the value of the third beside it; other axes can be asked for.
  assert.equal(await page.locator("table.shades tbody td").count(), 4);
  const before = await text(page, "table.shades tbody");
  await page.locator("#effects select").nth(3).selectOption({ index: 1 });
  assert.notEqual(await text(page, "table.shades tbody"), before, "another value of what is held");
  await page.locator("#effects select").nth(2).selectOption("2");
  assert.match(await text(page, "table.shades thead"), /0\.2/);
  // Another figure is another figure everywhere.
  await page.locator("#effects select").nth(0).selectOption("2");
  assert.equal(await page.locator("#answer select").inputValue(), "2");
  assert.notEqual(await text(page, "#answer .lead"), lead);
  await page.locator("#answer select").selectOption("0");
  assert.equal(await text(page, "#answer .lead"), lead);
  assert.ok(await page.locator("#tradeoff .chart svg path").count() > 5);
  assert.match(await text(page, "#tradeoff"), language === "zh" ? /情形也不同/ : /circumstances too/);
  await page.locator("#cells thead button").nth(5).click();
  const shown = await page.locator("#cells tbody tr td:nth-child(6) b").allInnerTexts();
  assert.deepEqual(shown.map(Number.parseFloat), shown.map(Number.parseFloat).sort((a, b) => b - a));
  assert.equal(shown.length, 8);
  if (language === "zh") {
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#cells").getByRole("button", { name: "CSV", exact: true }).click()]);
    await download.saveAs(join(folder, "cells.csv"));
    await page.locator(".toggle").focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.documentElement.lang === "en");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.documentElement.lang === "zh-CN" && !document.querySelector(".later"));
  }
  await accessible(page, `grid ${language}`);
  await fits(page, `grid ${language}`);
  await quiet();
}
for (const [language, width] of [["zh", 390], ["en", 1280]]) { // Samples: what matters, with names that anybody may have written.
  const { page, quiet } = await open(samples, language, width);
  assert.match(await text(page, "#answer .lead"), language === "zh" ? /影响最大的是|没有哪项因素/ : /moves “.*” most is|nothing moves/);
  assert.equal(await page.locator("#answer .width").count(), 3);
  assert.equal(await page.locator("#effects .chart svg").count(), 3);
  const all = await page.locator("#report").textContent();
  assert.ok(all.includes("<img src=x onerror=alert(1)>"));
  assert.equal(await page.locator("#report img").count(), 0);
  await accessible(page, `samples ${language}`);
  await fits(page, `samples ${language}`);
  await quiet();
}
{ // Circumstances alone: a curve, and no cell is called best.
  const { page, quiet } = await open(load, "zh", 1280);
  assert.match(await text(page, "#answer"), /所以不说哪个组合最好[^]*工作量不同/);
  assert.equal(await page.locator("#effects .chart svg").count(), 1);
  assert.equal(await page.locator("#tradeoff").count(), 0);
  await page.emulateMedia({ media: "print" });
  assert.deepEqual(await page.locator("main > section").evaluateAll((list) => list.filter((each) => each.offsetHeight > 0).map((each) => each.id)), ["answer", "changes", "effects", "method", "repeat"]);
  await quiet();
}
await browser.close();
console.log(JSON.stringify(found));
