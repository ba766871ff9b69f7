// SPDX-License-Identifier: BSL-1.0
// Pictures of a report's views, compared with those that somebody has looked at.
// Usage: node screens.mjs MODULES CHROMIUM REPORT.html REFERENCES OUT update|compare
// Prints as JSON {made, wrong, letters}; pictures that differ are left in OUT, with the differences in red.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, program, report, references, out, how] = process.argv.slice(2);
const require = createRequire(join(modules, "x.js"));
const { chromium } = require("playwright-core");
const { PNG } = require("pngjs");
const { default: pixelmatch } = await import(pathToFileURL(join(modules, "pixelmatch", "index.js")));

/** What is looked at: a name, the element, and how much of its height. */
const views = [
  ["tradeoff", "#answer .tradeoff .chart"],
  ["headline", "#headline", 560],
  ["figures", "#figures", 440],
  ["calendar", "#calendar", 460],
  ["over-year", "#over-year figure"],
  ["curves", "#curves figure"],
  ["load", "#load", 420],
  ["failing", "#failing", 420],
  ["map", "#map figure"],
  ["graph", "#structure .bipartite", 700],
];
const sizes = [[1440, 900, views], [1280, 900, []], [390, 844, views.filter(([name]) => !["load", "failing", "graph"].includes(name))]];

/**
 * The tolerance. On one machine two runs give the same bytes. Another version of the browser, or of FreeType, sets edges of letters a
 * little differently: pictures are therefore made half as large, where a pixel is the mean of four, and pixels differ from `colour` on
 * (pixelmatch's distance, 0 to 1). A fault is in one place, so it is not the share of the whole picture that counts but that of each
 * square of `square` pixels: two words over each other change a tenth of one, a missing line or column a fifth and more. A browser that
 * sets letters elsewhere changes as much, which is seen at `letters.png` first.
 */
const tolerance = { colour: 0.2, square: 24, share: 0.06, height: 2 };

/** Half as large; each pixel the mean of four. Thirty steps of a colour are enough, and make smaller files. */
function halved(image) {
  const small = new PNG({ width: image.width >> 1, height: image.height >> 1 });
  for (let y = 0; y < small.height; ++y) {
    for (let x = 0; x < small.width; ++x) {
      for (let c = 0; c < 4; ++c) {
        const at = (dx, dy) => image.data[4 * ((2 * y + dy) * image.width + 2 * x + dx) + c];
        small.data[4 * (y * small.width + x) + c] = c === 3 ? 255 : Math.round((at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1)) / 4 / 8.5) * 8.5;
      }
    }
  }
  return small;
}

/** What is wrong with a picture beside its reference; nothing if it is the same within the tolerance. */
function compared(name, seen, reference) {
  if (seen.width !== reference.width || Math.abs(seen.height - reference.height) > tolerance.height) {
    return `${name}: ${2 * seen.width} × ${2 * seen.height} pixels instead of ${2 * reference.width} × ${2 * reference.height}`;
  }
  const { width } = seen, height = Math.min(seen.height, reference.height);
  const difference = new PNG({ width, height });
  const rows = (image) => image.data.subarray(0, 4 * width * height);
  pixelmatch(rows(seen), rows(reference), difference.data, width, height, { threshold: tolerance.colour, includeAA: true, diffMask: true });
  let most = 0, where = "";
  for (let top = 0; top < height; top += tolerance.square / 2) {
    for (let left = 0; left < width; left += tolerance.square / 2) {
      let count = 0;
      for (let y = top; y < Math.min(top + tolerance.square, height); ++y) {
        for (let x = left; x < Math.min(left + tolerance.square, width); ++x) count += difference.data[4 * (y * width + x) + 3] > 0 ? 1 : 0;
      }
      if (count > most) [most, where] = [count, `${2 * left}, ${2 * top}`];
    }
  }
  const share = most / tolerance.square ** 2;
  if (share <= tolerance.share) return null;
  writeFileSync(join(out, `${name}.difference.png`), PNG.sync.write(difference));
  return `${name}: differs, most around ${where} (${Math.round(100 * share)} % of a square)`;
}

