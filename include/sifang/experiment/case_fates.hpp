// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_CASE_FATES_HPP
#define SIFANG_EXPERIMENT_CASE_FATES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/histories/case_name.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/county/policies.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/petition/life_cycle.hpp"
#include "sifang/stats/estimate.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/quantity.hpp"
#include "sifang/stats/skewed_t.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

/// \file
/// Whose fate two policies change, and how: the same grievances of the same petitioners, with the same luck, case by case.

namespace sifang {

/// What became of a grievance that somebody in the system has met.
struct case_fate {
  std::uint64_t matter = no_matter;     ///< `matter::entity`
  day arisen;                           ///< day on which it arose
  std::optional<day> heard,             ///< first interview
      peace;                            ///< last settlement, if it holds at the end
  official_id owner;                    ///< 包案领导 at the end; invalid for nobody
  std::uint32_t office = no_index;      ///< unit that had it last, position among `world::offices`
  case_state state = case_state::none;  ///< at the end
  bool overdue = false;                 ///< some duty was late once
  int repeats = 0,                      ///< later registrations
      rebounds = 0;                     ///< petitions after peace

  /// Whether there is a file.
  [[nodiscard]] bool is_registered() const noexcept { return state != case_state::none && state != case_state::answered_on_spot; }
};

/// An observer that keeps what became of each grievance of the counted period, in the order of their names.
class fate_log {
 public:
  /// What it is told.
  static constexpr auto hooks = sifang::hooks<hook::started, hook::heard, hook::step, hook::finished>;

  /// Those that somebody has met. Complete when the replication is over.
  [[nodiscard]] const std::vector<case_fate>& fates() const noexcept { return fates_; }

  /// The hooks, as `observer_list` tells them. @{
  template <class = when_called>
  void started(const world& w, std::uint32_t) {
    world_ = &w;
    fates_.clear();
    heard_.clear();
    peace_.clear();
  }
  template <class = when_called>
  void heard(instant at, const matter& m) {
    heard_.try_emplace(m.entity, at.date());
  }
  template <class = when_called>
  void step(instant at, const matter& m, case_event, case_state from, case_state to) {
    if (to == case_state::settled && from != to) peace_[m.entity] = at.date();
  }
  template <class = when_called>
  void finished(day, std::span<const matter> all) {
    for (const matter& m : all) {
      const auto heard = heard_.find(m.entity);
      if (!world_->counts(day(m.born)) || (m.state == case_state::none && heard == heard_.end())) continue;
      case_fate& f = fates_.emplace_back();
      f.matter = m.entity;
      f.arisen = day(m.born);
      if (heard != heard_.end()) f.heard = heard->second;
      if (m.state == case_state::settled) {
        if (const auto found = peace_.find(m.entity); found != peace_.end()) f.peace = found->second;
      }
      f.owner = m.owner;
      f.office = m.office;
      f.state = m.state;
      f.overdue = m.overdue;
      f.repeats = m.repeats;
      f.rebounds = m.rebounds;
    }
    std::sort(fates_.begin(), fates_.end(), [](const case_fate& a, const case_fate& b) { return a.matter < b.matter; });
  }
  /// @}

