// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_YEAR_OWNERSHIP_HPP
#define SIFANG_COUNTY_YEAR_OWNERSHIP_HPP

#include "sifang/assign/ownership.hpp"
#include "sifang/core/assert.hpp"
#include "sifang/county/matter.hpp"
#include "sifang/county/policies.hpp"

#include <algorithm>
#include <cstdint>
#include <span>

namespace sifang {

/// Who owns a case (R12, R13), and how hard owners chase theirs (督办). No state of its own.
template <class State>
class year_ownership {
 public:
  /// \param s  outlives the part
  explicit year_ownership(State& s) noexcept : s_(&s) {}

  /// Gives the case its owner, once; a later hearing never takes it away.
  /// \param receiver  who heard it, or who is there; may be nobody, as a post that is vacant is
  void give(std::uint32_t who, official_id receiver, instant at) {
    matter& m = s_->matters[who];
    if (m.owner.valid()) return;
    receiver = s_->in_office(receiver);
    ownership_request request{receiver, s_->linked_leader(m), {}};
    if (m.subject != no_index) request.matter_leader = s_->in_office(s_->county->offices()[m.subject].leader);
    m.owner = one_of_us(s_->policies.template ask<detail::slots::ownership>(m.entity, m.repeats, request, load()));
    if constexpr (gives_partners) {
      const official_id partner = one_of_us(s_->policies.template policy<detail::slots::ownership>().partner(request, load()));
      m.partner = m.owner.valid() && partner != m.owner ? partner : official_id{};
    }
    if (m.owner.valid() && is_open(m.state)) hold(m, +1);
    s_->tell.owned(at, m, receiver);
  }
  /// Gives the case the owner that a record names, whatever the policy. \pre it has none, and `owner` is one of the county; asserted
  void give_recorded(std::uint32_t who, official_id owner, instant at) {
    matter& m = s_->matters[who];
    SIFANG_ASSERT(!m.owner.valid() && owner.index() < s_->county->org().officials().size(), "a case without an owner, and one for it");
    m.owner = owner;
    if (is_open(m.state)) hold(m, +1);
    s_->tell.owned(at, m, owner);
  }
  /// At the end of a week: an owned case stays with its owner, or is handed over; that of a vacant post waits for the successor.
  void hand_over(std::uint32_t who, instant at) {
    matter& m = s_->matters[who];
    if (!s_->in_office(m.owner).valid() || s_->record_of(m) != nullptr) return;
    const handover_request request{m.owner, s_->today - day(m.registered), m.repeats, m.long_pending, m.late_now, s_->linked_leader(m)};
    const official_id to =
        one_of_us(s_->policies.template ask<detail::slots::handover>(m.entity, static_cast<std::uint32_t>(s_->date()), request, load()));
    if (!to.valid() || to == m.owner) return;
    const official_id from = m.owner;
    hold(m, -1);
    m.owner = to;
    if (m.partner == to) m.partner = {};
    hold(m, +1);
    s_->tell.owned(at, m, from);
  }
  /// Whether cases may be handed over at all.
  [[nodiscard]] bool hands_over() const noexcept {
    if constexpr (State::hands_over_by_own)
      return true;
    else
      return s_->policies.template policy<detail::slots::handover>().open;
  }
  /// Share of waiting that the owner's supervision leaves: all of it while nobody is in the post.
  [[nodiscard]] double left_of_waiting(const matter& m) {
    const official_id owner = s_->in_office(m.owner), partner = s_->in_office(m.partner), one = owner.valid() ? owner : partner;
    std::int32_t open = s_->owned[s_->place_of(one)];
    if (partner.valid()) open = (std::min)(open, s_->owned[partner.index()]);  // whoever has more time for it
    const supervision_request request{open, calendar_days(s_->date() - m.registered), calendar_days(m.reply_due - s_->date()),
                                      m.long_pending};
    const double spread = s_->policies.template ask<detail::slots::supervision>(m.entity, m.rounds * 16u + m.stage, request);
    SIFANG_ASSERT(spread >= 1, "supervision that is spread by 1 or more: nobody gives more than all of it");
    return 1 - one.valid() * s_->setting().ownership.supervision_effect / (spread >= 1 ? spread : 1);
  }

 private:
  using policy = std::remove_cvref_t<decltype(std::declval<State&>().policies.template policy<detail::slots::ownership>())>;
  static constexpr bool gives_partners = joint_ownership_policy<policy>;

  [[nodiscard]] caseload_view load() const noexcept {
    return caseload_view(std::span<const std::int32_t>(s_->owned).first(s_->groups.size()), s_->groups);
  }
  void hold(const matter& m, int change) {
    s_->count_owned(m.owner, change);
    if (m.partner.valid()) s_->count_owned(m.partner, change);
  }
  /// What a policy answered: an official of the county who is in office, or nobody. \pre the answer is none whom the county does not have;
  /// asserted
  [[nodiscard]] official_id one_of_us(official_id answer) const noexcept {
    const bool exists = answer.index() < s_->county->org().officials().size();
    SIFANG_ASSERT(exists || !answer.valid(), "the ownership policy named an official whom the county does not have");
    return exists ? s_->in_office(answer) : official_id{};
  }

  State* s_;
};

}  // namespace sifang

#endif
