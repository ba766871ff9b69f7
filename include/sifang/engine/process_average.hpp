// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_PROCESS_AVERAGE_HPP
#define SIFANG_ENGINE_PROCESS_AVERAGE_HPP

#include <cstddef>
#include <cstdint>

namespace sifang {

/// A number that changes at events, integrated exactly between them; for integer time without any error.
template <class Time>
class time_average {
 public:
  /// Begins a new window now, at the level of now.
  void open(Time now) noexcept {
    area_ = Time{};
    opened_ = last_ = now;
  }
  /// The level held until now, since it was said last.
  void held(std::size_t level, Time now) noexcept {
    area_ += (now - last_) * static_cast<Time>(level);
    last_ = now;
  }
  /// ∫ level dt over the window, up to `now` where `level` holds still.
  [[nodiscard]] Time area(std::size_t level, Time now) const noexcept { return area_ + (now - last_) * static_cast<Time>(level); }
  /// The same over the length of the window; not a number if it has none.
  [[nodiscard]] double mean(std::size_t level, Time now) const noexcept {
    return static_cast<double>(area(level, now)) / static_cast<double>(now - opened_);
  }

 private:
  Time area_{}, opened_{}, last_{};
};

/// Waits as they end.
template <class Time>
struct wait_record {
  std::uint64_t served = 0;    ///< waits that ended with what was asked for
  std::uint64_t delayed = 0;   ///< of them, those that took any time
  std::uint64_t reneged = 0;   ///< waits given up at their time limit
  Time wait_sum{};             ///< of those served
  double wait_square_sum = 0;  ///< of those served

  /// Mean wait of those served; not a number if there are none.
  [[nodiscard]] double wait_mean() const noexcept { return static_cast<double>(wait_sum) / static_cast<double>(served); }
  /// Share of them who waited at all.
  [[nodiscard]] double delayed_share() const noexcept { return static_cast<double>(delayed) / static_cast<double>(served); }
  /// Share of all waits that were given up.
  [[nodiscard]] double reneged_share() const noexcept { return static_cast<double>(reneged) / static_cast<double>(served + reneged); }

  /// A wait has ended.
  void add(Time wait) noexcept {
    ++served;
    delayed += wait > Time{};
    wait_sum += wait;
    wait_square_sum += static_cast<double>(wait) * static_cast<double>(wait);
  }
};

}  // namespace sifang

#endif
