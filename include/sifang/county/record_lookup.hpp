// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_RECORD_LOOKUP_HPP
#define SIFANG_COUNTY_RECORD_LOOKUP_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/sort_stably.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/petition/case_load.hpp"
#include "sifang/petition/kinds.hpp"
#include "sifang/county/load_limits.hpp"
#include "sifang/county/recorded_arrival.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/sites.hpp"
#include "sifang/county/year/fixed_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// A recorded case load, looked up in the county that it is replayed in.

namespace sifang {

namespace detail {

/// Looks up one recorded case after another, and says what is wrong with it.
template <class = when_called>
class record_lookup {
 public:
  record_lookup(const case_load& recorded, const scenario& s, const organisation& org, const county_sites& sites,
                std::vector<fault>& faults)
      : recorded_(recorded), scenario_(s), org_(org), sites_(sites), faults_(faults) {
    const auto tells_of = [&](auto member) {
      return std::any_of(recorded.cases.begin(), recorded.cases.end(), [&](const recorded_case& c) { return (c.*member).has_value(); });
    };
    tells_of_acceptance_ = tells_of(&recorded_case::acceptance);
    tells_of_reply_ = tells_of(&recorded_case::handling);
    tells_of_rating_ = tells_of(&recorded_case::satisfaction);
    for (const category_setting& c : s.categories) categories_.push_back(c.id);
  }

  [[nodiscard]] std::vector<recorded_arrival> found() && {
    for (const recorded_case& c : recorded_.cases) add(c);
    sort_stably(out_, [](const auto& a, const auto& b) { return a.date != b.date ? a.date < b.date : a.minute < b.minute; });
    tell_too_many();
    const bool too_short = out_.empty() || (out_.back().date - out_.front().date).count < 6;
    if (scenario_.replay.resample != resampling::none && too_short)
      faults_.push_back(make_fault(fault_kind::out_of_range, place{}, "replay.resample", "a record of a week or more", "a shorter one"));
    return std::move(out_);
  }

 private:
  void add(const recorded_case& c) {
    const auto fail = [&](fault_kind kind, const auto&... details) {
      faults_.push_back(make_fault(kind, place{"case " + c.id, 0, 0}, details...));
    };
    recorded_arrival r{c.date, c.time.value_or(fixed::office_opens), 0, 0, c.channel, c.group_size, c.acceptance, c.handling, c.settled,
                       c.id};
    note_course(c, r);
    const std::vector<std::uint32_t> inside = villages_in(c.place_code);
    if (inside.empty()) return fail(fault_kind::unknown_unit, c.place_code, "");
    r.village = inside[out_.size() % inside.size()];  // a township's cases spread over its villages in turn
    const auto at = std::find(categories_.begin(), categories_.end(), c.category);
    if (at == categories_.end()) return fail(fault_kind::unknown_category, c.category, nearest(c.category, span_of(categories_)));
    r.category = static_cast<std::uint32_t>(at - categories_.begin());
    const day first = scenario_.first(), last = scenario_.last();
    if (c.date < first || c.date > last)
      return fail(fault_kind::out_of_period, "date", to_string(first) + ".." + to_string(last), to_string(c.date));
    const std::size_t before = faults_.size();
    const auto in_range = [&](std::string_view column, std::int64_t value, std::int64_t most) {
      if (value >= 0 && value <= most) return;
      fail(fault_kind::out_of_range, column, range_text(0, static_cast<double>(most)), std::to_string(value));
    };
    in_range("time", r.minute.count, minutes_per_day);
    in_range("acceptance_days", c.acceptance.value_or(calendar_days(0)).count, longest_recorded_step.count);
    in_range("handling_days", c.handling.value_or(calendar_days(0)).count, longest_recorded_step.count);
    in_range("channel", static_cast<std::int64_t>(c.channel), static_cast<std::int64_t>(std::size(names_of<channel>)) - 1);
    const bool left_out = scenario_.replay.mode == replay_mode::predicted && r.repeat;  // the county has repeats of its own
    if (faults_.size() == before && !left_out) out_.push_back(std::move(r));
  }

