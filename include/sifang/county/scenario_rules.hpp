// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_SCENARIO_RULES_HPP
#define SIFANG_COUNTY_SCENARIO_RULES_HPP

#include "sifang/core/date_fault.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/load_limits.hpp"
#include "sifang/county/parameter_faults.hpp"
#include "sifang/county/parameters.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/scenario_recurrences.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What must hold of the parameters of a scenario: the range of each, which stands in its own row, and what holds
/// between them.

namespace sifang {

/// What messages show in place of a file for settings of the command line.
inline constexpr std::string_view command_line = "--set";

/// Where each parameter that a file or the command line set was set last, by its key.
class parameter_places {
 public:
  /// \param file  the file of the scenario: the place of what nobody set
  explicit parameter_places(std::string file = {}) : file_(std::move(file)) {}

  /// Notes that the parameter was set there; a later call for the same key takes its place.
  template <class = when_called>
  void set(const std::string& key, place where) {
    places_.insert_or_assign(key, std::pair(++count_, std::move(where)));
  }

  /// Of these parameters, the place of the one that was set last: furthest down in the file read last, or
  /// on the command line. The file of the scenario if none was set.
  template <class = when_called>
  [[nodiscard]] place of(std::initializer_list<std::string_view> keys) const {
    std::size_t latest = 0;
    place out{file_};
    for (const std::string_view key : keys) {
      const auto found = places_.find(key);
      if (found == places_.end()) continue;
      const auto& [order, where] = found->second;
      const bool later = latest == 0 || (where.file == out.file ? where.line >= out.line : order > latest);
      if (!later) continue;
      latest = order;
      out = where;
    }
    return out;
  }
  /// The same for one parameter.
  template <class = when_called>
  [[nodiscard]] place of(std::string_view key) const {
    return of({key});
  }

  /// Notes a parameter whose value could not be read: what depends on it cannot be judged.
  template <class = when_called>
  void spoil(std::string key) {
    spoilt_.insert(std::move(key));
  }
  /// Whether none of these parameters is spoilt.
  template <class = when_called>
  [[nodiscard]] bool is_sound(std::initializer_list<std::string_view> keys) const {
    return std::none_of(keys.begin(), keys.end(), [&](std::string_view key) { return spoilt_.contains(key); });
  }
  /// Whether no parameter whose key begins so is spoilt.
  template <class = when_called>
  [[nodiscard]] bool is_sound_below(std::string_view prefix) const {
    const auto first = spoilt_.lower_bound(prefix);
    return first == spoilt_.end() || !first->starts_with(prefix);
  }

 private:
  std::string file_;
  std::map<std::string, std::pair<std::size_t, place>, std::less<>> places_;
  std::set<std::string, std::less<>> spoilt_;
  std::size_t count_ = 0;
};

namespace detail {

using namespace std::string_view_literals;

template <class>  // only programs that ask for it compile it
class scenario_rules {
 public:
  scenario_rules(const scenario& s, parameter_places places, std::vector<fault>& faults)
      : s_(s), places_(std::move(places)), faults_(faults) {}

  template <class = when_called>
  void check() {
    values();
    name();
    period();
    shares();
    sessions();
    categories();
    sensitive_periods();
    load();
    campaign();
    recurrences();
  }

 private:
  // Decimal shares such as 0.1 are no binary fractions; a dozen of them add up to 1 within a few 1e-16.
  static constexpr double rounding = 1e-9;

  /// Each value alone. What is not in its range is spoilt: what depends on it is not judged.
  void values() {
    visit_parameters(s_, [&](const parameter& p, const auto& field) { value(p, p.key, field); });
    for (const category_setting& c : s_.categories) {
      visit_category(c, [&](const parameter& p, const auto& field) { value(p, "category." + c.id + '.' + p.key, field); });
    }
    for (const sensitive_period& c : s_.sensitive_periods) {
      const std::string prefix = "sensitive_period." + c.name + '.';
      visit_sensitive_period(c, [&](const parameter& p, const auto& field) { value(p, prefix + p.key, field); });
    }
  }

  template <class T>
  void value(const parameter& p, const std::string& key, const T& field) {
    std::vector<fault> wrong = value_faults(p, key, field, places_.of(key));
    if (wrong.empty()) return;
    faults_.insert(faults_.end(), wrong.begin(), wrong.end());
    places_.spoil(key);
  }

