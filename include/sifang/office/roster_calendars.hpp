// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_OFFICE_ROSTER_CALENDARS_HPP
#define SIFANG_OFFICE_ROSTER_CALENDARS_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/summary.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/planned_roster.hpp"
#include "sifang/io/planned_series.hpp"
#include "sifang/office/calendar_file.hpp"
#include "sifang/org/english_name.hpp"
#include "sifang/org/official.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The roster of a scenario as calendars: one of the county, one for each post.

namespace sifang {

/// One file of a folder.
struct named_file {
  std::string name,  ///< within the folder
      text;          ///< all of it
};

namespace detail {

/// Makes the calendars in one language.
class roster_calendars_maker {
 public:
  roster_calendars_maker(const world& w, roster_period days, bool everyone, int sequence, language lang)
      : w_(&w), days_(days), sequence_(sequence), lang_(lang), all_(series_of(w, days, everyone)) {}

  [[nodiscard]] std::vector<named_file> make() const {
    std::vector<calendar_series> county;
    std::map<official_id, std::vector<calendar_series>> own;
    for (const planned_series& s : all_) {
      county.push_back(of_county(s));
      std::map<official_id, calendar_series> of_people;
      for (const planned_sitting& one : s.sittings) {
        for (official_id who : one.people) add_day(of_people.try_emplace(who, of_post(s, who)).first->second, s, who, one.date);
      }
      for (auto& [who, series] : of_people) own[who].push_back(std::move(series));
    }
    const county_tree& units = w_->org().units();
    std::vector<named_file> out;
    const auto add = [&](std::string file, const std::string& whose, const std::vector<calendar_series>& series) {
      const std::string title = std::string(spoken(lang_, "Reception: ", "接访安排：")) + whose;
      out.push_back({std::move(file), calendar_text(series, {title, days_.from, sequence_})});
    };
    add("county.ics", text_of(units[units.root()], lang_), county);
    for (const auto& [who, series] : own) add("post-" + uid_word(w_->org()[who].post) + ".ics", titled(who), series);
    return out;
  }

 private:
  [[nodiscard]] std::string titled(official_id who) const { return text_of(w_->org(), who, lang_); }
  [[nodiscard]] std::string kind_of(const planned_series& s) const {
    const venue_text text = text_of(w_->plan().kind(s.kind));
    return std::string(spoken(lang_, text.en, text.zh));
  }
  [[nodiscard]] std::string rule_line(const planned_series& s) const {
    const reception_rule rule = w_->plan().kind(s.kind).counts_for;
    if (rule == reception_rule::none) return {};
    return std::string(spoken(lang_, "Rule: ", "依据：")) + std::string(name_of(rule));
  }
  [[nodiscard]] calendar_series begin(const planned_series& s, std::string_view whose) const {
    const unit& place = w_->org().units()[s.place];
    calendar_series out;
    out.key = {w_->setting().name, std::string(whose), w_->plan().kind(s.kind).id, place.code};
    out.location = text_of(place, lang_);
    out.start = w_->plan().start(s.kind);
    out.length = w_->plan().length(s.kind);
    out.rules = counted_rules(*w_, s.kind);
    return out;
  }

  [[nodiscard]] std::string description(const planned_series& s, const std::vector<official_id>& people) const {
    std::string out(spoken(lang_, "Receiving: ", "接访人员："));
    for (std::size_t i = 0; i < people.size(); ++i) out.append(i == 0 ? "" : spoken(lang_, ", ", "、")).append(titled(people[i]));
    const std::string rule = rule_line(s);
    return rule.empty() ? out : out + '\n' + rule;
  }
  /// Days on which the usual people do not sit have events of their own.
  [[nodiscard]] calendar_series of_county(const planned_series& s) const {
    calendar_series out = begin(s, "county");
    out.summary = kind_of(s) + std::string(spoken(lang_, ": ", "：")) + out.location;
    std::map<std::vector<official_id>, std::size_t> times;
    const std::vector<official_id>* usual = nullptr;
    for (const planned_sitting& one : s.sittings) ++times[one.people];
    for (const planned_sitting& one : s.sittings) {
      if (usual == nullptr || times[one.people] > times[*usual]) usual = &one.people;
    }
    out.description = description(s, *usual);
    for (const planned_sitting& one : s.sittings) {
      out.dates.push_back(one.date);
      if (one.people != *usual) out.apart.push_back({one.date, description(s, one.people)});
    }
    return out;
  }
  [[nodiscard]] calendar_series of_post(const planned_series& s, official_id who) const {
    calendar_series out = begin(s, w_->org()[who].post);
    out.key[1] = "post-" + out.key[1];
    out.summary = kind_of(s);
    out.description = rule_line(s);
    return out;
  }
  /// A day on which somebody is needed elsewhere too says so, in an event of its own.
  void add_day(calendar_series& into, const planned_series& s, official_id who, day date) const {
    into.dates.push_back(date);
    const auto elsewhere = also_needed_at(*w_, who, date, s.kind);
    if (!elsewhere) return;
    std::string text(spoken(lang_, "Also needed this day at ", "同日还需到"));
    text += text_of(w_->org().units()[*elsewhere], lang_);
    into.apart.push_back({date, into.description.empty() ? text : into.description + '\n' + text});
  }

  const world* w_;
  roster_period days_;
  int sequence_;
  language lang_;
  std::vector<planned_series> all_;
};

}  // namespace detail

/// The sessions of `roster_of` as calendars: `county.ics`, and `post-POST.ics` for each post that sits, in the order of the table of
/// officials. In names of files and UIDs every byte of a post but letters of English, digits, `-` and `_` is `%` and two digits.
///
/// UIDs are made of the name of the scenario, the post or `county`, the kind of session, the code of the place, and `rule` or the date.
/// \param everyone  also those of `is_of_everyone` \param sequence  SEQUENCE of every event, at least 0
/// \pre the days are simulated; asserted \complexity n log n in sittings
[[nodiscard]] inline std::vector<named_file> roster_calendars(const world& w, roster_period days, bool everyone, int sequence,
                                                              language lang) {
  SIFANG_ASSERT(days.from >= w.first() && days.to <= w.last(), "days that are simulated");
  return detail::roster_calendars_maker(w, days, everyone, sequence, lang).make();
}

}  // namespace sifang

#endif
