// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "locks.hpp"
#include "scratch.hpp"
#include "sifang/io/output_directory.hpp"

#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

using namespace sifang;
using sifang::test::scratch;
using sifang::test::texts;

namespace {
int steps_to_live = -1;                 ///< moves and removals before the process dies; -1: it lives
bool exchanges = true;                  ///< whether the file system can exchange two names
std::function<void()> before_exchange;  ///< called once

void step() {
  if (steps_to_live == 0) ::_exit(0);
  if (steps_to_live > 0) --steps_to_live;
}
}  // namespace

// In place of the library's, so that a test can act or die between two steps.
extern "C" {
int renameat2(int from_dir, const char* from, int to_dir, const char* to, unsigned flags) noexcept {
  if ((flags & RENAME_EXCHANGE) != 0) {
    if (before_exchange) std::exchange(before_exchange, {})();
    if (!exchanges) {
      errno = EINVAL;
      return -1;
    }
  }
  step();
  return static_cast<int>(::syscall(SYS_renameat2, from_dir, from, to_dir, to, flags));
}
int rename(const char* from, const char* to) noexcept {
  step();
  return static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}
int remove(const char* path) noexcept {
  step();
  return ::unlink(path) == 0 || (errno == EISDIR && ::rmdir(path) == 0) ? 0 : -1;
}
}

namespace {

/// Writes results that say `text` in each of their files.
void fill(output_directory& out, const std::string& text, bool finished = true) {
  for (const char* name : {"results.json", "kpi.csv"}) REQUIRE(out.write(name, text).empty());
  if (text == "new") REQUIRE(out.write("differences.csv", text).empty());
  REQUIRE(out.write("manifest.json", text + (finished ? "\"finished\":true" : "\"finished\":false")).empty());
}
/// Puts results there as a run does. \returns where they are then
std::filesystem::path put_results(const std::filesystem::path& at, const std::string& text, bool finished = true) {
  auto out = output_directory::open(at, true);
  REQUIRE(out);
  fill(*out, text, finished);
  CHECK(out->commit(finished).empty());
  return out->where();
}
/// "old", "new" or "none": what results a folder has; anything mixed or torn is a failure.
std::string results_in(const scratch& dir, const std::string& folder) {
  if (!std::filesystem::exists(dir / (folder + "/manifest.json"))) {
    for (const char* name : {"results.json", "kpi.csv", "differences.csv"})
      CHECK_FALSE(std::filesystem::exists(dir / (folder + "/" + name)));
    return "none";
  }
  const std::string text = dir.read(folder + "/results.json");
  CHECK(dir.read(folder + "/kpi.csv") == text);
  CHECK(dir.read(folder + "/manifest.json").starts_with(text));
  CHECK(std::filesystem::exists(dir / (folder + "/differences.csv")) == (text == "new"));
  return text;
}
/// Calls it in a process of its own, which dies without putting anything right.
template <class Act>
int in_another_process(Act&& act) {
  const pid_t child = ::fork();
  if (child == 0) {
    act();
    ::_exit(7);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WEXITSTATUS(status);
}

}  // namespace

TEST_CASE("a result directory appears only when it is complete") {
  const scratch dir;
  auto out = output_directory::open(dir / "runs/today");
  REQUIRE(out);
  CHECK(out->write("results.json", "{}").empty());
  CHECK(out->write("manifest.json", "{}").empty());
  CHECK_FALSE(std::filesystem::exists(dir / "runs/today"));
  CHECK(out->commit().empty());
  CHECK(dir.read("runs/today/results.json") == "{}");
  std::size_t beside = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(dir / "runs")) ++beside;
  CHECK(beside == 1);
}

TEST_CASE("a run that is given up leaves nothing behind") {
  const scratch dir;
  {
    auto out = output_directory::open(dir / "today");
    REQUIRE(out);
    CHECK(out->write("results.json", "half").empty());
    output_directory moved = *std::move(out);  // the files follow the one that is alive
    CHECK(std::filesystem::exists(moved.path() / "results.json"));
  }
  CHECK(dir.names().empty());
}

TEST_CASE("a run with files of its own that is given up leaves none of them, whoever holds it in the end") {
  const scratch dir;
  {
    auto out = output_directory::open(dir / "today");
    REQUIRE(out);
    CHECK(out->write("my table.txt", "half").empty());
    const output_directory moved = *std::move(out);
    CHECK(std::filesystem::exists(moved.path() / "my table.txt"));
  }
  CHECK(dir.names().empty());
}

