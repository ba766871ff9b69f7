// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "locks.hpp"
#include "scratch.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/io/journal.hpp"

#include <rapidcheck.h>

#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <functional>
#include <limits>
#include <map>

using namespace sifang;
using sifang::test::before_lock;
using sifang::test::scratch;
using sifang::test::texts;

namespace {

std::vector<double> values_of(std::size_t piece) {
  std::vector<double> out(piece * 7 % 13);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = 1.0 / static_cast<double>(1 + piece * 13 + i);
  if (piece == 3) out = {-0.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()};
  return out;
}
bool same_bits(std::span<const double> a, const std::vector<double>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}
/// Sound records that a journal holds; each must be what its piece has.
std::size_t sound(const std::filesystem::path& path, std::uint64_t key = 7, std::size_t most = 1000) {
  auto j = journal::open(path, key, "sweep");
  REQUIRE(j);
  return j->replay(most, [](std::size_t piece, std::span<const double> values) { CHECK(same_bits(values, values_of(piece))); });
}
void fill(const std::filesystem::path& path, std::size_t pieces) {
  auto j = journal::open(path, 7, "sweep of\nsmall");
  REQUIRE(j);
  for (std::size_t piece = j->replay(1000, [](std::size_t, std::span<const double>) {}); piece < pieces; ++piece)
    j->append(values_of(piece));
  CHECK(j->faults().empty());
  CHECK(j->records() == pieces);
}

}  // namespace

TEST_CASE("a journal gives back the bits that it was given, and grows where it ended") {
  const scratch dir;
  fill(dir / "sub/j", 5);
  CHECK(sound(dir / "sub/j") == 5);
  fill(dir / "sub/j", 20);
  CHECK(sound(dir / "sub/j") == 20);
  CHECK(dir.read("sub/j").starts_with("sifang-journal 1 0000000000000007 sweep of small\n"));
}

TEST_CASE("a journal never gives more pieces than there are") {
  const scratch dir;
  fill(dir / "j", 9);
  CHECK(sound(dir / "j", 7, 4) == 4);
}

TEST_CASE("a journal that is torn at any byte keeps every whole record before") {
  const scratch dir;
  fill(dir / "whole", 6);
  const std::string whole = dir.read("whole");
  const std::size_t head = whole.find('\n') + 1;
  std::vector<std::size_t> ends{head};
  for (std::size_t piece = 0; piece < 6; ++piece) ends.push_back(ends.back() + 24 + 8 * values_of(piece).size());
  REQUIRE(ends.back() == whole.size());
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    INFO(cut);
    const auto torn = dir.file("torn", whole.substr(0, cut));
    if (cut > 0 && cut < head) {  // begun under another text: it is no journal of this run, nor torn from it
      if (!std::string_view("sifang-journal 1 0000000000000007 sweep\n").starts_with(whole.substr(0, cut))) continue;
    }
    const auto expected = static_cast<std::size_t>(std::upper_bound(ends.begin(), ends.end(), cut) - ends.begin());
    CHECK(sound(torn) == (expected == 0 ? 0 : expected - 1));
    CHECK(std::filesystem::file_size(torn) <= std::max(cut, head));  // what is torn is gone
    fill(torn, 6);
    CHECK(sound(torn) == 6);
  }
}

TEST_CASE("a journal with any one bit changed never gives a changed value") {
  const scratch dir;
  fill(dir / "whole", 6);
  const std::string whole = dir.read("whole");
  const std::size_t head = whole.find('\n') + 1;
  for (std::size_t bit = 8 * head; bit < 8 * whole.size(); ++bit) {
    std::string changed = whole;
    changed[bit / 8] = static_cast<char>(static_cast<unsigned char>(changed[bit / 8]) ^ (1u << bit % 8));
    if (sound(dir.file("changed", changed)) >= 6) FAIL("bit " << bit << " was not seen");
  }
}

TEST_CASE("random damage to a journal is no crash and gives no changed value") {
  const scratch dir;
  fill(dir / "whole", 12);
  const std::string whole = dir.read("whole");
  CHECK(rc::check("damage", [&] {
    std::string text = whole;
    for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
      const auto at = static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(text.size())));
      text.replace(at, static_cast<std::size_t>(*rc::gen::inRange(0, 40)), *rc::gen::container<std::string>(rc::gen::arbitrary<char>()));
    }
    auto j = journal::open(dir.file("damaged", text), 7, "sweep");
    if (j) (void)j->replay(1000, [](std::size_t piece, std::span<const double> values) { RC_ASSERT(same_bits(values, values_of(piece))); });
  }));
}

TEST_CASE("the journal of another run, and a file that is none, are refused and left alone") {
  const scratch dir;
  fill(dir / "j", 3);
  const std::string before = dir.read("j");
  CHECK(dir.lines(journal::open(dir / "j", 8, "sweep").faults()) ==
        texts{"j: expected a journal of the same scenario, settings, seed, replications and build of the program; found that of: sweep of "
              "small"});
  CHECK(dir.read("j") == before);
  dir.file("other", "a shopping list\n");
  CHECK(dir.lines(journal::open(dir / "other", 8, "sweep").faults()) == texts{"other: expected the journal of a run; found another file"});
  CHECK(dir.read("other") == "a shopping list\n");
  CHECK(journal::open(dir.path(), 8, "sweep").faults().front().kind == fault_kind::cannot_write);
}

