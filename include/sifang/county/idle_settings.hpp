// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_IDLE_SETTINGS_HPP
#define SIFANG_COUNTY_IDLE_SETTINGS_HPP

#include "sifang/assign/ownership.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/parameter_value.hpp"
#include "sifang/county/parameters.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/scenario_recurrences.hpp"
#include "sifang/reception/campaign.hpp"
#include "sifang/reception/setting.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <functional>
#include <map>
#include <utility>
#include <vector>

/// \file
/// Parameters that a scenario sets and that change nothing there, since another setting keeps them from being asked for.

namespace sifang {

/// A parameter that differs from its default and changes nothing.
struct idle_setting {
  std::string key,  ///< whole key of the parameter
      because;      ///< what keeps it idle, as a scenario file has it: `choice.model = logit`
  friend bool operator==(const idle_setting&, const idle_setting&) = default;
};

namespace detail {

/// Which parameters another setting keeps idle. A key that ends with a dot stands for all that begin so, but for `open`.
class idle_rules {
 public:
  template <class = when_called>
  idle_rules(const scenario& s, bool replays) {
    const auto name_and_value = [](std::string_view key, std::string_view value) { return std::string(key) + " = " + std::string(value); };
    for (const session_kind& one : s.reception.sessions) {
      const std::string key = "session." + one.id;
      if (s.choice.model == choice_model::logit) rules_.emplace_back(key + ".share", "choice.model = logit");
      if (s.choice.model == choice_model::shares) rules_.emplace_back(key + ".appeal", "choice.model = shares");
    }
    if (s.choice.model == choice_model::shares)
      add({"choice.delay_weight", "choice.distance_weight", "choice.climb"}, "choice.model = shares");
    const ownership_rule owner = s.ownership.rule;
    if (owner != ownership_rule::capped && owner != ownership_rule::handover)
      add({"ownership.cap"}, name_and_value("ownership.rule", name_of(owner)));
    visit_sessions(s, [&](const std::string& key, const session_kind& one) {
      if (!one.open) closed(key);
    });
    if (!s.appointments.open) closed("appointments");
    if (!s.campaign.open) closed("campaign");
    if (!s.return_visits.open) closed("return_visits");
    if (s.return_visits.hardship_share == 0)
      add({"return_visits.help_share", "return_visits.help_cost", "return_visits.help_effect", "return_visits.help_rebound_factor"},
          "return_visits.hardship_share = 0");
    if (s.return_visits.attitude_share == 0) add({"return_visits.apology_effect"}, "return_visits.attitude_share = 0");
    if (s.return_visits.help_share == 0)
      add({"return_visits.help_cost", "return_visits.help_effect", "return_visits.help_rebound_factor"}, "return_visits.help_share = 0");
    if (s.return_visits.promise_share + s.return_visits.new_facts_share == 0)
      add({"return_visits.reopened_share"}, "return_visits.promise_share = new_facts_share = 0");
    if (s.reception.irregular_per_month == 0)
      add({"reception.irregular_target", "reception.irregular_turnout", "reception.irregular_length"}, "reception.irregular_per_month = 0");
    if (s.reception.absence_rate == 0) add({"reception.absence_days"}, "reception.absence_rate = 0");
    const bool never_vacant = s.posts.turnover_per_year == 0 || s.posts.vacant_days.count == 0;
    if (s.reception.absence_rate == 0 && never_vacant) add({"reception.substitution"}, "reception.absence_rate = 0");
    if (s.posts.turnover_per_year == 0) add({"posts.vacant_days", "posts.handover_effect"}, "posts.turnover_per_year = 0");
    if (s.load.backlog == 0) add({"load.backlog_hardness"}, "load.backlog = 0");
    if (s.load.silent_share == 0) add({"load.silent_days", "load.silent_penalty"}, "load.silent_share = 0");
    if (s.sensitive_periods.empty()) add({"load.sensitive_factor"}, "sensitive_period = []");
    for (const auto& [none, value] : {std::pair{"campaign.opinions_per_household = 0", s.campaign.opinions_per_household},
                                      std::pair{"campaign.handling_share = 0", s.campaign.handling_share}}) {
      if (value != 0) continue;
      add({"campaign.item_work", "campaign.works.", "campaign.aid.", "campaign.dispute.", "campaign.other."}, none);
      if (s.campaign.opinions_per_household == 0) add({"campaign.handling_share"}, none);
    }
    if (s.handling.extension == extension_rule::never)
      add({"clocks.extension", "handling.extension_minutes", "settlement.extended"}, "handling.extension = never");
    if (s.clocks.extension < calendar_days(1)) add({"handling.extension_minutes", "settlement.extended"}, "clocks.extension = 0");
    if (s.routing.simplified_share == 0)
      add({"routing.simplified_minutes", "handling.simplified_work", "clocks.simplified_accept", "clocks.simplified_handle"},
          "routing.simplified_share = 0");
    if (s.campaign.strike_off == strike_off_rule::target) add({"campaign.timetable"}, "campaign.strike_off = target");
    if (!replays) add({"replay."}, "no --cases");
    if (s.replay.mode == replay_mode::as_recorded)
      add({"replay.resample", "replay.scale", "replay.generated", "load.backlog", "load.backlog_hardness"}, "replay.mode = as_recorded");
    if (replays && !s.replay.generated)
      add({"load.matters_per_year", "load.multiplier", "load.overdispersion", "load.weekdays", "load.months", "load.sensitive_factor",
           "load.group_share", "load.group_extra_mean", "load.individual_extra_mean", "load.silent_share", "load.silent_days",
           "load.silent_penalty"},
          "--cases");
  }

