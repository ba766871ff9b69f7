// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_LIFE_CYCLE_TABLE_HPP
#define SIFANG_PETITION_LIFE_CYCLE_TABLE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/names.hpp"
#include "sifang/petition/text.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <optional>
#include <type_traits>

/// \file
/// The life of a case as one table over states, events, clocks and rules of one's own: state, event, state, the rules that
/// are asked before, what it does to the clocks. The transition function, the diagram and the guards are read off it.
///
///     struct complaint_cycle {
///       using state = complaint_state;  // enumeration with names and texts; the first is "nothing yet"
///       using event = complaint_event;  // likewise
///       using clock = complaint_clock;  // enumeration with names, 32 at most
///       using rule = complaint_rule;    // enumeration with texts; has `not_in_table` and `out_of_order`
///       static constexpr bool is_open(complaint_state);
///       static constexpr bool is_right(complaint_clock);
///       static constexpr bool is_expiry(complaint_event);
///     };
///     template <> inline constexpr sifang::basic_transition<complaint_cycle> sifang::life_cycle_of<complaint_cycle>[] = {
///         {1, state::none, event::come_in, state::open, {}, {.starts = {clock::answer}}}, …};
///
/// The petition of a Chinese county is the instance that ships ("sifang/petition/life_cycle.hpp"); `examples/ombudsman.cpp`
/// has another. Histories over such a table are `basic_case_history`'s.

namespace sifang {

/// A set of clocks; small value.
template <class Clock>
class basic_clock_set {
 public:
  constexpr basic_clock_set() noexcept = default;
  /// Naming a clock twice does no harm.
  constexpr basic_clock_set(std::initializer_list<Clock> clocks) noexcept {
    for (Clock c : clocks) add(c);
  }
  /// There is no way to take one out: what was missed stays missed.
  constexpr void add(Clock c) noexcept { bits_ = static_cast<bits_type>(bits_ | bit(c)); }
  /// Whether the clock is in the set. Constant time.
  [[nodiscard]] constexpr bool has(Clock c) const noexcept { return (bits_ & bit(c)) != 0; }
  /// No clock at all.
  [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }
  friend constexpr bool operator==(basic_clock_set, basic_clock_set) noexcept = default;

 private:
  static_assert(enumerator_count<Clock> <= 32, "a set of clocks holds 32 at most");
  using bits_type = std::conditional_t<(enumerator_count<Clock> <= 16), std::uint16_t, std::uint32_t>;
  [[nodiscard]] static constexpr std::uint32_t bit(Clock c) noexcept { return std::uint32_t{1} << static_cast<unsigned>(c); }
  bits_type bits_ = 0;
};

/// What a transition does to the clocks.
template <class Clock>
struct basic_clock_effect {
  basic_clock_set<Clock> starts{};   ///< a new run of each begins on the day of the step
  basic_clock_set<Clock> stops{};    ///< the step they bound is done
  basic_clock_set<Clock> cancels{};  ///< the step is nobody's any more: neither met nor missed
  basic_clock_set<Clock> extends{};  ///< the due day moves
};

/// The rules that a step is asked for, in their order: the first that it breaks is the one that is told.
template <class Rule>
class rule_list {
 public:
  constexpr rule_list() noexcept = default;
  /// \pre not more than 4; asserted
  constexpr rule_list(std::initializer_list<Rule> rules) {
    SIFANG_ASSERT(rules.size() <= most, "four rules at most");
    for (Rule r : rules) rules_[count_++] = r;
  }
  /// The rules one after another. @{
  [[nodiscard]] constexpr const Rule* begin() const noexcept { return rules_.data(); }
  [[nodiscard]] constexpr const Rule* end() const noexcept { return rules_.data() + count_; }
  /// @}
  /// How many there are.
  [[nodiscard]] constexpr std::size_t size() const noexcept { return count_; }

 private:
  static constexpr std::size_t most = 4;
  std::array<Rule, most> rules_{};
  std::uint8_t count_ = 0;
};

/// What a life cycle is made of: four enumerations, and three static functions that are to answer alike every time.
///
/// - `is_open(state)`: whether something is still owed to somebody
/// - `is_right(clock)`: whether the clock bounds a right: when it runs out a right lapses, nobody is late
/// - `is_expiry(event)`: whether the event is that a limit ran out, and records which did
template <class Cycle>
concept life_cycle_kinds = requires {
  typename Cycle::state;
  typename Cycle::event;
  typename Cycle::clock;
  typename Cycle::rule;
}
&&worded_enum<typename Cycle::state>&& worded_enum<typename Cycle::event>&& named_enum<typename Cycle::clock>&& requires(
    typename Cycle::state s, typename Cycle::event e, typename Cycle::clock c) {
  Cycle::rule::not_in_table;
  Cycle::rule::out_of_order;
  { Cycle::is_open(s) } -> std::same_as<bool>;
  { Cycle::is_right(c) } -> std::same_as<bool>;
  { Cycle::is_expiry(e) } -> std::same_as<bool>;
};

/// One row of the table.
template <life_cycle_kinds Cycle>
struct basic_transition {
  int number = 0;                                      ///< for people; several rows may share one
  typename Cycle::state from{};                        ///< the only state in which the event can happen by this row
  typename Cycle::event event{};                       ///< with `from` unique in the table
  typename Cycle::state to{};                          ///< equal to `from` for what changes no state
  rule_list<typename Cycle::rule> guards{};            ///< what must hold for the step to be taken
  basic_clock_effect<typename Cycle::clock> clocks{};  ///< what the step does to the clocks
  bilingual text{};                                    ///< one sentence, for diagrams and documents

