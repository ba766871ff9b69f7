// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ENGINE_STATION_HPP
#define SIFANG_ENGINE_STATION_HPP

#include "sifang/core/assert.hpp"
#include "sifang/engine/event_queue.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// The bare engine: one station of a queueing model, without calendar or county. It is how the engine is
/// checked against exact values (theory.hpp) and measured against other engines. Time may be `double`, or
/// an integer when identities must hold to the last unit.

namespace sifang {

/// The next customer of a source. Everything random about a customer is drawn here, once, so that it does
/// not depend on the order of service.
template <class Time>
struct arrival {
  Time gap{};              ///< since the arrival before
  Time service{};          ///< length of service
  std::uint32_t rank = 0;  ///< class; lower ranks are called first
};

/// Gives the customers of a station in order: `arrival<Time> operator()()`. It may be asked some customers ahead
/// of the clock.
template <class Source, class Time>
concept arrival_source = requires(Source& source) {
  { source() } -> std::same_as<arrival<Time>>;
};

/// Independent times between arrivals and of service, each made by a sampler from one uniform number, the
/// numbers taken from `Stream` in turn. The usual source: M/M/c, M/G/1, G/M/1.
template <class Stream, class Gap, class Service>
struct renewal_source {
  Stream stream;    ///< gives uniform numbers
  Gap gap;          ///< from a number to a time
  Service service;  ///< from a number to a length
  [[nodiscard]] auto operator()() {
    const auto between = gap(stream());
    return arrival<std::remove_const_t<decltype(between)>>{between, service(stream()), 0};
  }
};
/// Deduces the types of the three.
template <class Stream, class Gap, class Service>
renewal_source(Stream, Gap, Service) -> renewal_source<Stream, Gap, Service>;

/// Someone at the station.
template <class Time>
struct customer {
  Time arrived{};          ///< time of arrival
  Time service{};          ///< length of service
  std::uint32_t rank = 0;  ///< class; lower ranks are called first
};

/// Who of one rank is called next.
enum class queue_order : std::uint8_t { first_come, last_come };

/// What a station is made of.
struct station_shape {
  std::uint32_t servers = 1;                                     ///< who work in parallel; at least 1
  queue_order order = queue_order::first_come;                   ///< within a rank
  std::uint32_t ranks = 1;                                       ///< classes, served without preemption
  std::size_t room = (std::numeric_limits<std::size_t>::max)();  ///< waiting and in service; others are turned away
};

/// Measures a station: waits as they end, and numbers present integrated exactly between events.
///
/// Little's identity holds for any window, since a customer counts for the part of the stay inside it:
/// `present_area == stay_sum` after `station::close`, exactly for integer time.
template <class Time>
class station_record {
 public:
  station_record() = default;
  /// Also counts waits longer than each of `tails`.
  explicit station_record(std::span<const Time> tails) : tails_(tails.begin(), tails.end()), longer_(tails.size(), 0) {}

  std::uint64_t started = 0;   ///< customers whose wait ended in the window
  std::uint64_t delayed = 0;   ///< of them, those who waited at all
  std::uint64_t left = 0;      ///< customers served to the end
  std::uint64_t refused = 0;   ///< customers turned away for want of room
  Time wait_sum{};             ///< of those started
  double wait_square_sum = 0;  ///< of those started
  Time waiting_area{};         ///< ∫ customers waiting dt
  Time present_area{};         ///< ∫ customers in the system dt
  Time stay_sum{};             ///< Σ of stays, each cut to the window
  Time opened{},               ///< the window's beginning
      closed{};                ///< its end

  /// Mean wait of those started; not a number if there are none.
  [[nodiscard]] double wait_mean() const noexcept { return static_cast<double>(wait_sum) / static_cast<double>(started); }
  /// Mean square of their waits.
  [[nodiscard]] double wait_square_mean() const noexcept { return wait_square_sum / static_cast<double>(started); }
  /// Share of them who waited at all.
  [[nodiscard]] double delayed_share() const noexcept { return static_cast<double>(delayed) / static_cast<double>(started); }
  /// Share of waits longer than the i-th of the tails.
  [[nodiscard]] double tail(std::size_t i) const noexcept { return static_cast<double>(longer_[i]) / static_cast<double>(started); }
  /// Mean number present, and of them waiting, over the window. @{
  [[nodiscard]] double present_mean() const noexcept { return static_cast<double>(present_area) / static_cast<double>(closed - opened); }
  [[nodiscard]] double waiting_mean() const noexcept { return static_cast<double>(waiting_area) / static_cast<double>(closed - opened); }
  /// @}

