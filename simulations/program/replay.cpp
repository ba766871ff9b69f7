// SPDX-License-Identifier: BSL-1.0
#include "figures.hpp"
#include "ledgers.hpp"
#include "policies.hpp"
#include "shipped.hpp"
#include "usage.hpp"
#include "verbs.hpp"

#include "sifang/experiment/replay_study.hpp"
#include "sifang/county/scenario_warnings.hpp"
#include "sifang/io/file_in_the_making.hpp"
#include "sifang/io/replay_tables.hpp"

#include <cstddef>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sifang_program {

using namespace sifang;

/// A ledger as it was recorded, beside what the county makes of its arrivals, and under another policy.
int replay(const options& o) {
  options under = o;
  under.cases = o.scenarios[0];
  std::vector<std::string> settings{"load.backlog=0"};  // the ledger has all cases that there are, unless somebody says otherwise
  settings.insert(settings.end(), o.settings.begin(), o.settings.end());
  std::vector<std::string> literally = settings;
  settings.emplace_back("replay.mode=predicted");
  literally.emplace_back("replay.mode=as_recorded");
  const auto recorded = make_world(under, o.scenarios[1], literally);
  if (!recorded) return tell(recorded.faults(), o);
  const auto predicted = make_world(under, o.scenarios[1], settings);
  if (!predicted) return tell(predicted.faults(), o);
  std::optional<planned_world> other;
  if (o.scenarios.size() > 2) {
    const auto base = scenario_meant(o.scenarios[1]);
    if (!base) return tell(base.faults(), o);
    auto made = make_world(under, o.scenarios[2], settings, *base);
    if (!made) return tell(made.faults(), o);
    other = *std::move(made);
    const world &a = predicted->place, &b = other->place;
    if (a.setting().start != b.setting().start || a.setting().end != b.setting().end || a.recorded().size() != b.recorded().size()) {
      std::cerr << one_line(o.scenarios[2])
                << pick(o, ": expected the same county, categories and period as the base\n", "：县、类别和统计期应与基准相同\n");
      return bad_input;
    }
  } else if (!o.out.empty()) {
    std::cerr << pick(o, "--out writes the cases under another policy; expected OTHER after the scenario\n",
                      "--out 写出案件在另一方案下的结果；应在方案之后给出另一方案\n");
    return bad_input;
  }
  std::optional<file_in_the_making> file;
  if (!o.out.empty()) {
    auto begun = file_in_the_making::begin(o.out, o.force);
    if (!begun) return tell(begun.faults(), o);
    file = *std::move(begun);
  }
  if (predicted->ledger) tell_ledger(o, *predicted->ledger);
  tell_warnings(o, warnings_of(predicted->place));
  std::cout.flush();

  const auto replications = static_cast<std::size_t>(predicted->place.setting().replications);
  progress bar(o, replications);
  const replay_study_result r =
      replay_study(thread_team{o.threads, &stop_requested}, recorded->place, predicted->place, other ? &other->place : nullptr,
                   static_cast<std::size_t>(o.candidates), replications, [&](std::size_t finished) { bar.show(finished); });
  if (r.replications < replications) {
    std::cerr << pick(o, "stopped before the end; nothing was written\n", "未完成即已中止，未写出任何内容\n");
    return failed;
  }
  const std::string base_name = predicted->place.setting().name, other_name = other ? other->place.setting().name : std::string();
  std::cout << replay_tables(r, base_name, other_name, o.spoken);
  if (!file) return done;
  file->append(replayed_cases_csv(r, predicted->place));
  if (const std::vector<fault> faults = file->commit(); !faults.empty()) {
    static_cast<void>(tell(faults, o));
    return failed;
  }
  if (!o.quiet) std::cout << pick(o, "Cases: ", "案件：") << one_line(o.out) << '\n';
  return done;
}

}  // namespace sifang_program
