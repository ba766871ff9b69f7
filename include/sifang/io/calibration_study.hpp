// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_CALIBRATION_STUDY_HPP
#define SIFANG_IO_CALIBRATION_STUDY_HPP

#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/described_parameter.hpp"
#include "sifang/county/plausible_law.hpp"
#include "sifang/county/plausible_ranges.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/calibrate.hpp"
#include "sifang/experiment/summary.hpp"
#include "sifang/io/calibration_file.hpp"
#include "sifang/io/ledger_cases.hpp"
#include "sifang/io/ledger_figures.hpp"
#include "sifang/io/ledger_frame.hpp"
#include "sifang/io/ledger_map.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/io/scenario_reference.hpp"
#include "sifang/io/scenario_setting.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/petition/case_load.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// A calibration from texts: figures and parameters of a file meet a scenario and its county.

namespace sifang {

namespace detail {

/// Puts the rows of a file and what the county says of them together.
class calibration_binder {
 public:
  calibration_binder(const calibration_targets& wanted, const world& w)
      : wanted_(wanted), values_(describe(w.setting())), dimensions_(result_dimensions(w)) {}

  /// \param faults  of the file; those of the county are told with them
  [[nodiscard]] checked<calibration_task> bind(std::vector<fault> faults) {
    faults_ = std::move(faults);
    for (const figure_row& row : wanted_.figures) bind_figure(row);
    for (const parameter_row& row : wanted_.parameters) bind_parameter(row);
    tidy(faults_);
    if (!faults_.empty()) return std::move(faults_);
    return std::move(out_);
  }

 private:
  void bind_figure(const figure_row& row) {
    const named_figure& m = row.measured;
    known_figure f{row.name, {m.what, m.split, {}, m.share}, row.target, row.source, row.discrepancy};
    f.measure.items = items_of(m, dimensions_[static_cast<std::size_t>(m.split)], "figure." + row.name, row.places, near_, faults_);
    out_.figures.push_back(std::move(f));
  }

  void bind_parameter(const parameter_row& row) {
    const auto found = std::find_if(values_.begin(), values_.end(), [&](const described_parameter& d) { return d.about.key == row.key; });
    if (found == values_.end()) {
      std::vector<std::string> keys;
      for (const described_parameter& d : values_) {
        if (is_number(d)) keys.push_back(d.about.key);
      }
      return faults_.push_back({fault_kind::unknown_key, row.where, {shortened(row.key), near_(row.key, keys)}});
    }
    if (!is_number(*found))
      return faults_.push_back({fault_kind::wrong_type,
                                row.where,
                                {row.key, "one number of the county, none of [scenario]", "'" + shortened(found->value) + "'"}});
    const parameter& p = found->about;
    unknown_parameter out{row.key, {p.least, p.most, *found->number, row.step.value_or(0), found->is_whole}};
    // What nobody says is what is plausible; a range of one's own is believed evenly.
    if (const plausible_law* law = plausible_law_of(row.key); law != nullptr && !(row.from && row.to)) {
      const plausible_range plausible = range_of(*law, *found->number, p.least, p.most, found->is_whole);
      if (plausible.is_open()) {
        out.range.least = plausible.low;
        out.range.most = plausible.high;
        if (!row.from && !row.to) out.law = plausible;
      }
    }
    const std::size_t before = faults_.size();
    const auto within = [&](const char* word, double value, double least, double most) {
      if (value >= least && value <= most) return;
      const auto at = row.places.find(word);
      faults_.push_back({fault_kind::out_of_range,
                         at == row.places.end() ? row.where : at->second,
                         {"parameter." + row.key + '.' + word, range_text(least, most), number_text(value)}});
    };
    if (row.from) within("from", out.range.least = *row.from, p.least, p.most);
    if (row.to) within("to", out.range.most = *row.to, p.least, p.most);
    if (faults_.size() == before && !(out.range.least < out.range.most)) {
      const auto at = row.places.find(row.to ? "to" : "from");
      faults_.push_back({fault_kind::out_of_range,
                         at->second,
                         {"parameter." + row.key + ".to", "above " + number_text(out.range.least), number_text(out.range.most)}});
    }
    if (row.start) out.range.start = *row.start;
    if (faults_.size() == before) within("start", out.range.start, out.range.least, out.range.most);
    out_.parameters.push_back(std::move(out));
  }

  /// One number, which another scenario may set in a file of its own: no list, no clock time, nothing of a sensitive period.
  [[nodiscard]] static bool is_number(const described_parameter& d) {
    const bool elsewhere = d.about.key.starts_with("scenario.") || d.about.key.starts_with("sensitive_period.");
    return !elsewhere && d.about.least < d.about.most && d.number && d.about.least <= *d.number && *d.number <= d.about.most;
  }