  // Called by the station.
  /// Called by the station: a window begins.
  void on_open(Time now) {
    *this = station_record(std::move(tails_));
    opened = last_ = now;
  }
  /// The numbers that held since the event before.
  void on_event(Time now, std::size_t waiting, std::size_t serving) noexcept {
    const Time span = now - last_;
    waiting_area += span * static_cast<Time>(waiting);
    present_area += span * static_cast<Time>(waiting + serving);
    last_ = now;
  }
  /// A customer goes into service.
  void on_start(const customer<Time>& c, Time now) noexcept {
    const Time wait = now - c.arrived;
    ++started;
    delayed += wait > Time{};
    wait_sum += wait;
    wait_square_sum += static_cast<double>(wait) * static_cast<double>(wait);
    for (std::size_t i = 0; i < tails_.size(); ++i) longer_[i] += wait > tails_[i];
  }
  /// A customer has been served.
  void on_leave(const customer<Time>& c, Time now) noexcept {
    ++left;
    stay_sum += now - (c.arrived < opened ? opened : c.arrived);
  }
  /// A customer finds no room.
  void on_refuse(const customer<Time>&) noexcept { ++refused; }
  /// Someone still present at the end of the window.
  void on_close(const customer<Time>& c, Time now) noexcept {
    stay_sum += now - (c.arrived < opened ? opened : c.arrived);
    closed = now;
  }

 private:
  explicit station_record(std::vector<Time>&& tails) : tails_(std::move(tails)), longer_(tails_.size(), 0) {}

  Time last_{};
  std::vector<Time> tails_;
  std::vector<std::uint64_t> longer_;
};

/// A multi-server station on the engine's event queue.
///
/// At one time departures come before arrivals: who arrives as another leaves finds the place free.
/// `Record` is told of everything; see `station_record` for its members. `on_event` may also be called where nothing
/// happens, with the time of the next event. One server with one line needs no event queue and is played from departure
/// to departure, almost without a branch that chance decides; the record is the same to the last bit.
/// \complexity O(log servers) an event; no allocation once the longest queue has been seen
template <class Time, arrival_source<Time> Source, class Record = station_record<Time>>
class station {
 public:
  /// A station at time 0 with nobody in it. \pre at least one server and one rank; asserted
  station(station_shape shape, Source source, Record record = {})
      : shape_(shape), source_(std::move(source)), record_(std::move(record)), lines_(shape.ranks) {
    SIFANG_ASSERT(shape.servers > 0 && shape.ranks > 0);
    single_ = shape.servers == 1 && shape.ranks == 1 && shape.order == queue_order::first_come && shape.room == station_shape{}.room;
    restart();
  }

  /// Empties the station and starts again at time 0 with another source. Frees nothing.
  void reset(Source source) {
    if constexpr (std::is_move_assignable_v<Source>) {
      source_ = std::move(source);
    } else {  // a lambda that captures can be made, not assigned
      static_assert(std::is_nothrow_move_constructible_v<Source>, "a source that cannot be assigned must move without throwing");
      std::destroy_at(&source_);
      std::construct_at(&source_, std::move(source));
    }
    restart();
  }

  /// Plays until `customers` more have left.
  void run(std::uint64_t customers) {
    if (single_) return run_single(customers);
    for (std::uint64_t gone = 0; gone < customers;) gone += step();
  }
  /// Plays all events before `until`, and lets the clock stand there.
  void run_until(Time until) {
    if (single_) {
      while (next_time_single() < until) step_single();
    } else {
      while (next_time() < until) step();
    }
    advance(until);
  }

  /// Begins a new window of measurement now, with whoever is present.
  void open() { record_.on_open(now_); }
  /// Ends the window now. \complexity linear in the customers present
  const Record& close() {
    record_.closed = now_;
    if (single_) {
      for (std::size_t i = first_ + serving_; i < arrived_; ++i) record_.on_close(ahead_[i & mask_], now_);
      if (serving_ != 0) record_.on_close(ahead_[first_ & mask_], now_);
      return record_;
    }
    for (const line& l : lines_) {
      for (std::size_t i = 0; i < l.size(); ++i) record_.on_close(l[i], now_);
    }
    departures_.for_each([&](const event<Time>& e) { record_.on_close(in_service_[e.who], now_); });
    return record_;
  }

  /// The clock, in the unit of the source.
  [[nodiscard]] Time now() const noexcept { return now_; }
  /// Customers waiting, and in service. @{
  [[nodiscard]] std::size_t waiting() const noexcept { return waiting_; }
  [[nodiscard]] std::size_t serving() const noexcept { return serving_; }
  /// @}
  /// What has been measured.
  [[nodiscard]] const Record& record() const noexcept { return record_; }

