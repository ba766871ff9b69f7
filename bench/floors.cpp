// SPDX-License-Identifier: BSL-1.0
// The kernels of each floor, smallest first, so that a change can be judged where it was made: calendar,
// hierarchy, case graph, event queue, random numbers and variates, a replication, statistics, reading files.
// Beside other engines: engine.cpp and peers/. All divisions of China: hierarchy.cpp.
#include "sifang/assign/case_graph.hpp"
#include "sifang/calendar.hpp"
#include "sifang/experiment/replicate.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/planning_input.hpp"
#include "sifang/county/birth_draws.hpp"
#include "sifang/random/discrete_table.hpp"
#include "sifang/engine/day_queue.hpp"
#include "sifang/engine/event_queue.hpp"
#include "sifang/engine/station.hpp"
#include "sifang/random/random.hpp"
#include "sifang/engine/theory_reception.hpp"
#include "sifang/random/variates.hpp"
#include "sifang/stats/comparison.hpp"
#include "sifang/stats/estimate.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace sifang;

constexpr std::uint32_t asked = 1024;  // different questions, asked in turn

/// A fixed number of iterations when the environment asks for it, so that instructions can be counted.
void counted(benchmark::internal::Benchmark* b) {
  if (const char* iterations = std::getenv("SIFANG_BENCH_ITERATIONS")) b->Iterations(std::atoll(iterations));
}

/// Numbers in (0, 1) made beforehand.
const std::vector<double>& uniforms() {
  static const std::vector<double> numbers = [] {
    random_stream draw(20221124, 0, 0u);
    std::vector<double> out(asked);
    for (double& u : out) u = draw();
    return out;
  }();
  return numbers;
}
std::vector<std::uint32_t> below(std::size_t limit) {
  std::vector<std::uint32_t> out;
  for (double u : uniforms()) out.push_back(static_cast<std::uint32_t>(u * static_cast<double>(limit)));
  return out;
}

/// Measures `answer(i)` for i = 0, 1, … below 1024, again and again, one item each.
void each(benchmark::State& state, auto&& answer) {
  std::uint32_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(answer(i));
    i = (i + 1) & (asked - 1);
  }
  state.SetItemsProcessed(state.iterations());
}

const world& xiapu() {
  static const world w = [] {
    auto in = load_planning_input(SIFANG_SCENARIOS "/xiapu-2022.toml");
    return *world::make(std::move(in->settings), std::move(in->place.org), std::move(in->place.calendar));
  }();
  return w;
}

// Calendar

void calendar_add_workdays(benchmark::State& state) {
  const working_calendar& calendar = xiapu().calendar();
  const auto offset = below(365);
  each(state, [&](std::uint32_t i) {
    return calendar.add(day(2022, 1, 1) + calendar_days(static_cast<std::int32_t>(offset[i])), working_days(15));
  });
}
BENCHMARK(calendar_add_workdays)->Apply(counted);

void calendar_workdays_between(benchmark::State& state) {
  const working_calendar& calendar = xiapu().calendar();
  const auto offset = below(365);
  each(state, [&](std::uint32_t i) {
    const day from = day(2022, 1, 1) + calendar_days(static_cast<std::int32_t>(offset[i]));
    return calendar.between(from, from + calendar_days(60));
  });
}
BENCHMARK(calendar_workdays_between)->Apply(counted);

/// "The 15th and every Monday, on the next workday if it is a day off", the dates of a year.
void calendar_reception_days_of_a_year(benchmark::State& state) {
  const working_calendar& calendar = xiapu().calendar();
  schedule days;
  days.include = {recurrence::day_of_month(15), recurrence::weekly(weekday::monday)};
  days.on_rest_day = day_convention::next_workday;
  std::size_t found = 0;
  for (auto _ : state) found += expand(days, day(2022, 1, 1), day(2022, 12, 31), calendar).size();
  state.SetItemsProcessed(static_cast<std::int64_t>(found));
}
BENCHMARK(calendar_reception_days_of_a_year)->Apply(counted)->Unit(benchmark::kMicrosecond);

