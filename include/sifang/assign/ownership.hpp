// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ASSIGN_OWNERSHIP_HPP
#define SIFANG_ASSIGN_OWNERSHIP_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/names.hpp"

#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>

namespace sifang {

/// A case has just been heard in person, or needs an owner for another reason. Ids may be invalid.
struct ownership_request {
  official_id receiver;       ///< who heard it; invalid if it came by letter, online or phone
  official_id place_leader;   ///< county-level leader linked to the township (挂钩)
  official_id matter_leader;  ///< county-level leader in charge of the department (分管)
};

/// How many open cases each official owns, as an ownership policy may see it.
class caseload_view {
 public:
  /// \param open   open owned cases by official
  /// \param group  peer group by official; peers can stand in for one another
  /// \pre as many of both; asserted
  caseload_view(std::span<const std::int32_t> open, std::span<const std::uint32_t> group) noexcept : open_(open), group_(group) {
    SIFANG_ASSERT(open.size() == group.size());
  }

  /// Open cases that the official owns; nobody (an invalid id) owns none.
  /// \pre whoever is named exists; asserted. Without assertions one who does not is nobody.
  [[nodiscard]] int open(official_id who) const noexcept { return exists(who) ? open_[who.index()] : 0; }
  /// The official of the same peer group who owns the fewest open cases, ties to the lower id; nobody's peer is nobody.
  /// \pre whoever is named exists; asserted. Without assertions one who does not is nobody. \complexity linear
  [[nodiscard]] official_id least_loaded_peer(official_id who) const noexcept {
    if (!exists(who)) return {};
    official_id best = who;
    for (std::size_t i = 0; i < open_.size(); ++i) {
      if (group_[i] != group_[who.index()]) continue;
      if (open_[i] < open_[best.index()] || (open_[i] == open_[best.index()] && official_id(i) < best)) best = official_id(i);
    }
    return best;
  }

