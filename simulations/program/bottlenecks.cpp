// SPDX-License-Identifier: BSL-1.0
#include "command_line.hpp"
#include "figures.hpp"
#include "ledgers.hpp"
#include "placing.hpp"
#include "policies.hpp"
#include "shipped.hpp"
#include "usage.hpp"
#include "verbs.hpp"

#include "sifang/county/metrics.hpp"
#include "sifang/county/scenario_warnings.hpp"
#include "sifang/experiment/bottlenecks.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/io/bottleneck_results.hpp"
#include "sifang/io/bottleneck_tables.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/planned_world.hpp"

#include <cstddef>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sifang_program {

using namespace sifang;

namespace {

/// The metric that places are judged by; nothing, and it is told, if there is none such.
std::optional<metric> metric_meant(const options& o) {
  const std::string wanted = o.metric.empty() ? std::string(info(metric::on_time_reply_rate).name) : o.metric;
  std::vector<std::string> known;
  std::string all;
  for (const metric_info& m : metric_table) {
    if (m.name == wanted) return m.id;
    known.emplace_back(m.name);
    all.append(all.empty() ? "" : ", ").append(m.name);
  }
  tell({{fault_kind::bad_value, {}, {"--metric", std::move(all), wanted, meant_by(wanted, known)}}}, o);
  return std::nullopt;
}

}  // namespace

int bottlenecks(const options& o) {
  const usage took(o);
  const auto judged_by = metric_meant(o);
  if (!judged_by) return bad_input;
  const auto file = scenario_meant(o.scenarios.front());
  if (!file) return tell(file.faults(), o);
  auto planned = load_world(*file, wanted_of(o, o.settings), scenario_texts());
  if (!planned) return tell(planned.faults(), o);
  const world& w = planned->place;
  std::optional<output_directory> directory;
  if (const int code = open_results(o, w.setting().name + "-bottlenecks", directory); code != done) return code;
  tell_warnings(o, warnings_of(w));
  echo_settings(o, "", o.settings, w.setting());
  if (planned->ledger) tell_ledger(o, *planned->ledger);
  std::cout.flush();

  const auto replications = static_cast<std::size_t>(w.setting().replications);
  const auto with = [&](const std::string& one) -> checked<world> {
    std::vector<std::string> settings = o.settings;
    settings.push_back(one);
    auto made = load_world(*file, wanted_of(o, std::move(settings)), scenario_texts());
    if (!made) return std::move(made).faults();
    return std::move(made->place);
  };
  progress bar(o, 2 * replications);
  const bottleneck_result found =
      find_bottlenecks(thread_team{o.threads, &stop_requested}, w, *judged_by, static_cast<std::size_t>(o.top.value_or(3)), replications,
                       with, [&](std::size_t played) { bar.show(played); });
  if (!found.place) {
    std::cerr << pick(o, "stopped before the end; nothing was written\n", "未完成即已中止，未写出任何内容\n");
    return failed;
  }
  const bottleneck_origin origin{SIFANG_VERSION, o.scenarios.front(), o.settings, w.setting().seed, o.cases};
  if (const int placed = place_results(o, write_bottlenecks(found, origin, *directory), *directory); placed != done) return placed;
  if (!o.quiet) {
    std::cout << bottleneck_tables(found, o.spoken) << '\n'
              << pick(o, "All places and months: ", "全部处所与月份：") << (directory->where() / "places.csv").string() << '\n';
  }
  took.tell((2 + found.tried.size()) * replications, w);
  return done;
}

}  // namespace sifang_program