void calendar_parse_rule(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(recurrence::parse("FREQ=MONTHLY;BYDAY=MO,WE;BYSETPOS=-1;COUNT=12"));
}
BENCHMARK(calendar_parse_rule)->Apply(counted);

// Hierarchy: 399 units

void hierarchy_find(benchmark::State& state) {
  const county_tree& units = xiapu().org().units();
  std::vector<std::string> codes;
  for (std::uint32_t u : below(units.size())) codes.push_back(units.code(unit_id(u)));
  each(state, [&](std::uint32_t i) { return units.find(codes[i]); });
}
BENCHMARK(hierarchy_find)->Apply(counted);

void hierarchy_contains(benchmark::State& state) {
  const county_tree& units = xiapu().org().units();
  const auto u = below(units.size());
  each(state, [&](std::uint32_t i) { return units.contains(unit_id(u[i]), unit_id(u[asked - 1 - i])); });
}
BENCHMARK(hierarchy_contains)->Apply(counted);

void hierarchy_lowest_common_ancestor(benchmark::State& state) {
  const county_tree& units = xiapu().org().units();
  const auto u = below(units.size());
  each(state, [&](std::uint32_t i) { return units.lowest_common_ancestor(unit_id(u[i]), unit_id(u[asked - 1 - i])); });
}
BENCHMARK(hierarchy_lowest_common_ancestor)->Apply(counted);

void hierarchy_walk_subtree(benchmark::State& state) {
  const county_tree& units = xiapu().org().units();
  for (auto _ : state) {
    std::uint32_t sum = 0;
    for (unit_id u : units.subtree(units.root())) sum += u.value();
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(units.size()));
}
BENCHMARK(hierarchy_walk_subtree)->Apply(counted);

// Case graph: every case is received, owned, passed on and closed, five edges

constexpr std::uint32_t graph_cases = 2000;

void fill(case_graph& graph) {
  const auto who = below(474), where = below(399);
  for (std::uint32_t c = 0; c < graph_cases; ++c) {
    const std::uint32_t i = c & (asked - 1);
    const instant at(day(2022, 1, 4) + calendar_days(static_cast<std::int32_t>(c / 6)), minutes(9 * 60));
    graph.receive(case_id(c), official_id(who[i]), at);
    graph.own(case_id(c), official_id(who[i]), at);
    graph.transfer(case_id(c), unit_id(0), unit_id(where[i]), at + minutes(minutes_per_day));
    if (c % 4 != 0) graph.close(case_id(c), at + minutes(30 * minutes_per_day));
  }
}

void case_graph_four_events_a_case(benchmark::State& state) {
  for (auto _ : state) {
    case_graph graph;
    fill(graph);
    benchmark::DoNotOptimize(graph.open_load(official_id(0)));
  }
  state.SetItemsProcessed(state.iterations() * 4 * graph_cases);
}
BENCHMARK(case_graph_four_events_a_case)->Apply(counted)->Unit(benchmark::kMicrosecond);

void case_graph_custody(benchmark::State& state) {
  case_graph graph;
  fill(graph);
  const auto c = below(graph_cases);
  each(state, [&](std::uint32_t i) { return graph.custody(case_id(c[i])); });
}
BENCHMARK(case_graph_custody)->Apply(counted);

void case_graph_stale(benchmark::State& state) {
  case_graph graph;
  fill(graph);
  for (auto _ : state) benchmark::DoNotOptimize(graph.stale(day(2022, 6, 1)));
  state.SetItemsProcessed(state.iterations() * graph_cases);
}
BENCHMARK(case_graph_stale)->Apply(counted)->Unit(benchmark::kMicrosecond);

// Event queue, with times made beforehand; the hold model beside the standard library is in engine.cpp

void event_queue_heap(benchmark::State& state) {
  const auto ahead = below(120 * minutes_per_day);
  heap_queue<event<std::int64_t>> queue;
  for (std::uint32_t i = 0; i < 2000; ++i) queue.push({ahead[i & (asked - 1)], 0, i});
  each(state, [&](std::uint32_t i) {
    event<std::int64_t> e = queue.top();
    e.at += ahead[i];
    queue.replace_top(e);
    return e.who;
  });
}
BENCHMARK(event_queue_heap)->Apply(counted);

