// SPDX-License-Identifier: BSL-1.0
#include "compared.hpp"
#include "figures.hpp"
#include "ledgers.hpp"
#include "placing.hpp"
#include "policies.hpp"
#include "usage.hpp"
#include "verbs.hpp"

#include "sifang/core/names.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/scenario_warnings.hpp"
#include "sifang/experiment/select_policy.hpp"
#include "sifang/experiment/study_arm.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/io/figure_size_text.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/selection_results.hpp"
#include "sifang/io/selection_tables.hpp"

#include <algorithm>
#include <cstddef>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sifang_program {

using namespace sifang;

namespace {

/// What the options ask for, or what is wrong with them.
int asked_of(const options& o, policy_selection_options& into) {
  const auto sizes = parse_figure_sizes("--delta", std::vector<std::string>{o.metric + '=' + (o.delta.empty() ? "1%" : o.delta)});
  if (!sizes) {
    std::vector<fault> faults = sizes.faults();
    for (fault& f : faults) {
      if (f.kind == fault_kind::unknown_key) f.where.file = "--metric";
    }
    return tell(faults, o);
  }
  if (!o.delta.empty()) into.delta = sizes->front();
  const auto* about = std::find_if(metric_table.begin(), metric_table.end(), [&](const metric_info& m) { return m.name == o.metric; });
  into.what = about->id;
  if (!goal_of(into.what)) {
    std::cerr << "--metric: " << o.metric
              << pick(o, ": expected a metric of which more is better, or less; of this one neither is\n",
                      "：应为有优劣方向的指标；此指标高低均不代表优劣\n");
    return bad_input;
  }
  if (o.method == name_of(selection_method::staged)) into.method = selection_method::staged;
  if (o.budget && o.method != "default") {
    std::cerr << "--method: "
              << pick(o, "expected without --budget, which guarantees nothing by any method\n",
                      "不可与 --budget 同用：限定年数时任何方法均无保证\n");
    return bad_input;
  }
  if (o.budget) into.budget = static_cast<std::size_t>(*o.budget);
  return done;
}

/// What kept a selection from its end.
int tell_end(const options& o, const policy_selection& s, const std::vector<policy>& policies) {
  if (s.found.end == selection_end::stopped) {
    std::cerr << pick(o, "stopped before a policy was selected; nothing was written\n", "选择未完成即已中止，未写出任何内容\n");
    return failed;
  }
  if (s.found.end == selection_end::no_value) {
    std::cerr << one_line(policies[s.found.at].id) << ": " << o.metric
              << pick(o, " has no value: nothing of its kind is counted\n", " 没有取值：没有可统计的对象\n");
    return bad_input;
  }
  if (s.delta > 0) return done;
  std::cerr << "--delta: "
            << pick(o, "expected a size above 0; this metric is 0 in every year, and no default follows from that: ",
                    "应为大于 0 的大小；此指标各年均为 0，无从得出默认值：")
            << o.metric << '\n';
  return bad_input;
}

/// How far a selection is: it ends by what it sees, at most where the variances so far would have it end.
void show(progress& bar, const policy_selection_options& asked, const selection_result& so_far) {
  std::size_t longest = 0;
  for (const selection_fate& f : so_far.fates) longest = (std::max)(longest, f.replications);
  const double done_so_far = static_cast<double>(asked.budget > 0 ? so_far.replications : longest);
  const double all =
      static_cast<double>(asked.budget > 0 ? asked.budget : (std::min)(asked.most, (std::max<std::size_t>)(so_far.needed, 1)));
  bar.show(static_cast<std::size_t>(1000 * (std::min)(1.0, done_so_far / all)));
}

}  // namespace

int select(const options& o) {
  const usage took(o);
  policy_selection_options asked;
  if (const int code = asked_of(o, asked); code != done) return code;
  std::vector<policy> policies;
  if (const int code = compared_policies(o, "select", policies); code != done) return code;
  const scenario& base = policies.front().place->setting();
  asked.confidence = base.confidence;
  asked.seed = base.seed;
  if (asked.budget > 0 && asked.budget < least_budget(policies.size(), asked)) {
    std::cerr << "--budget: " << pick(o, "expected at least ", "至少应为 ") << least_budget(policies.size(), asked)
              << pick(o, " years for so many policies; found ", " 年（按方案个数）；实际为 ") << asked.budget << '\n';
    return bad_input;
  }
  std::optional<output_directory> directory;
  if (const int code = open_results(o, policies.front().id + "-selected", directory); code != done) return code;
  std::vector<study_arm> arms;
  std::vector<std::string> names;
  for (const policy& p : policies) {
    arms.emplace_back(*p.place);
    names.push_back(p.id);
    tell_warnings(o, warnings_of(*p.place));
  }
  echo_policies(o, policies);
  if (policies.front().ledger) tell_ledger(o, *policies.front().ledger);
  std::cout.flush();

  progress bar(o, 1000);
  const policy_selection found = select_policy(thread_team{o.threads, &stop_requested}, arms, asked,
                                               [&](const selection_result& so_far, std::size_t) { show(bar, asked, so_far); });
  bar.show(1000);
  if (const int code = tell_end(o, found, policies); code != done) return code;
  const selection_origin origin{SIFANG_VERSION, o.scenarios, o.settings, o.common, o.delta, base.seed, o.cases};
  std::vector<fault> faults = write_selection(found, names, origin, *directory);
  if (const int placed = place_results(o, std::move(faults), *directory); placed != done) return placed;
  if (!o.quiet) {
    std::cout << selection_tables(found, names, o.spoken) << pick(o, "Results: ", "结果：") << directory->where().string() << '\n';
  }
  took.tell(found.found.replications, *policies.front().place);
  return found.budget > 0 || found.is_guaranteed() ? done : not_met;
}

}  // namespace sifang_program
