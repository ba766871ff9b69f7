// SPDX-License-Identifier: BSL-1.0
// Exact functions over random parameters, inside their domain, at its edges and outside.
#include "misuse.hpp"

#include "catch.hpp"
#include "sifang/engine/theory.hpp"
#include "sifang/engine/theory_reception.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace sifang::theory;

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::mt19937_64& chance() {
  static std::mt19937_64 engine(20260110);
  return engine;
}
double unit() { return std::uniform_real_distribution<double>(0, 1)(chance()); }
int whole(int least, int most) { return std::uniform_int_distribution<int>(least, most)(chance()); }
/// Over twelve powers of ten, and 0 at times.
double amount() { return whole(0, 40) == 0 ? 0 : std::pow(10, 12 * unit() - 6); }
double rate() { return std::pow(10, 12 * unit() - 6); }
/// What is no amount.
double no_amount() { return std::array{-1.0, -1e-300, nan, inf, -inf}[static_cast<std::size_t>(whole(0, 4))]; }
/// A load below, near, at and above the capacity.
double load() {
  const double near = std::array{1 - 1e-12, 1.0, 1 + 1e-12, 1 - 1e-6}[static_cast<std::size_t>(whole(0, 3))];
  return whole(0, 3) == 0 ? near : whole(0, 3) == 0 ? 1 + 3 * unit() : unit();
}

bool is_probability(double p) { return p >= 0 && p <= 1 + 1e-12; }

/// Nothing is no number, nothing is negative, and Little's law holds or all is without end.
void sound(const steady_state& s, double arrivals) {
  REQUIRE(is_probability(s.utilisation));
  REQUIRE(is_probability(s.delayed));
  REQUIRE(is_probability(s.refused));
  for (double x : {s.wait, s.wait_square, s.stay, s.waiting, s.present}) REQUIRE(x >= 0);
  REQUIRE(s.wait <= s.stay);
  if (std::isfinite(s.waiting) && std::isfinite(s.wait)) {
    REQUIRE(s.waiting == Approx(arrivals * (1 - s.refused) * s.wait).epsilon(1e-6).margin(1e-200 + 1e-9 * arrivals * s.wait));
  } else {
    REQUIRE(s.wait == inf);
  }
}
bool all_nan(const steady_state& s) {
  for (double x : {s.utilisation, s.delayed, s.wait, s.wait_square, s.stay, s.waiting, s.present, s.refused}) {
    if (!std::isnan(x)) return false;
  }
  return true;
}

TEST_CASE("Erlang's stations answer at any load: exactly below capacity, without end from there on") {
  for (int i = 0; i < 20000; ++i) {
    const int servers = whole(1, whole(0, 1) == 0 ? 5 : 300);
    const double services = rate(), at = load(), arrivals = at * servers * services;
    const steady_state s = mmc(arrivals, services, servers);
    sound(s, arrivals);
    REQUIRE((at >= 1 + 1e-12 ? s.wait == inf && s.delayed == 1 && s.utilisation == 1 : true));
    REQUIRE((at <= 1 - 1e-6 ? std::isfinite(s.wait) : true));
    double last = 1;
    for (double t : {-1.0, 0.0, 0.3, 1.0, 10.0, 1e9, inf}) {
      const double tail = mmc_wait_tail(arrivals, services, servers, t);
      REQUIRE(is_probability(tail));
      REQUIRE(tail <= last);
      last = tail;
    }
    const int room = servers + whole(0, 200);
    const double any = whole(0, 5) == 0 ? amount() : arrivals;
    const steady_state limited = mmck(any, services, servers, room);
    sound(limited, any);
    REQUIRE(std::isfinite(limited.stay));
    REQUIRE(is_probability(erlang_b(servers, any / services)));
    const double again = 0.99 * unit();
    sound(feedback(arrivals * (1 - again), services, servers, again), arrivals);
    const reentrant_load again_load = erlang_r(any, services, again, rate());
    REQUIRE((again_load.needy >= 0 && again_load.away >= 0));
  }
}

