// SPDX-License-Identifier: BSL-1.0
#include "command_line.hpp"
#include "compared.hpp"
#include "figures.hpp"
#include "ledgers.hpp"
#include "placing.hpp"
#include "policies.hpp"
#include "shipped.hpp"
#include "usage.hpp"
#include "verbs.hpp"

#include "sifang/core/date_fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/scenario_warnings.hpp"
#include "sifang/experiment/pilot.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/io/figure_size_text.hpp"
#include "sifang/io/ledger_cases.hpp"
#include "sifang/io/ledger_frame.hpp"
#include "sifang/io/ledger_map.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/pilot_ledger.hpp"
#include "sifang/io/pilot_results.hpp"
#include "sifang/io/pilot_tables.hpp"
#include "sifang/io/planned_world.hpp"

#include <cstddef>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sifang_program {

using namespace sifang;

namespace {

/// The figure that a ledger is to show, or what is wrong with it.
int trial_figure(const options& o, pilot_question& into) {
  std::vector<std::string> known;
  std::string all;
  const metric_info* about = nullptr;
  for (const metric_info& m : metric_table) {
    if (m.name == o.metric) about = &m;
    if (need_of(m.id) == nullptr) continue;
    known.emplace_back(m.name);
    all.append(all.empty() ? "" : ", ").append(m.name);
  }
  if (about == nullptr) return tell({{fault_kind::bad_value, {}, {"--metric", std::move(all), o.metric, meant_by(o.metric, known)}}}, o);
  into.what = about->id;
  const ledger_need* need = need_of(into.what);
  if (need == nullptr) {
    std::cerr << "--metric: " << o.metric
              << pick(o, " cannot be seen in a ledger, whatever is written down; expected one of ",
                      " 无论记录什么，台账都无法显示；应为以下之一：")
              << all << '\n';
    return bad_input;
  }
  if (!o.evaluate.empty() && need->sight != ledger_sight::evaluated) {
    std::cerr << "--metric: " << o.metric
              << pick(o, " is not among what is read from a ledger; it takes ", " 不在可由台账读取的指标之列；须记录：")
              << pick(o, need->en, need->zh) << '\n';
    return bad_input;
  }
  if (o.delta.empty()) return done;
  auto sizes = parse_figure_sizes("--delta", std::vector<std::string>{o.metric + '=' + o.delta});
  if (!sizes) return tell(sizes.faults(), o);
  into.matters = *std::move(sizes);
  return done;
}

/// What the options ask for, or what is wrong with them.
int trial_asked(const options& o, pilot_question& into) {
  if (const int code = trial_figure(o, into); code != done) return code;
  const auto power = parse_number<double>(o.power);
  if (!power || !(*power >= 0.5 && *power <= 0.999)) {
    return tell({{fault_kind::out_of_range, {}, {"--power", "from 0.5 to 0.999", shortened(o.power)}}}, o);
  }
  into.power = *power;
  into.most_months = static_cast<std::size_t>(o.months);
  return done;
}

/// What kept a plan from being made.
int tell_no_plan(const options& o, pilot_state state) {
  std::cerr << o.metric << ": " << text_of(state, o.told) << '\n';
  return state == pilot_state::stopped ? failed : bad_input;
}

pilot_origin origin_of_trial(const options& o, const scenario& s, std::size_t replications) {
  pilot_origin out{SIFANG_VERSION, o.scenarios, o.settings, o.common, {}, s.seed, replications};
  out.delta = o.delta;
  out.ledger = o.evaluate;
  out.from = o.from;
  return out;
}

/// Years that are played of each policy.
std::size_t years_of(const options& o, const scenario& s) {
  return static_cast<std::size_t>(o.replications.value_or(static_cast<int>(s.replications)));
}

int plan_a_trial(const options& o, const pilot_question& asked) {
  const usage took(o);
  std::vector<policy> policies;
  if (const int code = compared_policies(o, "pilot", policies); code != done) return code;
  if (policies.size() != 2) {
    std::cerr << pick(o, "pilot: expected two policies, the county as it is and what is to be tried; found ",
                      "pilot：应为两个方案，现行方案与拟试行方案；实际 ")
              << policies.size() << '\n';
    return bad_input;
  }
  const world &base = *policies[0].place, &other = *policies[1].place;
  const scenario& s = base.setting();
  const std::size_t years = years_of(o, s);
  std::optional<output_directory> directory;
  if (const int code = open_results(o, s.name + "-pilot", directory); code != done) return code;
  for (const policy& p : policies) tell_warnings(o, warnings_of(*p.place));
  echo_policies(o, policies);
  std::cout.flush();

  progress bar(o, 2 * years);
  const pilot_plan plan =
      plan_pilot(thread_team{o.threads, &stop_requested}, base, other, asked, years, [&](std::size_t played) { bar.show(played); });
  if (plan.state != pilot_state::planned) return tell_no_plan(o, plan.state);
  pilot_origin origin = origin_of_trial(o, s, years);
  origin.policy_names[0] = policies[0].id;
  origin.policy_names[1] = policies[1].id;
  if (const int placed = place_results(o, write_pilot(plan, origin, *directory), *directory); placed != done) return placed;
  if (!o.quiet) {
    std::cout << pilot_tables(plan, policies[0].id, policies[1].id, o.spoken) << pick(o, "All numbers of months: ", "各种月数：")
              << (directory->where() / "pilot.csv").string() << '\n';
  }
  took.tell(2 * years, base);
  return plan.least || plan.least_stepped ? done : not_met;
}

/// The first day of the trial that is evaluated, or nothing, and what is wrong is told.
std::optional<day> trial_begins(const options& o) {
  const auto from = parse_day(o.from);
  if (!from) {
    tell({date_fault({}, "--from", o.from, shortened(o.from))}, o);
    return std::nullopt;
  }
  if (from->day_of_month() != 1) {
    std::cerr << "--from: "
              << pick(o, "expected the first day of a month, since whole months are compared; found ",
                      "应为某月首日（按整月对照）；实际为 ")
              << o.from << '\n';
    return std::nullopt;
  }
  return from;
}

int evaluate_a_trial(const options& o, const pilot_question& asked) {
  const usage took(o);
  const auto from = trial_begins(o);
  if (!from) return bad_input;
  if (o.scenarios.size() != 1) {
    std::cerr << pick(o, "--evaluate: expected one scenario, the county as it was before the trial\n",
                      "--evaluate：应只有一个方案，即试点前的现行方案\n");
    return bad_input;
  }
  const auto file = scenario_meant(o.scenarios.front());
  if (!file) return tell(file.faults(), o);
  std::vector<std::string> settings = o.common;
  settings.insert(settings.end(), o.settings.begin(), o.settings.end());
  const auto planned = load_world(*file, wanted_of(o, settings), scenario_texts());
  if (!planned) return tell(planned.faults(), o);
  const world& w = planned->place;
  ledger_map map;
  if (!o.map.empty()) {
    auto read = load_ledger_map(o.map, scenario_texts());
    if (!read) return tell(read.faults(), o);
    map = *std::move(read);
  }
  const ledger_frame frame(w.setting(), w.org());
  const auto ledger = load_ledger_cases(o.evaluate, frame, map, scenario_texts());
  if (!ledger) return tell(ledger.faults(), o);
  if (ledger->read.rows_rejected > 0 && !o.skip_bad) return tell(sifang::detail::unusable(ledger->read), o);
  const ledger_months months = months_of(*ledger, asked.what, *from, w.setting().clocks, w.calendar());
  if (months.state != ledger_months_state::read) {
    std::cerr << one_line(o.evaluate) << ": " << text_of(months, asked.what, o.told) << '\n';
    return bad_input;
  }
  std::optional<output_directory> directory;
  if (const int code = open_results(o, w.setting().name + "-pilot-evaluation", directory); code != done) return code;
  if (!o.quiet) tell_ledger(o, ledger->read);
  std::cout.flush();

  const std::size_t years = years_of(o, w.setting());
  double known = 0;
  progress bar(o, years);
  if (counts_a_year(w)) {
    const auto noise = trial_noise(thread_team{o.threads, &stop_requested}, w, asked.what, months.after.size(), years,
                                   [&](std::size_t played) { bar.show(played); });
    if (!noise) return tell_no_plan(o, pilot_state::stopped);
    known = noise->error;
  }
  bar.show(years);
  const trial_outcome found = evaluate_trial(months.before, months.after, known);
  const double smallest = sifang::detail::smallest_of_month(asked, found.before, found.after);
  const pilot_origin origin = origin_of_trial(o, w.setting(), years);
  if (const int placed = place_results(o, write_evaluation(months, found, asked.what, *from, origin, *directory), *directory);
      placed != done) {
    return placed;
  }
  if (!o.quiet) {
    std::cout << evaluation_tables(months, found, asked.what, *from, smallest, o.spoken) << pick(o, "Results: ", "结果：")
              << directory->where().string() << '\n';
  }
  took.tell(years, w);
  return found.difference.has_value() ? done : not_met;
}

}  // namespace

int pilot(const options& o) {
  pilot_question asked;
  if (const int code = trial_asked(o, asked); code != done) return code;
  if (!o.evaluate.empty()) return evaluate_a_trial(o, asked);
  if (!o.from.empty()) {
    std::cerr << pick(o, "--from: expected --evaluate LEDGER beside it\n", "--from：应与 --evaluate 台账 合用\n");
    return bad_input;
  }
  return plan_a_trial(o, asked);
}

}  // namespace sifang_program
