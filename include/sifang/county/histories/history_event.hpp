// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_HISTORIES_HISTORY_EVENT_HPP
#define SIFANG_COUNTY_HISTORIES_HISTORY_EVENT_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/histories/case_name.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/petition/category.hpp"
#include "sifang/petition/life_cycle.hpp"
#include "sifang/petition/text.hpp"
#include "sifang/reception/appointments.hpp"
#include "sifang/reception/return_visits.hpp"
#include "sifang/reception/setting.hpp"

#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>
#include <vector>

namespace sifang {

/// What an event of a history is.
enum class history_kind : std::uint8_t {
  step,               ///< a row of the life cycle; which, says `history_event::event`
  again,              ///< a later registration of the same matter (重复信访)
  skips_level,        ///< the petitioner goes over the county's head (越级走访, L8); the next registration is that visit
  sets_out,           ///< the petitioner decides to go to a session
  session,            ///< a session was held, visited or not; of no matter
  heard,              ///< an interview is over
  left,               ///< the petitioner went away before being called
  not_heard,          ///< still waiting when the doors closed
  turned_away,        ///< not let in (R10)
  owner,              ///< the case gets its owner (R12)
  handover,           ///< the case passes to another owner (R13)
  objection_refused,  ///< the unit objects, and the bureau does not agree (L5)
  rating,             ///< the petitioner is asked to rate both bodies (L20)
  recheck_hearing,    ///< a recheck has a hearing (L16)
  listed,             ///< comes onto the issue list (R17)
  appointed,          ///< becomes an appointment of a leader (R18)
  meeting,            ///< the appointment visit (R20)
  found,              ///< found by the household campaign, onto the wall chart (R25)
  struck_off,         ///< off the wall chart (R26)
  return_visit,       ///< a return visit is made (R27-R29); what comes of it is the step that follows
  taken_over,         ///< the owner's post has changed hands: the successor has the case from this day on (R13)
};
template <>
inline constexpr std::string_view names_of<history_kind>[] = {
    "step",      "registered_again", "skips_level", "sets_out",    "session",           "heard",        "left",
    "not_heard", "turned_away",      "owner_given", "handed_over", "objection_refused", "rated",        "recheck_hearing",
    "listed",    "appointed",        "meeting",     "found",       "struck_off",        "return_visit", "taken_over"};
template <>
inline constexpr bilingual texts_of<history_kind>[] = {{"step of the life cycle", "办理环节"},
                                                       {"registered again", "重复信访登记"},
                                                       {"goes over the county's head", "越级走访"},
                                                       {"sets out", "决定前往接访"},
                                                       {"session held", "接访"},
                                                       {"heard", "接待"},
                                                       {"left before being called", "未及接待自行离开"},
                                                       {"not heard before the doors closed", "接访结束未获接待"},
                                                       {"turned away at the door", "未予接待"},
                                                       {"owner given", "明确包案领导"},
                                                       {"handed over to another owner", "移交包案"},
                                                       {"objection not agreed to", "异议未获同意"},
                                                       {"asked to rate", "群众评价"},
                                                       {"hearing", "听证"},
                                                       {"on the issue list", "列入问题清单"},
                                                       {"appointment made", "确定约访"},
                                                       {"appointment visit", "约访"},
                                                       {"found by the household campaign", "入户走访发现"},
                                                       {"struck off the wall chart", "对标销号"},
                                                       {"return visit", "上门回访"},
                                                       {"taken over by the successor in the owner's post", "继任者接手包案"}};
static_assert(std::size(names_of<history_kind>) == static_cast<std::size_t>(history_kind::taken_over) + 1);

/// A duty with a clock: which, and its last day, inclusive.
struct dated_duty {
  case_clock which{};  ///< what is due
  day due;             ///< the last day

  friend constexpr bool operator==(const dated_duty&, const dated_duty&) noexcept = default;
};

/// One event of the history of a matter, or a session: plain values. What is not of its kind is empty.
struct history_event {
  std::uint32_t replication = 0;     ///< of which it was told
  std::uint64_t matter = no_matter;  ///< `matter::entity`; `no_matter` for a session
  instant at;                        ///< when; the minute says nothing but the order if not `timed`
  bool timed = true;                 ///< whether the minute is known
  history_kind what{};               ///< what happened

  case_event event{};               ///< of a step
  case_state from{},                ///< of a step: state before
      to{};                         ///< of a step: state after
  std::vector<official_id> people;  ///< who: receiver, owner and partner, leader; of a return visit owner, head of the place unit, head
                                    ///< of the matter unit, invalid for nobody; of a session those who sat
  official_id before;               ///< of a handover: the former owner; the same post where a successor in it takes over
  unit_id where;                    ///< unit of the step, place of the session or hearing
  std::optional<venue> session;     ///< kind of session
  std::optional<sifang::channel> channel;  ///< of the first registration
  std::optional<sifang::door> door;        ///< of a registration
  std::optional<dated_duty> done,          ///< the duty that was done, or that was missed
      begun;                               ///< the duty that begins to run
  std::optional<day> planned;              ///< day of the session set out for, of the appointment, or target of the timetable on the chart
  std::optional<int> days;                 ///< from setting out to the session; granted by an extension; counted by a hearing
  std::optional<double> minutes;           ///< in the queue; length of a meeting or of overtime of a session
  std::optional<verdict> opinion;          ///< of the written reply (L12)
  std::optional<told_rating> rated;        ///< what the petitioner says
  std::optional<meeting_kind> instrument;  ///< of a meeting
  std::optional<field_place> goes_to;      ///< of an appointment, planned or made: kind of place (R19)
  std::optional<return_trigger> trigger;   ///< why a return visit is owed
  std::optional<unsettled_reason> reason;  ///< that a return visit found (R30)
  std::optional<double> help;              ///< yuan, given at a return visit
  std::optional<bool> met;                 ///< struck off: settled; return visit: all whom R29 asks for were there
  int heard = 0,                           ///< of a session: visitors who were heard
      left = 0,                            ///< of a session: visitors who went away before being called
      not_heard = 0;                       ///< of a session: visitors still waiting at closing time

  /// Days by which the duty was done too late; 0 if in time or if none was done.
  template <class = when_called>
  [[nodiscard]] constexpr int late_days() const noexcept {
    return done && at.date() > done->due ? (at.date() - done->due).count : 0;
  }
};

/// Name of an event in files: that of the step, or of the kind.
template <class = when_called>
[[nodiscard]] constexpr std::string_view name_of(const history_event& e) noexcept {
  return e.what == history_kind::step ? name_of(e.event) : name_of(e.what);
}
/// The same for people.
template <class = when_called>
[[nodiscard]] constexpr std::string_view text_of(const history_event& e, language lang = language::en) noexcept {
  return e.what == history_kind::step ? text_of(e.event, lang) : text_of(e.what, lang);
}

}  // namespace sifang

#endif