/// Two thousand clocks up to 120 days ahead, as the cases of a county have them.
template <class Event>
void event_queue_of_days(benchmark::State& state) {
  const auto ahead = below(120 * minutes_per_day);
  day_queue<Event> queue;
  day today(0);
  const auto start = [&] {
    today = day(0);
    queue.reset(today, 122);
    for (std::uint32_t i = 0; i < 2000; ++i) {
      const instant at(static_cast<std::int32_t>(ahead[i & (asked - 1)]));
      queue.push(at.date(), Event{at, {}, i});
    }
  };
  start();
  each(state, [&](std::uint32_t i) {
    Event e;
    while (!queue.pop(today, e)) ++today;
    e.at = e.at + minutes(static_cast<std::int32_t>(ahead[i]));
    queue.push(e.at.date(), e);
    if (today > day(1'000'000)) start();  // the civil clock ends at 4,000 years
    return e.who;
  });
}
void event_queue_days(benchmark::State& state) { event_queue_of_days<event<instant>>(state); }
void event_queue_days_by_key(benchmark::State& state) { event_queue_of_days<sim_event>(state); }
BENCHMARK(event_queue_days)->Apply(counted);
BENCHMARK(event_queue_days_by_key)->Apply(counted);

void station_of(benchmark::State& state, std::uint32_t servers) {
  const auto exponential_of = [](double mean) { return [mean](double u) { return exponential(u, mean); }; };
  station model(station_shape{servers}, renewal_source{random_stream(1, 0, 0u), exponential_of(1 / (0.9 * servers)), exponential_of(1.0)});
  for (auto _ : state) model.run(1000);
  state.SetItemsProcessed(state.iterations() * 1000);
}
void station_one_server(benchmark::State& state) { station_of(state, 1); }
void station_ten_servers(benchmark::State& state) { station_of(state, 10); }
BENCHMARK(station_one_server)->Apply(counted)->Unit(benchmark::kMicrosecond);
BENCHMARK(station_ten_servers)->Apply(counted)->Unit(benchmark::kMicrosecond);

// Random numbers and variates

void random_by_name(benchmark::State& state) {
  const random_source source(2022, 0);
  each(state, [&](std::uint32_t i) { return source.uniform(i, 7u); });
}
BENCHMARK(random_by_name)->Apply(counted);

void random_two_by_name(benchmark::State& state) {
  const random_source source(2022, 0);
  each(state, [&](std::uint32_t i) { return source.uniforms(i, 7u); });
}
BENCHMARK(random_two_by_name)->Apply(counted);

void random_in_turn(benchmark::State& state) {
  random_stream draw(2022, 0, 7u);
  each(state, [&](std::uint32_t) { return draw(); });
}
BENCHMARK(random_in_turn)->Apply(counted);

/// All that is drawn at a birth: sixteen blocks of four draws.
void draws_at_birth(benchmark::State& state) {
  const detail::birth_fill fill = detail::widest_birth_fill();
  std::array<eight_blocks, 1> birth;
  eight_blocks kept;
  each(state, [&](std::uint32_t i) {
    fill(2022, 0, i, birth, &kept);
    return kept.low[0];
  });
}
BENCHMARK(draws_at_birth)->Apply(counted);