const browser = await chromium.launch({ executablePath: program, args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", ...(process.env.SIFANG_SCREEN_FLAGS ?? "").split(" ").filter(Boolean)] });
const result = { made: 0, wrong: [] };
mkdirSync(out, { recursive: true });

function judge(name, raw) {
  const seen = halved(PNG.sync.read(raw));
  const bytes = PNG.sync.write(seen, { colorType: 2, inputHasAlpha: true, deflateLevel: 9 });
  const file = join(references, `${name}.png`);
  result.made += 1;
  if (how === "update") return writeFileSync(file, bytes);
  const wrong = existsSync(file) ? compared(name, seen, PNG.sync.read(readFileSync(file))) : `${name}: there is no reference`;
  if (wrong === null) return undefined;
  writeFileSync(join(out, `${name}.png`), bytes);
  return result.wrong.push(wrong);
}

/** Whether this browser has the fonts of the references, and draws letters as that did: without them nothing can be compared. */
async function sameLetters() {
  const page = await browser.newPage({ viewport: { width: 800, height: 400 } });
  const family = readFileSync(report, "utf8").match(/body \{[^}]*font: 16px\/1\.6 ([^;]*);/)[1].replaceAll('"', "'");
  const text = "霞浦县领导干部接访下访，方案比较（每周三）▲▼◆＝？ Share of groups heard within 15 days: 90.5% ≥ 85.7% ↕";
  await page.setContent(`<div style="display: inline-block; padding: 8px; white-space: nowrap; font-family: ${family}">${[10, 12, 15, 16]
    .map((size) => `<div style="font-size: ${size}px">${text}</div><div style="font-size: ${size}px; font-weight: 600">${text}</div>`).join("")}</div>`);
  judge("letters", await page.locator("div").first().screenshot());
  await page.close();
  return result.wrong.length === 0;
}
if (!await sameLetters()) {
  await browser.close();
  console.log(JSON.stringify({ ...result, letters: result.wrong[0] }));
  process.exit(0);
}

for (const [width, height, wanted] of sizes) {
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: "reduce", colorScheme: "light", deviceScaleFactor: 1 });
  for (const language of ["zh", "en"]) {
    await page.goto("about:blank");
    await page.goto(`${pathToFileURL(report)}#${language}`);
    await page.waitForFunction(() => document.querySelector("#answer") && !document.querySelector(".later"));
    await page.evaluate(() => window.scrollTo(0, 0));
    judge(`first-${width}-${language}`, await page.screenshot({ animations: "disabled" }));
    // What stands fast while the page scrolls would lie over other views.
    await page.evaluate(() => {
      const rules = [...document.styleSheets].find((sheet) => sheet.cssRules.length > 50);
      rules.insertRule("html { scroll-behavior: auto !important; }", rules.cssRules.length);
      rules.insertRule(".contents { position: static !important; }", rules.cssRules.length);
    });
    for (const [name, selector, most] of wanted) {
      const element = page.locator(selector).first();
      if (await element.count() === 0) {
        result.wrong.push(`${name}-${width}-${language}: there is no ${selector}`);
        continue;
      }
      // At a whole pixel, however high that is which stands above.
      const box = await element.evaluate((e) => {
        const at = window.scrollY + e.getBoundingClientRect().top;
        Object.assign(e.style, { position: "relative", top: `${Math.floor(at) - at}px` });
        window.scrollTo(0, Math.floor(at));
        const { x, y, width, height } = e.getBoundingClientRect();
        return { x, y, width, height };
      });
      const clip = { x: Math.floor(box.x), y: Math.floor(box.y), width: Math.ceil(box.width), height: Math.ceil(Math.min(box.height, most ?? height)) };
      judge(`${name}-${width}-${language}`, await page.screenshot({ clip, animations: "disabled" }));
    }
  }
  await page.close();
}
await browser.close();
console.log(JSON.stringify(result));