 private:
  [[nodiscard]] bool exists(official_id who) const noexcept {
    const bool known = who.index() < open_.size();
    SIFANG_ASSERT(known || !who.valid(), "an ownership policy asked about an official whom the county does not have");
    return known;
  }
  std::span<const std::int32_t> open_;
  std::span<const std::uint32_t> group_;
};

/// Decides who owns a case (包案). A policy is a small struct with
/// `official_id owner(const ownership_request&, const caseload_view&) const`; an invalid id means nobody yet. It names an
/// official of the county or nobody (see `replication`).
template <class Policy>
concept ownership_policy = requires(const Policy& p, const ownership_request& request, const caseload_view& load) {
  { p.owner(request, load) } -> std::same_as<official_id>;
};

/// Whoever hears a case first owns it to the end (首接负责、一盯到底; R12, R13).
struct first_receiver {
  /// Whoever heard the case.
  [[nodiscard]] official_id owner(const ownership_request& r, const caseload_view&) const noexcept { return r.receiver; }
};

/// Who takes a case in place of one whose open cases have reached a limit, if anybody has room below it: the least loaded peer; else
/// the leader linked to the place; else that leader's least loaded peer. So a principal leader's cases go to the other principal, and
/// then to county-level leaders. \complexity linear in the officials
[[nodiscard]] inline official_id with_room(official_id who, official_id place_leader, int limit, const caseload_view& load) noexcept {
  const auto has_room = [&](official_id other) { return other.valid() && load.open(other) < limit; };
  if (const official_id peer = load.least_loaded_peer(who); has_room(peer)) return peer;
  if (has_room(place_leader)) return place_leader;
  const official_id peer = load.least_loaded_peer(place_leader);
  return has_room(peer) ? peer : official_id{};
}

/// The first receiver, until their open cases reach a limit, principal leaders too; then whoever has room (`with_room`). Where
/// nobody has, the least loaded peer holds more than the limit: a case is owned all the same (R12).
struct capped_first_receiver {
  int limit = 30;  ///< open cases an owner may hold
  /// Whoever heard the case, or who takes it in their place.
  [[nodiscard]] official_id owner(const ownership_request& r, const caseload_view& load) const noexcept {
    if (!r.receiver.valid() || load.open(r.receiver) < limit) return r.receiver;
    const official_id other = with_room(r.receiver, r.place_leader, limit, load);
    return other.valid() ? other : load.least_loaded_peer(r.receiver);
  }
};

/// The leader linked to the township of the place (属地), whoever heard the case.
struct by_territory {
  /// The leader linked to the place; whoever heard the case where there is none.
  [[nodiscard]] official_id owner(const ownership_request& r, const caseload_view&) const noexcept {
    return r.place_leader.valid() ? r.place_leader : r.receiver;
  }
};

/// The leader in charge of the department concerned (属事, 谁主管、谁负责), whoever heard the case.
struct by_subject {
  /// The leader in charge of the matter; where there is none, as by territory.
  [[nodiscard]] official_id owner(const ownership_request& r, const caseload_view&) const noexcept {
    if (r.matter_leader.valid()) return r.matter_leader;
    return r.place_leader.valid() ? r.place_leader : r.receiver;
  }
};

/// The least loaded peer of whoever heard the case.
struct least_loaded {
  /// The least loaded peer.
  [[nodiscard]] official_id owner(const ownership_request& r, const caseload_view& load) const noexcept {
    return r.receiver.valid() ? load.least_loaded_peer(r.receiver) : r.receiver;
  }
};

/// A policy that gives a case a second owner beside the first (联合包案): it has
/// `official_id partner(const ownership_request&, const caseload_view&) const` too; an invalid id means none, and so
/// does the owner's own, or any where there is no owner. Both hold the case as one of theirs; the first answers for it.
template <class Policy>
concept joint_ownership_policy = ownership_policy<Policy> &&
    requires(const Policy& p, const ownership_request& request, const caseload_view& load) {
  { p.partner(request, load) } -> std::same_as<official_id>;
};

/// Whoever heard the case answers for it (R12); the leader in charge of the matter holds it with them, or, where
/// that is the same person or nobody, the leader linked to the place.
struct joint {
  /// Whoever heard the case.
  [[nodiscard]] official_id owner(const ownership_request& r, const caseload_view&) const noexcept { return r.receiver; }
  /// The leader who holds the case with them; invalid for nobody.
  [[nodiscard]] official_id partner(const ownership_request& r, const caseload_view&) const noexcept {
    if (!r.receiver.valid()) return {};
    if (r.matter_leader.valid() && r.matter_leader != r.receiver) return r.matter_leader;
    return r.place_leader != r.receiver ? r.place_leader : official_id{};
  }
};

/// The built-in rules that a scenario file can name. By `handover` the first receiver owns, until a year hands over what is
/// above the limit.
enum class ownership_rule : std::uint8_t { first_receiver, capped, by_territory, by_subject, least_loaded, joint, handover };
template <>
inline constexpr std::string_view names_of<ownership_rule>[] = {"first_receiver", "capped", "by_territory", "by_subject",
                                                                "least_loaded",   "joint",  "handover"};

/// The built-in rule chosen at run time.
struct named_ownership {
  ownership_rule rule = ownership_rule::first_receiver;  ///< one of the built-in rules
  int limit = 30;                                        ///< of `capped`
  /// As the rule says. @{
  [[nodiscard]] official_id owner(const ownership_request& r, const caseload_view& load) const noexcept {
    switch (rule) {
      case ownership_rule::capped:
        return capped_first_receiver{limit}.owner(r, load);
      case ownership_rule::by_territory:
        return by_territory{}.owner(r, load);
      case ownership_rule::by_subject:
        return by_subject{}.owner(r, load);
      case ownership_rule::least_loaded:
        return least_loaded{}.owner(r, load);
      case ownership_rule::first_receiver:
      case ownership_rule::joint:
      case ownership_rule::handover:
        break;
    }
    return first_receiver{}.owner(r, load);
  }
  [[nodiscard]] official_id partner(const ownership_request& r, const caseload_view& load) const noexcept {
    return rule == ownership_rule::joint ? joint{}.partner(r, load) : official_id{};
  }
  /// @}
};

static_assert(ownership_policy<first_receiver> && ownership_policy<capped_first_receiver> && ownership_policy<by_territory> &&
              ownership_policy<by_subject> && ownership_policy<least_loaded> && joint_ownership_policy<joint> &&
              joint_ownership_policy<named_ownership>);

}  // namespace sifang

#endif
