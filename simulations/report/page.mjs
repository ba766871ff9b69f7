// What the report and the what-if page are made with: one HTML file each, with its style and its script inside.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const report = dirname(fileURLToPath(import.meta.url));

/**
 * A script with all that it imports, as one text; `report/…` is a part of the report's. ES2021: the office browsers of China are Chromium
 * of some age.
 */
export async function script(entry, define = {}) {
  const made = await build({
    configFile: false,
    envFile: false,
    root: dirname(entry),
    publicDir: false,
    logLevel: "warn",
    define,
    resolve: { alias: { report: join(report, "src") } },
    esbuild: { charset: "utf8", legalComments: "none" },
    build: {
      write: false,
      target: "es2021",
      minify: "esbuild",
      modulePreload: false,
      reportCompressedSize: false,
      rollupOptions: { input: entry, output: { format: "iife", inlineDynamicImports: true } },
    },
  });
  if (made.output.length !== 1) throw new Error(`one file was expected, not ${made.output.map((file) => file.fileName)}`);
  return made.output[0].code.trim();
}

/** A script as an element of a page may hold it. */
export function insideScript(text) {
  const safe = text.replaceAll("</script", "<\\/script").replaceAll("<!--", "\\u003c!--");
  if (/<\/script|<!--/i.test(safe)) throw new Error("the script would end, or begin a comment of HTML");
  return safe;
}

/**
 * The page of a folder: the common frame around its body, with the parts in the places that bear their names.
 *
 * A browser runs the page's own script and style, known by their hashes, and nothing else; it asks for nothing from outside.
 * `policy` is given both hashes, and says what else the page may do.
 */
export function pageOf(folder, parts, policy) {
  const read = (name) => readFileSync(join(folder, name), "utf8");
  const frame = readFileSync(join(report, "frame.html"), "utf8");
  const all = { NOTICE: read("NOTICE").trim(), STYLE: read("src/style.css"), BODY: read("src/body.html").trim(), ...parts };
  const fill = (text, names) => text.replace(new RegExp(`%(${names.join("|")})%`, "g"), (_, name) => all[name]);
  const hash = (element) => {
    const inside = fill(frame.match(new RegExp(`<${element}>([^]*?)</${element}>`))[1], ["STYLE", "SCRIPT"]);
    return `'sha256-${createHash("sha256").update(inside.replaceAll("\r\n", "\n"), "utf8").digest("base64")}'`;
  };
  all.POLICY = ["default-src 'none'", ...policy(hash("script"), hash("style")), "img-src data:", "base-uri 'none'", "form-action 'none'"].join("; ");
  return fill(fill(frame, ["BODY"]), Object.keys(all));
}