TEST_CASE("M/M/1 six times overloaded has no wait of -1.55 but one without end") {
  const steady_state s = mmc(6, 1, 5);
  CHECK(s.wait == inf);
  CHECK(s.present == inf);
  CHECK(s.delayed == 1);
  CHECK(mm1(1, 1).wait == inf);
  CHECK(erlang_c(3, 3) == 1);
  CHECK(erlang_c(3, 4) == 1);
  CHECK(mmc_wait_tail(6, 1, 5, 1e6) == 1);
  CHECK(md1(2, 1).wait == inf);
  CHECK(mg1_last_come_wait_square(2, service_moments::exponential(1)) == inf);
  CHECK(gm1(2, 1, [](double x) { return 2 / (2 + x); }).wait == inf);
}

TEST_CASE("One server: waits are sound for every load and every spread of the service") {
  for (int i = 0; i < 20000; ++i) {
    const double mean = rate(), cv = whole(0, 3) == 0 ? 0 : 20 * unit(), arrivals = load() / mean;
    for (const service_moments& m : {service_moments::constant(mean), service_moments::exponential(mean), service_moments::gamma(mean, cv),
                                     service_moments::lognormal(mean, cv)}) {
      REQUIRE(m.possible());
      const steady_state s = mg1(arrivals, m);
      sound(s, arrivals);
      REQUIRE(mg1_last_come_wait_square(arrivals, m) >= s.wait_square);
    }
    const double phases = whole(1, 30);
    const auto erlang = [&](double s) { return std::pow(1 + s / (arrivals * phases), -phases); };
    if (arrivals > 0) sound(gm1(arrivals, 1 / mean, erlang), arrivals);
  }
  CHECK(mg1(0, service_moments{1, inf, inf}).wait == 0);
  CHECK(mg1(0.5, service_moments{1, inf, inf}).wait == inf);
  CHECK(mg1(0.5, service_moments{1, 2, inf}).wait == Approx(1));
}

TEST_CASE("M/D/1: the wait's distribution rises from 1 - rho to 1, at any load and time") {
  for (int i = 0; i < 3000; ++i) {
    const double service = rate(), rho = load();
    double last = 0;
    for (int k = 0; k < 60; ++k) {
      const double t = service * (k < 30 ? k * 0.37 : std::pow(2, k - 26));
      const double within = md1_wait_within(rho / service, service, t);
      REQUIRE(is_probability(within));
      REQUIRE(within >= last - 1e-13);
      last = within;
    }
    if (rho < 0.999) REQUIRE(last == Approx(1).epsilon(1e-12));
    if (rho > 1 + 1e-13) REQUIRE(last == 0);
    if (rho < 1) REQUIRE(md1_wait_within(rho / service, service, 0) == Approx(1 - rho).margin(1e-14));
    REQUIRE(md1_wait_within(rho / service, service, -1) == 0);
  }
}

TEST_CASE("M/D/1 by sums in which nothing cancels is Erlang's alternating series, where that has digits left") {
  for (double rho : {0.05, 0.3, 0.7, 0.95, 0.999}) {
    for (double t = 0; t < 12; t += 0.31) {
      long double sum = 0;
      for (int k = 0; k <= t; ++k) {
        const long double x = static_cast<long double>(rho) * (k - static_cast<long double>(t));
        long double term = std::exp(-x);
        for (int j = 1; j <= k; ++j) term *= x / j;
        sum += term;
      }
      // The terms reach e^{rho t}, up to 2e5, of which long doubles keep 19 digits.
      CHECK(md1_wait_within(rho, 1, t) == Approx(static_cast<double>((1 - static_cast<long double>(rho)) * sum)).epsilon(1e-12));
    }
  }
  // Heavy traffic: the wait is nearly exponential with the mean of Pollaczek and Khinchine.
  const double mean = md1(0.9999, 1).wait;
  CHECK(md1_wait_within(0.9999, 1, mean) == Approx(1 - std::exp(-1)).epsilon(1e-3));
  CHECK(md1_wait_within(0.9999, 1, 50 * mean) == Approx(1).epsilon(1e-12));
}

