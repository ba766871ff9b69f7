// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/experiment/study_in_pieces.hpp"
#include "tables.hpp"

#include <cstring>
#include <vector>

using namespace sifang;
using sifang_tests::xiapu;

namespace {

bool same_bytes(std::span<const double> a, std::span<const double> b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}
/// Whether two studies of two policies found the same, to the last bit.
bool same_bytes(const study_result& a, const study_result& b) {
  bool same = a.replications == b.replications && a.policies.size() == 2 && b.policies.size() == 2 && a.pairs.size() == b.pairs.size();
  for (std::size_t p = 0; same && p < 2; ++p) {
    same = a.policies[p].print.value() == b.policies[p].print.value() &&
           same_bytes(a.policies[p].sums.values(), b.policies[p].sums.values()) && a.costs[p] == b.costs[p];
  }
  return same && same_bytes(a.pairs[0].values(), b.pairs[0].values()) && a.years.size() == b.years.size();
}

}  // namespace

TEST_CASE("a study whose pieces are played by two that share nothing, out of order, is the study of a team, to the last bit") {
  const std::vector<std::string> short_run{"scenario.end=2022-03-31", "scenario.warm_up=31", "scenario.run_out=60"};
  const world base = xiapu(short_run), other = xiapu(short_run, "wednesday");
  const world* policies[] = {&base, &other};
  const std::size_t n = 2 * block_replications + 3;  // the last piece is short
  study_in_pieces here(arms_of(policies), n, true), there(arms_of(policies), n, true);
  REQUIRE(here.pieces() == 3);
  CHECK(here.taken() == 0);
  CHECK(here.result().replications == 0);

  const auto copied = [](std::span<const double> piece) { return std::vector<double>(piece.begin(), piece.end()); };
  const std::vector<double> last = copied(there.play(2)), middle = copied(there.play(1));
  REQUIRE(last.size() == here.numbers());
  here.take(here.play(0));
  CHECK(same_bytes(here.result(), run_study(thread_team{1}, policies, block_replications, detail::tell_nobody{}, true)));
  here.take(detail::span_of(middle));
  here.take(detail::span_of(last));
  CHECK(here.taken() == 3);
  const study_result whole = run_study(thread_team{2}, policies, n, detail::tell_nobody{}, true);
  CHECK(whole.replications == n);
  CHECK(same_bytes(here.result(), whole));
  // A piece that is played again is the same; another piece is not.
  CHECK(same_bytes(there.play(1), middle));
  CHECK_FALSE(same_bytes(there.play(0), middle));
}
