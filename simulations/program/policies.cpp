// SPDX-License-Identifier: BSL-1.0
#include "policies.hpp"

#include "build_identity.hpp"
#include "shipped.hpp"

#include "sifang/io/case_load_file.hpp"
#include "sifang/io/scenario_reference.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <utility>

namespace sifang_program {

using namespace sifang;

checked<world> make_world(const options& o, const std::string& file, const std::vector<std::string>& settings) {
  auto input = read_input(file, settings);
  if (!input) return std::move(input).faults();
  if (o.replications) input->settings.replications = *o.replications;
  case_load recorded;
  if (!o.cases.empty()) {
    std::vector<std::string> categories;
    for (const category_setting& c : input->settings.categories) categories.push_back(c.id);
    const scenario& s = input->settings;
    auto load = load_case_load(o.cases, {&input->place.org.units(), categories, s.start - s.warm_up, s.end});
    if (!load) return std::move(load).faults();
    recorded = *std::move(load);
  }
  return world::make(std::move(input->settings), std::move(input->place.org), std::move(input->place.calendar), o.cases.empty() ? nullptr : &recorded);
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

void echo_settings(const options& o, std::string_view of, const std::vector<std::string>& settings, const scenario& s,
                   std::ostream& to) {
  if (o.quiet) return;
  std::vector<std::string> keys;
  for (const std::string& one : settings) {
    std::string key = one.substr(0, one.find('='));
    key.erase(key.find_last_not_of(" \t") + 1);
    key.erase(0, std::min(key.find_first_not_of(" \t"), key.size()));
    keys.push_back(std::move(key));
  }
  for (const described_parameter& d : describe(s)) {
    if (std::find(keys.begin(), keys.end(), d.about.key) == keys.end()) continue;
    to << pick(o, "Set", "设定");
    if (!of.empty()) to << pick(o, " for ", " ") << of;
    to << pick(o, ": ", ":") << d.about.key << " = " << d.value;
    if (!d.words_en.empty()) to << pick(o, ", ", ",") << pick(o, d.words_en, d.words_zh);
    to << "  (" << pick(o, d.about.en, d.about.zh) << ")\n";
  }
}

void add_text(fingerprint& into, std::string_view text) {
  into.add(text.size());
  for (std::size_t at = 0; at < text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, std::min(sizeof word, text.size() - at));
    into.add(word);
  }
}

namespace {
/// The content of a file; where it lies does not matter. Empty if there is none.
void add_file(fingerprint& into, const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  add_text(into, std::string(std::istreambuf_iterator<char>(in), {}));
}
}  // namespace

void add_input(fingerprint& into, const options& o, const scenario& s) {
  add_text(into, SIFANG_VERSION);
  add_text(into, build_identity());
  const auto& files = s.county;
  const std::string* tables[] = {&files.units, &files.officials, &files.links, &files.holidays};
  for (const std::string* table : tables) add_file(into, *table);
  if (!o.cases.empty()) add_file(into, o.cases);
  for (const described_parameter& d : describe(s)) {
    if (d.about.unit == "file") continue;  // what stands in it counts, not where it lies
    add_text(into, d.about.key);
    add_text(into, d.value);
  }
}

int open_journal(const options& o, const std::filesystem::path& results, std::uint64_t key, const std::string& about, std::optional<journal>& into) {
  std::filesystem::path path = results;
  path += ".journal";
  std::error_code ignored;
  if (!o.resume) {
    if (std::filesystem::exists(path, ignored) && !o.force) {
      std::cerr << path.string() << pick(o, ": expected no journal; one of an unfinished run is there (--resume continues it, --force begins anew)\n",
                                         ":此处不应有日志;实际存有未完成运行的日志(--resume 可继续,--force 可重新开始)\n");
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
  std::cerr << pick(o, "stopped early; what is finished is kept in ", "已提前中止;已完成部分保存在 ") << kept.path().string()
            << pick(o, ": the same command with --resume goes on\n", ":同一命令加 --resume 可继续\n");
}

}  // namespace sifang_program