 private:
  /// Customers in a ring, open at both ends.
  class line {
   public:
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] const customer<Time>& operator[](std::size_t i) const noexcept { return ring_[(head_ + i) & mask_]; }
    void clear() noexcept { head_ = size_ = 0; }
    void push(const customer<Time>& c) {
      if (size_ > mask_ || ring_.empty()) [[unlikely]]
        grow();
      ring_[(head_ + size_++) & mask_] = c;
    }
    customer<Time> take_first() noexcept {
      const customer<Time> c = ring_[head_];
      head_ = (head_ + 1) & mask_;
      --size_;
      return c;
    }
    customer<Time> take_last() noexcept { return ring_[(head_ + --size_) & mask_]; }

   private:
    void grow() {
      std::vector<customer<Time>> larger((std::max<std::size_t>)(16, 2 * ring_.size()));
      for (std::size_t i = 0; i < size_; ++i) larger[i] = (*this)[i];
      ring_ = std::move(larger);
      mask_ = ring_.size() - 1;
      head_ = 0;
    }
    std::vector<customer<Time>> ring_;
    std::size_t head_ = 0, size_ = 0, mask_ = 0;  // mask_: places less one
  };

  void restart() {
    departures_.clear();
    for (line& l : lines_) l.clear();
    in_service_.clear();
    idle_.clear();
    waiting_ = serving_ = 0;
    now_ = Time{};
    record_.on_open(now_);
    if (single_) {
      first_ = arrived_ = known_ = 0;
      arrives_at_ = Time{};
      return;
    }
    coming_ = source_();
    arrives_at_ = coming_.gap;
  }

  // One server with one line. The customers stand in a ring in the order of coming: in service or next to be, waiting,
  // and those who are still to come.
  static constexpr std::size_t asked_ahead = 64;

  /// Asks the source for more customers.
#if defined(__GNUC__)
  [[gnu::noinline]]
#endif
  void
  ask_ahead() {
    if (known_ - first_ + asked_ahead > ahead_.size()) {
      std::vector<customer<Time>> larger((std::max)(4 * asked_ahead, 2 * ahead_.size()));
      for (std::size_t i = first_; i < known_; ++i) larger[i & (larger.size() - 1)] = ahead_[i & mask_];
      ahead_ = std::move(larger);
      mask_ = ahead_.size() - 1;
    }
    for (std::size_t i = 0; i < asked_ahead; ++i) {
      const arrival<Time> next = source_();
      SIFANG_ASSERT(!(next.gap < Time{}) && !(next.service < Time{}) && next.rank == 0);
      arrives_at_ += next.gap;
      ahead_[known_++ & mask_] = {arrives_at_, next.service, 0};
    }
  }
  [[nodiscard]] Time next_time_single() {
    if (known_ == arrived_) ask_ahead();
    const Time arrives = ahead_[arrived_ & mask_].arrived;
    return serving_ != 0 && !(arrives < departs_) ? departs_ : arrives;
  }
  /// One event; tells whether a customer left.
  bool step_single() {
    const Time at = next_time_single();
    const bool leaves = serving_ != 0 && at == departs_;
    advance(at);
    if (leaves) {
      record_.on_leave(ahead_[first_++ & mask_], at);
      serving_ = 0;
    } else {
      ++arrived_;
    }
    if (serving_ == 0 && first_ != arrived_) {
      const customer<Time>& c = ahead_[first_ & mask_];
      record_.on_start(c, at);
      departs_ = at + c.service;
      serving_ = 1;
    }
    waiting_ = arrived_ - first_ - serving_;
    return leaves;
  }
  void run_single(std::uint64_t customers) {
    // What changes stands in local variables, which the compiler can keep in registers.
    struct lent {
      Record& from;
      Record record{std::move(from)};
      ~lent() { from = std::move(record); }
    };
    if (customers == 0) return;
    if (serving_ == 0) step_single();
    lent held{record_};
    Record& record = held.record;
    std::size_t first = first_, arrived = arrived_, waiting = waiting_;
    Time leaves = departs_;
    for (std::uint64_t gone = 0;;) {
      if (known_ - arrived < asked_ahead / 2) {
        first_ = first;
        ask_ahead();
      }
      const customer<Time>* const ring = ahead_.data();
      const std::size_t mask = mask_, known = known_;
      const auto come = [&] {  // the next arrival, if it is before the departure
        const Time at = ring[arrived & mask].arrived;
        const bool comes = at < leaves;
        record.on_event(comes ? at : leaves, waiting, 1);
        waiting += comes;
        arrived += comes;
        return comes;
      };
      while (arrived + 3 < known) {
        // Chance decides how many arrive before the departure: the first two are taken without asking.
        come();
        if (come()) [[unlikely]] {
          while (arrived + 1 < known && come()) {}
          if (arrived + 1 == known) break;
        }
        record.on_event(leaves, waiting, 1);
        record.on_leave(ring[first++ & mask], leaves);
        now_ = leaves;
        if (++gone == customers) break;
        if (waiting == 0) {
          leaves = ring[arrived++ & mask].arrived;  // idle until then
          record.on_event(leaves, 0, 0);
          waiting = 1;
        }
        const customer<Time>& c = ring[first & mask];
        record.on_start(c, leaves);
        leaves = leaves + c.service;
        --waiting;
      }
      if (gone == customers) break;
    }
    first_ = first;
    arrived_ = arrived;
    serving_ = 0;
    waiting_ = waiting;
    departs_ = leaves;
    if (waiting == 0) return;
    const customer<Time>& c = ahead_[first_ & mask_];  // who waits is served at once
    held.record.on_start(c, leaves);
    departs_ = leaves + c.service;
    serving_ = 1;
    waiting_ = waiting - 1;
  }