/// Erlang A from its balance equations in long doubles, relative to the greatest state: slow and plain.
impatient_state plain_erlang_a(long double arrivals, long double services, int servers, long double patience) {
  const auto death = [&](long long n) {
    return std::min<long double>(static_cast<long double>(n), servers) * services +
           std::max<long double>(static_cast<long double>(n - servers), 0) * patience;
  };
  long long mode = 0;
  while (death(mode + 1) < arrivals) ++mode;
  long double sum = 0, delayed = 0, waiting = 0, present = 0;
  const auto take = [&](long long n, long double w) {
    sum += w;
    present += static_cast<long double>(n) * w;
    if (n < servers) return;
    delayed += w;
    waiting += static_cast<long double>(n - servers) * w;
  };
  long double w = 1;
  for (long long n = mode; n <= servers || w > 1e-24L * delayed; ++n) {
    take(n, w);
    w *= arrivals / death(n + 1);
  }
  w = 1;
  for (long long n = mode; n > 0 && w > 1e-4900L; --n) {
    w *= death(n) / arrivals;
    take(n - 1, w);
  }
  return {static_cast<double>(delayed / sum), static_cast<double>(patience * waiting / arrivals / sum),
          static_cast<double>(waiting / arrivals / sum), static_cast<double>(waiting / sum), static_cast<double>(present / sum)};
}

TEST_CASE("Erlang A is its balance equations at any patience, and ends") {
  const auto agree = [](double arrivals, double services, int servers, double patience) {
    const impatient_state s = erlang_a(arrivals, services, servers, patience), p = plain_erlang_a(arrivals, services, servers, patience);
    CAPTURE(arrivals, services, servers, patience);
    CHECK(s.delayed == Approx(p.delayed).epsilon(1e-9).margin(1e-250));
    CHECK(s.abandoned == Approx(p.abandoned).epsilon(1e-9).margin(1e-250));
    CHECK(s.wait == Approx(p.wait).epsilon(1e-9).margin(1e-250));
    CHECK(s.waiting == Approx(p.waiting).epsilon(1e-9).margin(1e-250));
    CHECK(s.present == Approx(p.present).epsilon(1e-9).margin(1e-250));
  };
  for (int i = 0; i < 300; ++i) {
    const int servers = whole(1, 50);
    const double services = std::pow(10, 2 * unit() - 1);
    agree(load() * servers * services, services, servers, services * std::pow(10, 6 * unit() - 4));
  }
  // So patient that the integral takes over from the sum, below, at and above capacity.
  for (double at : {0.9999, 0.99999, 1.0, 1.00001, 1.0002}) agree(at * 10, 1, 10, 2e-8);
  // Twice what ten servers can do, and a patience of 1e9 services: ten in twenty leave, and the line is 1e10 long.
  const impatient_state s = erlang_a(20, 1, 10, 1e-9);
  CHECK(s.abandoned == Approx(0.5).epsilon(1e-12));
  CHECK(s.waiting == Approx(1e10).epsilon(1e-12));
  CHECK(s.present == Approx(1e10 + 10).epsilon(1e-12));
  CHECK(erlang_a(9, 1, 10, 1e-100).delayed == Approx(erlang_c(10, 9)).epsilon(1e-12));
  CHECK(erlang_a(9, 1, 10, 1e-100).wait == Approx(mmc(9, 1, 10).wait).epsilon(1e-12));
  for (int i = 0; i < 20000; ++i) {
    const int servers = whole(1, 200);
    const double services = rate(), arrivals = whole(0, 2) == 0 ? amount() : load() * servers * services;
    const impatient_state any = erlang_a(arrivals, services, servers, std::pow(10, 60 * unit() - 50));
    REQUIRE(is_probability(any.delayed));
    REQUIRE(is_probability(any.abandoned));
    REQUIRE((any.wait >= 0 && any.waiting >= 0 && any.present >= any.waiting));
  }
}

