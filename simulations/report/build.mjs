// Makes the report template: one HTML file with styles and scripts inside, and one marker for the data.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
if (!out) {
  console.error("usage: node build.mjs OUT.html [OUT.cpp]");
  process.exit(2);
}
const bundle = await build({
  entryPoints: [join(here, "src/main.ts")],
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  target: "es2021",
  charset: "utf8",
  legalComments: "none",
});
const notice = readFileSync(join(here, "NOTICE"), "utf8").trim();
const source = readFileSync(join(here, "src/page.html"), "utf8");
const parts = {
  NOTICE: notice,
  STYLE: readFileSync(join(here, "src/style.css"), "utf8"),
  SCRIPT: bundle.outputFiles[0].text.replaceAll("</script", "<\\/script"),
};
if (parts.SCRIPT.includes("<!--")) throw new Error("the script would begin a comment of HTML");
// A browser runs the page's own script and style, known by their hashes, and nothing else; it asks for nothing from outside.
// Only attributes of style are free, with which charts and bars are placed (older browsers know no rule for elements alone).
const hash = (element) => {
  const inside = source.match(new RegExp(`<${element}>([^]*?)</${element}>`))[1].replace(/%(STYLE|SCRIPT)%/, (_, name) => parts[name]);
  return `'sha256-${createHash("sha256").update(inside.replaceAll("\r\n", "\n"), "utf8").digest("base64")}'`;
};
parts.POLICY = ["default-src 'none'", `script-src ${hash("script")}`, "style-src 'unsafe-inline'", `style-src-elem ${hash("style")}`, "img-src data:",
  "base-uri 'none'", "form-action 'none'"].join("; ");
const page = source.replace(/%(NOTICE|STYLE|SCRIPT|POLICY)%/g, (_, name) => parts[name]);
if (page.split("/*SIFANG_DATA*/").length !== 2) throw new Error("the page must hold the data marker once");
writeFileSync(out, page);

// The same page as a C++ source. An array of bytes, since compilers limit string literals.
if (process.argv[3]) {
  const bytes = Buffer.from(page, "utf8");
  const lines = [];
  for (let at = 0; at < bytes.length; at += 8192) lines.push([...bytes.subarray(at, at + 8192)].join(","));
  writeFileSync(process.argv[3], `#include "report_template.hpp"
namespace sifang_program {
namespace {
const unsigned char page[] = {
${lines.join(",\n")}
};
}
std::string_view report_template() noexcept { return {reinterpret_cast<const char*>(page), sizeof page}; }
}
`);
}