  [[nodiscard]] Time next_time() const noexcept { return departs_next() ? departures_.top().at : arrives_at_; }
  /// At one time departures come first.
  [[nodiscard]] bool departs_next() const noexcept { return !departures_.empty() && !(arrives_at_ < departures_.top().at); }

  void advance(Time to) noexcept {
    record_.on_event(to, waiting_, serving_);
    now_ = to;
  }

  /// One event; tells whether a customer left. The next arrival is kept apart: half of all events never
  /// enter the queue.
  bool step() {
    if (departs_next()) {
      const event<Time> e = departures_.top();
      SIFANG_ASSERT(!(e.at < now_));
      advance(e.at);
      depart(e.who);
      return true;
    }
    SIFANG_ASSERT(!(arrives_at_ < now_));
    advance(arrives_at_);
    const customer<Time> c{now_, coming_.service, coming_.rank};
    SIFANG_ASSERT(c.rank < shape_.ranks);
    coming_ = source_();
    arrives_at_ = now_ + coming_.gap;
    if (serving_ < shape_.servers) {
      begin(c);
    } else if (waiting_ + serving_ < shape_.room) {
      lines_[c.rank].push(c);
      ++waiting_;
    } else {
      record_.on_refuse(c);
    }
    return false;
  }

  void begin(const customer<Time>& c) {
    std::uint32_t server;
    if (idle_.empty()) {
      server = static_cast<std::uint32_t>(in_service_.size());
      in_service_.emplace_back();
    } else {
      server = idle_.back();
      idle_.pop_back();
    }
    in_service_[server] = c;
    ++serving_;
    record_.on_start(c, now_);
    departures_.push({now_ + c.service, 0, server});
  }

  void depart(std::uint32_t server) {
    record_.on_leave(in_service_[server], now_);
    if (waiting_ == 0) {
      (void)departures_.pop();
      idle_.push_back(server);
      --serving_;
      return;
    }
    std::size_t rank = 0;
    while (lines_[rank].size() == 0) ++rank;
    const customer<Time> c = shape_.order == queue_order::first_come ? lines_[rank].take_first() : lines_[rank].take_last();
    --waiting_;
    in_service_[server] = c;
    record_.on_start(c, now_);
    departures_.replace_top({now_ + c.service, 0, server});
  }

  station_shape shape_;
  Source source_;
  Record record_;
  short_queue<event<Time>> departures_;
  Time arrives_at_{};
  std::vector<line> lines_;                 // one a rank
  std::vector<customer<Time>> in_service_;  // one a server that has ever worked
  std::vector<std::uint32_t> idle_;
  arrival<Time> coming_{};
  std::size_t waiting_ = 0, serving_ = 0;
  Time now_{};
  // One server with one line: positions count up, and are places of the ring modulo its size.
  bool single_ = false;
  std::vector<customer<Time>> ahead_;
  std::size_t mask_ = 0, first_ = 0, arrived_ = 0, known_ = 0;  // next to be served, to arrive, to be asked for
  Time departs_{};
};

/// Deduces the type of time from the source.
template <class Source, class... Rest>
station(station_shape, Source, Rest...) -> station<decltype(std::declval<Source&>()().gap), Source, Rest...>;

}  // namespace sifang

#endif
