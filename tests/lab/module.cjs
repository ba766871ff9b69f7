// SPDX-License-Identifier: BSL-1.0
// The what-if page's module gives the program's answers: usage: node module.cjs MODULE PROGRAM SOURCE
const { execFileSync } = require("node:child_process");
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { desk, playAll } = require("./desk.cjs");

const [module_, program, source] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "sifang-lab-"));
let wrong = 0;
const check = (right, what) => {
  if (right) return;
  ++wrong;
  console.error(`wrong: ${what}`);
};
const sifang = (...words) => execFileSync(program, words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, SIFANG_SCENARIOS: join(source, "simulations/scenarios") } });

// What a planner asks first; each as the page asks it, and as the program is asked.
const hands = ["handling.township_handlers=3", "routing.clerks=4"];
const cases = "simulations/scenarios/data/example-cases.csv";
const questions = [
  ["What comes of the county as it is?", ["policy xiapu-2022", "replications 3"], ["run", "xiapu-2022", "--replications", "3"]],
  ["And if the 15th became every Wednesday?", ["policy xiapu-2022", "policy wednesday", "replications 20"], ["compare", "xiapu-2022", "wednesday", "--replications", "20"]],
  ["And with fewer handlers and clerks?", ["policy xiapu-2022", "policy xiapu-2022", `id ${hands.join(" && ")}`, ...hands.map((s) => `set ${s}`), "replications 16"],
    ["compare", "xiapu-2022", "--set", hands.join(" && "), "--replications", "16"]],
  ["And without the household campaign?", ["policy xiapu-2022", "policy xiapu-2022", "id campaign.open=false", "set campaign.open=false", "replications 16"],
    ["compare", "xiapu-2022", "--set", "campaign.open=false", "--replications", "16"]],
  ["And with an evening session on market days?", ["policy xiapu-2022", "policy market-evenings", "replications 16"], ["compare", "xiapu-2022", "market-evenings", "--replications", "16"]],
  ["What of the cases of a ledger?", ["policy xiapu-2022", "cases ledger.csv", "replications 16"], ["run", "xiapu-2022", "--cases", join(source, cases), "--replications", "16"]],
  ["And every Wednesday, for these cases?", ["policy xiapu-2022", "policy wednesday", "cases ledger.csv", "replications 16"], ["compare", "xiapu-2022", "wednesday", "--cases", join(source, cases), "--replications", "16"]],
];

(async () => {
  const here = await desk(module_, source), there = await desk(module_, source);
  for (const one of [here, there]) one.put("ledger.csv", readFileSync(join(source, cases)));
  const said = [];
  for (const [k, [question, request, words]] of questions.entries()) {
    const opened = here.open(request), beside = there.open(["unseen", ...request]);
    check(opened.ok && beside.ok && beside.numbers === opened.numbers, `${question} ${JSON.stringify(opened.faults)}`);
    if (!opened.ok) continue;
    check(playAll(opened, here, there) === opened.replications, `${question} all replications`);
    const answer = here.summary();
    for (const lang of [0, 1]) {
      const out = sifang(...words, "--lang", lang === 0 ? "en" : "zh", "--out", `answer-${k}-${lang}`);
      check(out.includes(answer.tables[lang]), `${question}\n${answer.tables[lang]}\nis not in\n${out}`);
    }
    // The results file has the same numbers in the same digits.
    const numbers = (text) => text.slice(text.indexOf('"metrics":'), text.indexOf('"policies":')) + text.slice(text.indexOf('"comparisons":'), text.indexOf('"warnings":'));
    const values = (text) => JSON.stringify([JSON.parse(text).policies.map((p) => [p.values, p.series, p.curves]), JSON.parse(text).unknowns]);
    const ours = here.text(here.lab._sifang_results()), theirs = readFileSync(join(folder, `answer-${k}-0`, "results.json"), "utf8");
    check(numbers(ours).length > 1000 && numbers(ours) === numbers(theirs) && values(ours) === values(theirs), `${question} the numbers of results.json`);
    check(opened.policies.length < 2 || JSON.parse(ours).unknowns?.draws === 30, `${question} what is not known`);
    said.push(`${question} ${answer.policies.map((p) => p.fingerprint).join(" ")}`);
  }
  check(said[0]?.endsWith("9242d8417e17ffbc"), "the fingerprint of xiapu-2022");

  // A policy that was made on the page is one of the program, and so is its roster.
  const own = ["session.principal.recur=FREQ=WEEKLY;BYDAY=TU", "session.principal.add=[2022-03-02]", 'session.principal.roles=["county_leader"]', "category.labour.work_hours=9", "load.multiplier=1.2"];
  const opened = here.open(["policy xiapu-2022", ...own.map((s) => `set ${s}`), "replications 2"]);
  playAll(opened, here);
  writeFileSync(join(folder, "own.toml"), here.text(here.lab._sifang_toml(0)));
  const run = sifang("run", "own.toml", "--replications", "2", "--lang", "en", "--out", "own");
  check(run.includes(`fingerprint ${here.summary().policies[0].fingerprint}`), `the saved policy:\n${run}`);
  check(sifang("roster", "own.toml", "--format", "csv", "--lang", "en").replace("\ufeff", "") === here.text(here.lab._sifang_roster_csv(0, 0)), "the roster");
  check(JSON.parse(here.text(here.lab._sifang_results())).policies.length === 1, "the results file");

  // What cannot be is told in both languages, and the desk goes on.
  for (const [request, word] of [[["policy nowhere"], "nowhere"], [["policy xiapu-2022", "set handling.township_handlers=-1"], "handling.township_handlers"],
    [["policy xiapu-2022", "set nonsense"], "nonsense"], [[], "policy"], [["policy xiapu-2022", "replications 0"], "replication"], [["policy xiapu-2022", "cases nothing.csv"], "nothing.csv"],
    [["policy xiapu-2022", "policy xiapu-2022", "set scenario.end=2022-06-30"], "compared"]]) {
    const answer = here.open(request);
    check(answer.ok === false && answer.faults.length > 0 && answer.faults.some(([en, zh]) => en.includes(word) && /[\u3400-\u9fff]/.test(zh)), `${request}: ${JSON.stringify(answer.faults)}`);
  }
  for (const nothing of [here.lab._sifang_toml(0), here.lab._sifang_roster(0, 0), here.lab._sifang_summary()]) check(here.text(nothing) === "", "nothing to be told without a study");
  check(here.open(["policy xiapu-2022", "replications 1"]).ok, "a study after faults");

  rmSync(folder, { recursive: true, force: true });
  console.log(said.join("\n"));
  if (wrong > 0) process.exit(1);
  console.log("all as the program says");
})();
