// SPDX-License-Identifier: BSL-1.0
// Run by mpirun with 1 to 4 ranks; every rank runs every test.
#define CATCH_CONFIG_RUNNER
#include "catch.hpp"
#include "sifang/experiment/mpi.hpp"
#include "sifang/io/journal.hpp"

#include <pthread.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace sifang;

namespace {

std::unique_ptr<mpi_session> session;
[[nodiscard]] bool first() { return session->rank() == 0; }

/// Values of odd sizes that depend on the piece: none, few, and more than any message's eager limit.
struct odd_worker {
  void operator()(std::size_t piece, std::vector<double>& out) const {
    const std::size_t size = piece % 11 == 0 ? 0 : piece % 37 == 5 ? 200000 : piece * 7919 % 60;
    for (std::size_t i = 0; i < size; ++i) out.push_back(std::sqrt(static_cast<double>(piece * 50 + i)));
  }
};
const auto make_odd = [] { return odd_worker{}; };

template <class Team>
std::vector<double> all_values(const Team& team, std::size_t pieces, std::size_t& taken) {
  std::vector<double> out;
  std::size_t next = 0;
  taken = team.run(pieces, make_odd, [&](std::size_t piece, std::span<const double> values) {
    CHECK(piece == next++);
    out.push_back(static_cast<double>(values.size()));
    out.insert(out.end(), values.begin(), values.end());
  });
  CHECK(next == taken);
  return out;
}

}  // namespace

TEST_CASE("ranks find the values that threads find, for any number of threads in each") {
  for (const std::size_t pieces : {0U, 1U, 2U, 3U, 5U, 200U}) {
    std::size_t alone = 0, together = 0;
    const std::vector<double> expected = all_values(thread_team{1}, pieces, alone);
    for (const int threads : {1, 2, 1 + session->rank()}) {
      const std::vector<double> found = all_values(mpi_team{threads}, pieces, together);
      CHECK(together == (first() ? pieces : 0));
      CHECK(found == (first() ? expected : std::vector<double>{}));
    }
  }
}

TEST_CASE("every rank has a share of the work") {
  const std::size_t pieces = 40 * static_cast<std::size_t>(session->size());
  std::atomic<std::uint64_t> mine{0};
  (void)mpi_team{}.run(
      pieces,
      [&] {
        return [&](std::size_t, std::vector<double>&) {
          ++mine;
          std::this_thread::sleep_for(std::chrono::milliseconds(2));  // time passes, so that nobody can do it all at once
        };
      },
      [](std::size_t, std::span<const double>) {});
  std::uint64_t sum = 0;
  for (const std::uint64_t share : session->all(mine)) {
    CHECK(share > 0);
    sum += share;
  }
  CHECK(sum == pieces);
}

TEST_CASE("a rank makes a worker for each of its threads, and one if it is given none") {
  for (const int threads : {-1, 0, 1, 3}) {
    std::atomic<int> made{0};
    (void)mpi_team{threads}.run(
        40,
        [&] {
          ++made;
          return odd_worker{};
        },
        [](std::size_t, std::span<const double>) {});
    CHECK(made == std::max(1, threads));
  }
}

TEST_CASE("ranks run ahead of what was taken by a bounded number of pieces") {
  std::size_t most = 0;
  std::atomic<std::size_t> begun{0};
  const std::size_t taken = mpi_team{}.run(
      300,
      [&] {
        return [&](std::size_t piece, std::vector<double>& out) {
          begun = std::max<std::size_t>(begun, piece);
          out.push_back(0);
        };
      },
      [&](std::size_t piece, std::span<const double>) { most = std::max(most, begun - std::min<std::size_t>(begun, piece)); });
  CHECK(taken == (first() ? 300 : 0));
  CHECK(most <= 4 * static_cast<std::size_t>(session->size()));
}

TEST_CASE("ranks that are told to stop have taken the first pieces without a gap") {
  std::atomic<bool> stop{false};
  std::size_t seen = 0;
  const std::size_t taken = mpi_team{1, &stop}.run(100000, make_odd, [&](std::size_t piece, std::span<const double>) {
    CHECK(piece == seen++);
    if (piece == 20) stop = true;
  });
  CHECK(taken == seen);
  if (first()) {
    CHECK(taken > 20);
    CHECK(taken < 100000);
  }
}