  /// Whether it changes neither state nor clocks: something is noted, the case stays as it is.
  [[nodiscard]] constexpr bool is_flag() const noexcept {
    return from == to && clocks.starts.empty() && clocks.stops.empty() && clocks.cancels.empty() && clocks.extends.empty();
  }
};

namespace detail {
struct no_table {};
}  // namespace detail

/// The table of a life cycle: an array of `basic_transition<Cycle>`, to be specialised by whoever makes a cycle.
template <class Cycle>
inline constexpr detail::no_table life_cycle_of{};

namespace detail {
template <class Cycle>
inline constexpr bool has_table = !std::is_same_v<std::remove_cvref_t<decltype(life_cycle_of<Cycle>)>, no_table>;

template <class Cycle>
[[nodiscard]] constexpr std::size_t life_cycle_cell(typename Cycle::state s, typename Cycle::event e) noexcept {
  return static_cast<std::size_t>(s) * enumerator_count<typename Cycle::event> + static_cast<std::size_t>(e);
}
template <class Cycle>
inline constexpr std::size_t life_cycle_cell_count = enumerator_count<typename Cycle::state>* enumerator_count<typename Cycle::event>;

/// Whether every row has names for its states and its event, and no two rows are for one event in one state.
template <class Cycle>
[[nodiscard]] constexpr bool each_event_leads_to_one_state() noexcept {
  std::array<bool, life_cycle_cell_count<Cycle>> taken{};
  for (const auto& row : life_cycle_of<Cycle>) {
    if (!is_named(row.from) || !is_named(row.event) || !is_named(row.to)) return false;
    bool& cell = taken[life_cycle_cell<Cycle>(row.from, row.event)];
    if (cell) return false;
    cell = true;
  }
  return true;
}

/// By state and event the row, or -1.
template <class Cycle>
inline constexpr auto life_cycle_cells = [] {
  static_assert(has_table<Cycle>, "a life cycle has a table: specialise sifang::life_cycle_of");
  static_assert(each_event_leads_to_one_state<Cycle>(), "a life cycle has one row for an event in a state, and a name for each");
  static_assert(std::size(life_cycle_of<Cycle>) <= std::size_t{(std::numeric_limits<std::int16_t>::max)()});
  std::array<std::int16_t, life_cycle_cell_count<Cycle>> cells{};
  for (auto& c : cells) c = -1;
  std::int16_t at = 0;
  for (const auto& row : life_cycle_of<Cycle>) cells[life_cycle_cell<Cycle>(row.from, row.event)] = at++;
  return cells;
}();

// The states alone, close together: a simulation asks for little else.
template <class Cycle>
inline constexpr auto life_cycle_next_states = [] {
  static_assert(enumerator_count<typename Cycle::state> <= 127, "a life cycle has 127 states at most");
  std::array<std::int8_t, life_cycle_cell_count<Cycle>> states{};
  for (std::size_t i = 0; i < states.size(); ++i) {
    const int row = life_cycle_cells<Cycle>[i];
    states[i] = row < 0 ? std::int8_t{-1} : static_cast<std::int8_t>(life_cycle_of<Cycle>[static_cast<std::size_t>(row)].to);
  }
  return states;
}();
}  // namespace detail

/// The row for an event in a state, or null. Constant time. \pre both have names; asserted
template <life_cycle_kinds Cycle>
[[nodiscard]] constexpr const basic_transition<Cycle>* find_transition(typename Cycle::state s, typename Cycle::event e) noexcept {
  SIFANG_ASSERT(is_named(s) && is_named(e), "a state and an event that have names");
  const int i = detail::life_cycle_cells<Cycle>[detail::life_cycle_cell<Cycle>(s, e)];
  return i < 0 ? nullptr : &life_cycle_of<Cycle>[static_cast<std::size_t>(i)];
}

/// The state after an event, or nothing if the table has no such step. Constant time. \pre both have names; asserted
template <life_cycle_kinds Cycle>
[[nodiscard]] constexpr std::optional<typename Cycle::state> next(typename Cycle::state s, typename Cycle::event e) noexcept {
  SIFANG_ASSERT(is_named(s) && is_named(e), "a state and an event that have names");
  const int to = detail::life_cycle_next_states<Cycle>[detail::life_cycle_cell<Cycle>(s, e)];
  return to < 0 ? std::nullopt : std::optional<typename Cycle::state>(static_cast<typename Cycle::state>(to));
}

}  // namespace sifang

#endif
