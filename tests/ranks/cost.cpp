// SPDX-License-Identifier: BSL-1.0
// What docs/scaling.md is worked out from, measured on this machine: mpirun -n 2 sifang_rank_costs
#include "sifang/experiment/mpi.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/experiment/sweep.hpp"
#include "sifang/io/journal.hpp"
#include "tables.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

using namespace sifang;

namespace {

/// Processor time of this thread: others on the machine do not enter.
double thread_seconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}
double wall_seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// Median over repeats of microseconds for one call.
template <class Clock, class Work>
double microseconds(Clock clock, int repeats, int calls, Work work) {
  std::vector<double> times;
  for (int r = 0; r < repeats; ++r) {
    const double before = clock();
    for (int k = 0; k < calls; ++k) work();
    times.push_back(1e6 * (clock() - before) / calls);
  }
  std::nth_element(times.begin(), times.begin() + repeats / 2, times.end());
  return times[static_cast<std::size_t>(repeats / 2)];
}
void print(const char* what, double value, const char* unit) { std::printf("%-58s %12.2f %s\n", what, value, unit); }

void alone() {
  const world base = sifang_tests::xiapu(), other = sifang_tests::xiapu({}, "wednesday");
  const std::vector<study_arm> one{study_arm(base)}, two{study_arm(base), study_arm(other)};
  const std::size_t many = 1000000;
  for (const auto& policies : {one, two}) {
    const std::string about = policies.size() == 1 ? "run" : "compare of two";
    const detail::study_shape shape(policies);
    detail::study_worker worker(shape, policies, many);
    std::vector<double> values;
    std::size_t piece = 0;
    worker(piece++, values);
    print((about + ": bytes of a block").c_str(), static_cast<double>(values.size() * sizeof(double)), "B");
    print((about + ": work of a block").c_str(),
          microseconds(thread_seconds, 11, 1,
                       [&] {
                         values.clear();
                         worker(piece++, values);
                       }),
          "us");
    study_result sums = shape.empty();
    print((about + ": merge of a block").c_str(), microseconds(thread_seconds, 11, 100, [&] { shape.merge(sums, values); }), "us");
  }
  const auto shared = std::make_shared<const world>(sifang_tests::xiapu());
  const auto world_of = [&](std::size_t) { return shared; };
  detail::sweep_worker worker(world_of, many, sifang::policies<>{});
  std::vector<double> values;
  std::size_t piece = 0;
  worker(piece++, values);
  print("sweep: bytes of a block", static_cast<double>(values.size() * sizeof(double)), "B");
  print("sweep: work of a block",
        microseconds(thread_seconds, 11, 1,
                     [&] {
                       values.clear();
                       worker(piece++, values);
                     }),
        "us");
  detail::sweep_sums sums(2, 8000, 0.95);
  std::size_t taken = 0;
  for (; taken < 1000; ++taken) sums.take(taken, values);
  print("sweep: merge of a block", microseconds(thread_seconds, 9, 100, [&] { sums.take(taken++, values); }), "us");
  print("sweep: a cell is read, checked and made a world", microseconds(thread_seconds, 11, 1, [&] { (void)sifang_tests::xiapu(); }), "us");
  const auto path = std::filesystem::temp_directory_path() / "sifang-rank-costs.journal";
  for (const std::size_t size : {values.size(), std::size_t{35000}}) {
    std::filesystem::remove(path);
    auto kept = journal::open(path, 1, "costs");
    std::vector<double> record(size, 1.0);
    print(("journal: a record of " + std::to_string(8 * size) + " B").c_str(),
          microseconds(thread_seconds, 11, 50, [&] { kept->append(record); }), "us");
    kept->remove();
  }
}

void together(const mpi_session& session) {
  std::vector<double> buffer(100000);
  for (const int count : {1, 200, 1000, 35000, 70000}) {
    const double round = microseconds(wall_seconds, 21, 20, [&] {
      if (session.rank() == 0) {
        MPI_Send(buffer.data(), 1, MPI_DOUBLE, 1, 0, MPI_COMM_WORLD);
        MPI_Recv(buffer.data(), count, MPI_DOUBLE, 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
      } else if (session.rank() == 1) {
        MPI_Recv(buffer.data(), 1, MPI_DOUBLE, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        MPI_Send(buffer.data(), count, MPI_DOUBLE, 0, 0, MPI_COMM_WORLD);
      }
    });
    if (session.rank() == 0) print(("MPI: a number there, " + std::to_string(8 * count) + " B back").c_str(), round, "us");
  }
  // The whole of what the first rank does for a piece that costs nothing: its processor time, not the waits.
  for (const std::size_t size : {std::size_t{200}, std::size_t{35000}}) {
    const std::size_t pieces = size > 1000 ? 2000 : 20000;
    const double before = thread_seconds(), wall = wall_seconds();
    double sum = 0;
    (void)mpi_team{}.run(
        pieces, [&] { return [size](std::size_t, std::vector<double>& out) { out.resize(size); }; },
        [&](std::size_t, std::span<const double> values) { sum += values[0]; });
    if (session.rank() == 0) {
      print(("team: the first rank's time for a piece of " + std::to_string(8 * size) + " B").c_str(),
            1e6 * (thread_seconds() - before) / static_cast<double>(pieces), "us");
      print("team: the same by the clock", 1e6 * (wall_seconds() - wall) / static_cast<double>(pieces), "us");
    }
  }
}

}  // namespace

int main() {
  const mpi_session session;
  if (session.rank() == 0) alone();
  MPI_Barrier(MPI_COMM_WORLD);
  if (session.size() > 1) together(session);
}