  /// What keeps the parameter idle; empty if nothing does.
  template <class = when_called>
  [[nodiscard]] std::string_view of(std::string_view key) const noexcept {
    for (const auto& [keys, because] : rules_) {
      const bool all_below = keys.ends_with('.');
      if (all_below ? key.starts_with(keys) && !key.ends_with(".open") : key == keys) return because;
    }
    return {};
  }

 private:
  template <class = when_called>
  void add(std::initializer_list<std::string_view> keys, const std::string& because) {
    for (const std::string_view key : keys) rules_.emplace_back(std::string(key), because);
  }
  template <class = when_called>
  void closed(std::string_view table) {
    rules_.emplace_back(std::string(table) + '.', std::string(table) + ".open = false");
  }
  std::vector<std::pair<std::string, std::string>> rules_;
};

}  // namespace detail

/// Every parameter that a scenario sets to another value than its default and that another setting keeps idle, in the order
/// of the file format.
/// \param replays  whether a recorded case load takes the place of generated matters
template <class = when_called>
[[nodiscard]] inline std::vector<idle_setting> idle_settings(const scenario& s, bool replays = false) {
  std::vector<idle_setting> out;
  const detail::idle_rules rules(s, replays);
  std::map<std::string, std::string, std::less<>> defaults;  // a kind of session of one's own has none
  const scenario none;
  visit_parameters(none, [&](const parameter& p, const auto& field) { defaults.emplace(p.key, value_text(p, field)); });
  visit_parameters(s, [&](const parameter& p, const auto& field) {
    const auto known = defaults.find(p.key);
    const bool differs = known != defaults.end() && value_text(p, field) != known->second;
    const std::string_view because = rules.of(p.key);
    if (differs && !because.empty()) out.push_back({p.key, std::string(because)});
  });
  // What matters are about is a fact of the county, and no setting of a door that is closed.
  const bool has_places = std::any_of(s.categories.begin(), s.categories.end(),
                                      [](const category_setting& c) { return c.enterprise_share > 0 || c.project_share > 0; });
  if (s.appointments.open && s.appointments.coordination_share == 1 && has_places)
    out.push_back({"category.*.enterprise_share, project_share", "appointments.coordination_share = 1"});
  const category_setting plain;
  for (const category_setting& c : s.categories) {
    // Without a department every matter is the township's, as with a share of 1.
    if (c.further_units.empty() && c.further_share != 0)
      out.push_back({"category." + c.id + ".further_share", "category." + c.id + ".further_units = []"});
    if (!c.further_units.empty() && c.further_share == 0)
      out.push_back({"category." + c.id + ".further_units", "category." + c.id + ".further_share = 0"});
    if (c.matter_unit.empty() && c.further_units.empty() && c.local_share != plain.local_share && c.local_share != 1)
      out.push_back({"category." + c.id + ".local_share", "category." + c.id + ".matter_unit = \"\""});
  }
  return out;
}

}  // namespace sifang

#endif
