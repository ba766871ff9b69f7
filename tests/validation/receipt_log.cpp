// SPDX-License-Identifier: BSL-1.0
// A real log: the receipt phase of a municipality's permits. Laws fitted to its first part are played on the engine and compared with the
// rest. Usage: receipt_log LOG [FOLDER]; FOLDER takes the logs that were played, for an outside check. docs/validation.md has the table.
#include "sifang/core/number_text.hpp"
#include "sifang/core/time.hpp"
#include "sifang/engine/event_queue.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/random/random.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats/accumulator.hpp"
#include "sifang/stats/duration_fit.hpp"
#include "sifang/stats/goodness_of_fit.hpp"
#include "sifang/stats/rate_fit.hpp"
#include "sifang/stats/wasserstein.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace sifang;

namespace {

constexpr double minute = 1.0 / 1440;
constexpr int replications = 100;
const day cut(2011, 9, 1);

/// A case of the log: days since 1970, by the clock of the place (`from`) and the time that passed.
struct log_case {
  double from = 0, lasts = 0;
};

/// 2011-10-11 13:45:40.276000+02:00 as days of the local clock, and how far that is ahead of UTC.
struct stamp {
  double local, ahead;
};
std::optional<stamp> stamp_of(std::string_view text) {
  const auto number = [&](std::size_t at, std::size_t n) { return parse_number<double>(text.substr(at, n)).value_or(-1); };
  if (text.size() < 25) return std::nullopt;
  const auto date = parse_day(text.substr(0, 10));
  const std::size_t zone = text.size() - 6;
  if (!date) return std::nullopt;
  const double seconds = parse_number<double>(text.substr(17, zone - 17)).value_or(0);
  const double ahead = (number(zone + 1, 2) * 60 + number(zone + 4, 2)) * (text[zone] == '-' ? -minute : minute);
  return stamp{date->since_1970() + number(11, 2) / 24 + (number(14, 2) + seconds / 60) * minute, ahead};
}

std::vector<log_case> cases_of(const std::string& file) {
  std::vector<fault> faults;
  const auto table = read_csv(file, faults);
  if (!table) return {};
  const auto columns = table->columns({"case:concept:name", "time:timestamp"}, {}, faults);
  struct bounds {
    stamp first, last;
  };
  std::map<std::string, bounds> all;
  for (std::size_t row = 0; faults.empty() && row < table->size(); ++row) {
    const auto at = stamp_of(table->at(row, columns[1]).text);
    if (!at) continue;
    const auto [entry, fresh] = all.try_emplace(std::string(table->at(row, columns[0]).text), bounds{*at, *at});
    bounds& b = entry->second;
    const auto utc = [](const stamp& s) { return s.local - s.ahead; };
    if (utc(*at) < utc(b.first)) b.first = *at;
    if (utc(*at) > utc(b.last)) b.last = *at;
  }
  std::vector<log_case> out;
  for (const auto& [id, b] : all) out.push_back({b.first.local, (b.last.local - b.last.ahead) - (b.first.local - b.first.ahead)});
  std::sort(out.begin(), out.end(), [](const log_case& a, const log_case& b) { return a.from < b.from; });
  return out;
}

std::size_t weekday_of(double at) { return static_cast<std::size_t>(day(static_cast<std::int32_t>(std::floor(at))).weekday()); }
std::size_t hour_of(double at) { return std::min<std::size_t>(static_cast<std::size_t>((at - std::floor(at)) * 24), 23); }

/// Cases in progress at each hour of a period, of those that began in it.
std::vector<double> in_progress(const std::vector<log_case>& cases, double from, double to) {
  std::vector<double> out(static_cast<std::size_t>(std::llround((to - from) * 24)), 0.0);
  for (const log_case& c : cases) {
    for (std::size_t h = static_cast<std::size_t>(std::ceil((c.from - from) * 24));
         h < out.size() && from + double(h) / 24 < c.from + c.lasts; ++h)
      out[h] += 1;
  }
  return out;
}

/// What is compared, each with what came: distances of which 0 is best.
struct measures {
  double cases = 0;                 // how many, over how many there were, less 1
  double cycle = 0, log_cycle = 0;  // Wasserstein, days; and of log10(minutes + 1)
  double hour = 0, weekday = 0;     // Wasserstein in hours of the day; half the sum of differences of shares
  double progress = 0;              // mean difference of cases in progress, hour by hour
};

measures compare(const std::vector<log_case>& played, const std::vector<log_case>& came, double from, double to) {
  measures m;
  std::vector<double> a, b, log_a, log_b, hour_a, hour_b;
  std::array<double, 7> days_a{}, days_b{};
  const auto take = [](const std::vector<log_case>& all, std::vector<double>& lasts, std::vector<double>& logs, std::vector<double>& hours,
                       std::array<double, 7>& days) {
    for (const log_case& c : all) {
      lasts.push_back(c.lasts);
      logs.push_back(std::log10(c.lasts / minute + 1));
      hours.push_back((c.from - std::floor(c.from)) * 24);
      days[weekday_of(c.from)] += 1 / double(all.size());
    }
  };
  take(played, a, log_a, hour_a, days_a);
  take(came, b, log_b, hour_b, days_b);
  m.cases = double(played.size()) / double(came.size()) - 1;
  m.cycle = wasserstein_distance(a, b);
  m.log_cycle = wasserstein_distance(log_a, log_b);
  m.hour = wasserstein_distance(hour_a, hour_b);
  for (std::size_t d = 0; d < 7; ++d) m.weekday += 0.5 * std::abs(days_a[d] - days_b[d]);
  const auto p = in_progress(played, from, to), q = in_progress(came, from, to);
  for (std::size_t h = 0; h < p.size(); ++h) m.progress += std::abs(p[h] - q[h]) / double(p.size());
  return m;
}

/// Plays arrivals hour by hour and cases that last as `lasts` says, on the engine's queue of events.
template <class Rate, class Lasts>
std::vector<log_case> play(double from, double to, double overdispersion, Rate&& rate, Lasts&& lasts, std::uint32_t number) {
  random_stream luck(2022, number, 1u);
  enum : std::uint32_t { new_day, arrival, end };
  heap_queue<event<double>> queue;
  std::vector<log_case> out;
  queue.push({from, new_day, 0});
  while (!queue.empty()) {
    const event<double> e = queue.pop();
    if (e.what == new_day) {
      double sum = 0;
      std::array<double, 24> hours{};
      for (std::size_t h = 0; h < 24; ++h) sum += hours[h] = rate(e.at, h);
      const int n = negative_binomial(luck(), sum, overdispersion);
      for (int i = 0; i < n; ++i) {
        double u = luck() * sum;
        std::size_t h = 0;
        while (h < 23 && u >= hours[h]) u -= hours[h++];
        queue.push({e.at + (double(h) + u / hours[h]) / 24, arrival, 0});
      }
      if (e.at + 1 < to) queue.push({e.at + 1, new_day, 0});
    } else if (e.what == arrival) {
      out.push_back({e.at, 0});
      queue.push({e.at + lasts(luck, e.at), end, static_cast<std::uint32_t>(out.size() - 1)});
    } else {
      out[e.who].lasts = e.at - out[e.who].from;
    }
  }
  return out;
}

void write_log(const std::string& file, const std::vector<log_case>& cases) {
  std::ofstream out(file);
  out << "case_id,Activity,start_time,end_time,Resource\n";
  const auto text = [](double at) {
    const day d(static_cast<std::int32_t>(std::floor(at)));
    const int seconds = static_cast<int>(std::min(86399.0, (at - std::floor(at)) * 86400));
    char clock[48];
    std::snprintf(clock, sizeof clock, " %02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    return to_string(d) + clock;
  };
  for (std::size_t i = 0; i < cases.size(); ++i)
    out << i << ",case," << text(cases[i].from) << ',' << text(cases[i].from + cases[i].lasts) << ",all\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || !std::ifstream(argv[1])) {
    std::puts("the log is not there: nothing is checked");
    return 77;
  }
  const std::vector<log_case> all = cases_of(argv[1]);
  const double split = cut.since_1970();
  const double from = split, to = std::floor(all.back().from) + 1;
  std::vector<log_case> before, came;
  for (const log_case& c : all) (c.from < split ? before : came).push_back(c);
  const double begin = std::floor(before.front().from);
  std::printf("%zu cases; %zu before %s are fitted, %zu from then on are compared\n", all.size(), before.size(), to_string(cut).c_str(),
              came.size());

  // Arrivals by weekday and hour, and by how much days vary more than Poisson's.
  std::vector<cell_count> hours, days;
  for (double d = begin; d < split; d += 1) {
    days.push_back({{static_cast<std::uint16_t>(weekday_of(d))}, 0});
    for (std::uint16_t h = 0; h < 24; ++h) hours.push_back({{static_cast<std::uint16_t>(weekday_of(d)), h}, 0});
  }
  for (const log_case& c : before) {
    const auto d = static_cast<std::size_t>(c.from - begin);
    days[d].count += 1;
    hours[24 * d + hour_of(c.from)].count += 1;
  }
  const rate_fit by_hour = fit_rates(hours, std::array<std::size_t, 2>{7, 24}), by_day = fit_rates(days, std::array<std::size_t, 1>{7});
  std::printf("days: index of dispersion %.2f raw, %.2f (%.2f to %.2f) after weekday, p %.2g\n", by_day.as_one.index,
              by_day.dispersion.index, by_day.overdispersion.lower, by_day.overdispersion.upper, by_day.dispersion.p);

  // How long cases last, as it was known at the cut: to a minute, and what was open is open.
  std::vector<seen_duration> seen;
  for (const log_case& c : before) {
    const double limit = split - c.from;
    if (c.lasts > limit)
      seen.push_back(seen_duration::running(limit));
    else
      seen.push_back({std::max(c.lasts - minute / 2, 0.0), c.lasts + minute / 2, limit});
  }
  const auto curve = survival_curve(lifetimes_of(seen));
  const auto fits = fit_all_durations(seen);
  for (const duration_fit& f : fits) {
    const auto as_seen = [](std::size_t, double x) { return seen_duration{std::max(x - minute / 2, 0.0), x + minute / 2}; };
    const fit_verdict v = judge_fit(f, seen, as_seen, 39, 1);
    std::printf("%-12s mean %.3g days, cv %.3g, AIC %.1f, A2 %.1f (p %.2g), KS %.3f (p %.2g)\n", std::string(name_of(f.law.family)).c_str(),
                f.law.mean(), f.law.cv(), f.aic, v.distance.anderson_darling, v.p_anderson_darling, v.distance.kolmogorov_smirnov,
                v.p_kolmogorov_smirnov);
  }
  const double mean_before = curve.restricted_mean(curve.steps().back().at);
  const auto by_curve = [&](double u) {
    for (const survival_step& s : curve.steps()) {
      if (s.share <= 1 - u) return std::max(s.at - minute / 2, 0.0);
    }
    return curve.steps().back().at;
  };
  const auto profile = [&](double d, std::size_t h) {
    return by_hour.base * by_hour.factors[0][weekday_of(d)].weight.estimate * by_hour.factors[1][h].weight.estimate;
  };
  const double each_hour = double(before.size()) / (split - begin) / 24;
  const auto flat = [&](double, std::size_t) { return each_hour; };
  const auto run = [&](const char* name, double overdispersion, auto&& rate, auto&& lasts) {
    std::array<accumulator, 6> sums;
    for (int r = 0; r < replications; ++r) {
      const auto played = play(from, to, overdispersion, rate, lasts, static_cast<std::uint32_t>(r));
      if (r == 0 && argc > 2) write_log(std::string(argv[2]) + "/" + name + ".csv", played);
      const measures m = compare(played, came, from, to);
      const double values[] = {m.cases, m.cycle, m.log_cycle, m.hour, m.weekday, m.progress};
      for (std::size_t k = 0; k < sums.size(); ++k) sums[k].add(values[k]);
    }
    std::printf("%-22s", name);
    for (const accumulator& a : sums) std::printf("  %7.3f", a.mean());
    std::puts("");
    return sums;
  };
  const double ratio = std::max(1.0, by_day.dispersion.index);
  std::printf(
      "mean of %d plays: cases relative to what came, less 1; cycle time (Wasserstein, days; of log10 minutes); hour (hours); weekday "
      "(share);\n"
      "in progress (cases, hour by hour)\n",
      replications);
  const duration_law best = fits.front().law;
  const auto fitted = run("fitted-law", ratio, profile, [&](random_stream& luck, double) { return best.quantile(luck()); });
  const auto empirical = run("fitted-empirical", ratio, profile, [&](random_stream& luck, double) { return by_curve(luck()); });
  const auto naive_mean = run("naive-mean", 1, flat, [&](random_stream&, double) { return mean_before; });
  const auto naive_resampled = run("naive-resampled", 1, flat, [&](random_stream& luck, double) { return by_curve(luck()); });
  if (argc > 2) write_log(std::string(argv[2]) + "/came.csv", came);
  // What must hold, wherever it is run: the fitted profiles are nearer than flat ones, and the fitted curve nearer than the mean.
  const bool holds = empirical[3].mean() < naive_resampled[3].mean() && empirical[4].mean() < naive_resampled[4].mean() &&
                     empirical[1].mean() < naive_mean[1].mean() && fitted[2].mean() < naive_mean[2].mean();
  std::puts(holds ? "fitted is nearer than naive in hour, weekday and cycle time" : "FITTED IS NOT NEARER THAN NAIVE");
  return holds ? 0 : 1;
}
