// Makes the what-if page: one HTML file with the module, the texts of scenarios and tables, styles and scripts inside.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { insideScript, pageOf, script } from "../report/page.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const [out, moduleBase, scenarios] = process.argv.slice(2);
if (!scenarios) {
  console.error("usage: node build.mjs OUT.html MODULE SCENARIOS   (MODULE.js and MODULE.wasm, the folder of shipped scenarios)");
  process.exit(2);
}
// A worker is Emscripten's loader and our own half; the page makes it of a text.
const worker = `${readFileSync(`${moduleBase}.js`, "utf8")}\n${await script(join(here, "src/worker.ts"))}`;
const names = readdirSync(scenarios).filter((name) => name.endsWith(".toml") && name !== "china.toml").sort();
names.sort((a, b) => Number(b === "xiapu-2022.toml") - Number(a === "xiapu-2022.toml"));  // what the others extend comes first
const tables = ["data/cn_holidays.csv", "data/xiapu/units.csv", "data/xiapu/officials.csv", "data/xiapu/links.csv"];
const texts = [...names, ...tables].map((name) => [name, readFileSync(join(scenarios, name), "utf8")]);
const parts = {
  TITLE: "四访推演",
  TEXTS: JSON.stringify(texts).replaceAll("<", "\\u003c"),
  MODULE: readFileSync(`${moduleBase}.wasm`).toString("base64"),
  SCRIPT: insideScript(await script(join(here, "src/main.ts"), { WORKER_SOURCE: JSON.stringify(worker) })),
};
// Besides the page's own script and style: WebAssembly, and workers that it makes itself.
const page = pageOf(here, parts, (ours, style) => [`script-src ${ours} 'wasm-unsafe-eval'`, `style-src ${style}`, "worker-src blob:"]);
writeFileSync(out, page);