TEST_CASE("Priorities: from the class that overloads the server on, waits are without end; above it they are those of a busy server") {
  for (int i = 0; i < 5000; ++i) {
    std::vector<priority_class> classes(static_cast<std::size_t>(whole(1, 6)));
    std::vector<double> arrivals;
    for (priority_class& c : classes) {
      c = {unit() * 0.6, service_moments::gamma(unit(), 3 * unit())};
      arrivals.push_back(c.arrivals);
    }
    for (const auto& waits : {priority_waits(classes), priority_waits(arrivals, 0.5 + unit(), whole(1, 3))}) {
      double last = 0;
      for (double w : waits) {
        REQUIRE(w >= last);
        last = w;
      }
    }
  }
  // The second class alone is more than the server can do: the first waits for one of them at every coming.
  const std::vector<priority_class> flooded{
      {0.1, service_moments::constant(1)}, {5, service_moments::constant(2)}, {0.1, service_moments::constant(1)}};
  const auto waits = priority_waits(flooded);
  CHECK(waits[0] == Approx((0.1 / 2 + 0.45 * 4 / 2) / 0.9));
  CHECK(waits[1] == inf);
  CHECK(waits[2] == inf);
  const std::array<double, 2> rates{0.5, 9};
  CHECK(priority_waits(rates, 1, 2)[0] == Approx(0.5 / 0.75));
  CHECK(priority_waits(rates, 1, 2)[1] == inf);
}

TEST_CASE("Staffing answers at every load that can be staffed") {
  for (int i = 0; i < 2000; ++i) {
    const double at = 2000 * unit() * unit(), delayed = std::pow(10, -12 * unit());
    const int least = least_servers(at, delayed);
    REQUIRE(erlang_c(least, at) <= delayed);
    REQUIRE((least == 1 || erlang_c(least - 1, at) > delayed));
    if (delayed < 1) REQUIRE(square_root_staffing(at, delayed) >= at);
    const double beta = 80 * unit() - 20;
    REQUIRE(is_probability(halfin_whitt(beta)));
    REQUIRE(halfin_whitt(beta + 0.1) <= halfin_whitt(beta));
  }
  CHECK(halfin_whitt(-3) == 1);
  CHECK(halfin_whitt(inf) == 0);
  CHECK(least_servers(0, 0.5) == 1);
  CHECK(square_root_staffing(0, 0.5) == 0);
}

TEST_CASE("Poisson counts keep their digits, and earlier arrivals sum to 1 even where hardly anybody comes") {
  for (double mean : {0.0, 1e-300, 1e-19, 1e-9, 0.3, 7.0, 700.0, 5000.0}) {
    double sum = 0, earlier = 0;
    for (double x : poisson_probabilities(mean)) sum += x;
    for (double x : earlier_arrivals(mean)) earlier += x;
    CHECK(sum == Approx(1).epsilon(1e-13));
    CHECK(earlier == Approx(1).epsilon(1e-13));
  }
  CHECK(earlier_arrivals(1e-9)[1] == Approx(5e-10));  // P(A > 1)/λ = λ/2
  for (int i = 0; i < 5000; ++i) {
    const double capacity = rate(), arrivals = load() * capacity, z = tail_root(arrivals, capacity);
    REQUIRE(z >= 1);
    if (arrivals >= capacity) REQUIRE(z == 1);
  }
  // z is 1 + 2(C − Λ)/Λ near capacity, to the first order.
  for (const double arrivals : {1 - 1e-9, 1 - 1e-12}) {
    CHECK(sifang::theory::detail::log_tail_root(arrivals, 1) == Approx(2 * (1 - arrivals) / arrivals).epsilon(2e-9));
  }
  CHECK(tail_root(0, 3) == inf);
  CHECK(states_needed(3, 3) == std::numeric_limits<std::size_t>::max());
}

std::vector<reception_date> random_cycle(double at) {
  std::vector<reception_date> cycle(static_cast<std::size_t>(whole(1, 40)));
  double arrivals = 0;
  int capacity = 0;
  for (reception_date& d : cycle) {
    d = {whole(0, 4) == 0 ? 0 : unit(), whole(0, 3) == 0 ? whole(1, 9) : 0};
    arrivals += d.arrivals;
    capacity += d.capacity;
  }
  for (reception_date& d : cycle) d.arrivals *= arrivals > 0 ? at * capacity / arrivals : 0;
  return cycle;
}