 private:
  const world* world_ = nullptr;
  std::vector<case_fate> fates_;
  std::unordered_map<std::uint64_t, day> heard_, peace_;
};

/// How the fate of a case under another policy differs from that under the first. A case may differ in several ways.
enum class fate_change : std::uint8_t {
  heard_earlier,       ///< first interview on an earlier day
  heard_later,         ///< first interview on a later day
  heard_now,           ///< heard under the other policy alone
  heard_no_more,       ///< heard under the first alone
  answered_now,        ///< answered on the spot instead of registered, or of not being met
  answered_no_more,    ///< no longer answered on the spot
  registered_now,      ///< registered under the other policy alone, and not answered on the spot under the first
  registered_no_more,  ///< registered under the first alone, and not answered on the spot under the other
  other_owner,         ///< owned by somebody else
  owned_now,           ///< has an owner under the other policy alone
  owned_no_more,       ///< has an owner under the first alone
  other_unit,          ///< another unit had it last
  settled_now,         ///< at peace at the end under the other policy alone
  settled_no_more,     ///< at peace at the end under the first alone
  settled_earlier,     ///< the peace that holds was made earlier
  settled_later,       ///< the peace that holds was made later
  late_no_more,        ///< some duty was late under the first alone
  late_now,            ///< some duty was late under the other alone
  fewer_repeats,       ///< registered again less often
  more_repeats,        ///< registered again more often
  fewer_rebounds,      ///< came back less often after peace
  more_rebounds,       ///< came back more often after peace
};
inline constexpr std::size_t fate_change_count = 22;  ///< of kinds
template <>
inline constexpr std::string_view names_of<fate_change>[] = {
    "heard_earlier",  "heard_later",        "heard_now",       "heard_no_more", "answered_now",  "answered_no_more",
    "registered_now", "registered_no_more", "other_owner",     "owned_now",     "owned_no_more", "other_unit",
    "settled_now",    "settled_no_more",    "settled_earlier", "settled_later", "late_no_more",  "late_now",
    "fewer_repeats",  "more_repeats",       "fewer_rebounds",  "more_rebounds"};
template <>
inline constexpr bilingual texts_of<fate_change>[] = {{"heard earlier", "更早获接待"},
                                                      {"heard later", "更晚获接待"},
                                                      {"heard, and was not", "由未获接待变为获接待"},
                                                      {"no longer heard", "由获接待变为未获接待"},
                                                      {"answered on the spot instead", "改为当场答复"},
                                                      {"no longer answered on the spot", "不再当场答复"},
                                                      {"registered, and was not", "由未登记变为登记"},
                                                      {"no longer registered", "由登记变为未登记"},
                                                      {"another owner", "包案领导变更"},
                                                      {"has an owner, and had none", "由无变为有包案领导"},
                                                      {"has no owner, and had one", "由有变为无包案领导"},
                                                      {"another unit", "承办单位变更"},
                                                      {"settled, and was not", "由未息诉变为息诉"},
                                                      {"no longer settled", "由息诉变为未息诉"},
                                                      {"settled earlier", "更早息诉"},
                                                      {"settled later", "更晚息诉"},
                                                      {"no longer late", "由逾期变为未逾期"},
                                                      {"late, and was not", "由未逾期变为逾期"},
                                                      {"fewer repeats", "重复信访减少"},
                                                      {"more repeats", "重复信访增加"},
                                                      {"fewer rebounds", "反弹减少"},
                                                      {"more rebounds", "反弹增加"}};
static_assert(std::size(names_of<fate_change>) == fate_change_count && std::size(texts_of<fate_change>) == fate_change_count);

/// Whether the effect of a kind is a number of times; else it is days.
[[nodiscard]] constexpr bool counts_times(fate_change kind) noexcept { return kind >= fate_change::fewer_repeats; }

/// One case whose fate changed in one way.
struct changed_fate {
  std::uint32_t replication = 0;     ///< in which
  std::uint64_t matter = no_matter;  ///< `matter::entity`
  double effect = 0;                 ///< under the other policy less under the first: days to the first interview where both hear it,
                                     ///< times of repeats and rebounds, else days to peace, where there is none until after the last day

  friend constexpr bool operator==(const changed_fate&, const changed_fate&) noexcept = default;
};

/// One kind of change over replications.
struct fate_count {
  double cases = 0;                    ///< in all replications
  interval per_replication;            ///< mean number of cases in a replication
  std::vector<changed_fate> examples;  ///< the greatest effects, of equal ones the first
};

/// Whose fate changed, and how.
struct fate_changes {
  std::size_t replications = 0;                       ///< that were played under both policies
  interval met,                                       ///< mean number of grievances that somebody met under either policy
      changed;                                        ///< of these, those that changed in any way
  std::array<fate_count, fate_change_count> kinds{};  ///< in the order of `fate_change`

