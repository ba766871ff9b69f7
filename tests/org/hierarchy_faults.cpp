// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "trees.hpp"

#include <algorithm>
#include <set>

using namespace sifang;
using namespace sifang_tests;

namespace {

std::vector<std::string> told(const std::vector<tree_row>& rows) {
  const auto tree = build(rows);
  std::vector<std::string> out;
  for (const fault& f : tree.faults()) out.push_back(to_string(f));
  std::sort(out.begin(), out.end());
  return out;
}

std::size_t count(const std::vector<fault>& faults, fault_kind kind) {
  return static_cast<std::size_t>(std::count_if(faults.begin(), faults.end(), [&](const fault& f) { return f.kind == kind; }));
}

}  // namespace

TEST_CASE("every fault of a table of units is told at once, with its row") {
  CHECK(told({
            {"county", "", 0},        // 2
            {"street", "county", 0},  // 3
            {"street", "county", 0},  // 4: again
            {"nation", "", 0},        // 5: a second root
            {"lost", "nowhere", 0},   // 6: an orphan
            {"a", "c", 0},            // 7: a → c → b → a
            {"b", "a", 0},            // 8
            {"c", "b", 0},            // 9
            {"own", "own", 0},        // 10: its own parent
            {"below", "own", 0},      // 11: below a cycle, not on it
            {"street", "", 0},        // 12: once more, and not a root beside it
        }) == std::vector<std::string>{
                  "units.csv:10: expected a tree; these units are each other's parents: own",
                  "units.csv:12: code 'street' expected once; it already stands on line 3",
                  "units.csv:4: code 'street' expected once; it already stands on line 3",
                  "units.csv:5: expected one unit without a parent; 'nation' has none, and neither has 'county'",
                  "units.csv:6: unit 'lost': expected its parent 'nowhere' in the table; it is not there",
                  "units.csv:7: expected a tree; these units are each other's parents: a → c → b",
              });
}

TEST_CASE("a table of units without a root is told so") {
  CHECK(told({{"a", "b", 0}, {"b", "a", 0}}) ==
        std::vector<std::string>{"units.csv:2: expected a tree; these units are each other's parents: a → b",
                                 "units.csv:2: expected one unit without a parent; every unit has one"});
  CHECK(count(build({}).faults(), fault_kind::no_root) == 1);
}

TEST_CASE("as many faults are told as were sown") {
  CHECK(rc::check([] {
    auto rows = random_rows(30);
    const auto n = static_cast<int>(rows.size());
    const auto some = [&] { return rows[static_cast<std::size_t>(*rc::gen::inRange(0, n))].code; };
    std::size_t duplicates = 0, roots = 0, orphans = 0, cycles = 0;
    for (int i = *rc::gen::inRange(1, 12), k = 0; k < i; ++k) {
      const std::string mine = numbered("x", k);
      switch (*rc::gen::inRange(0, 5)) {
        case 0:
          rows.push_back({some(), some(), 0});
          ++duplicates;
          break;
        case 1:
          rows.push_back({mine, "", 0});
          ++roots;
          break;
        case 2:
          rows.push_back({mine, "nowhere", 0});
          ++orphans;
          break;
        case 3:
          rows.push_back({mine, mine, 0});
          ++cycles;
          break;
        default:
          rows.push_back({mine, mine + "'", 0});
          rows.push_back({mine + "'", mine, 0});
          ++cycles;
      }
    }
    const auto tree = build(rows);
    RC_ASSERT_FALSE(tree.has_value());
    RC_ASSERT(count(tree.faults(), fault_kind::duplicate_code) == duplicates);
    RC_ASSERT(count(tree.faults(), fault_kind::second_root) == roots);
    RC_ASSERT(count(tree.faults(), fault_kind::unknown_parent) == orphans);
    RC_ASSERT(count(tree.faults(), fault_kind::cycle) == cycles);
    RC_ASSERT(tree.faults().size() == duplicates + roots + orphans + cycles);
    for (const fault& f : tree.faults()) {
      RC_ASSERT(f.where.line >= 2u);
      RC_ASSERT(rows[f.where.line - 2].code == f.details[0].substr(0, f.details[0].find(" → ")));
    }
  }));
}

TEST_CASE("a cycle is told once, with each of its units") {
  CHECK(rc::check([] {
    auto rows = random_rows(10);
    const int n = *rc::gen::inRange(1, 8);
    for (int k = 0; k < n; ++k) rows.push_back({numbered("c", k), numbered("c", (k + 1) % n), 0});
    for (int k = 0; k < 3; ++k) rows.push_back({numbered("t", k), k == 0 ? "c0" : numbered("t", k - 1), 0});
    std::reverse(rows.begin(), rows.end());
    const auto tree = build(rows);
    RC_ASSERT(tree.faults().size() == 1u);
    RC_ASSERT(tree.faults()[0].kind == fault_kind::cycle);
    const std::string& path = tree.faults()[0].details[0];
    for (int k = 0; k < n; ++k) RC_ASSERT(path.find(numbered("c", k)) != std::string::npos);
    RC_ASSERT(path.find('t') == std::string::npos);
  }));
}
