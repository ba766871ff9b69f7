// Makes the report template: one HTML file with styles and scripts inside, and one marker for the data.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { insideScript, pageOf, script } from "./page.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
if (!out) {
  console.error("usage: node build.mjs OUT.html [OUT.cpp]");
  process.exit(2);
}
// Only attributes of style are free, with which charts and bars are placed (older browsers know no rule for elements alone).
const page = pageOf(here, { TITLE: "sifang", SCRIPT: insideScript(await script(join(here, "src/main.ts"))) },
  (ours, style) => [`script-src ${ours}`, "style-src 'unsafe-inline'", `style-src-elem ${style}`]);
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