TEST_CASE("a file of results that a dead process was just writing is known by the name that it was to have") {
  const std::vector<std::string> own{"a", "my table"};
  for (const char* name : {"kpi.csv", ".kpi.csv.a1B2c3", ".a.a1B2c3", ".my table.a1B2c3", "a"}) CHECK(detail::is_result_file(name, own));
  for (const char* name : {"", ".", ".a1B2c3", "..a1B2c3", ".b.a1B2c3", ".a.a1B2c", ".a.a1B2c33", "a.a1B2c3", ".a-a1B2c3", "my notes"})
    CHECK_FALSE(detail::is_result_file(name, own));
  CHECK_FALSE(detail::is_result_file(".a.a1B2c3"));
}

TEST_CASE("results that are there stay until they are replaced by force") {
  const scratch dir;
  dir.file("today/manifest.json", "old");
  dir.file("today/kpi.csv", "old");
  CHECK(dir.lines(output_directory::open(dir / "today").faults()) ==
        texts{"today: expected an empty or new directory; today already holds results (use --force to replace them)"});
  {
    auto given_up = output_directory::open(dir / "today", true);
    REQUIRE(given_up);
    CHECK(given_up->write("manifest.json", "new").empty());
  }
  CHECK(dir.read("today/manifest.json") == "old");
  auto out = output_directory::open(dir / "today/", true);
  REQUIRE(out);
  CHECK(out->write("manifest.json", "new").empty());
  CHECK(out->commit().empty());
  CHECK(dir.read("today/manifest.json") == "new");
  CHECK_FALSE(std::filesystem::exists(dir / "today/kpi.csv"));
  CHECK(dir.names() == texts{"today"});
}

TEST_CASE("a directory that holds anything but results is never replaced") {
  const scratch dir;
  dir.file("letters/to-the-mayor.txt", "dear");
  for (const bool force : {false, true}) {
    CHECK(dir.lines(output_directory::open(dir / "letters", force).faults()) ==
          texts{"letters: expected a place that can be written; letters: the directory holds files that are no results"});
  }
  dir.file("plain", "a file");
  CHECK(dir.lines(output_directory::open(dir / "plain", true).faults()) ==
        texts{"plain: expected a place that can be written; plain: Not a directory"});
  std::filesystem::create_directory(dir / "empty");
  auto out = output_directory::open(dir / "empty");
  REQUIRE(out);
  CHECK(out->commit().empty());
  CHECK(dir.names() == texts{"empty", "letters", "plain"});
}

TEST_CASE("a place is one run's at a time") {
  const scratch dir;
  auto first = output_directory::open(dir / "out");
  REQUIRE(first);
  for (const bool force : {false, true}) {
    CHECK(dir.lines(output_directory::open(dir / "out", force).faults()) ==
          texts{"out: expected a place that can be written; out: another run has it open"});
  }
  CHECK(std::filesystem::exists(first->path()));  // what a living run writes is no left-over
  fill(*first, "old");
  CHECK(first->commit().empty());
  CHECK(dir.names() == texts{"out"});
  CHECK(output_directory::open(dir / "out", true));
  CHECK(dir.names() == texts{"out"});
}

TEST_CASE("the lock of a dead run blocks nobody, and a file of that name that is a user's stays") {
  const scratch dir;
  dir.file(".out.lock", "");
  CHECK(put_results(dir / "out", "old") == dir / "out");
  CHECK(dir.names() == texts{"out"});
  dir.file(".out.lock", "the key is under the mat");
  CHECK(put_results(dir / "out", "new") == dir / "out");
  CHECK(dir.read(".out.lock") == "the key is under the mat");
}

TEST_CASE("a lock that another run gives up while it is being taken is taken where others find it") {
  const scratch dir;
  dir.file(".out.lock", "");
  test::before_lock = [&] {
    std::filesystem::remove(dir / ".out.lock");
    return 0;
  };
  auto out = output_directory::open(dir / "out");
  REQUIRE(out);
  CHECK_FALSE(output_directory::open(dir / "out"));
}