  void name() {
    if (s_.name.find_first_of("/\\:*?\"<>|") == std::string::npos && !s_.name.starts_with('.')) return;
    faults_.push_back(make_fault(fault_kind::syntax, places_.of("scenario.name"), "a name that can be a folder's", "'" + s_.name + "'"));
  }

  void period() {
    in_order({"scenario.start", "scenario.end"}, "scenario.end", s_.start, s_.end);
    if (places_.is_sound({"scenario.start", "scenario.warm_up"}) && s_.first() < first_day_allowed)
      faults_.push_back(date_fault(places_.of({"scenario.start", "scenario.warm_up"}), "scenario.start - warm_up", s_.first()));
    if (places_.is_sound({"scenario.end", "scenario.run_out"}) && s_.last() > last_day_allowed)
      faults_.push_back(date_fault(places_.of({"scenario.end", "scenario.run_out"}), "scenario.end + run_out", s_.last()));
  }

  void in_order(std::initializer_list<std::string_view> keys, std::string key, day first, day last) {
    if (last >= first || !places_.is_sound(keys)) return;
    faults_.push_back(make_fault(fault_kind::not_chronological, places_.of(keys), std::move(key), to_string(last), to_string(first)));
  }

  void sum_to_one(std::initializer_list<std::string_view> keys, std::string name, double sum) {
    if (std::abs(sum - 1) <= rounding || !places_.is_sound(keys)) return;
    faults_.push_back(make_fault(fault_kind::sum_not_one, places_.of(keys), std::move(name), rounded(sum)));
  }

  /// A sum without the noise of binary fractions.
  static std::string rounded(double sum) { return number_text(std::round(sum * 1e9) / 1e9); }

  void at_most(std::initializer_list<std::string_view> keys, std::string name, bool holds, std::string most, std::string found) {
    if (holds || !places_.is_sound(keys)) return;
    faults_.push_back(make_fault(fault_kind::out_of_range, places_.of(keys), std::move(name), std::move(most), std::move(found)));
  }

  void has_weight(const std::string& key, std::span<const double> weights) {
    const bool all_zero = std::all_of(weights.begin(), weights.end(), [](double w) { return w == 0; });
    at_most({key}, key, !all_zero, "with at least one weight above 0", "only zeros");
  }

  void shares() {
    const auto& load = s_.load;
    sum_to_one({"load.visit_share", "load.letter_share", "load.online_share", "load.phone_share"},
               "load.visit_share + letter_share + online_share + phone_share",
               load.visit_share + load.letter_share + load.online_share + load.phone_share);
    const auto chosen = [](const session_kind& k) { return !k.irregular && k.share > 0; };
    const bool any = std::any_of(s_.reception.sessions.begin(), s_.reception.sessions.end(), chosen);
    at_most({"choice.model"}, "session.*.share", s_.choice.model != choice_model::shares || any, "with at least one weight above 0",
            "only zeros");
    const double opinions = s_.settlement.supported_share + s_.settlement.explained_share;
    at_most({"settlement.supported_share", "settlement.explained_share"}, "settlement.supported_share + explained_share",
            opinions <= 1 + rounding, "at most 1", rounded(opinions));
    const double kinds = s_.campaign.works.share + s_.campaign.aid.share + s_.campaign.dispute.share;
    at_most({"campaign.works.share", "campaign.aid.share", "campaign.dispute.share"}, "campaign.works.share + aid.share + dispute.share",
            kinds <= 1 + rounding, "at most 1", rounded(kinds));
    const auto& door = s_.return_visits;
    const double reasons = door.promise_share + door.hardship_share + door.new_facts_share + door.attitude_share;
    at_most(
        {"return_visits.promise_share", "return_visits.hardship_share", "return_visits.new_facts_share", "return_visits.attitude_share"},
        "return_visits.promise_share + hardship_share + new_facts_share + attitude_share", reasons <= 1 + rounding, "at most 1",
        rounded(reasons));
    has_weight("load.weekdays", load.weekdays);
    has_weight("load.months", load.months);
  }