void variate(benchmark::State& state, auto&& of) {
  const std::vector<double>& u = uniforms();
  each(state, [&](std::uint32_t i) { return of(u[i]); });
}
void variate_exponential(benchmark::State& state) {
  variate(state, [](double u) { return exponential(u, 2.0); });
}
void variate_normal(benchmark::State& state) {
  variate(state, [](double u) { return normal(u); });
}
void variate_lognormal(benchmark::State& state) {
  variate(state, [](double u) { return lognormal(u, 20.0, 0.8); });
}
void variate_gamma(benchmark::State& state) {
  variate(state, [](double u) { return gamma(u, 20.0, 0.8); });
}
void variate_geometric(benchmark::State& state) {
  variate(state, [](double u) { return geometric(u, 1.5); });
}
void variate_poisson_10(benchmark::State& state) {
  variate(state, [](double u) { return poisson(u, 10.0); });
}
void variate_poisson_1000(benchmark::State& state) {
  variate(state, [](double u) { return poisson(u, 1000.0); });
}
void variate_binomial(benchmark::State& state) {
  variate(state, [](double u) { return binomial(u, 100, 0.3); });
}
BENCHMARK(variate_exponential)->Apply(counted);
BENCHMARK(variate_normal)->Apply(counted);
BENCHMARK(variate_lognormal)->Apply(counted);
BENCHMARK(variate_gamma)->Apply(counted);
BENCHMARK(variate_geometric)->Apply(counted);
BENCHMARK(variate_poisson_10)->Apply(counted);
BENCHMARK(variate_poisson_1000)->Apply(counted);
BENCHMARK(variate_binomial)->Apply(counted);

void variate_cumulative_table(benchmark::State& state) {
  const cumulative_table table(theory::poisson_probabilities(82.0));
  variate(state, [&](double u) { return table(u); });
}
BENCHMARK(variate_cumulative_table)->Apply(counted);

void variate_alias_table(benchmark::State& state) {
  const alias_table table(uniforms());
  variate(state, [&](double u) { return table(u); });
}
BENCHMARK(variate_alias_table)->Apply(counted);

// A replication of the county, all four doors; more of it in county.cpp

void replication_of_xiapu_2022(benchmark::State& state) {
  replication<> r(xiapu());
  std::uint32_t number = 0;
  std::uint64_t events = 0;
  for (auto _ : state) events += r.run(number++ % 64).events;
  state.SetItemsProcessed(state.iterations());
  state.counters["events"] = benchmark::Counter(static_cast<double>(events), benchmark::Counter::kAvgIterations);
}
BENCHMARK(replication_of_xiapu_2022)->Apply(counted)->Unit(benchmark::kMillisecond);

// The counted year alone with k times 1,000 matters and k times the clerks and handlers: what a matter takes must not grow with them
// (M27 of docs/meaning.md).
void year_of_thousands_of_matters(benchmark::State& state) {
  const auto k = static_cast<int>(state.range(0));
  auto in = load_planning_input(SIFANG_SCENARIOS "/xiapu-2022.toml");
  scenario& s = in->settings;
  s.warm_up = s.run_out = calendar_days(0);
  s.load.matters_per_year = 1000.0 * k;
  s.handling.department_handlers = s.handling.township_handlers = 4 * k;
  s.handling.park_handlers = 2 * k;
  s.routing.clerks = std::min(6 * k, 1000);  // more are not allowed: they are quicker instead
  s.routing.minutes_per_matter *= s.routing.clerks / (6.0 * k);
  const world w = *world::make(std::move(in->settings), std::move(in->place.org), std::move(in->place.calendar));
  replication<> r(w);
  std::uint32_t number = 0;
  double matters = 0;
  for (auto _ : state) matters += static_cast<double>(r.run(number++).born);
  state.counters["matters a year"] = matters / number;
  state.SetItemsProcessed(static_cast<std::int64_t>(matters));
}
BENCHMARK(year_of_thousands_of_matters)->Arg(1)->Arg(10)->Arg(100)->Arg(1000)->Apply(counted)->Unit(benchmark::kMillisecond);

// Statistics over 1024 replications

void statistics_mean_interval(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(mean_interval(uniforms()));
  state.SetItemsProcessed(state.iterations() * asked);
}
BENCHMARK(statistics_mean_interval)->Apply(counted)->Unit(benchmark::kMicrosecond);

void statistics_paired_ratios(benchmark::State& state) {
  const std::vector<double>& a = uniforms();
  const std::vector<double> b(a.rbegin(), a.rend()), n(asked, 3.0);
  for (auto _ : state) benchmark::DoNotOptimize(compare_ratios(a, n, b, n));
  state.SetItemsProcessed(state.iterations() * asked);
}
BENCHMARK(statistics_paired_ratios)->Apply(counted)->Unit(benchmark::kMicrosecond);