  /// One of them.
  [[nodiscard]] const fate_count& operator[](fate_change kind) const noexcept { return kinds[static_cast<std::size_t>(kind)]; }
};

namespace detail {

/// The ways in which two fates of one grievance differ. Nobody has met it where a fate is null.
/// \param beyond  the day after the last
template <class = when_called, class Tell>
inline void tell_changes(const case_fate* first, const case_fate* other, day beyond, Tell&& tell) {
  const case_fate nobody{};
  const case_fate &a = first != nullptr ? *first : nobody, &b = other != nullptr ? *other : nobody;
  const double to_peace = (b.peace.value_or(beyond) - a.peace.value_or(beyond)).count;
  const auto either = [&](bool had, bool has, fate_change now, fate_change no_more) {
    if (had != has) tell(has ? now : no_more, to_peace);
  };
  const auto less = [&](double change, fate_change fewer, fate_change more) {
    if (change != 0) tell(change < 0 ? fewer : more, change);
  };
  using enum fate_change;
  if (a.heard && b.heard)
    less((*b.heard - *a.heard).count, heard_earlier, heard_later);
  else
    either(a.heard.has_value(), b.heard.has_value(), heard_now, heard_no_more);
  const bool was_answered = a.state == case_state::answered_on_spot, is_answered = b.state == case_state::answered_on_spot;
  either(was_answered, is_answered, answered_now, answered_no_more);
  if (!was_answered && !is_answered) either(a.is_registered(), b.is_registered(), registered_now, registered_no_more);
  if (a.owner.valid() && b.owner.valid() && a.owner != b.owner) tell(other_owner, to_peace);
  either(a.owner.valid(), b.owner.valid(), owned_now, owned_no_more);
  if (a.office != no_index && b.office != no_index && a.office != b.office) tell(other_unit, to_peace);
  either(a.peace.has_value(), b.peace.has_value(), settled_now, settled_no_more);
  if (a.peace && b.peace) less(to_peace, settled_earlier, settled_later);
  either(a.overdue, b.overdue, late_now, late_no_more);
  less(b.repeats - a.repeats, fewer_repeats, more_repeats);
  less(b.rebounds - a.rebounds, fewer_rebounds, more_rebounds);
}

/// The changes of one replication.
struct replication_changes {
  std::array<double, fate_change_count> counts{};
  std::array<std::vector<changed_fate>, fate_change_count> examples{};
  double met = 0, changed = 0;
};

/// Keeps the greatest effects in order; of equal ones those of the first replications and names.
template <class = when_called>
inline void keep_greatest(std::vector<changed_fate>& all, std::size_t most) {
  const auto before = [](const changed_fate& a, const changed_fate& b) {
    const double x = std::abs(a.effect), y = std::abs(b.effect);
    if (x != y) return x > y;
    return a.replication != b.replication ? a.replication < b.replication : a.matter < b.matter;
  };
  std::sort(all.begin(), all.end(), before);
  if (all.size() > most) all.resize(most);
}

template <class = when_called>
[[nodiscard]] inline replication_changes changes_between(std::span<const case_fate> first, std::span<const case_fate> other, day beyond,
                                                         std::uint32_t number, std::size_t most) {
  replication_changes out;
  auto a = first.begin(), b = other.begin();
  while (a != first.end() || b != other.end()) {
    const bool of_a = a != first.end() && (b == other.end() || a->matter <= b->matter);
    const bool of_b = b != other.end() && (a == first.end() || b->matter <= a->matter);
    const std::uint64_t name = of_a ? a->matter : b->matter;
    bool changed = false;
    tell_changes(of_a ? &*a : nullptr, of_b ? &*b : nullptr, beyond, [&](fate_change kind, double effect) {
      const auto k = static_cast<std::size_t>(kind);
      ++out.counts[k];
      out.examples[k].push_back({number, name, effect});
      changed = true;
    });
    ++out.met;
    out.changed += changed;
    if (of_a) ++a;
    if (of_b) ++b;
  }
  for (std::vector<changed_fate>& one : out.examples) keep_greatest(one, most);
  return out;
}

}  // namespace detail

/// Whether two worlds have the same grievances with the same luck, so that cases can be laid side by side: the same seed, days, places,
/// categories and recorded cases.
[[nodiscard]] inline bool same_grievances(const world& a, const world& b) noexcept {
  const scenario &x = a.setting(), &y = b.setting();
  return x.seed == y.seed && a.first() == b.first() && a.last() == b.last() && x.start == y.start && x.end == y.end &&
         a.villages().size() == b.villages().size() && a.townships().size() == b.townships().size() &&
         x.categories.size() == y.categories.size() && a.recorded().size() == b.recorded().size();
}

/// Plays the same replications under two policies, and counts whose fate differs, by kind. The same for any number of threads.
///
///     const fate_changes found = compare_fates(thread_team{}, present, policies{}, other, my_policy{}, 20, 0.95);
///     std::cout << found[fate_change::heard_earlier].per_replication.estimate;
///
/// \param first,other  worlds with the same grievances, maybe the same one
/// \param set_of_first,set_of_other  `policies{}.with(…)`, or one policy by itself
/// \param examples     kept of each kind
/// \param finished     called on this thread with the number of replications that are played
/// \returns also of the replications before a stop, if the team was stopped
/// \pre `same_grievances(first, other)`; asserted
template <class SetOfFirst, class SetOfOther, std::invocable<std::size_t> Finished>
[[nodiscard]] fate_changes compare_fates(const thread_team& team, const world& first, const SetOfFirst& set_of_first, const world& other,
                                         const SetOfOther& set_of_other, std::size_t replications, double confidence, std::size_t examples,
                                         Finished&& finished) {
  SIFANG_ASSERT(same_grievances(first, other), "worlds with the same grievances");
  std::vector<std::optional<detail::replication_changes>> told(replications);
  const day beyond = first.last() + calendar_days(1);
  const auto make_worker = [&] {
    return [&, of_first = replication<policies_of<SetOfFirst>, fate_log>(first, as_policies(set_of_first), fate_log{}),
            of_other = replication<policies_of<SetOfOther>, fate_log>(other, as_policies(set_of_other), fate_log{})](
               std::size_t i, std::vector<double>&) mutable {
      const auto number = static_cast<std::uint32_t>(i);
      (void)of_first.run(number);
      (void)of_other.run(number);
      told[i].emplace(detail::changes_between(detail::span_of(of_first.observer().fates()), detail::span_of(of_other.observer().fates()),
                                              beyond, number, examples));
    };
  };
  fate_changes out;
  std::array<std::vector<double>, fate_change_count> counts;
  std::vector<double> met, changed;
  const auto take = [&](std::size_t i, std::span<const double>) {
    for (std::size_t k = 0; k < fate_change_count; ++k) {
      counts[k].push_back(told[i]->counts[k]);
      fate_count& kind = out.kinds[k];
      kind.cases += told[i]->counts[k];
      kind.examples.insert(kind.examples.end(), told[i]->examples[k].begin(), told[i]->examples[k].end());
      detail::keep_greatest(kind.examples, examples);
    }
    met.push_back(told[i]->met);
    changed.push_back(told[i]->changed);
    told[i].reset();
    finished(i + 1);
  };
  out.replications = team.run(replications, make_worker, take);
  const t_scale scale(out.replications, confidence);
  const auto of = [&](const std::vector<double>& values) { return mean_interval(detail::span_of(values), scale, quantity::count); };
  for (std::size_t k = 0; k < fate_change_count; ++k) out.kinds[k].per_replication = of(counts[k]);
  out.met = of(met);
  out.changed = of(changed);
  return out;
}

}  // namespace sifang

#endif
