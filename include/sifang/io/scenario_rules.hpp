// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SCENARIO_RULES_HPP
#define SIFANG_IO_SCENARIO_RULES_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/time.hpp"
#include "sifang/io/number_text.hpp"
#include "sifang/sim/scenario.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <map>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What must hold between the parameters of a scenario; the range of each alone stands in its own row.

namespace sifang {

/// Where each parameter that a file or the command line set was set last, by its key.
class parameter_places {
 public:
  explicit parameter_places(std::string file = {}) : file_(std::move(file)) {}

  void set(const std::string& key, place where) { places_.insert_or_assign(key, std::pair(++count_, std::move(where))); }

  /// Of these parameters, the place of the one that was set last; the file if none was.
  [[nodiscard]] place of(std::initializer_list<std::string_view> keys) const {
    std::size_t latest = 0;
    place out{file_};
    for (const std::string_view key : keys) {
      const auto found = places_.find(key);
      if (found == places_.end() || found->second.first < latest) continue;
      latest = found->second.first;
      out = found->second.second;
    }
    return out;
  }
  [[nodiscard]] place of(std::string_view key) const { return of({key}); }

 private:
  std::string file_;
  std::map<std::string, std::pair<std::size_t, place>, std::less<>> places_;
  std::size_t count_ = 0;
};

namespace detail {

class scenario_rules {
 public:
  scenario_rules(const scenario& s, const parameter_places& places, std::vector<fault>& faults)
      : s_(s), places_(places), faults_(faults) {}

  void check() {
    name();
    period();
    shares();
    sessions();
    categories();
    for (std::size_t i = 0; i < s_.sensitive_periods.size(); ++i) {
      const sensitive_period& p = s_.sensitive_periods[i];
      if (p.last < p.first) {
        const std::string key = "sensitive_period." + p.name;
        faults_.push_back({fault_kind::not_chronological, places_.of({key + ".first", key + ".last"}),
                           {key + ".last", to_string(p.last), to_string(p.first)}});
      }
    }
  }

 private:
  // Decimal shares such as 0.1 are no binary fractions; a dozen of them add up to 1 within a few 1e-16.
  static constexpr double rounding = 1e-9;

  void name() {
    if (s_.name.empty()) {
      faults_.push_back({fault_kind::missing_key, places_.of("scenario.name"), {"scenario.name", "a short name"}});
    } else if (s_.name.find_first_of("/\\:*?\"<>|") != std::string::npos || s_.name.front() == '.') {
      faults_.push_back({fault_kind::syntax, places_.of("scenario.name"), {"a name that can be a folder's", "'" + s_.name + "'"}});
    }
  }

  void period() {
    if (s_.end < s_.start) {
      faults_.push_back({fault_kind::not_chronological, places_.of({"scenario.start", "scenario.end"}),
                         {"scenario.end", to_string(s_.end), to_string(s_.start)}});
    }
  }

  void sums_to_one(std::string name, double sum, place where) {
    if (!(std::abs(sum - 1) <= rounding)) faults_.push_back({fault_kind::sum_not_one, std::move(where), {std::move(name), number_text(std::round(sum * 1e9) / 1e9)}});
  }

  void has_weight(const std::string& key, std::span<const double> weights) {
    if (std::all_of(weights.begin(), weights.end(), [](double w) { return w == 0; })) {
      faults_.push_back({fault_kind::out_of_range, places_.of(key), {key, "with at least one weight above 0", "only zeros"}});
    }
  }

  void shares() {
    const auto& load = s_.load;
    sums_to_one("load.visit_share, letter_share, online_share, phone_share",
                load.visit_share + load.letter_share + load.online_share + load.phone_share,
                places_.of({"load.visit_share", "load.letter_share", "load.online_share", "load.phone_share"}));
    sums_to_one("choice.shares", std::accumulate(s_.choice.shares.begin(), s_.choice.shares.end(), 0.0), places_.of("choice.shares"));
    const double opinions = s_.settlement.supported_share + s_.settlement.explained_share;
    if (opinions > 1 + rounding) {
      faults_.push_back({fault_kind::out_of_range, places_.of({"settlement.supported_share", "settlement.explained_share"}),
                         {"settlement.supported_share + explained_share", "at most 1", number_text(opinions)}});
    }
    has_weight("load.weekdays", load.weekdays);
    has_weight("load.months", load.months);
  }

  void session(const std::string& key, const session_setting& session) {
    const std::int32_t end = session.start.count + session.length.count;
    if (end > minutes_per_day) {
      faults_.push_back({fault_kind::out_of_range, places_.of({key + ".start", key + ".length"}),
                         {key + ".start + length", "at most 24:00", clock_text(minutes(end))}});
    }
  }

  void sessions() {
    session("reception.principal", s_.reception.principal);
    session("reception.linked", s_.reception.linked);
    session("reception.bureau", s_.reception.bureau);
    session("reception.unit", s_.reception.unit);
    session("reception.village", s_.reception.village);
    session("reception.window", s_.reception.window);
  }

  void categories() {
    if (s_.categories.empty()) {
      faults_.push_back({fault_kind::missing_key, places_.of("category"), {"category", "at least one table [[category]]"}});
      return;
    }
    double sum = 0;
    place last = places_.of("category");
    for (const category_setting& c : s_.categories) {
      sum += c.share;
      const std::string key = "category." + c.id;
      if (const place at = places_.of(key + ".share"); at.line != 0 || at.file == "--set") last = at;
      has_weight(key + ".months", c.months);
    }
    sums_to_one("category.*.share", sum, last);
  }

  const scenario& s_;
  const parameter_places& places_;
  std::vector<fault>& faults_;
};

}  // namespace detail

/// Everything that is wrong between the parameters: shares that do not sum to one, a period that ends before
/// it begins, weights that are all zero, sessions that pass midnight. \param places where parameters were set
[[nodiscard]] inline std::vector<fault> check_scenario(const scenario& s, const parameter_places& places = parameter_places()) {
  std::vector<fault> faults;
  detail::scenario_rules(s, places, faults).check();
  return faults;
}

}  // namespace sifang

#endif
