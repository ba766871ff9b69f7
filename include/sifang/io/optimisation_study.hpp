// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_OPTIMISATION_STUDY_HPP
#define SIFANG_IO_OPTIMISATION_STUDY_HPP

#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/county/decidable.hpp"
#include "sifang/county/further_handlers.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/decision_task.hpp"
#include "sifang/experiment/lattice_problem.hpp"
#include "sifang/experiment/summary.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/optimisation_file.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/io/scenario_reference.hpp"
#include "sifang/io/scenario_setting.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/org/even_links.hpp"
#include "sifang/org/near_links.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/petition/case_load.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// An optimisation from texts: decisions and targets of a file meet a scenario and its county.

namespace sifang {

/// The decision on leaders' links to townships, and its values: as the table has them, dealt by people (`with_even_links`), or by the way
/// (`with_near_links`).
inline constexpr std::string_view links_key = "county.links";
inline constexpr std::array<std::string_view, 3> links_values{"table", "load", "nearest"};  ///< \copydoc links_key

namespace detail {

/// What a message says of a parameter that a county does not decide.
[[nodiscard]] inline std::string why_not_decided(const std::string& key) {
  switch (who_decides(key)) {
    case decided_by::petitioners:
      return key + ", which is how petitioners behave";
    case decided_by::law:
      return key + ", which is what the law says";
    case decided_by::question:
      return key + ", which is the question and not its answer";
    case decided_by::place:
      return key + ", which is what the county is";
    case decided_by::yardstick:
      return key + ", which is the yardstick of cost";
    default:
      return key + ", which is how work and measures turn out";
  }
}

/// Puts the rows of a file and what the county says of them together.
class optimisation_binder {
 public:
  optimisation_binder(const optimisation_rows& wanted, const world& w)
      : wanted_(wanted), world_(w), values_(describe(w.setting())), dimensions_(result_dimensions(w)) {}

  /// \param faults  of the file; those of the county are told with them
  [[nodiscard]] checked<decision_task> bind(std::vector<fault> faults) {
    faults_ = std::move(faults);
    for (const decision_row_of_file& row : wanted_.decisions) bind_decision(row);
    for (const target_row& row : wanted_.targets) bind_target(row);
    for (const auto& [what, weight] : wanted_.costs) out_.costs.push_back({what, weight});
    if (wanted_.costs.empty()) out_.costs.push_back({metric::total_cost, 1});
    out_.sessions_a_week = wanted_.sessions_a_week;
    tidy(faults_);
    if (!faults_.empty()) return std::move(faults_);
    return std::move(out_);
  }

