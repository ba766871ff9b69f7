// SPDX-License-Identifier: BSL-1.0
// The what-if page's module under Node.js, with the texts that ship: what one worker of the page has.
const { readFileSync, readdirSync } = require("node:fs");
const { join } = require("node:path");

/** \param module  MODULE of MODULE.js and MODULE.wasm \param source  the checkout */
exports.desk = async (module, source) => {
  const lab = await require(`${module}.js`)({ wasmBinary: readFileSync(`${module}.wasm`) });
  const encoder = new TextEncoder();
  const memory = (bytes) => {
    const at = lab._sifang_memory(bytes.length || 1);
    lab.HEAPU8.set(bytes, at);
    return at;
  };
  const put = (name, text) => {
    const n = encoder.encode(name), t = typeof text === "string" ? encoder.encode(text) : text;
    const a = memory(n), b = memory(t);
    lab._sifang_put(a, n.length, b, t.length);
    lab._sifang_free(a);
    lab._sifang_free(b);
  };
  const folder = join(source, "simulations/scenarios");
  const tables = ["data/cn_holidays.csv", "data/xiapu/units.csv", "data/xiapu/officials.csv", "data/xiapu/links.csv"];
  for (const name of [...readdirSync(folder).filter((n) => n.endsWith(".toml")), ...tables]) put(name, readFileSync(join(folder, name)));
  const open = (lines) => {
    const bytes = encoder.encode(lines.join("\n")), at = memory(bytes);
    const answer = JSON.parse(lab.UTF8ToString(lab._sifang_open(at, bytes.length)));
    lab._sifang_free(at);
    return answer;
  };
  const play = (piece, count) => {
    const at = lab._sifang_play(piece) / 8;
    return lab.HEAPF64.slice(at, at + count);
  };
  const take = (values) => {
    const room = lab._sifang_room();
    lab.HEAPF64.set(values, room / 8);
    return lab._sifang_take();
  };
  const text = (at) => lab.UTF8ToString(at);
  return { lab, put, open, play, take, text, summary: () => JSON.parse(text(lab._sifang_summary())) };
};

/** Plays all pieces of what was opened, years and draws, by one desk or several in turn; the first takes them. */
exports.playAll = (opened, ...desks) => {
  let replications = 0;
  for (let piece = 0; piece < opened.pieces + opened.draws; ++piece) {
    replications = desks[0].take(desks[piece % desks.length].play(piece, piece < opened.pieces ? opened.numbers : opened.draw_numbers));
  }
  return replications;
};