TEST_CASE("where the file system knows no locks, results are placed all the same, and nothing is cleaned that may be a living run's") {
  const scratch dir;
  dir.file(".out.partial/results.json", "half");
  test::before_lock = [] { return ENOLCK; };
  left_overs found;
  auto out = output_directory::open(dir / "out", false, &found);
  REQUIRE(out);
  CHECK(found.removed.empty());
  fill(*out, "new");
  CHECK(out->commit().empty());
  CHECK(results_in(dir, "out") == "new");
  CHECK(dir.names() == texts{".out.partial", "out"});
  test::before_lock = [] { return EIO; };
  CHECK(dir.lines(output_directory::open(dir / "out", true).faults()) ==
        texts{"out: expected a place that can be written; out: " + detail::reason_of(EIO)});
}

TEST_CASE("a folder by two names is one place") {
  const scratch dir;
  dir.file("disk/real/manifest.json", "old");
  std::filesystem::create_directory_symlink(dir / "disk/real", dir / "link");
  auto out = output_directory::open(dir / "link", true);
  REQUIRE(out);
  CHECK_FALSE(output_directory::open(dir / "disk/real", true));
  fill(*out, "new");
  CHECK(out->commit().empty());
  CHECK(std::filesystem::is_symlink(dir / "link"));
  CHECK(results_in(dir, "disk/real") == "new");
  std::filesystem::create_directory_symlink(dir / "nowhere", dir / "dangling");
  CHECK(dir.lines(output_directory::open(dir / "dangling", true).faults()) ==
        texts{"dangling: expected a place that can be written; dangling: Not a directory"});
}

TEST_CASE("what appears at the place during a run stays as it is, and the results lie beside it") {
  for (const bool force : {false, true}) {
    const scratch dir;
    const auto late = [&](const char* name, const char* text) {
      auto out = output_directory::open(dir / "out", force);
      REQUIRE(out);
      fill(*out, "new");
      dir.file(name, text);
      const auto faults = out->commit();
      CHECK(out->where() == dir / "out.unplaced");
      CHECK(results_in(dir, "out.unplaced") == "new");
      std::filesystem::rename(dir / "out.unplaced", dir / "seen");
      std::filesystem::remove_all(dir / "seen");
      return dir.lines(faults);
    };
    CHECK(late("out", "a letter") == texts{"out: expected a place that can be written; out: Not a directory"});
    CHECK(dir.read("out") == "a letter");
    std::filesystem::remove(dir / "out");
    CHECK(late("out/notes.txt", "dear mayor") ==
          texts{"out: expected a place that can be written; out: the directory holds files that are no results"});
    CHECK(dir.read("out/notes.txt") == "dear mayor");
    CHECK(dir.names() == texts{"out"});
    std::filesystem::remove_all(dir / "out");
    if (force) continue;
    CHECK(late("out/manifest.json", "another's") ==
          texts{"out: expected an empty or new directory; out already holds results (use --force to replace them)"});
    CHECK(dir.read("out/manifest.json") == "another's");
  }
}

TEST_CASE("results that can't be placed never take a name that is taken") {
  const scratch dir;
  dir.file("out.unplaced/letter.txt", "dear");
  auto out = output_directory::open(dir / "out");
  REQUIRE(out);
  fill(*out, "new");
  dir.file("out", "a letter");
  CHECK(out->commit().size() == 1);
  CHECK(out->where() == dir / "out.unplaced-1");
  CHECK(dir.names() == texts{"out", "out.unplaced", "out.unplaced-1"});
  CHECK(dir.read("out.unplaced/letter.txt") == "dear");
}

TEST_CASE("an empty folder that is made meanwhile is as good as none") {
  const scratch dir;
  auto out = output_directory::open(dir / "out");
  REQUIRE(out);
  fill(*out, "new");
  std::filesystem::create_directory(dir / "out");
  CHECK(out->commit().empty());
  CHECK(results_in(dir, "out") == "new");
}

TEST_CASE("what somebody puts in the place in the last moment stays") {
  for (const bool at_once : {true, false}) {
    const scratch dir;
    (void)put_results(dir / "out", "old");
    auto out = output_directory::open(dir / "out", true);
    REQUIRE(out);
    fill(*out, "new");
    exchanges = at_once;
    before_exchange = [&] {
      std::filesystem::rename(dir / "out", dir / "elsewhere");
      dir.file("out/notes.txt", "dear mayor");
    };
    CHECK(out->commit().size() == 1);
    exchanges = true;
    CHECK(dir.read("out/notes.txt") == "dear mayor");
    CHECK(results_in(dir, "elsewhere") == "old");
    CHECK(results_in(dir, "out.unplaced") == "new");
    CHECK(dir.names() == texts{"elsewhere", "out", "out.unplaced"});
  }
}