TEST_CASE("a journal is open in one run at a time, and is gone when it is removed") {
  const scratch dir;
  {
    auto j = journal::open(dir / "j", 7, "sweep");
    REQUIRE(j);
    CHECK(dir.lines(journal::open(dir / "j", 7, "sweep").faults()) ==
          texts{"j: expected a place that can be written; j: another run has it open"});
    const journal moved = *std::move(j);
    CHECK_FALSE(journal::open(dir / "j", 7, "sweep"));
  }
  auto again = journal::open(dir / "j", 7, "sweep");
  REQUIRE(again);
  again->remove();
  CHECK(dir.names().empty());
}

TEST_CASE("a journal that is removed while it is being opened is begun anew, where it is found again") {
  const scratch dir;
  fill(dir / "j", 3);
  before_lock = [&] {
    std::filesystem::remove(dir / "j");  // another run has just finished
    return 0;
  };
  fill(dir / "j", 4);
  CHECK_FALSE(before_lock);
  CHECK(sound(dir / "j") == 4);
}

TEST_CASE("a run does not remove the journal that another has begun in the place of its own") {
  const scratch dir;
  auto mine = journal::open(dir / "j", 7, "sweep");
  REQUIRE(mine);
  std::filesystem::remove(dir / "j");
  fill(dir / "j", 5);
  mine->append(values_of(0));
  mine->remove();
  CHECK(sound(dir / "j") == 5);
}

TEST_CASE("a journal that a run has open is not thrown away; any other is") {
  const scratch dir;
  CHECK(journal::discard(dir / "j").empty());
  fill(dir / "j", 3);
  {
    const auto open = journal::open(dir / "j", 7, "sweep");
    CHECK(dir.lines(journal::discard(dir / "j")) == texts{"j: expected a place that can be written; j: another run has it open"});
  }
  CHECK(sound(dir / "j") == 3);
  CHECK(journal::discard(dir / "j").empty());
  CHECK(dir.names().empty());
}

TEST_CASE("a file system without locks has journals all the same; any other failure to lock is named") {
  const scratch dir;
  before_lock = [] { return ENOLCK; };
  CHECK(journal::open(dir / "j", 7, "sweep").has_value());
  before_lock = [] { return EIO; };
  const auto lines = dir.lines(journal::open(dir / "j", 7, "sweep").faults());
  before_lock = nullptr;
  CHECK(lines == texts{"j: expected a place that can be written; j: " + detail::reason_of(EIO)});
}

TEST_CASE("a journal whose disk is full says so, and what it holds is sound") {
  const scratch dir;
  fill(dir / "j", 4);
  rlimit usual{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &usual) == 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  {
    auto j = journal::open(dir / "j", 7, "sweep");
    REQUIRE(j);
    CHECK(j->replay(1000, [](std::size_t, std::span<const double>) {}) == 4);
    rlimit full = usual;
    full.rlim_cur = std::filesystem::file_size(dir / "j") + 30;
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &full) == 0);
    j->append(values_of(4));
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &usual) == 0);
    j->append(values_of(5));  // not after a gap
    CHECK(j->records() == 4);
    CHECK(dir.lines(j->faults()) == texts{"j: expected a place that can be written; j: " + detail::reason_of(EFBIG)});
  }
  std::signal(SIGXFSZ, handler);
  CHECK(sound(dir / "j") == 4);
  fill(dir / "j", 9);
  CHECK(sound(dir / "j") == 9);
}

TEST_CASE("a journal without a text after its key is none, and its records are no part of a message") {
  const scratch dir;
  dir.file("j", std::string("sifang-journal 1 0000000000000007\n") + std::string(40, '\1'));
  CHECK(dir.lines(journal::open(dir / "j", 8, "sweep").faults()) == texts{"j: expected the journal of a run; found another file"});
}

TEST_CASE("what is wrong with a journal is told in Chinese too") {
  const scratch dir;
  fill(dir / "j", 1);
  dir.file("list", "a shopping list\n");
  texts lines = dir.lines(journal::open(dir / "j", 8, "sweep").faults(), language::zh);
  const auto held = journal::open(dir / "j", 7, "sweep");
  for (const auto& found : {journal::open(dir / "j", 7, "sweep").faults(), journal::open(dir / "list", 8, "sweep").faults()}) {
    for (std::string& line : dir.lines(found, language::zh)) lines.push_back(std::move(line));
  }
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].ends_with("sweep of small"));
  for (const std::string& line : lines) {
    for (const char* english : {"expected", "journal", "another", "that of"}) CHECK(line.find(english) == std::string::npos);
  }
}

TEST_CASE("a team with a journal does only what is not in it, and gives the same values") {
  const scratch dir;
  std::atomic<std::size_t> worked{0};
  const auto make = [&] {
    return [&](std::size_t piece, std::vector<double>& out) {
      ++worked;
      out = values_of(piece);
    };
  };
  const auto run = [&](std::size_t pieces, std::size_t stop_after) {
    auto j = journal::open(dir / "j", 7, "sweep");
    REQUIRE(j);
    std::atomic<bool> stop{false};
    std::size_t next = 0;
    const std::size_t taken =
        journaled_team{thread_team{2, &stop}, &*j}.run(pieces, make, [&](std::size_t piece, std::span<const double> values) {
          CHECK(piece == next++);
          CHECK(same_bits(values, values_of(piece)));
          if (next == stop_after) stop = true;
        });
    CHECK(taken == next);
    return taken;
  };
  const std::size_t first = run(100, 20);
  CHECK(first >= 20);
  CHECK(first < 100);
  worked = 0;
  CHECK(run(100, 1000) == 100);
  CHECK(worked == 100 - first);
  worked = 0;
  CHECK(run(100, 1000) == 100);
  CHECK(worked == 0);
}