 private:
  void bind_decision(const decision_row_of_file& row) {
    const auto found =
        std::find_if(values_.begin(), values_.end(), [&](const described_parameter& d) { return d.about.key == parameter_of(row.key); });
    if (found == values_.end()) {
      std::vector<std::string> keys;
      for (const described_parameter& d : values_) {
        if (who_decides(d.about.key) == decided_by::county) keys.push_back(d.about.key);
      }
      return faults_.push_back({fault_kind::unknown_key, row.where, {shortened(row.key), near_(row.key, keys)}});
    }
    if (who_decides(row.key) != decided_by::county)
      return faults_.push_back(
          {fault_kind::syntax, row.where, {"a parameter that a county can decide", why_not_decided(shortened(row.key))}});
    if (const auto code = unit_of_handlers(row.key); !code.empty() && !has_handlers(code, row.where)) return;
    if (row.key == further_handlers_key && std::any_of(wanted_.decisions.begin(), wanted_.decisions.end(),
                                                       [](const auto& other) { return !unit_of_handlers(other.key).empty(); }))
      return faults_.push_back({fault_kind::syntax, row.where, {"each parameter once", row.key}});
    decision d{row.key, row.values, row.prices};
    if (row.start) d.start = static_cast<int>(std::find(row.values.begin(), row.values.end(), *row.start) - row.values.begin());
    for (const std::string& value : row.values) {
      if (row.key == links_key) {
        judge_links(row, value);
        continue;
      }
      scenario trial = world_.setting();
      for (fault& f : apply_setting(trial, row.key + "=" + value)) {
        f.where = place_of_values(row);
        faults_.push_back(std::move(f));
      }
    }
    out_.decisions.push_back(std::move(d));
  }
  [[nodiscard]] static place place_of_values(const decision_row_of_file& row) {
    const auto at = row.places.find(row.places.contains("values") ? "values" : "to");
    return at == row.places.end() ? row.where : at->second;
  }
  [[nodiscard]] bool has_handlers(std::string_view code, const place& where) {
    std::vector<std::string> codes;
    for (const office& o : world_.offices()) codes.push_back(world_.org().units()[o.where].code);
    if (std::find(codes.begin(), codes.end(), code) != codes.end()) return true;
    faults_.push_back({fault_kind::unknown_unit, where, {shortened(code), near_(code, codes)}});
    return false;
  }
  void judge_links(const decision_row_of_file& row, const std::string& value) {
    const std::vector<std::string> known(links_values.begin(), links_values.end());
    if (std::find(known.begin(), known.end(), value) != known.end()) return;
    faults_.push_back({fault_kind::bad_value,
                       place_of_values(row),
                       {row.key, known[0] + ", " + known[1] + ", " + known[2], shortened(value), near_(value, known)}});
  }

  void bind_target(const target_row& row) {
    const named_figure& m = row.measured;
    const result_dimension& d = dimensions_[static_cast<std::size_t>(m.split)];
    decision_target t{row.name, {m.what, m.split, {}, m.share}, {row.bound, row.at_least, quantity::share}};
    t.wanted.what = t.measure.of();
    if (row.each) {
      t.is_part = true;
      t.fewest = row.fewest;
      for (std::size_t i = 0; i < d.items.size(); ++i) {
        t.measure.items = {i};
        t.name = row.name + '[' + d.items[i].id + ']';
        t.part_en = d.items[i].en;
        t.part_zh = d.items[i].zh;
        out_.targets.push_back(t);
      }
      return;
    }
    t.measure.items = items_of(m, d, "target." + row.name, row.places, near_, faults_);
    out_.targets.push_back(std::move(t));
  }

  const optimisation_rows& wanted_;
  const world& world_;
  std::vector<described_parameter> values_;
  std::vector<result_dimension> dimensions_;
  nearest_words near_;
  decision_task out_;
  std::vector<fault> faults_;
};

}  // namespace detail

/// The task that the rows of a file are for this county. Faults: `unknown_key` (no such parameter), `syntax` (one that a county does not
/// decide), those of `apply_setting` (a value), `bad_value` (no such item, no way to deal links),
/// `unknown_unit` (none that handles matters), and those that the file has already.
/// \param faults  of the file, which are told with those of the county
[[nodiscard]] inline checked<decision_task> bind_optimisation(const optimisation_rows& wanted, const world& w,
                                                              std::vector<fault> faults = {}) {
  return detail::optimisation_binder(wanted, w).bind(std::move(faults));
}

/// Makes the worlds of an optimisation: those of one scenario that differ by decisions. It is what `optimise` asks.
class decided_worlds {
 public:
  /// \param place  the world of the scenario as it is
  /// \param cases  recorded cases that take the place of generated ones; empty: none
  decided_worlds(const world& place, std::vector<decision> decisions, std::optional<case_load> cases = std::nullopt)
      : settings_(place.setting()),
        org_(place.org()),
        calendar_(place.calendar()),
        decisions_(std::move(decisions)),
        cases_(std::move(cases)) {
    const auto on_links = [](const decision& d) { return d.key == links_key; };
    const auto at = std::find_if(decisions_.begin(), decisions_.end(), on_links);
    if (at == decisions_.end()) return;
    links_at_ = static_cast<std::size_t>(at - decisions_.begin());
    dealt_.push_back(with_even_links(org_));
    dealt_.push_back(with_near_links(org_));
  }