TEST_CASE("what a user has put beside results stays there when the results are replaced") {
  for (const bool at_once : {true, false}) {
    const scratch dir;
    exchanges = at_once;
    (void)put_results(dir / "out", "new");
    dir.file("out/notes.txt", "dear mayor");
    dir.file("out/letters/kpi.csv", "of my own");
    dir.file("out/report.html.bak", "kept");
    CHECK(put_results(dir / "out", "old") == dir / "out");
    exchanges = true;
    CHECK(results_in(dir, "out") == "old");
    CHECK(dir.read("out/notes.txt") == "dear mayor");
    CHECK(dir.read("out/letters/kpi.csv") == "of my own");
    CHECK(dir.read("out/report.html.bak") == "kept");
    CHECK(dir.names() == texts{"out"});
  }
}

TEST_CASE("unfinished results never replace finished ones; finished ones replace unfinished ones") {
  const scratch dir;
  CHECK(put_results(dir / "out", "new", false) == dir / "out");
  CHECK(put_results(dir / "out", "old", false) == dir / "out");
  CHECK(put_results(dir / "out", "old", true) == dir / "out");
  CHECK(put_results(dir / "out", "new", false) == dir / "out.unfinished");
  CHECK(put_results(dir / "out", "new", false) == dir / "out.unfinished-1");
  CHECK(results_in(dir, "out") == "old");
  CHECK(results_in(dir, "out.unfinished") == "new");
  CHECK(dir.names() == texts{"out", "out.unfinished", "out.unfinished-1"});
}

TEST_CASE("what dead runs have left is found and removed, but nothing of a user's") {
  const scratch dir;
  for (const char* name : {".out.partial/results.json", ".out.partial/.kpi.csv.a1B2c3", ".out.partial-1/kpi.csv", ".out.partial-1/my notes",
                           ".out.partial-x/kpi.csv", ".outer.partial/kpi.csv"})
    dir.file(name, "half");
  std::filesystem::create_directory(dir / ".out.partial-7");
  left_overs found;
  auto out = output_directory::open(dir / "out", false, &found);
  REQUIRE(out);
  CHECK(found.removed == std::vector{dir / ".out.partial", dir / ".out.partial-7"});
  CHECK(found.remaining == std::vector{dir / ".out.partial-1"});
  CHECK((found.kept.empty() && found.put_back.empty()));
  fill(*out, "new");
  CHECK(out->commit().empty());
  CHECK(dir.names() == texts{".out.partial-1", ".out.partial-x", ".outer.partial", "out"});
  CHECK(dir.read(".out.partial-1/my notes") == "half");
}

TEST_CASE("whole results that a dead run had not placed are kept where people see them") {
  const scratch dir;
  in_another_process([&] {
    auto out = output_directory::open(dir / "out");
    fill(*out, "new");
    ::_exit(0);
  });
  CHECK(dir.names() == texts{".out.lock", ".out.partial"});
  left_overs found;
  CHECK(output_directory::open(dir / "out", false, &found));
  CHECK(found.kept == std::vector{dir / "out.unplaced"});
  CHECK(dir.names() == texts{"out.unplaced"});
  CHECK(results_in(dir, "out.unplaced") == "new");
}

TEST_CASE("results that a dead run had moved away come back, the newest of them, and are results like any") {
  const scratch dir;
  dir.file(".out.replaced/manifest.json", "older");
  dir.file(".out.replaced-1/manifest.json", "newest");
  dir.file(".out.replaced-1/notes.txt", "dear mayor");
  const auto now = std::filesystem::last_write_time(dir / ".out.replaced-1/manifest.json");
  std::filesystem::last_write_time(dir / ".out.replaced/manifest.json", now - std::chrono::hours(1));
  left_overs found;
  CHECK(dir.lines(output_directory::open(dir / "out", false, &found).faults()) ==
        texts{"out: expected an empty or new directory; out already holds results (use --force to replace them)"});
  CHECK(found.put_back == std::vector{dir / "out"});
  CHECK(found.removed == std::vector{dir / ".out.replaced"});
  CHECK(dir.read("out/manifest.json") == "newest");
  CHECK(dir.read("out/notes.txt") == "dear mayor");
  CHECK(dir.names() == texts{"out"});
}

