// SPDX-License-Identifier: BSL-1.0
#include "figures.hpp"
#include "ledgers.hpp"
#include "policies.hpp"
#include "shipped.hpp"
#include "verbs.hpp"

#include "sifang/county/scenario_warnings.hpp"
#include "sifang/experiment/case_fates.hpp"
#include "sifang/experiment/case_story.hpp"
#include "sifang/experiment/unit_lateness.hpp"
#include "sifang/io/explain_tables.hpp"

#include <cstddef>
#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sifang_program {

using namespace sifang;

namespace {

/// The policies that are laid side by side: one, or two with the same grievances and the same kinds of session.
struct explained {
  std::optional<planned_world> base, other;
  [[nodiscard]] std::pair<std::string, std::string> names() const {
    return {base->place.setting().name, other ? other->place.setting().name : std::string()};
  }
};

std::vector<fault> make_worlds(const options& o, const std::vector<session_kind>& sessions, explained& out) {
  auto base = make_world(o, o.scenarios[0], o.settings, {}, sessions);
  if (!base) return base.faults();
  out.base = *std::move(base);
  if (o.scenarios.size() < 2) return {};
  const auto file = scenario_meant(o.scenarios[0]);
  if (!file) return file.faults();
  auto other = make_world(o, o.scenarios[1], o.settings, *file, sessions);
  if (!other) return other.faults();
  out.other = *std::move(other);
  return {};
}

int make_worlds(const options& o, explained& out) {
  if (const auto faults = make_worlds(o, {}, out); !faults.empty()) return tell(faults, o);
  if (!out.other) return done;
  if (!same_grievances(out.base->place, out.other->place)) {
    std::cerr << one_line(o.scenarios[1])
              << pick(o, ": expected the same county, categories, period and seed as the base\n", "：县、类别、统计期和种子应与基准相同\n");
    return bad_input;
  }
  std::vector<session_kind> all;
  add_sessions(all, out.base->place.setting().reception.sessions);
  add_sessions(all, out.other->place.setting().reception.sessions);
  const auto has_all = [&](const planned_world& p) { return p.place.setting().reception.sessions.size() == all.size(); };
  if (has_all(*out.base) && has_all(*out.other)) return done;
  if (const auto faults = make_worlds(o, all, out); !faults.empty()) return tell(faults, o);
  return done;
}

/// What is asked for makes sense together.
int look_at(const options& o) {
  std::string_view wrong;
  if (!o.case_name.empty() && !o.unit.empty()) {
    wrong = pick(o, "--case and --unit are two questions; expected one of them\n", "--case 与 --unit 是两个问题；应只给出其一\n");
  } else if (o.case_name.empty() && o.unit.empty() && o.scenarios.size() < 2) {
    wrong = pick(o, "explain: expected --case, --unit, or another scenario whose cases are laid beside\n",
                 "explain：应给出 --case、--unit，或用以对照案件的另一方案\n");
  } else if (o.unit.empty() && !o.clock.empty()) {
    wrong = pick(o, "--clock says which deadlines of a unit; expected --unit too\n", "--clock 指明单位的哪种期限；应同时给出 --unit\n");
  } else if (o.case_name.empty() && o.replication != 0) {
    wrong = pick(o, "--replication says in which year the case is; expected --case too\n",
                 "--replication 指明案件属第几次模拟；应同时给出 --case\n");
  } else if (!o.case_name.empty() && o.replications) {
    wrong = pick(o, "--replications does not go with --case, which is of one year (--replication)\n",
                 "--replications 不能与 --case 同用：一件案件只属一次模拟（--replication）\n");
  }
  if (wrong.empty()) return done;
  std::cerr << wrong;
  return bad_input;
}

int explain_case(const options& o, const explained& p) {
  const world& w = p.base->place;
  const auto entity = parse_case_name(o.case_name);
  if (!entity)
    return tell(
        {{fault_kind::wrong_type, {}, {"--case", "an id as the ledger has it, such as 20220315-007", "'" + shortened(o.case_name) + "'"}}},
        o);
  const auto number = static_cast<std::uint32_t>(o.replication);
  // Beside another policy also who has no file: answered on the spot under one, perhaps, and never met under the other.
  const case_scope scope = p.other ? case_scope::any : case_scope::registered;
  auto found = case_of(w, number, *entity, policies<>{}, scope);
  std::optional<told_case> other;
  if (p.other) other = case_of(p.other->place, number, *entity, policies<>{}, scope);
  if (found && other && found->events.empty() && other->events.empty()) found.reset();
  if (!found) {
    std::cerr << pick(o, "--case: replication ", "--case：第 ") << number << pick(o, " of ", " 次模拟（") << one_line(w.setting().name)
              << pick(o, " has registered no case ", "）没有登记案件 ") << case_name(*entity) << pick(o, "; nearest: ", "；编号最近的：");
    std::string near;
    for (const std::string& one : nearest_cases(w, number, *entity)) near += (near.empty() ? "" : ", ") + one;
    std::cerr << (near.empty() ? std::string(pick(o, "none", "无")) : near)
              << pick(o, "; --cases-out of run lists them\n", "；run 的 --cases-out 可列出全部案件\n");
    return bad_input;
  }
  if (!other) {
    std::cout << story_of(w, found->row, found->events, o.spoken) << '\n' << wait_parts_text(*found, o.spoken) << '\n';
  } else {
    std::cout << stories_beside(w, *found, p.other->place, *other, o.spoken) << '\n';
  }
  std::cout << waits_text(*found, other ? &*other : nullptr, p.names(), o.spoken);
  return done;
}

int tell_stop(const options& o) {
  std::cerr << pick(o, "stopped before the end; nothing was written\n", "未完成即已中止，未写出任何内容\n");
  return failed;
}

int explain_unit(const options& o, const explained& p) {
  const auto unit = unit_meant(p.base->place, o.unit);
  if (!unit) return tell(unit.faults(), o);
  const case_clock which = o.clock == "accept" ? case_clock::accept : o.clock == "route" ? case_clock::route : case_clock::handle;
  const auto replications = static_cast<std::size_t>(o.replications.value_or(1));
  constexpr std::size_t listed = 20;
  for (const auto* one : {&p.base, &p.other}) {
    if (!*one) continue;
    const world& w = (*one)->place;
    const auto id = unit_meant(w, o.unit);
    if (!id) return tell(id.faults(), o);
    progress bar(o, replications);
    const unit_lateness found = lateness_of(thread_team{o.threads, &stop_requested}, w, policies<>{}, *id, which, replications,
                                            [&](std::size_t finished) { bar.show(finished); });
    if (found.replications < replications) return tell_stop(o);
    if (p.other) std::cout << (one == &p.base ? "" : "\n") << one_line(w.setting().name) << '\n';
    std::cout << lateness_text(w, *id, which, found, listed, o.spoken);
  }
  return done;
}

int explain_fates(const options& o, const explained& p) {
  const auto replications = static_cast<std::size_t>(p.base->place.setting().replications);
  constexpr std::size_t shown = 3;
  progress bar(o, replications);
  const fate_changes found =
      compare_fates(thread_team{o.threads, &stop_requested}, p.base->place, policies<>{}, p.other->place, policies<>{}, replications,
                    p.base->place.setting().confidence, shown, [&](std::size_t finished) { bar.show(finished); });
  if (found.replications < replications) return tell_stop(o);
  std::cout << fates_text(found, p.names(), o.spoken);
  return done;
}

}  // namespace

int explain(const options& o) {
  if (const int code = look_at(o); code != done) return code;
  explained p;
  if (const int code = make_worlds(o, p); code != done) return code;
  tell_warnings(o, warnings_of(p.base->place));
  echo_settings(o, "", o.settings, p.base->place.setting(), std::cerr);
  std::cout.flush();
  if (!o.case_name.empty()) return explain_case(o, p);
  return o.unit.empty() ? explain_fates(o, p) : explain_unit(o, p);
}

}  // namespace sifang_program