  const calibration_targets& wanted_;
  std::vector<described_parameter> values_;
  std::vector<result_dimension> dimensions_;
  nearest_words near_;
  calibration_task out_;
  std::vector<fault> faults_;
};

}  // namespace detail

/// The task that the rows of a file are for this county. Faults: `unknown_key` (no such parameter), `wrong_type` (one that is not one
/// number, or is of `[scenario]`), `out_of_range` (a range, or where the search begins), `bad_value` (no such item), and those that the
/// file has already. \param faults  of the file, which are told with those of the county
[[nodiscard]] inline checked<calibration_task> bind_calibration(const calibration_targets& wanted, const world& w,
                                                                std::vector<fault> faults = {}) {
  return detail::calibration_binder(wanted, w).bind(std::move(faults));
}

/// Makes the worlds of a calibration: those of one scenario that differ by some numbers. It is what `calibrate` asks.
class calibration_worlds {
 public:
  /// \param place  the world of the scenario as it is
  /// \param cases  recorded cases that take the place of generated ones; empty: none
  calibration_worlds(const world& place, std::vector<std::string> keys, std::optional<case_load> cases = std::nullopt)
      : settings_(place.setting()), org_(place.org()), calendar_(place.calendar()), keys_(std::move(keys)), cases_(std::move(cases)) {}

  /// The scenario with these values. \pre as many as keys; asserted
  [[nodiscard]] scenario setting(std::span<const double> values) const {
    SIFANG_ASSERT(values.size() == keys_.size(), "a value for each key");
    scenario out = settings_;
    for (std::size_t j = 0; j < keys_.size(); ++j) (void)apply_setting(out, keys_[j] + "=" + number_text(values[j]));
    return out;
  }
  /// Its world. Faults: those of `world::make`.
  [[nodiscard]] checked<world> operator()(std::span<const double> values) const {
    return world::make(setting(values), org_, calendar_, cases_ ? &*cases_ : nullptr);
  }

 private:
  scenario settings_;
  organisation org_;
  working_calendar calendar_;
  std::vector<std::string> keys_;
  std::optional<case_load> cases_;
};

/// A calibration that can be begun.
struct calibration_plan {
  world place;                    ///< the scenario as it is
  calibration_task task;          ///< what is fitted to what
  calibration_worlds make_world;  ///< for `calibrate`
};

/// A ledger whose figures are known too.
struct ledger_evidence {
  std::filesystem::path file{};  ///< empty: none
  std::filesystem::path map{};   ///< how it is read; empty: by the dictionary alone
  bool skip_bad = false;         ///< use the rows that can be used where others cannot
};

namespace detail {

/// The figures of a ledger for this county.
template <class = when_called>
[[nodiscard]] inline checked<std::vector<known_figure>> figures_of_ledger(const ledger_evidence& ledger, const world& w,
                                                                          const text_source& from) {
  ledger_map map;
  if (!ledger.map.empty()) {
    auto read = load_ledger_map(ledger.map, from);
    if (!read) return std::move(read).faults();
    map = *std::move(read);
  }
  const ledger_frame frame(w.setting(), w.org());
  const auto cases = load_ledger_cases(ledger.file, frame, map, from);
  if (!cases) return cases.faults();
  if (cases->read.rows_rejected > 0 && !ledger.skip_bad) return unusable(cases->read);
  std::vector<known_figure> out = figures_of(*cases, w.setting(), w.calendar());
  if (out.empty()) return make_fault(fault_kind::syntax, place{ledger.file.string()}, "a record of a week or more", "a shorter one");
  return out;
}

}  // namespace detail

/// Reads a scenario with its county and cases, and a file of figures and parameters for them: one call tells everything that is wrong in
/// either. \param wanted  as for `load_world`  \param ledger  whose figures are added, but those that the file has by the same name
[[nodiscard]] inline checked<calibration_plan> plan_calibration(const std::filesystem::path& scenario_name, const world_wanted& wanted,
                                                                const std::filesystem::path& targets,
                                                                const text_source& from = text_files(),
                                                                const ledger_evidence& ledger = {}) {
  world_wanted with_cases = wanted;
  with_cases.keep_cases = true;
  auto made = load_world(scenario_name, with_cases, from);
  calibration_reading read = scan_calibration_file(targets, from, ledger.file.empty());
  if (!made) {
    std::vector<fault> faults = std::move(made).faults();
    faults.insert(faults.end(), read.faults.begin(), read.faults.end());
    return faults;
  }
  world& w = made->place;
  auto task = bind_calibration(read.rows, w, std::move(read.faults));
  if (!task) return std::move(task).faults();
  if (!ledger.file.empty()) {
    auto more = detail::figures_of_ledger(ledger, w, from);
    if (!more) return std::move(more).faults();
    for (known_figure& f : *more) {
      const auto same = [&](const known_figure& other) { return other.name == f.name; };
      if (std::none_of(task->figures.begin(), task->figures.end(), same)) task->figures.push_back(std::move(f));
    }
  }
  std::vector<std::string> keys;
  for (const unknown_parameter& p : task->parameters) keys.push_back(p.key);
  calibration_worlds worlds(w, std::move(keys), std::move(made->cases));
  return calibration_plan{std::move(w), *std::move(task), std::move(worlds)};
}

}  // namespace sifang

#endif