TEST_CASE("results that were moved away are kept if something else stands in their place now") {
  const scratch dir;
  dir.file(".out.replaced/manifest.json", "old");
  dir.file("out/notes.txt", "dear mayor");
  left_overs found;
  CHECK_FALSE(output_directory::open(dir / "out", true, &found));
  CHECK(dir.read("out/notes.txt") == "dear mayor");
  std::filesystem::remove_all(dir / "out");
  std::filesystem::create_directory(dir / "out");
  CHECK(output_directory::open(dir / "out", true, &found));
  CHECK(found.kept == std::vector{dir / "out.unplaced"});
  CHECK(dir.read("out.unplaced/manifest.json") == "old");
}

TEST_CASE("a run that dies at any step of the exchange leaves old or new results whole, and every file of a user's") {
  for (const bool at_once : {true, false}) {
    for (const bool within : {false, true}) {
      for (const bool notes : {false, true}) {
        bool lived = false;
        for (int steps = 0; !lived; ++steps) {
          INFO((at_once ? "in one step" : "in two steps")
               << (within ? ", in the current directory" : "") << (notes ? ", with notes" : "") << ", dead at " << steps);
          REQUIRE(steps < 100);
          const scratch dir;
          const auto run = [&](int die_at, const std::string& text, left_overs* found) {
            return in_another_process([&] {
              if (within && ::chdir((dir / "out").c_str()) != 0) ::_exit(1);
              auto out = output_directory::open(within ? "." : dir / "out", true, found);
              if (!out) ::_exit(2);
              fill(*out, text);
              exchanges = at_once;
              steps_to_live = die_at;
              const bool placed = out->commit().empty();
              steps_to_live = -1;
              out = fault{};
              ::_exit(placed ? 9 : 3);
            });
          };
          (void)put_results(dir / "out", "old");
          if (notes) dir.file("out/notes.txt", "dear mayor");
          const int ended = run(steps, "new", nullptr);
          REQUIRE((ended == 0 || ended == 9));
          lived = ended == 9;
          if (at_once && !within) CHECK(results_in(dir, "out") != "none");
          // The next run sees to it, even if it is not one that may replace anything.
          left_overs found;
          CHECK(dir.lines(output_directory::open(dir / "out", false, &found).faults()) ==
                texts{"out: expected an empty or new directory; out already holds results (use --force to replace them)"});
          CHECK(found.remaining.empty());
          const std::string there = results_in(dir, "out");
          CHECK((there == "old" || there == "new"));
          if (lived) CHECK(there == "new");
          const std::string aside = dir.names().size() > 1 ? dir.names().at(1) : "out.unplaced";
          if (there == "old" && ended == 0) CHECK((results_in(dir, within ? "out/out.unplaced" : aside)) == "new");
          if (notes) CHECK(dir.read("out/notes.txt") == "dear mayor");
          for (const std::string& name : dir.names()) CHECK(name.front() != '.');
          CHECK(run(-1, "new", nullptr) == 9);
          CHECK(results_in(dir, "out") == "new");
          if (notes) CHECK(dir.read("out/notes.txt") == "dear mayor");
        }
      }
    }
  }
}

TEST_CASE("the current directory can be the place of results, and stays the same directory") {
  const scratch dir;
  std::filesystem::create_directory(dir / "out");
  const int ended = in_another_process([&] {
    if (::chdir((dir / "out").c_str()) != 0) ::_exit(1);
    auto out = output_directory::open(".");
    if (!out) ::_exit(2);
    if (output_directory::open(dir / "out")) ::_exit(3);  // the same place
    fill(*out, "new");
    if (!out->commit().empty() || ::access("manifest.json", F_OK) != 0) ::_exit(4);
    ::_exit(0);
  });
  CHECK(ended == 0);
  CHECK(results_in(dir, "out") == "new");
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(dir / "out")) ++files;
  CHECK(files == 4);
  CHECK(dir.names() == texts{"out"});
}

TEST_CASE("a folder that may not be looked into, and one without a name, are told as such") {
  CHECK(output_directory::open("").faults().front().kind == fault_kind::cannot_write);
  CHECK(output_directory::open("/", true).faults().front().kind == fault_kind::cannot_write);
  if (::geteuid() == 0) return;  // may look into everything
  const scratch dir;
  std::filesystem::create_directory(dir / "closed");
  std::filesystem::permissions(dir / "closed", std::filesystem::perms::none);
  CHECK(dir.lines(output_directory::open(dir / "closed").faults()) ==
        texts{"closed: expected a place that can be written; closed: Permission denied"});
  std::filesystem::permissions(dir / "closed", std::filesystem::perms::owner_all);
}
