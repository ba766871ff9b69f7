// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_COUNTY_RULES_HPP
#define SIFANG_COUNTY_COUNTY_RULES_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/county/parameter_faults.hpp"
#include "sifang/county/scenario.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What must hold between a scenario and the county in which it is played. What a rule of the mechanism asks for and
/// a simulation can do without (a head for each unit, a leader for each township) is `audit`'s.

namespace sifang {

/// Most villages and communities of a county: 20 bits pick one by its population.
inline constexpr std::size_t most_villages = (std::size_t{1} << 20) - 1;

namespace detail {

template <class>  // only programs that ask for it compile it
class county_rules {
 public:
  county_rules(const scenario& s, const organisation& org, std::vector<fault>& faults)
      : s_(s), org_(org), units_(org.units()), faults_(faults) {}

  void check() {
    if (units_.empty()) {
      faults_.push_back(make_fault(fault_kind::no_root, where()));
      return;
    }
    posts();
    for (const unit_id u : units_.all()) unit_alone(u);
    places();
    seats();
    departments();
  }

 private:
  [[nodiscard]] place where() const { return {s_.county.units, 0, 0}; }

  void missing(std::string_view what) {
    faults_.push_back(make_fault(fault_kind::rule_unsatisfied, where(), "R1-R9", "the county has no " + std::string(what)));
  }

  void posts() {
    for (const official& o : org_.officials()) {
      if (o.unit.index() < units_.size()) continue;
      faults_.push_back(make_fault(fault_kind::rule_unsatisfied, where(), "R1-R9", "the post " + o.post + " belongs to no unit"));
    }
  }

  /// The kind of a unit goes with that of the one above, and its numbers are such.
  void unit_alone(unit_id u) {
    const unit& one = units_[u];
    if (const auto above = units_.parent(u); above && !may_stand_below(one.kind, units_[*above].kind)) {
      const auto kind_of = [&](unit_id x) { return std::string(name_of(units_[x].kind)); };
      faults_.push_back(make_fault(fault_kind::wrong_level, where(), units_.code(u), kind_of(u), kind_of(*above)));
    }
    not_negative(u, "population", one.population);
    not_negative(u, "distance_km", one.distance_km);
  }

  void not_negative(unit_id u, std::string_view column, double value) {
    constexpr double most = 1e12;  // sums of many such numbers stay exact to a person and a metre
    if (value >= 0 && value <= most) return;
    faults_.push_back(make_fault(fault_kind::out_of_range, where(), units_.code(u) + '.' + std::string(column), range_text(0, most),
                                 found_number(value)));
  }

  void places() {
    double people = 0;
    std::size_t villages = 0;
    for (const unit_kind kind : {unit_kind::village, unit_kind::community}) {
      for (const unit_id u : org_.units_of_kind(kind)) people += units_[u].population;
      villages += org_.units_of_kind(kind).size();
    }
    if (villages == 0)
      missing("village");
    else if (people <= 0)
      missing("population in its villages");
    if (org_.units_of_kind(unit_kind::petition_bureau).empty()) missing("petition bureau");
    if (villages <= most_villages) return;
    const std::string most = range_text(std::numeric_limits<double>::lowest(), static_cast<double>(most_villages));
    faults_.push_back(make_fault(fault_kind::out_of_range, where(), "county.units", most, std::to_string(villages)));
  }

  void seats() {
    const auto enough = [&](std::string_view key, int wanted, std::size_t people) {
      if (static_cast<std::size_t>((std::max)(wanted, 0)) <= people) return;
      const std::string range = "from 1 to " + std::to_string(people);
      faults_.push_back(make_fault(fault_kind::out_of_range, place{}, std::string(key), range, std::to_string(wanted)));
    };
    for (const session_kind& k : s_.reception.sessions) {
      if (k.irregular) continue;
      const place where{"session " + k.id, 0, 0};
      codes(where, k.units);
      codes(where, k.areas);
      for (const std::string& one : k.posts) {
        if (!org_.find_post(one)) faults_.push_back(make_fault(fault_kind::unknown_post, where, one, nearest_post(one)));
      }
      std::size_t people = k.posts.size();
      if (k.posts.empty()) {
        for (role r : k.roles) people += org_.officials_with(r).size();
      }
      if (k.relations.empty()) enough("session." + k.id + ".receivers", k.receivers, people);
    }
  }

  /// Every code is a unit's.
  void codes(const place& where, const std::vector<std::string>& wanted) {
    for (const std::string& code : wanted) {
      if (units_.find(code)) continue;
      std::vector<std::string> all;
      for (const unit_id u : units_.all()) all.push_back(units_.code(u));
      faults_.push_back(make_fault(fault_kind::unknown_unit, where, code, nearest(code, detail::span_of(all))));
    }
  }

  [[nodiscard]] std::string nearest_post(const std::string& post) const {
    std::vector<std::string> all;
    for (const official& o : org_.officials()) all.push_back(o.post);
    return nearest(post, detail::span_of(all));
  }

  /// The units in charge of a category, and those with further handlers, are some that handle matters.
  void departments() {
    const auto handles = [&](unit_id u) {
      const unit_kind kind = units_[u].kind;
      return level_of(kind) == level::township || kind == unit_kind::department || kind == unit_kind::industrial_park;
    };
    const auto look_up = [&](std::string_view of, const std::string& code) {
      const auto found = units_.find(code);
      if (found && handles(*found)) return;
      std::vector<std::string> codes;
      for (const unit_id u : units_.all()) {
        if (handles(u)) codes.push_back(units_.code(u));
      }
      faults_.push_back(make_fault(fault_kind::unknown_unit, place{std::string(of), 0, 0}, code, nearest(code, detail::span_of(codes))));
    };
    for (const category_setting& c : s_.categories) {
      if (!c.matter_unit.empty()) look_up("category " + c.id, c.matter_unit);
      for (const std::string& code : c.further_units) look_up("category " + c.id, code);
    }
    std::vector<std::string> further = s_.handling.further_handlers;  // once for each handler: a code that is none is told once
    std::sort(further.begin(), further.end());
    further.erase(std::unique(further.begin(), further.end()), further.end());
    for (const std::string& code : further) look_up("handling.further_handlers", code);
  }

  const scenario& s_;
  const organisation& org_;
  const county_tree& units_;
  std::vector<fault>& faults_;
};

}  // namespace detail

/// Everything that keeps a scenario from being played in a county: no villages, nobody in them, no petition bureau; a
/// unit below one below which its kind cannot stand; populations and distances that are none; more receivers than
/// people; a category whose department is none; further handlers of a unit that handles nothing. \complexity linear in the units, posts and
/// categories
template <class When = when_called>
[[nodiscard]] inline std::vector<fault> check(const scenario& s, const organisation& org) {
  std::vector<fault> faults;
  detail::county_rules<When>(s, org, faults).check();
  return faults;
}

}  // namespace sifang

#endif
