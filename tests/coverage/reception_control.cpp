// SPDX-License-Identifier: BSL-1.0
// Whether the exact queue of a reception day would sharpen figures as a control variate, for the table of docs/intervals.md.
//   reception_control [YEARS]     400 years of each scenario unless told
// Of each year: the minutes in queues and the share heard within 15 days; and as controls how many grievances arose, the squares of how
// many set out for the first time week by week, and the queue that those who came to each session would be expected to make.
#include "sifang/county/observer.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/experiment/reception_estimate.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/stats/control_variates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace sifang;

/// What a year tells of its sessions.
struct session_watch {
  static constexpr auto hooks = sifang::hooks<hook::started, hook::sets_out, hook::session>;
  const world* place = nullptr;
  std::vector<double> weeks{};  ///< first visits decided on
  double queue = 0;             ///< expected minutes waited, in mean interviews, if all who came were there from the beginning

  void started(const world& w, std::uint32_t) {
    place = &w;
    weeks.assign(static_cast<std::size_t>((w.end() - w.start()).count / 7 + 1), 0.0);
    queue = 0;
  }
  void sets_out(day d, const matter& m) {
    if (m.attempts == 1 && place->counts(d)) weeks[static_cast<std::size_t>((d - place->start()).count / 7)] += 1;
  }
  void session(const reception_series&, day d, std::span<const official_id> seated, const session_totals& t) {
    if (!place->counts(d)) return;
    // Of n at r seats with exponential interviews the one in place k waits for (k − r)/r of them.
    const double seats = static_cast<double>((std::max)(seated.size(), std::size_t{1}));
    const double waiting = (std::max)(static_cast<double>(t.heard + t.left + t.not_heard) - seats, 0.0);
    queue += waiting * (waiting + 1) / 2 / seats;
  }
};

struct measured {
  std::array<std::vector<double>, 2> figures{};   ///< their linear forms
  std::array<std::vector<double>, 3> controls{};  ///< grievances, squares, queue
  std::array<double, 2> set_out{};                ///< first visits of a year: simulated, and as the exact answer has them
};

std::vector<double> linear(const std::vector<tally::ratio>& all) {
  double sum = 0, whole = 0;
  for (const tally::ratio& one : all) {
    sum += one.numerator;
    whole += one.denominator;
  }
  const double ratio = sum / whole, mean = whole / static_cast<double>(all.size());
  std::vector<double> out;
  for (const tally::ratio& one : all) out.push_back(ratio + (one.numerator - ratio * one.denominator) / mean);
  return out;
}

measured measure(const world& w, int years) {
  measured out;
  std::array<std::vector<tally::ratio>, 2> ratios;
  replication<policies<>, session_watch> player(w, policies<>{}, session_watch{});
  for (int year = 0; year < years; ++year) {
    const replication_outcome& r = player.run(static_cast<std::uint32_t>(year));
    const session_watch& seen = player.observer<session_watch>();
    const std::uint32_t county = w.layout().at(dimension::all, 0);
    const auto ratio = [&](metric m) { return tally::ratio{r.sums.numerator(m, county), r.sums.denominator(m, county)}; };
    ratios[0].push_back(ratio(metric::wait_minutes));
    ratios[1].push_back(ratio(metric::heard_15d));
    double squares = 0;
    for (const double n : seen.weeks) {
      squares += n * n;
      out.set_out[0] += n / years;
    }
    out.controls[0].push_back(ratio(metric::unmet_need).denominator);
    out.controls[1].push_back(squares);
    out.controls[2].push_back(seen.queue);
  }
  for (std::size_t k = 0; k < ratios.size(); ++k) out.figures[k] = linear(ratios[k]);
  out.set_out[1] = estimate_reception(w).offered;
  return out;
}

/// Share of the variance that a control would save if its mean were known.
double saved(const std::vector<double>& figure, const std::vector<double>& control) {
  double mean = 0;
  for (const double x : control) mean += x / static_cast<double>(control.size());
  const std::array one{control_variate{control, mean}};
  return control_mean(detail::span_of(figure), one).variance_saved;
}

}  // namespace

int main(int argc, char** argv) {
  const int years = argc > 1 ? std::atoi(argv[1]) : 400;
  if (years < 20) {
    std::fprintf(stderr, "usage: reception_control [YEARS from 20]\n");
    return 2;
  }
  std::printf("| scenario | figure | grievances that arose | squares by week | queue of those who came | as dear as, at most |\n");
  std::printf("|---|---|---:|---:|---:|---:|\n");
  for (const std::string name : {"xiapu-2022", "wednesday"}) {
    const auto made = load_world(std::filesystem::path(SIFANG_SOURCE_DIR) / "simulations" / "scenarios" / (name + ".toml"), {});
    if (!made) {
      std::fprintf(stderr, "%s\n", to_string(made.faults().front()).c_str());
      return 1;
    }
    const measured found = measure(made->place, years);
    for (std::size_t k = 0; k < found.figures.size(); ++k) {
      std::array<double, 3> s{};
      for (std::size_t c = 0; c < s.size(); ++c) s[c] = std::round(100 * saved(found.figures[k], found.controls[c])) + 0.0;  // no −0
      // A control whose mean is estimated too saves only if it costs less than this part of a year.
      const double r2 = (std::clamp)(s[2] / 100, 0.0, 1.0), part = r2 / std::pow(1 + std::sqrt(1 - r2), 2);
      std::printf("| `%s` | %s | %.0f %% | %.0f %% | %.0f %% | %.0f %% |\n", name.c_str(),
                  k == 0 ? "minutes in the queue" : "heard within 15 days", s[0], s[1], s[2], 100 * part);
    }
    std::printf("<!-- %s: first visits of a year, simulated %.1f, exact answer %.1f -->\n", name.c_str(), found.set_out[0],
                found.set_out[1]);
  }
}