  /// Settings of a point, each `key=value`; links are none (`deals_links`). \pre a level of each decision; asserted
  [[nodiscard]] std::vector<std::string> settings(const lattice_point& at) const {
    SIFANG_ASSERT(at.size() == decisions_.size(), "a level of each decision");
    std::vector<std::string> out;
    for (std::size_t j = 0; j < at.size(); ++j) {
      if (j == links_at_) continue;
      out.push_back(decisions_[j].key + "=" + decisions_[j].values[static_cast<std::size_t>(at[j])]);
    }
    return out;
  }
  /// Whether leaders' links are dealt anew there.
  [[nodiscard]] bool deals_links(const lattice_point& at) const { return links_of(at) > 0; }
  /// The scenario of a point; `settings` says what a point has to be.
  [[nodiscard]] scenario setting(const lattice_point& at) const {
    scenario out = settings_;
    for (const std::string& one : settings(at)) (void)apply_setting(out, one);
    return out;
  }
  /// Its world. Faults: those of `world::make`.
  [[nodiscard]] checked<world> operator()(const lattice_point& at) const {
    return world::make(setting(at), deals_links(at) ? dealt_[links_of(at) - 1] : org_, calendar_, cases_ ? &*cases_ : nullptr);
  }

 private:
  /// Position among `links_values`.
  [[nodiscard]] std::size_t links_of(const lattice_point& at) const {
    if (!links_at_) return 0;
    const std::string& value = decisions_[*links_at_].values[static_cast<std::size_t>(at[*links_at_])];
    const auto found = std::find(links_values.begin(), links_values.end(), value);
    SIFANG_ASSERT(found != links_values.end(), "a value that was judged");
    return static_cast<std::size_t>(found - links_values.begin());
  }

  scenario settings_;
  organisation org_;
  std::vector<organisation> dealt_{};      // with other links: of all `links_values` but the first
  std::optional<std::size_t> links_at_{};  // position of the decision on them
  working_calendar calendar_;
  std::vector<decision> decisions_;
  std::optional<case_load> cases_;
};

/// An optimisation that can be begun.
struct optimisation_plan {
  std::shared_ptr<const world> place;  ///< the scenario as it is
  decision_task task;                  ///< what is decided, and what for
  decided_worlds make_world;           ///< for `optimise`
  lattice_options search;              ///< how far to go
};

/// Reads a scenario with its county and cases, and a file of decisions and targets for them: one call tells everything that is wrong in
/// either. \param wanted  as for `load_world`
[[nodiscard]] inline checked<optimisation_plan> plan_optimisation(const std::filesystem::path& scenario_name, const world_wanted& wanted,
                                                                  const std::filesystem::path& targets,
                                                                  const text_source& from = text_files()) {
  world_wanted with_cases = wanted;
  with_cases.keep_cases = true;
  auto made = load_world(scenario_name, with_cases, from);
  optimisation_reading read = scan_optimisation_file(targets, from);
  if (!made) {
    std::vector<fault> faults = std::move(made).faults();
    faults.insert(faults.end(), read.faults.begin(), read.faults.end());
    return faults;
  }
  const optimisation_rows& rows = read.rows;
  auto place = std::make_shared<const world>(std::move(made->place));
  auto task = bind_optimisation(rows, *place, std::move(read.faults));
  if (!task) return std::move(task).faults();
  lattice_options search;
  search.confidence = rows.confidence.value_or(place->setting().confidence);
  search.search = rows.replications.value_or(search.search);
  search.proof = rows.proof.value_or(search.proof);
  search.budget = rows.budget.value_or(search.budget);
  search.proof_look = (std::min)(search.proof_look, search.proof);
  decided_worlds worlds(*place, task->decisions, std::move(made->cases));
  return optimisation_plan{std::move(place), *std::move(task), std::move(worlds), search};
}

}  // namespace sifang

#endif
