// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SENSITIVITY_STUDY_HPP
#define SIFANG_IO_SENSITIVITY_STUDY_HPP

#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/set_numbers.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/sensitivity.hpp"
#include "sifang/experiment/verdict.hpp"
#include "sifang/io/figure_size_text.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/io/vary_ranges.hpp"
#include "sifang/org/organisation.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// A study of sensitivity from texts: which numbers vary, of which figure, under which policies.

namespace sifang {

/// Makes the worlds of a study: those of one or two policies that differ by some numbers. Several threads may ask.
class varied_worlds {
 public:
  /// \param base, other  the policies as they are; of `other` there may be none
  explicit varied_worlds(const world& base, const world* other = nullptr) {
    policies_.push_back({base.setting(), base.org(), base.calendar()});
    if (other != nullptr) policies_.push_back({other->setting(), other->org(), other->calendar()});
  }

  /// The world of a policy with these numbers; none where the scenario's rules allow none. \pre a policy that there is; asserted
  [[nodiscard]] std::optional<world> operator()(std::span<const numbered_value> values, std::size_t policy) const {
    SIFANG_ASSERT(policy < policies_.size(), "a policy of the study");
    const as_it_is& p = policies_[policy];
    scenario s = p.settings;
    set_numbers(s, values);
    auto made = world::make(std::move(s), p.org, p.calendar);
    if (!made) return std::nullopt;
    return *std::move(made);
  }

 private:
  struct as_it_is {
    scenario settings;
    organisation org;
    working_calendar calendar;
  };
  std::vector<as_it_is> policies_;
};
static_assert(point_worlds<varied_worlds>);

/// What somebody asks of a study of sensitivity.
struct sensitivity_wanted {
  std::filesystem::path scenario,      ///< the first policy
      other{};                         ///< the second, laid on the first; may be none
  std::string metric;                  ///< name of a metric
  std::vector<std::string> vary{};     ///< ranges; none: all numbers that nobody knows
  bool indices = false;                ///< Sobol' indices too, which only so many parameters may have
  std::vector<std::string> matters{};  ///< smallest differences that matter, METRIC=SIZE; of this metric alone
};

/// A study that can be begun.
struct sensitivity_plan {
  world base;                        ///< the policy as it is
  std::optional<world> other;        ///< the other
  std::vector<varied_value> values;  ///< what varies, in the order of the task's parameters
  sensitivity_task task;             ///< and of which figure
};

namespace detail {

/// The metric of a name, or a fault with the nearest.
[[nodiscard]] inline checked<metric> metric_named(const std::string& name, std::string_view option) {
  std::vector<std::string> names;
  for (const metric_info& m : metric_table) {
    if (m.name == name) return m.id;
    names.emplace_back(m.name);
  }
  return std::vector<fault>{
      {fault_kind::bad_value, {std::string(option)}, {"metric", "docs/metrics.md", shortened(name), nearest(name, names)}}};
}

/// The smallest differences that matter to a study of one metric. Faults: those of `parse_figure_sizes`, and of another metric, whose size
/// would do nothing.
[[nodiscard]] inline checked<matters_list> sizes_of(const std::vector<std::string>& texts, const std::string& metric) {
  constexpr std::string_view option = "--matters";
  auto out = parse_figure_sizes(option, texts);
  if (!out) return out;
  std::vector<fault> faults;
  for (const figure_size& s : *out) {
    if (s.metric != metric) faults.push_back({fault_kind::bad_value, {std::string(option)}, {"metric", metric, s.metric, metric}});
  }
  if (!faults.empty()) return faults;
  return out;
}

/// Faults of numbers whose values are a policy's own; and in a study of all unknown numbers, leaves them out.
inline void leave_out_policies_own(std::vector<varied_value>& values, const scenario& other, bool asked, std::vector<fault>& faults) {
  std::map<std::string, std::string> of_other;
  for (described_parameter& d : describe(other)) of_other.emplace(std::move(d.about.key), std::move(d.value));
  const auto differs = [&](const varied_value& v) {
    const auto found = of_other.find(v.about.about.key);
    return found == of_other.end() || found->second != v.about.value;
  };
  for (const varied_value& v : values) {
    if (!asked || !differs(v)) continue;
    faults.push_back({fault_kind::syntax,
                      {std::string(vary_option)},
                      {"a parameter in which the policies agree", "'" + v.about.about.key + "', in which the policies differ"}});
  }
  std::erase_if(values, differs);
}

}  // namespace detail

/// Reads one or two policies and what is asked of them: everything that is wrong with any of it, or the plan. The two need the same
/// period. Numbers in which the policies differ are part of the policies and do not vary.
[[nodiscard]] inline checked<sensitivity_plan> plan_sensitivity(const sensitivity_wanted& wanted, const world_wanted& how,
                                                                const text_source& from = text_files()) {
  auto base = load_world(wanted.scenario, how, from);
  std::vector<fault> faults = base ? std::vector<fault>() : base.faults();
  std::optional<world> other;
  if (!wanted.other.empty() && base) {
    world_wanted on_base = how;
    on_base.base = wanted.scenario;
    auto made = load_world(wanted.other, on_base, from);
    if (made)
      other = std::move(made->place);
    else
      faults.insert(faults.end(), made.faults().begin(), made.faults().end());
  }
  const auto what = detail::metric_named(wanted.metric, "--metric");
  if (!what) faults.insert(faults.end(), what.faults().begin(), what.faults().end());
  const auto matters = detail::sizes_of(wanted.matters, wanted.metric);
  if (!matters) faults.insert(faults.end(), matters.faults().begin(), matters.faults().end());
  if (!base) return faults;
  const scenario& s = base->place.setting();
  if (other && (other->start() != base->place.start() || other->end() != base->place.end())) {
    const auto period = [](const world& w) { return to_string(w.start()) + ".." + to_string(w.end()); };
    faults.push_back({fault_kind::out_of_period, {wanted.other.string()}, {"scenario.start", period(base->place), period(*other)}});
  }
  std::vector<varied_value> values;
  if (wanted.vary.empty()) {
    values = plausible_values(s);
    const auto is_set = [&](const varied_value& v) {
      return std::any_of(how.settings.begin(), how.settings.end(), [&](const std::string& setting) {
        return detail::trimmed_setting(std::string_view(setting).substr(0, setting.find('='))) == v.about.about.key;
      });
    };
    std::erase_if(values, is_set);  // what the command line sets is what is asked about
  } else {
    auto bound = bind_ranges(wanted.vary, s, how.settings);
    if (bound)
      values = *std::move(bound);
    else
      faults.insert(faults.end(), bound.faults().begin(), bound.faults().end());
  }
  if (other) detail::leave_out_policies_own(values, other->setting(), !wanted.vary.empty(), faults);
  if (faults.empty() && values.empty()) faults.push_back({fault_kind::syntax, {std::string(vary_option)}, {"key=low..high", "''"}});
  if (wanted.indices && values.size() > most_sobol_factors) {
    const std::string most = std::to_string(most_sobol_factors);
    faults.push_back({fault_kind::syntax,
                      {std::string(vary_option)},
                      {most + " parameters or fewer, each of them named", std::to_string(values.size()) + " of them"}});
  }
  tidy(faults);
  if (!faults.empty()) return faults;
  sensitivity_task task;
  for (const varied_value& v : values) task.parameters.push_back({v.about.about.key, v.range});
  task.figure = {*what, other.has_value()};
  task.seed = s.seed;
  task.confidence = s.confidence;
  task.matters = *matters;
  return sensitivity_plan{std::move(base->place), std::move(other), std::move(values), std::move(task)};
}

}  // namespace sifang

#endif