TEST_CASE("Any calendar has an answer: probabilities that fall with the days, or a wait without end") {
  for (int i = 0; i < 400; ++i) {
    const double at = whole(0, 3) == 0 ? 1 + unit() : whole(0, 20) == 0 ? 0 : 0.99 * unit();
    const auto cycle = random_cycle(at);
    const reception_calendar exact(cycle);
    double arrivals = 0, capacity = 0;
    for (const reception_date& d : cycle) {
      arrivals += d.arrivals;
      capacity += d.capacity;
    }
    REQUIRE(exact.steady() == (arrivals < capacity || arrivals == 0));
    REQUIRE(exact.wait_mean() >= 0);
    REQUIRE(std::isfinite(exact.wait_mean()) == (exact.steady() && capacity > 0));
    for (std::size_t d = 0; d < cycle.size(); ++d) {
      REQUIRE(exact.left_mean(d) >= 0);
      double sum = 0;
      for (double p : exact.left(d)) {
        REQUIRE(is_probability(p));
        sum += p;
      }
      if (exact.steady()) REQUIRE(sum == Approx(1).epsilon(1e-12));
      double last = 1;
      for (int days = -1; days < 60; days += 1 + days / 5) {
        const double more = exact.wait_more_than(d, days);
        REQUIRE(is_probability(more));
        REQUIRE(more <= last * (1 + 1e-12));
        last = more;
      }
    }
    REQUIRE(is_probability(exact.wait_more_than(3)));
    REQUIRE(exact.wait_more_than(std::numeric_limits<int>::max()) == (capacity > 0 && exact.steady() ? 0 : 1));
  }
}

TEST_CASE("A calendar in which as many come as are heard, or more, waits without end") {
  const std::vector<reception_date> one{{10, 7}};
  const reception_calendar exact(one);
  CHECK_FALSE(exact.steady());
  CHECK(exact.wait_mean() == inf);
  CHECK(exact.left_mean(0) == inf);
  CHECK(exact.wait_more_than(0, 1000) == 1);
  CHECK(exact.wait_more_than(1000) == 1);
  CHECK(exact.left(0).empty());
  CHECK(reception_day_queue(10, 7).left_mean() == inf);
  CHECK(reception_day_queue(7, 7).wait_mean() == inf);
  CHECK(reception_day_queue(10, 7).none_left() == 0);
  CHECK(reception_day_queue(10, 7).missed_more_than(3) == 1);
  CHECK(reception_day_queue(10, 7).left_distribution().empty());
}

TEST_CASE("Where nobody is expected, whoever comes all the same waits for the next session") {
  const std::vector<reception_date> week{{0, 3}, {0, 0}, {0, 0}, {0, 2}, {0, 0}, {0, 0}, {0, 0}};
  const reception_calendar exact(week);
  CHECK(exact.wait_mean() == Approx((0 + 2 + 1 + 0 + 3 + 2 + 1) / 7.0));
  CHECK(exact.wait_more_than(1, 1) == 1);
  CHECK(exact.wait_more_than(1, 2) == 0);
  CHECK(exact.wait_more_than(1) == Approx(3.0 / 7));
  double sum = 0;
  for (int days = 0; days < 7; ++days) sum += exact.wait_more_than(days);
  CHECK(sum == Approx(exact.wait_mean()));
  CHECK(reception_day_queue(0, 4).wait_mean() == 0);
  CHECK(reception_day_queue(0, 4).none_left() == 1);
  CHECK(reception_day_queue(0, 0).wait_mean() == inf);
  // Nobody is expected on Tuesday, but they who come then wait as others do.
  std::vector<reception_date> some{{4, 7}, {0, 0}, {1, 0}};
  CHECK(reception_calendar(some).wait_more_than(1, 1) == 1);
  const double after_tuesday = reception_calendar(some).wait_more_than(1, 2);
  some[1].arrivals = 1e-12;
  CHECK(reception_calendar(some).wait_more_than(1, 2) == Approx(after_tuesday).epsilon(1e-9));
}

