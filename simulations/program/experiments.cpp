// SPDX-License-Identifier: BSL-1.0
#include "figures.hpp"
#include "placing.hpp"
#include "policies.hpp"
#include "ranks.hpp"
#include "usage.hpp"
#include "verbs.hpp"

#include "report_template.hpp"

#include "sifang/experiment/compare.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/experiment/summary.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/report.hpp"
#include "sifang/io/results.hpp"
#include "sifang/io/results_reader.hpp"
#include "sifang/io/scenario_reference.hpp"
#include "sifang/io/text_file.hpp"
#include "sifang/county/scenario_warnings.hpp"

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

namespace sifang_program {

using namespace sifang;

namespace {

/// A policy to be simulated: a checked world and where it came from.
struct policy {
  std::string id;
  std::unique_ptr<world> place;
  std::vector<std::string> settings;  ///< of the command line, for it alone
};

[[nodiscard]] std::vector<std::string> split_settings(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(" && ", at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 4;
  }
  return out;
}

/// Reads, checks and builds one policy, or adds its faults.
void add_policy(const options& o, const std::string& file, const std::vector<std::string>& settings, std::vector<policy>& into, std::vector<fault>& faults) {
  auto made = make_world(o, file, settings);
  if (!made) {
    faults.insert(faults.end(), made.faults().begin(), made.faults().end());
    return;
  }
  into.push_back({"", std::make_unique<world>(*std::move(made)), {}});
  into.back().id = into.back().place->setting().name;
}

/// Whether metrics are split into the same townships and categories.
[[nodiscard]] bool split_alike(const world& a, const world& b) {
  const auto of_a = result_dimensions(a), of_b = result_dimensions(b);
  const auto same_items = [](const result_dimension& x, const result_dimension& y) {
    return std::equal(x.items.begin(), x.items.end(), y.items.begin(), y.items.end(), [](const label& i, const label& j) { return i.id == j.id; });
  };
  return std::equal(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), same_items);
}

/// The mark of unfinished results, as a line; nothing if they are finished.
[[nodiscard]] std::string unfinished_mark(const options& o, const result& r) {
  if (r.unfinished_replications == 0) return {};
  const auto there = r.policies.front().replications;
  return std::string(pick(o, "UNFINISHED: the run was stopped after ", "未完成:运行已中止,完成 ")) + std::to_string(there) + std::string(pick(o, " of ", " 次,应为 ")) +
         std::to_string(there + r.unfinished_replications) + std::string(pick(o, " replications\n", " 次重复\n"));
}

void print_tables(const options& o, const result& r) {
  std::cout << unfinished_mark(o, r);
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> header{std::string(pick(o, "metric", "指标"))};
  for (const result_policy& p : r.policies) header.push_back(p.id);
  rows.push_back(header);
  for (std::size_t m = 0; m < r.metrics.size(); ++m) {
    if (!r.metrics[m].headline) continue;
    std::vector<std::string> row{std::string(pick(o, r.metrics[m].en, r.metrics[m].zh))};
    for (const result_policy& p : r.policies) row.push_back(with_interval(o, p.values[m][0][0], r.metrics[m].unit));
    rows.push_back(std::move(row));
  }
  std::cout << table_of(rows) << note_of_years(o, static_cast<std::size_t>(r.policies.front().replications)) << '\n';
  for (const result_comparison& c : r.comparisons) {
    std::cout << one_line(r.policies[c.other].id) << pick(o, " minus ", " 减 ") << one_line(r.policies[c.base].id) << '\n';
    rows.assign(1, {std::string(pick(o, "metric", "指标")), std::string(pick(o, "difference", "差值")), std::string(pick(o, "verdict", "结论")),
                    std::string(pick(o, "variance ratio", "方差比"))});
    for (std::size_t m = 0; m < r.metrics.size(); ++m) {
      if (!r.metrics[m].headline) continue;
      const result_difference& d = c.values[m][0][0];
      rows.push_back({std::string(pick(o, r.metrics[m].en, r.metrics[m].zh)), difference_text(o, d.difference, r.metrics[m].unit),
                      std::string(verdict_text(o, d.verdict)), d.variance_ratio > 0 ? number(d.variance_ratio, "") : "–"});
    }
    std::cout << table_of(rows) << '\n';
  }
}

int simulate(const options& o, const std::string& verb, std::vector<policy>& policies) {
  const usage took(o);
  echo_settings(o, pick(o, "every policy", "所有方案"), o.common, policies.front().place->setting());
  for (const policy& p : policies) echo_settings(o, policies.size() == 1 ? "" : p.id, p.settings, p.place->setting());
  std::cout.flush();  // before what may take long
  const std::string name = policies.size() == 1 ? policies.front().id : policies.front().id + "-compared";

  std::vector<warning> warnings;
  for (const policy& p : policies) {
    for (warning& one : warnings_of(*p.place)) warnings.push_back(std::move(one));
  }
  tell_warnings(o, warnings);

  // Policies are paired replication by replication, so each has as many as the one that asks for most.
  std::vector<const world*> worlds;
  std::size_t replications = 0;
  for (const policy& p : policies) {
    worlds.push_back(p.place.get());
    replications = std::max(replications, static_cast<std::size_t>(p.place->setting().replications));
  }
  fingerprint key;
  if (o.resume || many_ranks()) {
    add_text(key, verb);
    key.add(block_replications);
    key.add(ratio_sums::columns);
    key.add(ratio_pair_sums::columns);
    key.add(replications);
    for (const policy& p : policies) add_input(key, o, p.place->setting());
  }

  std::optional<output_directory> directory;
  std::optional<journal> kept;
  int code = done;
  if (first_rank()) {
    code = open_results(o, name, directory);
    std::string about = verb;
    for (const policy& p : policies) about += ' ' + p.id;
    if (code == done && o.resume) code = open_journal(o, directory->target(), key.value(), about + ", " + std::to_string(replications) + " replications", kept);
  }
  code = agree(o, code, key.value());
  if (code != done) return code;

  progress bar(o, replications);
  const study_result study = with_team(o, kept ? &*kept : nullptr, [&](const auto& team) {
    return run_study(team, worlds, replications, [&](std::size_t finished) { bar.show(finished); });
  });
  if (!first_rank()) return done;
  if (kept && study.replications < replications) {
    tell(kept->faults(), o);  // what could not be kept must be done again
    tell_stopped(o, *kept);
    return failed;
  }
  if (study.replications == 0) {
    std::cerr << pick(o, "stopped before every policy had a finished replication; nothing was written\n", "已中止:有方案尚无完成的重复,未写出任何内容\n");
    return failed;
  }

  const world& first = *policies.front().place;
  result r;
  r.kind = verb;
  r.version = SIFANG_VERSION;
  r.county = first.org().units()[first.org().units().root()].name;
  r.start = to_string(first.start());
  r.end = to_string(first.last());
  r.confidence = first.setting().confidence;
  r.unfinished_replications = static_cast<std::int32_t>(replications - study.replications);
  for (std::size_t k = 0; k < first.weeks(); ++k) r.week_starts.push_back(to_string(first.start() + calendar_days(static_cast<std::int32_t>(7 * k))));
  r.units = result_units(first);
  r.metrics = result_metrics();
  r.dimensions = result_dimensions(first);
  for (std::size_t k = 0; k < policies.size(); ++k) {
    result_policy p = summarise(*policies[k].place, study.policies[k], r.confidence);
    p.id = policies[k].id;
    for (described_parameter& d : describe(policies[k].place->setting(), first.setting())) {
      const bool told = d.about.key.starts_with("scenario.name") || d.about.key.starts_with("scenario.title") || d.about.key.starts_with("scenario.about");
      p.assumptions.push_back({d.about.key, d.value, std::string(d.about.unit), std::string(name_of(d.about.mark)), std::string(d.about.source),
                               d.about.en, d.about.zh, d.changed && k > 0 && !told});
    }
    r.policies.push_back(std::move(p));
  }
  for (std::size_t k = 1; k < policies.size(); ++k) r.comparisons.push_back(sifang::compare(first, 0, study.policies[0], k, study.policies[k], study.pairs[k - 1]));

  for (const warning& one : warnings) {
    result_warning text{sentence(one, language::en), sentence(one, language::zh)};
    if (std::find(r.warnings.begin(), r.warnings.end(), text) == r.warnings.end()) r.warnings.push_back(std::move(text));
  }

  auto faults = write_results(r, {verb, o.scenarios, o.settings, o.common, o.cases}, *directory);
  for (fault& f : directory->write("report.html", render_report(report_template(), results_json(r), o.lang))) faults.push_back(std::move(f));
  const bool finished = r.unfinished_replications == 0;
  if (const int placed = place_results(o, std::move(faults), *directory, finished); placed != done) return placed;
  if (kept) {
    tell(kept->faults(), o);  // a journal that could not be kept has no influence on the results
    kept->remove();
  }
  if (!o.quiet) {
    print_tables(o, r);
    for (const result_policy& p : r.policies) {
      std::cout << one_line(p.id) << ": " << p.replications << pick(o, " replications, fingerprint ", " 次重复,指纹 ") << p.fingerprint << '\n';
    }
  }
  if (!o.quiet) std::cout << pick(o, "Report: ", "报告:") << (directory->where() / "report.html").string() << '\n';
  took.tell(policies.size() * study.replications, first);
  if (!finished) {
    std::cerr << pick(o, "stopped early; the report holds what was finished\n", "已提前中止;报告仅含已完成部分\n");
    return failed;
  }
  return done;
}

}  // namespace