  void session(const std::string& key, const session_kind& session) {
    const std::int32_t end = session.start.count + session.length.count;
    at_most({key + ".start", key + ".length"}, key + ".start + length", end <= minutes_per_day, "at most 24:00", clock_text(minutes(end)));
    names_a_day(key + ".recur", !session.open || !session.recur.empty() || !session.add.empty());
    const auto lacks = [&](const std::string& what, std::initializer_list<std::string_view> keys, std::string wanted) {
      if (places_.is_sound(keys)) faults_.push_back(make_fault(fault_kind::missing_key, places_.of(key), key + what, std::move(wanted)));
    };
    const std::string roles = key + ".roles", posts = key + ".posts", relations = key + ".relations", at = key + ".at",
                      units = key + ".units";
    if (session.roles.empty() && session.posts.empty()) lacks(".roles", {roles, posts}, "who sits: roles, or posts");
    if (session.relations.empty() && session.at.empty() && session.units.empty())
      lacks(".at", {relations, at, units}, "where it is held: relations, kinds of unit, or units");
    if (!session.moves_for.empty() && !s_.reception.find(session.moves_for)) {
      faults_.push_back(make_fault(fault_kind::bad_value, places_.of(key + ".moves_for"), key + ".moves_for", session_names(),
                                   session.moves_for, nearest(session.moves_for, session_ids())));
    }
  }

  [[nodiscard]] std::vector<std::string> session_ids() const {
    std::vector<std::string> out;
    for (const session_kind& k : s_.reception.sessions) {
      if (!k.irregular) out.push_back(k.id);
    }
    return out;
  }
  [[nodiscard]] std::string session_names() const {
    std::string all;
    for (const std::string& id : session_ids()) all.append(all.empty() ? "" : ", ").append(id);
    return all;
  }

  /// Names that tell them apart, and not more than there can be.
  void session_list() {
    if (s_.reception.sessions.size() > most_session_kinds) {
      faults_.push_back(make_fault(fault_kind::out_of_range, places_.of("session"), "number of [session.*]",
                                   range_text(1, static_cast<double>(most_session_kinds)), std::to_string(s_.reception.sessions.size())));
    }
    std::map<std::string_view, int> ids;
    for (const session_kind& k : s_.reception.sessions) ++ids[k.id];
    for (const auto& [id, times] : ids) {
      const std::string key = "session." + std::string(id);
      if (!is_session_name(id))
        faults_.push_back(make_fault(fault_kind::syntax, places_.of(key), "a short name: a letter, then letters, digits, '_' or '-'",
                                     "'" + std::string(id) + "'"));
      else if (times > 1)
        faults_.push_back(make_fault(fault_kind::syntax, places_.of(key), "a name that only one has",
                                     "'" + std::string(id) + "', which " + std::to_string(times) + " have"));
    }
  }

  void names_a_day(const std::string& key, bool holds) {
    at_most({key}, key, holds, "with at least one rule for what is held at all", "an empty list");
  }

  void sessions() {
    session_list();
    visit_sessions(s_, [&](const std::string& key, const session_kind& one) { session(key, one); });
    names_a_day("appointments.recur", !s_.appointments.open || !s_.appointments.recur.empty());
  }

  void categories() {
    if (!places_.is_sound_below("category")) return;
    if (s_.categories.empty()) {
      faults_.push_back(make_fault(fault_kind::missing_key, places_.of("category"), "category", "at least one table [[category]]"));
      return;
    }
    if (s_.categories.size() > most_categories) {
      const std::string most = range_text(1, static_cast<double>(most_categories));
      faults_.push_back(make_fault(fault_kind::out_of_range, places_.of("category"), "number of [[category]]", most,
                                   std::to_string(s_.categories.size())));
      return;
    }
    std::map<std::string_view, int> ids;
    for (const category_setting& c : s_.categories) ++ids[c.id];
    for (const auto& [id, times] : ids) {
      if (id.empty())
        faults_.push_back(make_fault(fault_kind::missing_key, places_.of("category"), "category.id", "the short name of the category"));
      else if (times > 1)
        faults_.push_back(make_fault(fault_kind::syntax, places_.of("category." + std::string(id) + ".id"), "a name that only one has",
                                     "'" + std::string(id) + "', which " + std::to_string(times) + " have"));
    }
    double sum = 0;
    place last = places_.of("category");
    for (const category_setting& c : s_.categories) {
      sum += c.share;
      const std::string key = "category." + c.id;
      if (place at = places_.of(key + ".share"); at.line != 0 || at.file == command_line) last = std::move(at);
      has_weight(key + ".months", c.months);
      at_most({key + ".enterprise_share", key + ".project_share"}, key + ".enterprise_share + project_share",
              c.enterprise_share + c.project_share <= 1 + rounding, "at most 1", rounded(c.enterprise_share + c.project_share));
    }
    if (std::abs(sum - 1) > rounding)
      faults_.push_back(make_fault(fault_kind::sum_not_one, std::move(last), "category.*.share", rounded(sum)));
  }

