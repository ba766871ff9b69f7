// SPDX-License-Identifier: BSL-1.0
// What writing the events of one possible year costs, as a table and in the formats of process mining.
#include "sifang/county/histories/case_ledger.hpp"
#include "sifang/county/histories/event_log.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/io/event_log_file.hpp"
#include "sifang/io/history_log.hpp"
#include "sifang/io/history_ocel.hpp"
#include "sifang/io/planning_input.hpp"

#include <benchmark/benchmark.h>

using namespace sifang;

namespace {

struct year {
  world w;
  std::vector<case_row> cases;
  std::vector<history_event> events;
};
const year& played() {
  static const year one = [] {
    auto in = load_planning_input(SIFANG_SCENARIOS "/xiapu-2022.toml");
    year out{*world::make(std::move(in->settings), std::move(in->place.org), std::move(in->place.calendar)), {}, {}};
    replication<policies<>, case_ledger, event_log> r(out.w, policies<>{}, case_ledger{}, event_log{});
    r.run(0);
    out.cases.assign(r.observer<case_ledger>().cases().begin(), r.observer<case_ledger>().cases().end());
    out.events.assign(r.observer<event_log>().events().begin(), r.observer<event_log>().events().end());
    return out;
  }();
  return one;
}
void told(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(played().events.size()));
}

void events_as_a_table(benchmark::State& state) {
  const year& y = played();
  std::size_t bytes = 0;
  for (auto _ : state) bytes += event_log_csv("xiapu-2022", y.w, y.events).size();
  told(state, bytes);
}
BENCHMARK(events_as_a_table)->Unit(benchmark::kMillisecond);

void events_as_xes(benchmark::State& state) {
  const year& y = played();
  std::size_t bytes = 0;
  for (auto _ : state) {
    history_xes_writer log("xiapu-2022");
    log.add("xiapu-2022", y.w, y.cases, y.events);
    log.finish();
    bytes += log.take().size();
  }
  told(state, bytes);
}
BENCHMARK(events_as_xes)->Unit(benchmark::kMillisecond);

void events_as_ocel(benchmark::State& state) {
  const year& y = played();
  std::size_t bytes = 0;
  for (auto _ : state) {
    history_ocel_writer log;
    log.add("xiapu-2022", y.w, y.cases, y.events);
    log.finish();
    bytes += log.take().size();
  }
  told(state, bytes);
}
BENCHMARK(events_as_ocel)->Unit(benchmark::kMillisecond);

}  // namespace