int run(const options& o) {
  std::vector<policy> policies;
  std::vector<fault> faults;
  add_policy(o, o.scenarios.front(), o.settings, policies, faults);
  if (!faults.empty()) return agree(o, tell(faults, o));
  policies.front().settings = o.settings;
  return simulate(o, "run", policies);
}

int compare(const options& o) {
  std::vector<policy> policies;
  std::vector<fault> faults;
  for (const std::string& file : o.scenarios) add_policy(o, file, o.common, policies, faults);
  for (const std::string& variant : o.settings) {
    const std::vector<std::string> own = split_settings(variant);
    std::vector<std::string> settings = o.common;
    settings.insert(settings.end(), own.begin(), own.end());
    const std::size_t before = policies.size();
    add_policy(o, o.scenarios.front(), settings, policies, faults);
    if (policies.size() == before) continue;
    policies.back().id = variant;
    policies.back().settings = own;
  }
  if (!faults.empty()) {
    std::vector<fault> once;  // the base's faults come with every variant
    for (fault& f : faults) {
      if (std::none_of(once.begin(), once.end(), [&](const fault& g) { return to_string(g) == to_string(f); })) once.push_back(std::move(f));
    }
    return agree(o, tell(once, o));
  }
  if (policies.size() < 2) {
    std::cerr << pick(o, "compare: expected two scenarios, or one and a --set variant\n", "compare:应有两个方案,或一个方案加 --set 变体\n");
    return agree(o, bad_input);
  }
  const world& first = *policies.front().place;
  for (const policy& p : policies) {
    if (!split_alike(*p.place, first) || p.place->start() != first.start() || p.place->last() != first.last()) {
      std::cerr << one_line(p.id) << pick(o, ": expected the same county, categories and period as the base\n", ":县、类别和统计期应与基准相同\n");
      return agree(o, bad_input);
    }
  }
  return simulate(o, "compare", policies);
}

int report(const options& o) {
  const std::filesystem::path folder = o.scenarios.front();
  const auto r = read_results(folder / "results.json");
  if (!r) return tell(r.faults(), o);
  const std::filesystem::path file = o.out.empty() ? folder / "report.html" : std::filesystem::path(o.out);
  std::cerr << unfinished_mark(o, *r);
  const auto faults = write_text(file, render_report(report_template(), results_json(*r), o.lang));
  if (!faults.empty()) {
    tell(faults, o);
    return failed;
  }
  if (!o.quiet) std::cout << pick(o, "Report: ", "报告:") << file.string() << '\n';
  return done;
}

}  // namespace sifang_program