TEST_CASE("A day played four arrivals at a time is the day played one by one, to the last state") {
  for (int i = 0; i < 3000; ++i) {
    const auto states = static_cast<std::size_t>(whole(1, 12)), counts = static_cast<std::size_t>(whole(1, 14));
    const auto capacity = static_cast<std::size_t>(whole(0, 5));
    sifang::theory::detail::left_numbers left{{}, unit()};
    std::vector<double> arrivals, scratch;
    for (std::size_t k = 0; k < states; ++k) left.p.push_back(unit());
    for (std::size_t k = 0; k < counts; ++k) arrivals.push_back(unit());
    std::vector<double> before = left.p, expected(states, 0.0);
    while (before.size() < states + capacity) before.push_back(before.back() * left.decay);
    for (std::size_t x = 0; x < before.size(); ++x) {
      for (std::size_t a = 0; a < counts; ++a) {
        const std::size_t to = x + a > capacity ? x + a - capacity : 0;
        if (to < states) expected[to] += before[x] * arrivals[a];
      }
    }
    sifang::theory::detail::play_date(left, arrivals, capacity, scratch);
    REQUIRE(left.p.size() == states);
    for (std::size_t k = 0; k < states; ++k) REQUIRE(left.p[k] == Approx(expected[k]).epsilon(1e-13));
  }
}

/// P(a case misses more than k sessions) in long doubles, from X' = (X + A − c)⁺ played until it stands still.
long double plain_missed(double arrivals, int capacity, int k) {
  constexpr int states = 160;
  std::vector<long double> count, x(states, 0), y(states);
  long double w = std::exp(-static_cast<long double>(arrivals));
  for (int a = 0; a < states; ++a) {
    count.push_back(w);
    w *= arrivals / static_cast<long double>(a + 1);
  }
  x[0] = 1;
  for (int turn = 0; turn < 150; ++turn) {
    std::fill(y.begin(), y.end(), 0.0L);
    for (int i = 0; i < states; ++i) {
      for (int a = 0; a < states; ++a) {
        if (i + a - capacity < states)
          y[static_cast<std::size_t>(std::max(i + a - capacity, 0))] += x[static_cast<std::size_t>(i)] * count[static_cast<std::size_t>(a)];
      }
    }
    x = y;
  }
  long double sum = 0;
  for (int j = 0; j < states; ++j) {
    long double more = 0;
    for (int a = states - 1; a > j; --a) more += count[static_cast<std::size_t>(a)];
    long double tail = 0;
    for (int i = states - 1; i >= std::max((k + 1) * capacity - j, 0); --i) tail += x[static_cast<std::size_t>(i)];
    sum += more / arrivals * tail;
  }
  return sum;
}

TEST_CASE("Small probabilities of missing many sessions keep their digits") {
  for (const auto& [arrivals, capacity] : {std::pair{0.5, 3}, {2.0, 4}, {5.0, 8}}) {
    const reception_day_queue exact(arrivals, capacity);
    for (int k : {0, 1, 3, 6})
      CHECK(exact.missed_more_than(k) == Approx(static_cast<double>(plain_missed(arrivals, capacity, k))).epsilon(1e-10).margin(0));
  }
  // Far out each session more is worth the same factor, down to where the machine has no smaller numbers.
  const reception_day_queue exact(6, 7);
  const double factor = std::pow(tail_root(6, 7), -7);
  for (int k : {20, 100, 300}) CHECK(exact.missed_more_than(k + 1) / exact.missed_more_than(k) == Approx(factor).epsilon(1e-10));
  // In light traffic what is left is rare, but not 0 or below.
  CHECK(reception_day_queue(0.01, 10).left_mean() == Approx(std::exp(-0.01) * 1e-22 / 39916800).epsilon(1e-2));
  CHECK(reception_day_queue(0.1, 10).wait_mean() > 0);
  // Hundreds of cases a session are no more than the machine can hold.
  CHECK(reception_day_queue(900, 1000).none_left() == Approx(1).epsilon(1e-2));
}

TEST_CASE("A session a day for many: roots and chain agree where products of hundreds of roots would overflow") {
  const reception_day_queue roots(1150, 1200);
  const std::vector<reception_date> one{{1150, 1200}};
  const reception_calendar chain(one);
  CHECK(roots.left_mean() == Approx(chain.left_mean(0)).epsilon(1e-8));
  CHECK(roots.none_left() == Approx(chain.left(0)[0]).epsilon(1e-8));
}