  void sensitive_periods() {
    for (std::size_t i = 0; i < s_.sensitive_periods.size(); ++i) {
      const sensitive_period& p = s_.sensitive_periods[i];
      const std::string listed = "sensitive_period[" + std::to_string(i) + ']';  // names may repeat from year to year
      const std::string named = "sensitive_period." + p.name;
      in_order({listed, named + ".first", named + ".last"}, named + ".last", p.first, p.last);
    }
  }

  /// Not more matters than a day, and a replication, can take.
  void load() {
    const auto keys = {"load.matters_per_year"sv, "load.multiplier"sv,       "load.overdispersion"sv, "load.weekdays"sv,
                       "load.months"sv,           "load.sensitive_factor"sv, "load.backlog"sv,        "scenario.start"sv,
                       "scenario.end"sv,          "scenario.warm_up"sv,      "scenario.run_out"sv};
    const bool sound =
        places_.is_sound(keys) && places_.is_sound_below("category") && places_.is_sound_below("sensitive_period") && s_.start <= s_.end;
    if (!sound) return;
    const std::vector<double> rates = daily_rates(s_);
    const auto highest = std::max_element(rates.begin(), rates.end());
    double most = *highest;
    if (most <= static_cast<double>(most_matters_a_day)) most = static_cast<double>(most_of_a_day(most, s_.load.overdispersion));
    const day on = s_.start - s_.warm_up + calendar_days(static_cast<std::int32_t>(highest - rates.begin()));
    const auto too_many = [&](std::string most_allowed, std::string found) {
      faults_.push_back(make_fault(fault_kind::out_of_range, places_.of({"load.matters_per_year", "load.multiplier"}),
                                   "load.matters_per_year * load.multiplier", std::move(most_allowed), std::move(found)));
    };
    const double all = std::accumulate(rates.begin(), rates.end(), 0.0);
    most += s_.load.backlog;
    if (!(most <= static_cast<double>(most_matters_a_day))) {
      too_many("at most " + std::to_string(most_matters_a_day) + " matters on any day",
               found_number(std::round(most)) + " on " + to_string(on));
    } else if (!(all <= most_matters)) {
      too_many("at most " + number_text(most_matters) + " matters in the simulated days", found_number(std::round(all)));
    }
  }

  /// A replication keeps each item that needs handling until it is done, and looks at it every evening.
  void campaign() {
    const auto& c = s_.campaign;
    const auto keys = {"county.cadres"sv, "campaign.cadre_share"sv, "campaign.households_per_day"sv, "campaign.days"sv,
                       "campaign.opinions_per_household"sv};
    const double opinions = s_.county.cadres * c.cadre_share * c.households_per_day * c.days * c.opinions_per_household;
    at_most(keys, "county.cadres * campaign.cadre_share * campaign.households_per_day * campaign.days * campaign.opinions_per_household",
            opinions <= most_opinions, "at most " + number_text(most_opinions) + " items of public sentiment in a campaign",
            found_number(std::round(opinions)));
  }

  /// Every rule names a day that is simulated.
  void recurrences() {
    if (!places_.is_sound({"scenario.start", "scenario.end", "scenario.warm_up", "scenario.run_out"}) || s_.start > s_.end) return;
    for (const idle_recurrence& idle : idle_recurrences(s_)) {
      const std::string key = std::string(idle.key) + ".recur";
      if (!places_.is_sound({key})) continue;
      faults_.push_back(
          make_fault(fault_kind::no_such_day, places_.of(key), idle.rule->to_string(), to_string(s_.first()), to_string(s_.last())));
    }
  }

  const scenario& s_;
  parameter_places places_;
  std::vector<fault>& faults_;
};

}  // namespace detail

/// Everything that is wrong with a scenario: values outside their ranges or none at all, shares that do not sum to one,
/// a period that ends before it begins or begins with its warm-up before all dates, weights that are all zero, sessions
/// that pass midnight, recurrence rules that name no simulated day, categories without or with the same name, more matters
/// than can be played (`county/load_limits.hpp`). What depends on a value that is wrong itself is not judged.
/// \param places  where parameters were set \complexity linear in the parameters and simulated days
template <class When = when_called>
[[nodiscard]] inline std::vector<fault> check(const scenario& s, const parameter_places& places = parameter_places()) {
  std::vector<fault> faults;
  detail::scenario_rules<When>(s, places, faults).check();
  return faults;
}

}  // namespace sifang

#endif
