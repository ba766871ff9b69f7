// SPDX-License-Identifier: BSL-1.0
#include "policies.hpp"

#include "build_identity.hpp"
#include "shipped.hpp"
#include "unknowns.hpp"

#include "sifang/io/input_print.hpp"
#include "sifang/io/setting_text.hpp"

#include <algorithm>
#include <iostream>
#include <utility>

namespace sifang_program {

using namespace sifang;

world_wanted wanted_of(const options& o, std::vector<std::string> settings) {
  return {std::move(settings), o.replications, o.cases, {}, {}, o.map, o.skip_bad, asks_of_unknowns(o)};
}

checked<planned_world> make_world(const options& o, const std::string& name, std::vector<std::string> settings,
                                  const std::filesystem::path& base, const std::vector<session_kind>& sessions) {
  const auto path = scenario_meant(name);
  if (!path) return path.faults();
  world_wanted wanted = wanted_of(o, std::move(settings));
  wanted.base = base;
  wanted.sessions = sessions;
  return load_world(*path, wanted, scenario_texts());
}

void tell_warnings(const options& o, const std::vector<warning>& warnings) {
  if (o.quiet) return;
  std::vector<std::string> told;
  for (const warning& one : warnings) {
    std::string line = to_string(one, o.told);
    if (std::find(told.begin(), told.end(), line) != told.end()) continue;
    std::cerr << line << '\n';
    told.push_back(std::move(line));
  }
}

void echo_settings(const options& o, std::string_view of, const std::vector<std::string>& settings, const scenario& s, std::ostream& to) {
  if (!o.quiet) to << settings_told(of, settings, s, o.spoken);
}

void add_run(fingerprint& into, const options& o, const scenario& s) {
  add_text(into, build_identity());
  add_input(into, s, o.cases, scenario_texts(), o.map);
}

int open_journal(const options& o, const std::filesystem::path& results, std::uint64_t key, const std::string& about,
                 std::optional<journal>& into) {
  std::filesystem::path path = results;
  path += ".journal";
  std::error_code ignored;
  if (!o.resume) {
    if (std::filesystem::exists(path, ignored) && !o.force) {
      std::cerr << path.string()
                << pick(o, ": expected no journal; one of an unfinished run is there (--resume continues it, --force begins anew)\n",
                        "：此处不应有日志；实际存有未完成运行的日志（--resume 可继续，--force 可重新开始）\n");
      return bad_input;
    }
    if (const auto faults = journal::discard(path); !faults.empty()) return tell(faults, o);
  }
  auto opened = journal::open(path, key, about + ", sifang " SIFANG_VERSION " built from sources " + std::string(build_identity()));
  if (!opened) return tell(opened.faults(), o);
  into = *std::move(opened);
  return done;
}

void tell_stopped(const options& o, const journal& kept) {
  std::cerr << pick(o, "stopped early; what is finished is kept in ", "已提前中止；已完成部分保存在 ") << kept.path().string()
            << pick(o, ": the same command with --resume goes on\n", "：同一命令加 --resume 可继续\n");
}

}  // namespace sifang_program