  /// What a record says of a case after its arrival; a unit or post that the county does not have is none.
  void note_course(const recorded_case& c, recorded_arrival& r) const {
    if (const auto unit = org_.units().find(c.unit_code); unit && !c.unit_code.empty()) {
      const auto& all = sites_.offices;
      const auto at = std::find_if(all.begin(), all.end(), [&](const office& o) { return o.where == *unit; });
      if (at != all.end()) r.unit = static_cast<std::uint32_t>(at - all.begin());
    }
    if (!c.owner_post.empty()) {
      const auto& all = org_.officials();
      const auto is_meant = [&](const official& o) { return o.title == c.owner_post || o.post == c.owner_post; };
      const auto at = std::find_if(all.begin(), all.end(), is_meant);
      if (at != all.end()) r.owner = official_id(static_cast<std::size_t>(at - all.begin()));
    }
    r.satisfaction = c.satisfaction;
    r.repeat = c.repeat.value_or(false);
    const bool ended = c.handling || c.settled.value_or(false);
    r.not_accepted = tells_of_acceptance_ && !c.acceptance && !ended;
    r.not_replied = tells_of_reply_ && !ended;
    r.rated = tells_of_rating_;
  }

  [[nodiscard]] std::vector<std::uint32_t> villages_in(const std::string& code) const {
    std::vector<std::uint32_t> out;
    const county_tree& units = org_.units();
    const auto place = units.find(code);
    for (std::size_t v = 0; place && v < sites_.villages.size(); ++v) {
      if (units.contains(*place, sites_.villages[v].where)) out.push_back(static_cast<std::uint32_t>(v));
    }
    return out;
  }

  /// Of what is in the order of days by then.
  void tell_too_many() {
    const auto too_many = [&](std::string most, std::string found) {
      faults_.push_back(make_fault(fault_kind::out_of_range, place{}, "cases", std::move(most), std::move(found)));
    };
    if (static_cast<double>(out_.size()) > most_matters)
      too_many("at most " + number_text(most_matters) + " matters in the simulated days", std::to_string(out_.size()));
    for (std::size_t from = 0, to = 0; from < out_.size(); from = to) {
      const day on = out_[from].date;
      while (to < out_.size() && out_[to].date == on) ++to;
      const std::size_t taken_over = on == scenario_.start ? static_cast<std::size_t>(scenario_.load.backlog) : 0;
      const std::size_t most = most_matters_a_day - taken_over;
      if (static_cast<double>(to - from) * std::ceil((std::max)(scenario_.replay.scale, 1.0)) <= static_cast<double>(most)) continue;
      too_many("at most " + std::to_string(most) + " matters on any day", std::to_string(to - from) + " on " + to_string(on));
    }
  }

  const case_load& recorded_;
  const scenario& scenario_;
  const organisation& org_;
  const county_sites& sites_;
  std::vector<fault>& faults_;
  bool tells_of_acceptance_ = false, tells_of_reply_ = false, tells_of_rating_ = false;  // of this case or another
  std::vector<std::string> categories_;
  std::vector<recorded_arrival> out_;
};

/// The recorded matters by day and time, looked up in a county; without the repeats, unless they are played as recorded.
///
/// Faults: `unknown_unit`, `unknown_category`, `out_of_period` for a case outside the simulated days, `out_of_range` for times and lengths
/// that are none, for more cases than a day or a replication can take, and for a record too short to be drawn from.
/// \complexity cases × villages
template <class = when_called>
[[nodiscard]] inline std::vector<recorded_arrival> look_up_record(const case_load& recorded, const scenario& s, const organisation& org,
                                                                  const county_sites& sites, std::vector<fault>& faults) {
  return record_lookup(recorded, s, org, sites, faults).found();
}

}  // namespace detail

}  // namespace sifang

#endif
