// SPDX-License-Identifier: BSL-1.0
// Replications of the real county, and what parts of one cost. Run with the scenario folder's files in place.
#include "sifang/calendar.hpp"
#include "sifang/experiment/replicate.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/io/planning_input.hpp"

#include <benchmark/benchmark.h>

using namespace sifang;

namespace {

const world& xiapu() {
  static const world w = [] {
    auto in = load_planning_input(SIFANG_SCENARIOS "/xiapu-2022.toml");
    return *world::make(std::move(in->settings), std::move(in->place.org), std::move(in->place.calendar));
  }();
  return w;
}

void one_year(benchmark::State& state) {
  replication<> r(xiapu());
  std::uint32_t number = 0;
  std::uint64_t events = 0, matters = 0;
  for (auto _ : state) {
    const auto& out = r.run(number++ % 64);
    events += out.events;
    matters += out.born;
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["events/s"] = benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
  state.counters["matters/s"] = benchmark::Counter(static_cast<double>(matters), benchmark::Counter::kIsRate);
}
BENCHMARK(one_year)->Unit(benchmark::kMillisecond);

void sixty_four_years(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(replicate(xiapu(), 64, run_options{static_cast<int>(state.range(0)), {}, nullptr}));
  state.SetItemsProcessed(64 * state.iterations());
}
BENCHMARK(sixty_four_years)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

/// As the program does it: sums are kept, outcomes are not.
void study_of_256_years(benchmark::State& state) {
  const world* const policies[] = {&xiapu()};
  for (auto _ : state) benchmark::DoNotOptimize(run_study(thread_team{static_cast<int>(state.range(0))}, policies, 256));
  state.SetItemsProcessed(256 * state.iterations());
}
BENCHMARK(study_of_256_years)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void read_and_check(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(load_planning_input(SIFANG_SCENARIOS "/xiapu-2022.toml"));
}
BENCHMARK(read_and_check)->Unit(benchmark::kMillisecond);

void reception_plan_of_a_year(benchmark::State& state) {
  const world& w = xiapu();
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        reception_plan(w.setting().reception, w.org(), w.calendar(), w.setting().sensitive_periods, w.first(), w.last()));
  }
}
BENCHMARK(reception_plan_of_a_year)->Unit(benchmark::kMillisecond);

void one_named_draw(benchmark::State& state) {
  const random_source r(2022, 0);
  std::uint64_t entity = 0;
  for (auto _ : state) benchmark::DoNotOptimize(r.uniform(++entity, 7u));
}
BENCHMARK(one_named_draw);

}  // namespace
