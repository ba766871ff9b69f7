// Makes the what-if page: one HTML file with the module, the texts of scenarios and tables, styles and scripts inside.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [out, moduleBase, scenarios] = process.argv.slice(2);
if (!scenarios) {
  console.error("usage: node build.mjs OUT.html MODULE SCENARIOS   (MODULE.js and MODULE.wasm, the folder of shipped scenarios)");
  process.exit(2);
}
// Some of the report's parts are the page's too: they lie beside it, in the checkout and where it is built.
const report = ["../report/src", "../src"].map((path) => join(here, path)).find((path) => existsSync(join(path, "brief.ts")));
const options = { alias: { report }, bundle: true, minify: true, write: false, format: "iife", target: "es2021", charset: "utf8", legalComments: "none" };
const script = async (entry, define = {}) => (await build({ ...options, entryPoints: [join(here, "src", entry)], define })).outputFiles[0].text;

// A worker is Emscripten's loader and our own half; the page makes it of a text.
const worker = `${readFileSync(`${moduleBase}.js`, "utf8")}\n${await script("worker.ts")}`;
const names = readdirSync(scenarios).filter((name) => name.endsWith(".toml") && name !== "china.toml").sort();
names.sort((a, b) => Number(b === "xiapu-2022.toml") - Number(a === "xiapu-2022.toml"));  // what the others extend comes first
const tables = ["data/cn_holidays.csv", "data/xiapu/units.csv", "data/xiapu/officials.csv", "data/xiapu/links.csv"];
const texts = [...names, ...tables].map((name) => [name, readFileSync(join(scenarios, name), "utf8")]);
const parts = {
  NOTICE: readFileSync(join(here, "NOTICE"), "utf8").trim(),
  STYLE: readFileSync(join(here, "src/style.css"), "utf8"),
  TEXTS: JSON.stringify(texts).replaceAll("<", "\\u003c"),
  MODULE: readFileSync(`${moduleBase}.wasm`).toString("base64"),
  SCRIPT: (await script("main.ts", { WORKER_SOURCE: JSON.stringify(worker) })).replaceAll("</script", "<\\/script").replaceAll("<!--", "\\u003c!--"),
};
if (/<\/script|<!--/i.test(parts.SCRIPT)) throw new Error("the script would end, or begin a comment of HTML");
const source = readFileSync(join(here, "src/page.html"), "utf8");
const hash = (element) => {
  const inside = source.match(new RegExp(`<${element}>([^]*?)</${element}>`))[1].replace(/%(STYLE|SCRIPT)%/, (_, name) => parts[name]);
  return `'sha256-${createHash("sha256").update(inside.replaceAll("\r\n", "\n"), "utf8").digest("base64")}'`;
};
// The page's own script and style, known by their hashes; WebAssembly; workers that it makes itself. Nothing from outside.
parts.POLICY = ["default-src 'none'", `script-src ${hash("script")} 'wasm-unsafe-eval'`, `style-src ${hash("style")}`, "worker-src blob:", "img-src data:",
  "base-uri 'none'", "form-action 'none'"].join("; ");
const page = source.replace(/%(NOTICE|STYLE|TEXTS|MODULE|SCRIPT|POLICY)%/g, (_, name) => parts[name]);
writeFileSync(out, page);
