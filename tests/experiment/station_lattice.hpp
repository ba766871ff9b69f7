// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_TESTS_STATION_LATTICE_HPP
#define SIFANG_TESTS_STATION_LATTICE_HPP

#include "sifang/engine/theory.hpp"
#include "sifang/experiment/lattice_problem.hpp"
#include "sifang/random/random.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

/// Stations of M/M/c that are staffed: what each number of servers brings is known exactly (Erlang's delay formula), and seen with noise.
namespace sifang_tests {

/// How many servers each station has, at what price, so that few wait: everywhere together, or at each station.
class station_lattice {
 public:
  struct station {
    double load;       ///< offered, in servers
    double customers;  ///< a replication
    int least;         ///< servers at level 0
    int levels;        ///< numbers of servers
    double price;      ///< of a server
  };
  struct optimum {
    sifang::lattice_point at;
    double cost = 0;
    std::size_t feasible = 0;  ///< points that meet the targets
  };
  struct true_values {
    std::vector<double> figures;
    bool meets = true;
  };

  station_lattice(std::vector<station> stations, std::vector<double> bounds, std::uint64_t seed = 1)
      : stations_(std::move(stations)), bounds_(std::move(bounds)), seed_(seed) {}
  /// Stations of different size and price that share one target, and have a loose one each.
  static station_lattice shared(std::size_t count, std::uint64_t seed = 1) {
    std::vector<station> s;
    for (std::size_t j = 0; j < count; ++j) {
      const double load = 1.3 + 0.9 * static_cast<double>(j % 4);
      s.push_back({load, 60 * load, 1 + static_cast<int>(load), 8, 1 + 0.45 * static_cast<double>((j * 3) % 5)});
    }
    std::vector<double> bounds(1, 0.80);
    bounds.resize(count + 1, 0.5);
    return station_lattice(std::move(s), std::move(bounds), seed);
  }

  [[nodiscard]] int servers(const sifang::lattice_point& p, std::size_t j) const { return stations_[j].least + p[j]; }
  /// Probability of no wait at a station.
  [[nodiscard]] double served(const sifang::lattice_point& p, std::size_t j) const {
    return 1 - sifang::theory::erlang_c(servers(p, j), stations_[j].load);
  }
  [[nodiscard]] true_values truth(const sifang::lattice_point& p) const {
    true_values out;
    double y = 0, n = 0;
    for (std::size_t j = 0; j < stations_.size(); ++j) {
      y += served(p, j) * stations_[j].customers;
      n += stations_[j].customers;
    }
    out.figures.push_back(y / n);
    for (std::size_t j = 0; j < stations_.size(); ++j) out.figures.push_back(served(p, j));
    for (std::size_t k = 0; k < bounds_.size(); ++k) out.meets = out.meets && out.figures[k] >= bounds_[k];
    return out;
  }
  [[nodiscard]] double cost(const sifang::lattice_point& p) const {
    double out = 0;
    for (std::size_t j = 0; j < stations_.size(); ++j) out += stations_[j].price * servers(p, j);
    return out;
  }
  /// The cheapest of all points.
  [[nodiscard]] optimum enumerate() const {
    optimum best;
    sifang::lattice_point p(stations_.size(), 0);
    for (bool more = true; more;) {
      if (truth(p).meets) {
        ++best.feasible;
        if (best.at.empty() || cost(p) < best.cost - 1e-9) {
          best.at = p;
          best.cost = cost(p);
        }
      }
      more = false;
      for (std::size_t j = 0; j < p.size() && !more; ++j) {
        more = ++p[j] < stations_[j].levels;
        if (!more) p[j] = 0;
      }
    }
    return best;
  }

  /// A replication: how many came to each station, and how many of them did not wait. The luck of a replication does not depend on the
  /// point (a normal law that is correlated over stations, as a busy year is busy everywhere).
  void sample(const sifang::lattice_point& p, std::size_t replication, std::vector<double>& y, std::vector<double>& n) const {
    const sifang::random_source luck(seed_, static_cast<std::uint32_t>(replication));
    const double busy = sifang::elementary::normal_quantile(luck.uniform(0, purpose));
    double all_y = 0, all_n = 0;
    std::vector<double> own_y, own_n;
    for (std::size_t j = 0; j < stations_.size(); ++j) {
      const double own = sifang::elementary::normal_quantile(luck.uniform(j + 1, purpose));
      const double customers = stations_[j].customers, share = served(p, j);
      const double spread = 2.5 * std::sqrt(customers * share * (1 - share));
      double good = share * customers - spread * (0.6 * busy + 0.8 * own);
      good = good < 0 ? 0 : good > customers ? customers : good;
      own_y.push_back(good);
      own_n.push_back(customers);
      all_y += good;
      all_n += customers;
    }
    y.push_back(all_y);
    n.push_back(all_n);
    y.insert(y.end(), own_y.begin(), own_y.end());
    n.insert(n.end(), own_n.begin(), own_n.end());
  }
  /// The problem, of which this outlives the answer.
  [[nodiscard]] sifang::lattice_problem problem() const {
    sifang::lattice_problem out;
    for (const station& s : stations_) {
      sifang::lattice_axis a{s.levels, s.levels / 2, {}};
      for (int level = 0; level < s.levels; ++level) a.prices.push_back(s.price * (s.least + level));
      out.axes.push_back(std::move(a));
    }
    for (const double b : bounds_) out.targets.push_back({b, true, sifang::quantity::share});
    out.sample = [this](const std::vector<sifang::lattice_request>& requests) {
      std::vector<sifang::lattice_rows> rows;
      for (const sifang::lattice_request& r : requests) {
        rows.emplace_back();
        for (std::size_t i = 0; i < r.count; ++i) sample(r.at, r.first + i, rows.back().numerators, rows.back().denominators);
      }
      return rows;
    };
    return out;
  }

 private:
  static constexpr std::uint32_t purpose = 7;

  std::vector<station> stations_;
  std::vector<double> bounds_;
  std::uint64_t seed_;
};

}  // namespace sifang_tests

#endif
