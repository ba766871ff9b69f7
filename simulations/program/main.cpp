// SPDX-License-Identifier: BSL-1.0
#include "ranks.hpp"
#include "signals.hpp"
#include "streams.hpp"
#include "verbs.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>

namespace sifang_program {

std::atomic<bool> stop_requested{false};

std::filesystem::path scenario_path(const std::string& name) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  if (fs::exists(name, ignored) && !fs::is_directory(name, ignored)) return name;
  const char* own = std::getenv("SIFANG_SCENARIOS");
  const fs::path beside = fs::read_symlink("/proc/self/exe", ignored).parent_path() / "../share/sifang/scenarios";
  for (const fs::path& folder : {fs::path(own != nullptr ? own : ""), fs::path(SIFANG_SCENARIO_DIR), beside}) {
    if (folder.empty()) continue;
    for (const std::string& file : {name, name + ".toml"}) {
      if (fs::exists(folder / file, ignored) && !fs::is_directory(folder / file, ignored)) return (folder / file).lexically_normal();
    }
  }
  return name;
}

int tell(const std::vector<sifang::fault>& faults, const options& o) {
  for (const sifang::fault& f : faults) std::cerr << to_string(f, o.lang) << '\n';
  return bad_input;
}

}  // namespace sifang_program

int main(int argc, char** argv) {
  using namespace sifang_program;
  fill_closed_streams();
  fail_at_file_limits();
  standard_output out;
  options o;
  const char* locale = std::getenv("LC_ALL") != nullptr ? std::getenv("LC_ALL") : std::getenv("LANG");
  if (locale != nullptr && std::string_view(locale).starts_with("zh")) o.lang = sifang::language::zh;

  CLI::App app{"sifang 四访 - what would another reception schedule do to a county's petition work?\n\n"
               "  sifang run xiapu-2022                       one policy, with intervals and a report\n"
               "  sifang compare xiapu-2022 wednesday         two policies on the same cases and the same luck\n"
               "  sifang compare xiapu-2022 --set reception.principal.receivers=2\n"
               "  sifang sweep xiapu-2022 --vary 'reception.principal.receivers=1|2|3'\n"
               "                                              a grid of values, each compared with the first\n"
               "  sifang check xiapu-2022                     is the scenario sound, what does each value mean\n"
               "  sifang roster xiapu-2022 --from 2022-09-01 --to 2022-09-30\n"
               "  sifang nation china --divisions FOLDER      every county of a country\n"
               "  mpirun -n 64 sifang sweep ...               run, compare, sweep and nation share their work among ranks\n"};
  app.set_version_flag("--version", SIFANG_VERSION);
  app.require_subcommand(1);
  std::string lang;
  app.add_option("--lang", lang, "Language of messages and report: zh or en (default: from LANG)")->check(CLI::IsMember({"zh", "en"}));
  app.fallthrough();

  int (*verb)(const options&) = nullptr;
  const auto add = [&](const char* name, const char* what, int (*call)(const options&)) {
    CLI::App* sub = app.add_subcommand(name, what);
    sub->callback([&verb, call] { verb = call; });
    return sub;
  };
  const auto scenarios = [&](CLI::App* sub, bool several) {
    auto* option = sub->add_option("scenario", o.scenarios, several ? "Scenario files or names; the first is the base" : "Scenario file, or the name of one that ships")->required();
    if (!several) option->expected(1);
  };
  const auto output = [&](CLI::App* sub, bool recorded) {
    sub->add_option("--out", o.out, "Folder for the results (default: out/NAME)");
    sub->add_flag("--force", o.force, "Replace results that are already in the folder");
    sub->add_option("--replications", o.replications, "Years to simulate (default: the scenario's)")->check(CLI::Range(1, 1000000));
    sub->add_option("--threads", o.threads, "Threads (default: all, or one in each rank of mpirun; results do not depend on it)")->check(CLI::Range(1, 4096));
    if (recorded) sub->add_option("--cases", o.cases, "Replay a recorded case load (CSV) instead of generating one");
    sub->add_flag("--resume", o.resume, "Go on with a run that was stopped or killed: keeps a journal beside the results (sweep always does)");
    sub->add_flag("--quiet", o.quiet, "No progress bar, no tables");
    sub->add_flag("--stats", o.stats, "Say at the end what it took: time, memory, bytes for each open case");
  };

  CLI::App* sub = add("check", "Check a scenario and say what its parameters mean", &check);
  sub->add_option("scenario", o.scenarios, "Scenario file, or the name of one that ships")->expected(0, 1);
  sub->add_flag("--reference", o.reference, "Print the reference of all parameters (Markdown) instead");
  sub->add_option("--set", o.settings, "Set a parameter: key=value");
  sub->add_flag("--all", o.all, "List every parameter, not only those that differ from the defaults");

  sub = add("run", "Simulate one policy and write results and report", &run);
  scenarios(sub, false);
  sub->add_option("--set", o.settings, "Set a parameter: key=value (may be repeated)");
  output(sub, true);

  sub = add("compare", "Simulate policies side by side on common random numbers", &compare);
  scenarios(sub, true);
  sub->add_option("--set", o.settings, "A variant of the base: key=value, several joined by ' && '; each --set is one policy");
  sub->add_option("--common", o.common, "A setting for every policy: key=value (may be repeated)");
  output(sub, true);

  sub = add("sweep", "Simulate a grid of settings, each cell compared with the first", &sweep);
  scenarios(sub, false);
  sub->add_option("--vary", o.vary, "A parameter and its values: 'key=value|value|...' (may be repeated: every combination is a cell)")->required()->allow_extra_args(false);
  sub->add_option("--set", o.settings, "A setting for every cell: key=value (may be repeated)");
  output(sub, true);

  sub = add("nation", "Play every county of a country's division tables under one scenario", &nation);
  scenarios(sub, false);
  sub->add_option("--divisions", o.divisions, "Folder with provinces.csv, areas.csv, streets.csv and villages.csv")->required();
  sub->add_option("--set", o.settings, "Set a parameter: key=value (may be repeated)");
  output(sub, false);

  sub = add("report", "Write the HTML report of results again, in another language perhaps", &report);
  sub->add_option("results", o.scenarios, "Folder with results")->required()->expected(1);
  sub->add_option("--out", o.out, "File to write (default: report.html in the folder)");

  sub = add("roster", "Who sits when and where", &roster);
  scenarios(sub, false);
  sub->add_option("--set", o.settings, "Set a parameter: key=value (may be repeated)");
  sub->add_option("--from", o.from, "First day, YYYY-MM-DD (default: the scenario's)");
  sub->add_option("--to", o.to, "Last day, YYYY-MM-DD (default: the scenario's)");
  sub->add_option("--format", o.format, "table or csv")->check(CLI::IsMember({"table", "csv"}));
  sub->add_flag("--all", o.all, "Village and section sessions too");

  sub = add("theory", "Simulated values beside exact ones, for models that have exact answers", &theory);
  sub->add_option("--replications", o.replications, "Replications of each model (default 30)")->check(CLI::Range(2, 100000));

  if (const int code = begin_ranks(); code != done) return code;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return leave_ranks(out.end(o, app.exit(e) == 0 ? done : bad_input));
  }
  if (!lang.empty()) o.lang = lang == "zh" ? sifang::language::zh : sifang::language::en;
  o.quiet = o.quiet || !first_rank();
  const bool shared = verb == &run || verb == &compare || verb == &sweep || verb == &nation;  // the other verbs are the first rank's alone
  if (shared) stop_on_signals();  // the others keep nothing that is half done: they end at once
  try {
    return leave_ranks(out.end(o, shared || first_rank() ? verb(o) : done));
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s%s\n", std::string(pick(o, "failed: ", "失败:")).c_str(), e.what());
    abort_ranks();
    return failed;
  }
}
