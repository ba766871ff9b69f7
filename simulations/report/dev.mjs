// The report as it is being written, on a local address: `npm run dev -- RESULTS.json`. It is loaded again when a source or the results change.
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const [results, port = "5173"] = process.argv.slice(2);
if (!results) {
  console.error("usage: npm run dev -- RESULTS.json [PORT]");
  process.exit(2);
}
const read = (name) => readFileSync(join(here, name), "utf8");
/** The frame with sources in place of what build.mjs makes of them; its policy forbids the server's own scripts, and is left out. */
function source() {
  const data = `{"lang":"zh","result":${readFileSync(results, "utf8").replaceAll("<", "\\u003c")}}`;
  const parts = { TITLE: "sifang", NOTICE: "", STYLE: read("src/style.css"), BODY: read("src/body.html").replace("/*SIFANG_DATA*/", () => data) };
  return read("frame.html").replace(/<meta http-equiv.*\n/, "").replace("<script>\n%SCRIPT%\n</script>", '<script type="module" src="/src/main.ts"></script>')
    .replace(/%(TITLE|NOTICE|STYLE|BODY)%/g, (_, name) => parts[name]);
}
const page = {
  name: "report",
  configureServer: (server) => {
    server.watcher.add([resolve(results), join(here, "src")]);
    server.watcher.on("change", (file) => { if (!file.endsWith(".ts")) server.ws.send({ type: "full-reload" }); });
    server.middlewares.use(async (request, response, next) => {
      if (!/^\/(\?.*)?$/.test(request.url)) return next();
      try {
        response.setHeader("Content-Type", "text/html; charset=utf-8");
        response.end(await server.transformIndexHtml(request.url, source()));
      } catch (error) {
        next(error);
      }
    });
  },
};
const server = await createServer({ configFile: false, envFile: false, root: here, publicDir: false, appType: "custom", plugins: [page],
  optimizeDeps: { entries: ["src/main.ts"] }, server: { port: Number(port), host: "127.0.0.1" } });
await server.listen();
server.printUrls();
