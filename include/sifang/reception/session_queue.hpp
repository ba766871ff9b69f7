// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_RECEPTION_SESSION_QUEUE_HPP
#define SIFANG_RECEPTION_SESSION_QUEUE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/reception/setting.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace sifang {

/// One who came to a session: minutes count from its opening.
struct visitor {
  std::uint32_t who = 0;                                      ///< the caller's own index
  double arrival = 0;                                         ///< minutes after opening; at most 0 for those at the door
  double interview = 0;                                       ///< minutes the interview will take
  double patience = std::numeric_limits<double>::infinity();  ///< minutes waited before leaving
  double place = 0;  ///< of those who wait, the least is called next; asked by `run_ordered_session` alone
};

/// How a visit to a session ended.
enum class visit_end : std::uint8_t {
  heard,      ///< interviewed
  left,       ///< went away before being called
  not_heard,  ///< still waiting when the doors closed
};

/// What became of one visitor.
struct visit_outcome {
  std::uint32_t who = 0;             ///< `visitor::who`
  visit_end end = visit_end::heard;  ///< how the visit ended
  std::int32_t receiver = -1;        ///< position among the receivers, -1 if not heard
  double wait = 0;                   ///< minutes from arrival (or opening) to call, leaving or closing
  double finish = 0;                 ///< minutes after opening when the interview ended
  double interview = 0;              ///< minutes that it took, 0 if not heard
};

/// What became of one session.
struct session_totals {
  double busy = 0;        ///< receiver minutes in interviews
  double overtime = 0;    ///< minutes from scheduled to real closing
  int heard = 0,          ///< interviewed
      left = 0,           ///< went away before being called
      not_heard = 0;      ///< still waiting when the doors closed
  int longest_queue = 0;  ///< most people waiting at one time
};

namespace detail {
/// Most people who wait at one time. The queue is longest just after somebody has come (of several at once, the last): counted are
/// those who have come less those whose waiting is over by then.
/// \param visitors  in order of arrival
/// \param outcomes  theirs, in the same order; used as room for as many more, and left as it was
/// \complexity quadratic for a few, n log n for many
template <class = when_called>
[[nodiscard]] inline int longest_queue(std::span<const visitor> visitors, std::vector<visit_outcome>& outcomes) {
  const std::size_t n = outcomes.size();
  const auto came = [&](std::size_t i) { return (std::max)(visitors[i].arrival, 0.0); };
  int longest = 0;
  if (n <= 32) {
    for (std::size_t i = 0; i < n; ++i) {
      int waiting = 0;
      for (std::size_t j = 0; j <= i; ++j) waiting += came(j) + outcomes[j].wait > came(i);
      longest = (std::max)(longest, waiting);
    }
    return longest;
  }
  outcomes.resize(2 * n);
  const std::span<visit_outcome> over = detail::span_to(outcomes).subspan(n);
  for (std::size_t i = 0; i < n; ++i) over[i].finish = came(i) + outcomes[i].wait;
  std::sort(over.begin(), over.end(), [](const visit_outcome& a, const visit_outcome& b) { return a.finish < b.finish; });
  for (std::size_t i = 0, gone = 0; i < n; ++i) {
    while (gone < n && over[gone].finish <= came(i)) ++gone;
    // Of several who come at once the last counts: before it, some who have not come yet may be among those gone.
    longest = (std::max)(longest, static_cast<int>(i + 1) - static_cast<int>(gone));
  }
  outcomes.resize(n);
  return longest;
}
}  // namespace detail