TEST_CASE("what a worker throws comes out in its rank and in the first, and the ranks can go on") {
  for (int thrower = 0; thrower < session->size(); ++thrower) {
    const bool mine = session->rank() == thrower;
    std::atomic<int> worked{0};
    std::string what = "nothing";
    try {
      (void)mpi_team{}.run(
          100000,
          [&] {
            return [&](std::size_t, std::vector<double>&) {
              std::this_thread::sleep_for(std::chrono::microseconds(200));
              if (mine && ++worked == 3) throw std::runtime_error("no more paper");
            };
          },
          [](std::size_t, std::span<const double>) {});
    } catch (const std::exception& e) { what = e.what(); }
    const std::string in_first = thrower == 0 ? "no more paper" : "rank " + std::to_string(thrower) + ": no more paper";
    CHECK(what == (first() ? in_first : mine ? "no more paper" : "nothing"));
    std::size_t taken = 0;
    CHECK(all_values(mpi_team{}, 20, taken).empty() == !first());
  }
}

TEST_CASE("a worker that cannot be made, and a taker that throws, end the run in every rank") {
  CHECK_THROWS_AS(mpi_team{}.run(
                      10, []() -> odd_worker { throw std::runtime_error("no desk"); }, [](std::size_t, std::span<const double>) {}),
                  std::runtime_error);
  bool thrown = false;
  try {
    (void)mpi_team{2}.run(1000, make_odd, [](std::size_t piece, std::span<const double>) {
      if (piece == 7) throw std::runtime_error("full");
    });
  } catch (const std::runtime_error&) { thrown = true; }
  CHECK(thrown == first());
}

TEST_CASE("what is thrown in a rank of which nothing is awaited any more comes out in the first too, and not in the next run") {
  std::atomic<bool> thrown{false};
  std::string what = "nothing";
  try {
    (void)mpi_team{}.run(
        1,
        [&] {  // the one piece is the first rank's
          if (!first()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(30));  // the first rank is taking by then
            thrown = true;
            throw std::runtime_error("");
          }
          return odd_worker{};
        },
        [](std::size_t, std::span<const double>) { std::this_thread::sleep_for(std::chrono::milliseconds(300)); });
  } catch (const std::runtime_error& e) { what = e.what(); }
  if (first())
    CHECK(what.ends_with(session->size() > 1 ? ": a worker failed" : "nothing"));
  else
    CHECK(what.empty());
  std::size_t taken = 0;
  CHECK(all_values(mpi_team{}, 20, taken).empty() == !first());
  CHECK(taken == (first() ? 20 : 0));
}

#ifdef __GLIBC__
TEST_CASE("a rank that is given no thread ends the run in the first rank") {
  const bool mine = session->rank() == session->size() - 1;
  pthread_attr_t usual, vast;
  pthread_getattr_default_np(&usual);
  pthread_attr_init(&vast);
  pthread_attr_setstacksize(&vast, std::size_t{1} << 46);  // no machine has such a stack to give
  if (mine) pthread_setattr_default_np(&vast);
  bool thrown = false;
  try {
    (void)mpi_team{}.run(50, make_odd, [](std::size_t, std::span<const double>) {});
  } catch (const std::exception&) { thrown = true; }
  pthread_setattr_default_np(&usual);
  pthread_attr_destroy(&usual);
  pthread_attr_destroy(&vast);
  CHECK(thrown == (mine || first()));
}
#endif

TEST_CASE("numbers that the first rank shares are those of every rank") {
  for (const std::size_t size : {std::size_t{0}, std::size_t{3}, (std::size_t{1} << 20) + 1}) {
    std::vector<std::uint64_t> numbers(first() ? size : 7, 99), expected(size);
    for (std::size_t i = 0; i < size; ++i) expected[i] = i * i + 1;
    if (first()) numbers = expected;
    session->share(numbers);
    CHECK((numbers == expected));
  }
}

TEST_CASE("a journal that the first rank has, spares every rank the pieces in it") {
  const auto path = std::filesystem::temp_directory_path() / ("sifang-ranks-" + std::to_string(session->size()) + ".journal");
  std::size_t taken = 0;
  const std::vector<double> expected = all_values(thread_team{1}, 90, taken);
  if (first()) std::filesystem::remove(path);
  for (const std::size_t pieces : {30U, 90U, 90U}) {
    std::unique_ptr<journal> kept;
    if (first()) kept = std::make_unique<journal>(*journal::open(path, 1, "a test"));
    const std::vector<double> found = all_values(journaled_team{mpi_team{}, kept.get()}, pieces, taken);
    CHECK(taken == (first() ? pieces : 0));
    if (first() && pieces == 90) CHECK(found == expected);
  }
  if (first()) std::filesystem::remove(path);
}

int main(int argc, char** argv) {
  session = std::make_unique<mpi_session>();
  int failures = Catch::Session().run(argc, argv);
  for (const std::uint64_t other : session->all(static_cast<std::uint64_t>(failures)))
    failures = std::max(failures, static_cast<int>(other));
  session.reset();
  return failures == 0 ? 0 : 1;
}
