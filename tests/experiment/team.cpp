// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/experiment/team.hpp"

#ifdef __GLIBC__
#include <pthread.h>
#endif

#include <atomic>
#include <cmath>
#include <new>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace sifang;

namespace {

/// Works out a few numbers that depend on the piece, and takes a time that does so too.
struct root_worker {
  void operator()(std::size_t piece, std::vector<double>& out) const {
    for (std::size_t i = 0; i < 1 + piece * 7919 % 50; ++i) out.push_back(std::sqrt(static_cast<double>(piece * 50 + i)));
  }
};

}  // namespace

TEST_CASE("a team takes every piece once and in order, and the values are the same for any number of threads") {
  std::vector<double> first;
  for (int threads : {1, 2, 3, 4, 0}) {
    std::vector<double> all;
    std::size_t next = 0;
    const std::size_t taken = thread_team{threads}.run(
        500, [] { return root_worker{}; },
        [&](std::size_t piece, std::span<const double> values) {
          CHECK(piece == next++);
          all.insert(all.end(), values.begin(), values.end());
        });
    CHECK(taken == 500);
    CHECK(next == 500);
    if (threads == 1) first = all;
    CHECK(all == first);
  }
  CHECK(thread_team{3}.run(
            0, [] { return root_worker{}; }, [](std::size_t, std::span<const double>) {}) == 0);
}

TEST_CASE("one thread, or one piece, is done on the caller's thread") {
  for (const auto& [threads, pieces] : {std::pair(1, 20), {4, 1}}) {
    const auto here = std::this_thread::get_id();
    (void)thread_team{threads}.run(
        static_cast<std::size_t>(pieces),
        [&] { return [here](std::size_t, std::vector<double>&) { CHECK(std::this_thread::get_id() == here); }; },
        [](std::size_t, std::span<const double>) {});
  }
}

TEST_CASE("a worker is made once a thread and finds an empty place for its values") {
  std::atomic<int> made{0};
  std::atomic<bool> empty{true};
  (void)thread_team{3}.run(
      100,
      [&] {
        ++made;
        return [&](std::size_t, std::vector<double>& out) {
          if (!out.empty()) empty = false;
          out.assign(5, 1.0);
        };
      },
      [](std::size_t, std::span<const double>) {});
  CHECK(made == 3);
  CHECK(empty);
}

TEST_CASE("workers run ahead of what is taken, by a bounded number of pieces") {
  std::atomic<std::size_t> begun{0}, taken{0}, farthest{0};
  (void)thread_team{2}.run(
      1000,
      [&] {
        return [&](std::size_t piece, std::vector<double>&) {
          ++begun;
          if (piece == 0) {
            while (begun < 5) std::this_thread::yield();  // the other thread goes on meanwhile
          }
          const std::size_t ahead = piece - taken;  // `taken` can only have grown since the piece was given out
          if (piece >= taken && ahead > farthest) farthest = ahead;
        };
      },
      [&](std::size_t, std::span<const double>) { ++taken; });
  CHECK(farthest >= 3);
  CHECK(farthest <= 8);  // four pieces a thread
}

TEST_CASE("what a worker, its making or a taker throws comes out of run") {
  const auto nothing = [](std::size_t, std::span<const double>) {};
  for (int threads : {1, 2, 4}) {
    const thread_team team{threads};
    CHECK_THROWS_AS(team.run(
                        100,
                        [] {
                          return [](std::size_t piece, std::vector<double>&) {
                            if (piece == 37) throw std::bad_alloc();
                          };
                        },
                        nothing),
                    std::bad_alloc);
    CHECK_THROWS_AS(team.run(
                        100, []() -> root_worker { throw std::length_error("no room"); }, nothing),
                    std::length_error);
    CHECK_THROWS_AS(team.run(
                        100, [] { return root_worker{}; },
                        [](std::size_t piece, std::span<const double>) {
                          if (piece == 5) throw std::out_of_range("taker");
                        }),
                    std::out_of_range);
  }
}

TEST_CASE("told to stop, a team begins no further piece and takes those it has begun") {
  for (int threads : {1, 2, 4}) {
    std::atomic<bool> stop{false};
    std::atomic<std::size_t> begun{0};
    std::size_t seen = 0;
    const std::size_t taken = thread_team{threads, &stop}.run(
        1000, [&] { return [&](std::size_t, std::vector<double>&) { ++begun; }; },
        [&](std::size_t piece, std::span<const double>) {
          CHECK(piece == seen++);
          if (piece == 10) stop = true;
        });
    CHECK(taken == seen);
    CHECK(taken == begun);
    CHECK(taken >= 11);
    CHECK(taken <= 11 + static_cast<std::size_t>(threads == 1 ? 0 : 4 * threads));
    CHECK(thread_team{threads, &stop}.run(
              10, [] { return root_worker{}; }, [](std::size_t, std::span<const double>) {}) == 0);
  }
}

#ifdef __GLIBC__
TEST_CASE("a machine that gives no thread has the work done on the caller's") {
  pthread_attr_t usual, vast;
  pthread_getattr_default_np(&usual);
  pthread_attr_init(&vast);
  pthread_attr_setstacksize(&vast, std::size_t{1} << 46);  // no machine has such a stack to give
  pthread_setattr_default_np(&vast);
  const auto here = std::this_thread::get_id();
  std::size_t taken = 0;
  bool elsewhere = false;
  CHECK_NOTHROW(taken = thread_team{3}.run(
                    20,
                    [&] { return [&](std::size_t, std::vector<double>&) { elsewhere = elsewhere || std::this_thread::get_id() != here; }; },
                    [](std::size_t, std::span<const double>) {}));
  pthread_setattr_default_np(&usual);
  pthread_attr_destroy(&usual);
  pthread_attr_destroy(&vast);
  CHECK(taken == 20);
  CHECK_FALSE(elsewhere);
}
#endif