void statistics_student_t_quantile(benchmark::State& state) {
  each(state, [&](std::uint32_t i) { return student_t_quantile(0.975, 2 + static_cast<double>(i)); });
}
BENCHMARK(statistics_student_t_quantile)->Apply(counted);

void theory_reception_calendar_of_two_weeks(benchmark::State& state) {
  std::vector<theory::reception_date> cycle(14, {0.266, 0});
  cycle.back().capacity = 5;
  for (auto _ : state) benchmark::DoNotOptimize(theory::reception_calendar(cycle).wait_mean());
}
BENCHMARK(theory_reception_calendar_of_two_weeks)->Apply(counted)->Unit(benchmark::kMicrosecond);

/// A year whose Mondays hear eight, at nine tenths of what they can.
std::vector<theory::reception_date> year_of_mondays() {
  std::vector<theory::reception_date> cycle(365, {0.9 * 53 * 8 / 365, 0});
  for (std::size_t d = 0; d < cycle.size(); d += 7) cycle[d].capacity = 8;
  return cycle;
}
void theory_reception_calendar_of_a_year(benchmark::State& state) {
  const auto cycle = year_of_mondays();
  for (auto _ : state) benchmark::DoNotOptimize(theory::reception_calendar(cycle).wait_mean());
}
BENCHMARK(theory_reception_calendar_of_a_year)->Apply(counted)->Unit(benchmark::kMillisecond);

/// What anybody would write: the same year played from an empty county until it changes by less than 1e-12.
void theory_reception_year_as_a_plain_fixed_point(benchmark::State& state) {
  const auto cycle = year_of_mondays();
  const std::size_t states = theory::reception_calendar(cycle).left(0).size();
  for (auto _ : state) {
    const std::vector<double> arrivals = theory::poisson_probabilities(cycle[0].arrivals);
    std::vector<double> left{1.0};
    for (double change = 1; change > 1e-12;) {
      std::vector<double> next = left;
      for (const theory::reception_date& d : cycle) next = theory::after_session(next, arrivals, d.capacity, states);
      change = 0;
      for (std::size_t i = 0; i < next.size(); ++i) change += std::abs(next[i] - (i < left.size() ? left[i] : 0));
      left = std::move(next);
    }
    benchmark::DoNotOptimize(left.data());
  }
}
BENCHMARK(theory_reception_year_as_a_plain_fixed_point)->Apply(counted)->Unit(benchmark::kMillisecond);

// Reading files

/// A ledger of 10,000 rows with quotes and Chinese, in memory.
void read_csv_of_ten_thousand_rows(benchmark::State& state) {
  std::string text = "case_id,unit,arrived,minutes,subject\n";
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    text += std::to_string(i) + ",350921" + std::to_string(100 + i % 300) + ",2022-0" + std::to_string(1 + i % 9) + "-15," +
            std::to_string(i % 97) + ",\"土地征收, 补偿\"\n";
  }
  std::vector<fault> faults;
  for (auto _ : state) {
    const csv_table table = csv_table::parse(text, "cases.csv", faults);
    benchmark::DoNotOptimize(table.size());
  }
  if (!faults.empty()) state.SkipWithError("the table has faults");
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(read_csv_of_ten_thousand_rows)->Apply(counted)->Unit(benchmark::kMicrosecond);

void read_units_of_xiapu(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(read_csv(SIFANG_SCENARIOS "/data/xiapu/units.csv"));
}
BENCHMARK(read_units_of_xiapu)->Apply(counted)->Unit(benchmark::kMicrosecond);

void read_and_check_xiapu_2022(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(load_planning_input(SIFANG_SCENARIOS "/xiapu-2022.toml"));
}
BENCHMARK(read_and_check_xiapu_2022)->Apply(counted)->Unit(benchmark::kMicrosecond);

}  // namespace