/// Runs one session: unscreened visitors in order of arrival, the first free receiver takes the next
/// (R10, R11), ties to the lower position.
///
/// With `closing_policy::stay` everyone who still waits at closing is heard; otherwise nobody is called
/// at or after `length`, and an interview under way is finished.
/// \param visitors  reordered by (arrival, who)
/// \param free_at   one entry a receiver: minutes after opening from which it is there, and on return from which it is free; may be
///                  empty, then nobody is heard
/// \param outcomes  receives one entry a visitor, in calling order
/// \complexity n log n + n × receivers
template <class = when_called>
inline session_totals run_session(std::span<visitor> visitors, std::span<double> free_at, double length, closing_policy closing,
                                  std::vector<visit_outcome>& outcomes) {
  outcomes.clear();
  std::sort(visitors.begin(), visitors.end(),
            [](const visitor& a, const visitor& b) { return a.arrival != b.arrival ? a.arrival < b.arrival : a.who < b.who; });
  session_totals totals;
  double last = length;
  for (const visitor& v : visitors) {
    const double came = (std::max)(v.arrival, 0.0);
    visit_outcome out{v.who, visit_end::not_heard, -1, (std::max)(length - came, 0.0), (std::max)(length, came)};
    if (!free_at.empty()) {
      const auto first_free = std::min_element(free_at.begin(), free_at.end());
      const double called = (std::max)(*first_free, came);
      const bool closed = closing != closing_policy::stay && called >= length;
      const double until = closed ? (std::max)(length, came) : called;
      if (until - came > v.patience) {
        out.end = visit_end::left;
        out.wait = v.patience;
        out.finish = came + v.patience;
      } else if (!closed) {
        out.end = visit_end::heard;
        out.receiver = static_cast<std::int32_t>(first_free - free_at.begin());
        out.wait = called - came;
        out.finish = called + v.interview;
        out.interview = v.interview;
        *first_free = out.finish;
        totals.busy += v.interview;
        last = (std::max)(last, out.finish);
      }
    }
    totals.heard += out.end == visit_end::heard;
    totals.left += out.end == visit_end::left;
    totals.not_heard += out.end == visit_end::not_heard;
    outcomes.push_back(out);
  }
  totals.overtime = last - length;
  totals.longest_queue = detail::longest_queue(visitors, outcomes);
  return totals;
}

/// The same with an order of one's own: whenever a receiver is free, the one of those who wait with the least `visitor::place` is
/// called, of equal ones whoever came first.
/// \param outcomes  receives one entry a visitor, in the order in which they were called, left or were sent home
/// \complexity n^2 + n × receivers
template <class = when_called>
inline session_totals run_ordered_session(std::span<visitor> visitors, std::span<double> free_at, double length, closing_policy closing,
                                          std::vector<visit_outcome>& outcomes) {
  outcomes.clear();
  std::sort(visitors.begin(), visitors.end(),
            [](const visitor& a, const visitor& b) { return a.arrival != b.arrival ? a.arrival < b.arrival : a.who < b.who; });
  session_totals totals;
  double last = length;
  struct stay {
    double came, wait;
  };
  std::vector<stay> stays;
  std::vector<const visitor*> waiting;
  for (const visitor& v : visitors) waiting.push_back(&v);
  const auto came = [](const visitor* v) { return (std::max)(v->arrival, 0.0); };
  const auto end = [&](std::size_t i, const visit_outcome& out) {
    stays.push_back({came(waiting[i]), out.wait});
    waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(i));
    totals.heard += out.end == visit_end::heard;
    totals.left += out.end == visit_end::left;
    totals.not_heard += out.end == visit_end::not_heard;
    outcomes.push_back(out);
  };
  const auto leaves = [&](std::size_t i) {
    const visitor& v = *waiting[i];
    end(i, {v.who, visit_end::left, -1, v.patience, came(&v) + v.patience});
  };
  while (!waiting.empty()) {
    const auto first_free = std::min_element(free_at.begin(), free_at.end());
    const double now = free_at.empty() ? length : (std::max)(*first_free, came(waiting.front()));
    if (free_at.empty() || (closing != closing_policy::stay && now >= length)) {
      const visitor& v = *waiting.front();
      const double until = (std::max)(length, came(&v));
      if (!free_at.empty() && until - came(&v) > v.patience)
        leaves(0);
      else
        end(0, {v.who, visit_end::not_heard, -1, (std::max)(length - came(&v), 0.0), until});
      continue;
    }
    std::size_t called = waiting.size();
    bool somebody_left = false;
    for (std::size_t i = 0; i < waiting.size() && came(waiting[i]) <= now; ++i) {
      if (now - came(waiting[i]) > waiting[i]->patience) {
        leaves(i);
        somebody_left = true;
        break;
      }
      if (called == waiting.size() || waiting[i]->place < waiting[called]->place) called = i;
    }
    if (somebody_left) continue;
    const visitor& v = *waiting[called];
    *first_free = now + v.interview;
    totals.busy += v.interview;
    last = (std::max)(last, *first_free);
    end(called,
        {v.who, visit_end::heard, static_cast<std::int32_t>(first_free - free_at.begin()), now - came(&v), *first_free, v.interview});
  }
  totals.overtime = last - length;
  for (const stay& one : stays) {
    int there = 0;
    for (const stay& other : stays) there += other.came <= one.came && other.came + other.wait > one.came;
    totals.longest_queue = (std::max)(totals.longest_queue, there);
  }
  return totals;
}

}  // namespace sifang

#endif