TEST_CASE("A course grows as it must: overload is no cap, and a backlog of millions is no more states") {
  std::vector<reception_date> year(365, {12, 0});
  for (std::size_t d = 0; d < year.size(); d += 7) year[d].capacity = 10;
  const reception_course course = course_of(year, 0);
  CHECK(course.left_mean.back() == Approx(365 * 12 - 53 * 10).margin(1));  // 3,850: beyond 2,000
  const reception_course many = course_of(year, 5'000'000);
  CHECK(many.left_mean.back() == Approx(5'000'000 + 365 * 12 - 53 * 10).epsilon(1e-12));
  double sum = 0;
  for (double left : many.left_mean) sum += left;
  CHECK(many.days_waited == Approx(sum));
}

TEST_CASE("What is no model is told to the hook, and without it every answer is no number") {
  for (int i = 0; i < 2000; ++i) {
    const double bad = no_amount(), a = amount(), s = rate();
    const int servers = whole(1, 9), none = whole(-3, 0);
    CHECK(all_nan(mmc(bad, s, servers)));
    CHECK(all_nan(mmc(a, bad, servers)));
    CHECK(all_nan(mmc(a, 0, servers)));
    CHECK(all_nan(mmc(a, s, none)));
    CHECK(std::isnan(mmc_wait_tail(bad, s, servers, 1)));
    CHECK(std::isnan(mmc_wait_tail(a, s, servers, nan)));
    CHECK(all_nan(mmck(bad, s, servers, servers)));
    CHECK(all_nan(mmck(a, s, servers, servers - 1)));
    CHECK(std::isnan(erlang_b(-1, a)));
    CHECK(std::isnan(erlang_b(servers, bad)));
    CHECK(std::isnan(erlang_c(none, a)));
    CHECK(all_nan(mg1(bad, service_moments::constant(s))));
    CHECK(all_nan(mg1(a, service_moments::constant(bad))));
    CHECK(all_nan(mg1(a, service_moments{1, 0.5, 1})));  // E S² below (E S)²
    CHECK(all_nan(mg1(a, service_moments{1, 2, 3})));    // E S³ below (E S²)²/E S
    CHECK(std::isnan(mg1_last_come_wait_square(bad, service_moments::constant(s))));
    CHECK(std::isnan(md1_wait_within(bad, s, 1)));
    CHECK(std::isnan(md1_wait_within(a, bad, 1)));
    CHECK(std::isnan(md1_wait_within(a, s, nan)));
    CHECK(all_nan(gm1(a, bad, [](double) { return 0.5; })));
    CHECK(all_nan(gm1(a, s, [](double) { return 1.5; })));
    CHECK(all_nan(feedback(a, s, servers, 1)));
    CHECK(std::isnan(erlang_a(a, s, servers, bad).wait));
    CHECK(std::isnan(erlang_a(a, s, servers, 0).present));
    CHECK(std::isnan(erlang_a(bad, s, servers, s).abandoned));
    CHECK(std::isnan(erlang_r(a, s, 1, s).needy));
    CHECK(std::isnan(erlang_r(a, s, 0.5, bad).away));
    CHECK(std::isnan(priority_waits(std::vector<priority_class>{{0.1, {}}, {bad, {}}})[0]));
    CHECK(std::isnan(priority_waits(std::vector<double>{0.1, bad}, s, servers)[1]));
    CHECK(std::isnan(priority_waits(std::vector<double>{0.1}, s, none)[0]));
    CHECK(std::isnan(infinite_servers(
        nan, [](double) { return 1.0; }, [](double) { return 1.0; }, 1)));
    CHECK(std::isnan(infinite_servers(
        0, [](double) { return 1.0; }, [](double) { return 1.0; }, 1, 3)));
    CHECK(std::isnan(halfin_whitt(nan)));
    CHECK(least_servers(bad, 0.5) == 0);
    CHECK(least_servers(a, 0) == 0);
    CHECK(least_servers(3e9, 0.5) == 0);
    CHECK(square_root_staffing(bad, 0.5) == 0);
    CHECK(square_root_staffing(1, 1) == 0);
    CHECK(std::isnan(poisson_probabilities(bad)[0]));
    CHECK(std::isnan(earlier_arrivals(bad)[0]));
    CHECK(std::isnan(tail_root(bad, 1)));
    CHECK(states_needed(1, bad) == 0);
    CHECK(std::isnan(closing_time(-1, 1, 1)));
    CHECK(std::isnan(closing_time(1, 0, 1)));
    CHECK(std::isnan(closing_time(1, 1, bad)));
    const std::vector<reception_date> wrong{{1, 2}, {bad, 1}}, negative{{1, 4}, {0.1, -1}};
    for (const auto& cycle : {wrong, negative, std::vector<reception_date>()}) {
      const reception_calendar exact(cycle);
      CHECK_FALSE(exact.steady());
      CHECK(std::isnan(exact.wait_mean()));
      CHECK(std::isnan(exact.left_mean(0)));
      CHECK(std::isnan(exact.wait_more_than(0, 1)));
      CHECK(std::isnan(exact.wait_more_than(1)));
    }
    CHECK(std::isnan(course_of(wrong, 1).left_mean[0]));
    CHECK(std::isnan(reception_day_queue(bad, 3).left_mean()));
    CHECK(std::isnan(reception_day_queue(1, -3).none_left()));
    CHECK(std::isnan(reception_day_queue(1, -3).missed_more_than(1)));
  }
  const auto says = [](const auto& act) { return misuse::of([&] { (void)act(); }) != ""; };
  CHECK(misuse::of([] { (void)mmc(nan, 1, 1); }) == "rates that are finite and not negative, services above 0, and at least one server");
  CHECK(misuse::of([] { (void)mmc(6, 1, 5); }) == "");  // overload is an answer
  CHECK(misuse::of([] { (void)least_servers(1, -1); }) == "a load from 0 to 2e9, and a probability above 0");
  CHECK(says([] { return erlang_b(-1, 1); }));
  CHECK(says([] { return erlang_c(0, 1); }));
  CHECK(says([] { return mmc_wait_tail(1, 2, 1, nan); }));
  CHECK(says([] { return mmck(1, 1, 3, 2); }));
  CHECK(says([] { return mg1(1, service_moments{1, 0.5, 1}); }));
  CHECK(says([] { return service_moments::constant(-1); }));
  CHECK(says([] { return service_moments::exponential(nan); }));
  CHECK(says([] { return service_moments::gamma(1, -1); }));
  CHECK(says([] { return service_moments::lognormal(inf, 1); }));
  CHECK(says([] { return md1_wait_within(1, -1, 1); }));
  CHECK(says([] { return gm1(1, 2, [](double) { return -1.0; }); }));
  CHECK(says([] { return feedback(1, 2, 1, 1); }));
  CHECK(says([] { return erlang_a(1, 1, 1, 0); }));
  CHECK(says([] { return erlang_r(1, 1, 1, 1); }));
  CHECK(says([] { return priority_waits(std::vector<priority_class>{{-1, {}}}); }));
  CHECK(says([] { return priority_waits(std::vector<double>{-1}, 1, 1); }));
  CHECK(says([] {
    return infinite_servers(
        0, [](double) { return 1.0; }, [](double) { return 1.0; }, 1, 0);
  }));
  CHECK(says([] { return halfin_whitt(nan); }));
  CHECK(says([] { return square_root_staffing(1, 0); }));
  CHECK(says([] { return poisson_probabilities(2e8); }));
  CHECK(says([] { return tail_root(-1, 1); }));
  CHECK(says([] { return states_needed(-1, 1); }));
  CHECK(says([] { return closing_time(1, 0, 1); }));
  CHECK(says([] { return reception_calendar(std::vector<reception_date>()).steady(); }));
  CHECK(says([] { return reception_calendar(std::vector<reception_date>{{1 - 1e-9, 1}}).steady(); }));
  CHECK(says([] { return reception_calendar(std::vector<reception_date>{{1, 2}}).left_mean(1); }));
  CHECK(says([] { return reception_day_queue(1 - 1e-9, 1).left_distribution(); }));
  CHECK(says([] { return course_of(std::vector<reception_date>{{1, -2}}, 0); }));
  CHECK(says([] { return after_session(std::vector<double>(), std::vector<double>{1.0}, 1, 10); }));
}

}  // namespace
