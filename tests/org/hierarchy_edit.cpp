// SPDX-License-Identifier: BSL-1.0
#include "sifang/org/hierarchy_edit.hpp"

#include "catch.hpp"
#include "trees.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>

using namespace sifang;
using namespace sifang_tests;
using texts = std::vector<std::string>;

namespace {

/// A county with two townships, a street and a bureau.
hierarchy<int> county() {
  return *build({{"county", "", 1},
                 {"songcheng", "county", 2},
                 {"s1", "songcheng", 3},
                 {"s2", "songcheng", 4},
                 {"bureau", "county", 5},
                 {"yacheng", "county", 6},
                 {"y1", "yacheng", 7},
                 {"y2", "yacheng", 8},
                 {"y3", "yacheng", 9},
                 {"haidao", "county", 10},
                 {"h1", "haidao", 11}});
}

/// "code(parent)" of every unit, in order.
template <class Tree>
std::string shape(const Tree& tree) {
  std::string out;
  for (unit_id u : tree.all()) {
    out += tree.code(u);
    if (const auto above = tree.parent(u)) out.append("(").append(tree.code(*above)).append(")");
    out += ' ';
  }
  return out;
}

std::map<std::string, std::string> changes(const reorganised<int>& r) {
  std::map<std::string, std::string> out;
  for (const code_change& c : r.codes) out.emplace(c.was, c.is);
  return out;
}

template <class Payload>
texts told(reorganisation<Payload>& edits) {
  texts out;
  const auto result = std::move(edits).apply();
  for (const fault& f : result.faults()) out.push_back(to_string(f));
  return out;
}

/// The same edits done in the plainest way: a list of children for every code.
struct plain_tree {
  std::map<std::string, std::string> parent;
  std::map<std::string, texts> children;
  std::map<std::string, int> payload;
  std::map<std::string, std::string> origin;  // from code to the code in the first version; empty for new units

  explicit plain_tree(const hierarchy<int>& tree) {
    for (unit_id u : tree.all()) {
      const std::string& code = tree.code(u);
      payload[code] = tree[u];
      origin[code] = code;
      children[code];
      parent[code] = "";
      if (const auto above = tree.parent(u)) put(code, tree.code(*above));
    }
  }
  void put(const std::string& code, const std::string& above) {
    parent[code] = above;
    children[above].push_back(code);
  }
  void take(const std::string& code) { std::erase(children[parent[code]], code); }
  bool is_below(std::string code, const std::string& above) const {
    for (; !code.empty(); code = parent.at(code))
      if (code == above) return true;
    return false;
  }
  void erase(const std::string& code) {
    take(code);
    parent.erase(code);
    children.erase(code);
    payload.erase(code);
    origin.erase(code);
  }
  void recode(const std::string& code, const std::string& to) {
    for (auto& [above, list] : children) std::replace(list.begin(), list.end(), code, to);
    for (auto& [below, above] : parent)
      if (above == code) above = to;
    for (auto* map : {&parent, &origin}) {
      auto entry = map->extract(code);
      entry.key() = to;
      map->insert(std::move(entry));
    }
    auto entry = payload.extract(code);
    entry.key() = to;
    payload.insert(std::move(entry));
    auto list = children.extract(code);
    list.key() = to;
    children.insert(std::move(list));
  }
  texts pre_order(const std::string& top) const {
    texts out{top};
    for (const std::string& c : children.at(top)) {
      for (std::string& code : pre_order(c)) out.push_back(std::move(code));
    }
    return out;
  }
  std::string root() const {
    for (const auto& [code, above] : parent)
      if (above.empty()) return code;
    return "";
  }
};

std::string any_code(const plain_tree& plain) {
  auto at = plain.parent.begin();
  std::advance(at, *rc::gen::inRange<int>(0, static_cast<int>(plain.parent.size())));
  return at->first;
}

}  // namespace

TEST_CASE("two townships are merged: the villages go over, one code ends, the old version stays") {
  const auto before = county();
  const std::string as_it_was = shape(before);
  const auto after = std::move(reorganisation(before).merge("yacheng", "songcheng")).apply();
  REQUIRE(after);
  const hierarchy<int>& tree = after->tree;
  CHECK(shape(tree) ==
        "county songcheng(county) s1(songcheng) s2(songcheng) y1(songcheng) y2(songcheng) y3(songcheng) "
        "bureau(county) haidao(county) h1(haidao) ");
  CHECK(shape(before) == as_it_was);
  CHECK_FALSE(tree.find("yacheng"));
  CHECK(tree[*tree.find("y2")] == 8);
  CHECK(tree.depth(*tree.find("y2")) == 2);
  CHECK(after->now[before.find("yacheng")->index()] == tree.find("songcheng"));
  CHECK(after->now[before.find("h1")->index()] == tree.find("h1"));
  CHECK(changes(*after) == std::map<std::string, std::string>{{"yacheng", "songcheng"}});
}

TEST_CASE("a village is moved to another township and is given a code of that township") {
  const auto before = county();
  const auto after = std::move(reorganisation(before).move("y2", "haidao").recode("y2", "h2")).apply();
  REQUIRE(after);
  CHECK(shape(after->tree) ==
        "county songcheng(county) s1(songcheng) s2(songcheng) bureau(county) yacheng(county) y1(yacheng) y3(yacheng) "
        "haidao(county) h1(haidao) h2(haidao) ");
  CHECK(after->tree[*after->tree.find("h2")] == 8);
  CHECK_FALSE(after->tree.find("y2"));
  CHECK(after->now[before.find("y2")->index()] == after->tree.find("h2"));
  CHECK(changes(*after) == std::map<std::string, std::string>{{"y2", "h2"}});
}

TEST_CASE("a township is moved with all its villages, and its depth with it") {
  const auto before = county();
  const auto after = std::move(reorganisation(before).move("haidao", "yacheng").move("songcheng", "haidao")).apply();
  REQUIRE(after);
  const auto& tree = after->tree;
  CHECK(shape(tree) ==
        "county bureau(county) yacheng(county) y1(yacheng) y2(yacheng) y3(yacheng) haidao(yacheng) h1(haidao) "
        "songcheng(haidao) s1(songcheng) s2(songcheng) ");
  CHECK(tree.depth(*tree.find("s2")) == 4);
  CHECK(tree.contains(*tree.find("yacheng"), *tree.find("s1")));
  CHECK(tree.subtree(*tree.find("yacheng")).size() == 9);
  CHECK(after->codes.empty());
}

TEST_CASE("units of unlike depth that arrive one after the other each have the depth of the new place") {
  const auto before = county();
  const auto after = std::move(reorganisation(before).move("s2", "haidao").move("bureau", "haidao")).apply();
  REQUIRE(after);
  const auto& tree = after->tree;
  CHECK(codes(tree, tree.subtree(*tree.find("haidao"))) == texts{"haidao", "h1", "s2", "bureau"});
  for (const char* code : {"s2", "bureau"}) CHECK(tree.depth(*tree.find(code)) == 2);
}

TEST_CASE("a code that was added and removed in one batch names nothing, and can be given again") {
  const auto before = county();
  CHECK(told(reorganisation(before).add("h2", "haidao", 1).remove("h2").remove("h2")).size() == 1);
  const auto after =
      std::move(reorganisation(before).add("h2", "haidao", 1).remove("h2").add("h2", "yacheng", 2).add("h3", "county", 3).remove("h3"))
          .apply();
  REQUIRE(after);
  CHECK(after->tree.parent(*after->tree.find("h2")) == after->tree.find("yacheng"));
  CHECK(after->tree[*after->tree.find("h2")] == 2);
  CHECK_FALSE(after->tree.find("h3"));
  CHECK(after->codes.empty());
}

TEST_CASE("a township is split: the new one stands beside it with the villages named") {
  const auto before = county();
  const auto after = std::move(reorganisation(before).split("yacheng", "yanan", 60, {"y1", "y3"})).apply();
  REQUIRE(after);
  CHECK(shape(after->tree) ==
        "county songcheng(county) s1(songcheng) s2(songcheng) bureau(county) yacheng(county) y2(yacheng) "
        "haidao(county) h1(haidao) yanan(county) y1(yanan) y3(yanan) ");
  CHECK(after->tree[*after->tree.find("yanan")] == 60);
}

TEST_CASE("units are added, removed, renamed, and the old codes lead to the new") {
  const auto before = county();
  reorganisation edits(before);
  edits.remove("h1").remove("haidao");
  edits.add("haidao", "county", 100).add("h9", "haidao", 101);  // the code is free again: another unit
  edits.revise("s1", 30).recode("s1", "s-one").revise("s-one", 31);
  edits.merge("songcheng", "yacheng").recode("yacheng", "songcheng");  // the larger keeps the name of the smaller
  const auto after = std::move(edits).apply();
  REQUIRE(after);
  const auto& tree = after->tree;
  CHECK(shape(tree) ==
        "county bureau(county) songcheng(county) y1(songcheng) y2(songcheng) y3(songcheng) s-one(songcheng) s2(songcheng) "
        "haidao(county) h9(haidao) ");
  CHECK(tree[*tree.find("s-one")] == 31);
  CHECK(tree[*tree.find("haidao")] == 100);
  CHECK(tree[*tree.find("songcheng")] == 6);
  CHECK(before[*before.find("s1")] == 3);
  CHECK(changes(*after) == std::map<std::string, std::string>{{"h1", ""}, {"haidao", ""}, {"s1", "s-one"}, {"yacheng", "songcheng"}});
  CHECK_FALSE(after->now[before.find("haidao")->index()]);
  CHECK(after->now[before.find("songcheng")->index()] == tree.find("songcheng"));
}

TEST_CASE("a unit taken in by one that is taken in later is found with the last") {
  const auto before = county();
  const auto after = std::move(reorganisation(before).merge("haidao", "yacheng").merge("yacheng", "songcheng")).apply();
  REQUIRE(after);
  CHECK(changes(*after) == std::map<std::string, std::string>{{"haidao", "songcheng"}, {"yacheng", "songcheng"}});
  CHECK(after->now[before.find("haidao")->index()] == after->tree.find("songcheng"));
  CHECK(after->tree.parent(*after->tree.find("h1")) == after->tree.find("songcheng"));
}

TEST_CASE("every fault of a reorganisation is told at once, with the place of the edit") {
  const auto before = county();
  reorganisation edits(before);
  std::uint32_t line = 0;
  const auto at = [&line]() -> place { return {"edits.csv", ++line}; };
  edits.merge("yachen", "songcheng", at());                // 1: unknown, and nothing moves
  edits.move("yacheng", "y2", at());                       // 2: below itself
  edits.merge("county", "haidao", at());                   // 3: the root into something below it
  edits.move("s1", "s1", at());                            // 4
  edits.remove("yacheng", at());                           // 5: villages stand below it
  edits.recode("s1", "s2", at());                          // 6: taken
  edits.add("h2", "nowhere", 0, at());                     // 7
  edits.add("h1", "haidao", 0, at());                      // 8: taken
  edits.add("nation", "", 0, at());                        // 9: a second root
  edits.split("yacheng", "yanan", 0, {"y1", "s1"}, at());  // 10: one part stands elsewhere
  edits.remove("h1", at()).remove("h1", at());             // 11 is well, 12 comes too late
  CHECK(told(edits) == texts{
                           "edits.csv:1: expected the code of a unit; 'yachen' is none; did you mean 'yacheng'?",
                           "edits.csv:2: expected a tree; these units are each other's parents: yacheng → y2",
                           "edits.csv:3: expected a tree; these units are each other's parents: county → haidao",
                           "edits.csv:4: expected a tree; these units are each other's parents: s1",
                           "edits.csv:5: expected a unit with nothing below it; 'yacheng' has 3 directly below",
                           "edits.csv:6: expected a code that no unit has; 's2' is taken",
                           "edits.csv:7: unit 'h2': expected its parent 'nowhere' in the table; it is not there",
                           "edits.csv:8: expected a code that no unit has; 'h1' is taken",
                           "edits.csv:9: expected one unit without a parent; 'nation' has none, and neither has 'county'",
                           "edits.csv:10: expected a unit directly below 'yacheng'; 's1' is not",
                           "edits.csv:12: expected the code of a unit; 'h1' is none",
                       });
}

TEST_CASE("each way in which an edit can be wrong is a kind of fault with a sentence in both languages") {
  const auto before = county();
  using edits = reorganisation<int>;
  struct mistake {
    void (*edit)(edits&, const place&);
    fault_kind kind;
    std::string en, zh;
  };
  const std::vector<mistake> mistakes{
      {[](edits& r, const place& p) { r.merge("yachen", "songcheng", p); }, fault_kind::unknown_unit,
       "expected the code of a unit; 'yachen' is none; did you mean 'yacheng'?", "应为单位代码；“yachen”不存在；是否应为“yacheng”？"},
      {[](edits& r, const place& p) { r.merge("yacheng", "nowhere", p); }, fault_kind::unknown_unit,
       "expected the code of a unit; 'nowhere' is none", "应为单位代码；“nowhere”不存在"},
      {[](edits& r, const place& p) { r.move("s1", "haida", p); }, fault_kind::unknown_unit,
       "expected the code of a unit; 'haida' is none; did you mean 'haidao'?", "应为单位代码；“haida”不存在；是否应为“haidao”？"},
      {[](edits& r, const place& p) { r.split("nowhere", "new", 0, {}, p); }, fault_kind::unknown_unit,
       "expected the code of a unit; 'nowhere' is none", "应为单位代码；“nowhere”不存在"},
      {[](edits& r, const place& p) {
         r.split("yacheng", "new", 0, {"y1", "nowhere"}, p);
       },
       fault_kind::unknown_unit, "expected the code of a unit; 'nowhere' is none", "应为单位代码；“nowhere”不存在"},
      {[](edits& r, const place& p) { r.recode("nowhere", "new", p); }, fault_kind::unknown_unit,
       "expected the code of a unit; 'nowhere' is none", "应为单位代码；“nowhere”不存在"},
      {[](edits& r, const place& p) { r.revise("nowhere", 0, p); }, fault_kind::unknown_unit,
       "expected the code of a unit; 'nowhere' is none", "应为单位代码；“nowhere”不存在"},
      {[](edits& r, const place& p) { r.remove("nowhere", p); }, fault_kind::unknown_unit, "expected the code of a unit; 'nowhere' is none",
       "应为单位代码；“nowhere”不存在"},
      {[](edits& r, const place& p) { r.add("new", "nowhere", 0, p); }, fault_kind::unknown_parent,
       "unit 'new': expected its parent 'nowhere' in the table; it is not there", "单位“new”的上级“nowhere”应在表中；实际没有"},
      {[](edits& r, const place& p) { r.move("yacheng", "y2", p); }, fault_kind::cycle,
       "expected a tree; these units are each other's parents: yacheng → y2", "应为树形；以下单位互为上级：yacheng → y2"},
      {[](edits& r, const place& p) { r.merge("county", "haidao", p); }, fault_kind::cycle,
       "expected a tree; these units are each other's parents: county → haidao", "应为树形；以下单位互为上级：county → haidao"},
      {[](edits& r, const place& p) { r.add("nation", "", 0, p); }, fault_kind::second_root,
       "expected one unit without a parent; 'nation' has none, and neither has 'county'",
       "应只有一个最上级单位；“nation”与“county”都没有上级"},
      {[](edits& r, const place& p) { r.split("county", "nation", 0, {"bureau"}, p); }, fault_kind::second_root,
       "expected one unit without a parent; 'nation' has none, and neither has 'county'",
       "应只有一个最上级单位；“nation”与“county”都没有上级"},
      {[](edits& r, const place& p) { r.recode("s1", "s2", p); }, fault_kind::code_in_use,
       "expected a code that no unit has; 's2' is taken", "应为尚未使用的单位代码；“s2”已被使用"},
      {[](edits& r, const place& p) { r.add("s2", "haidao", 0, p); }, fault_kind::code_in_use,
       "expected a code that no unit has; 's2' is taken", "应为尚未使用的单位代码；“s2”已被使用"},
      {[](edits& r, const place& p) { r.split("yacheng", "y1", 0, {"y2"}, p); }, fault_kind::code_in_use,
       "expected a code that no unit has; 'y1' is taken", "应为尚未使用的单位代码；“y1”已被使用"},
      {[](edits& r, const place& p) { r.remove("haidao", p); }, fault_kind::not_empty,
       "expected a unit with nothing below it; 'haidao' has 1 directly below", "应为没有下级的单位；“haidao”有 1 个直接下级"},
      {[](edits& r, const place& p) { r.split("yacheng", "new", 0, {"s1"}, p); }, fault_kind::not_directly_below,
       "expected a unit directly below 'yacheng'; 's1' is not", "应为“yacheng”的直接下级单位；“s1”不是"},
      {[](edits& r, const place& p) {
         for (const char* code : {"s1", "s2", "songcheng", "bureau", "y1", "y2", "y3", "yacheng", "h1", "haidao"}) r.remove(code);
         r.remove("county", p);
       },
       fault_kind::no_root, "expected one unit without a parent; every unit has one", "应有一个最上级单位；每个单位都有上级"},
  };
  std::set<fault_kind> kinds;
  for (const mistake& m : mistakes) {
    INFO(m.en);
    edits wrong(before);
    m.edit(wrong, {"调整.csv", 3, 1});
    const auto result = std::move(wrong).apply();
    REQUIRE(result.faults().size() == 1);
    const fault& f = result.faults()[0];
    CHECK((f.kind == m.kind));
    CHECK(to_string(f) == "调整.csv:3:1: " + m.en);
    CHECK(to_string(f, language::zh) == "调整.csv:3:1: " + m.zh);
    kinds.insert(f.kind);
  }
  CHECK((kinds == std::set{fault_kind::unknown_unit, fault_kind::unknown_parent, fault_kind::cycle, fault_kind::second_root,
                           fault_kind::no_root, fault_kind::code_in_use, fault_kind::not_empty,
                           fault_kind::not_directly_below}));  // all that the header speaks of
}

TEST_CASE("no code is offered that an earlier edit has ended") {
  const auto before = county();
  reorganisation edits(before);
  edits.remove("bureau").recode("songcheng", "songxi").move("burea", "haidao").move("songchen", "haidao");
  CHECK(told(edits) == texts{"expected the code of a unit; 'burea' is none", "expected the code of a unit; 'songchen' is none"});
}

TEST_CASE("the last unit cannot be removed, and an empty hierarchy has nothing to edit") {
  const auto one = *build({{"county", "", 1}});
  reorganisation last(one);
  last.remove("county");
  CHECK(told(last) == texts{"expected one unit without a parent; every unit has one"});
  const hierarchy<int> none;
  const auto same = std::move(reorganisation(none)).apply();
  REQUIRE(same);
  CHECK(same->tree.empty());
}

TEST_CASE("versions share what they know of a unit, so a payload need only be movable") {
  hierarchy_builder<std::unique_ptr<int>> builder;
  builder.add("a", "", std::make_unique<int>(1));
  builder.add("b", "a", std::make_unique<int>(2));
  builder.add("c", "a", std::make_unique<int>(3));
  auto first = std::move(builder).build();
  REQUIRE(first);
  const int* b = (*first)[*first->find("b")].get();
  auto second = std::move(reorganisation(*first).move("b", "c").revise("c", std::make_unique<int>(30))).apply();
  REQUIRE(second);
  first = fault{};  // the first version is gone
  CHECK((*second).tree[*second->tree.find("b")].get() == b);
  CHECK(*b == 2);
  CHECK(*second->tree[*second->tree.find("c")] == 30);
}

TEST_CASE("a hierarchy edited again and again stays as large as what it holds") {
  auto tree = county();
  for (int i = 0; i < 500; ++i) {
    auto next = std::move(reorganisation(tree)
                              .revise("y1", i)
                              .recode(i % 2 == 0 ? "y3" : "other", i % 2 == 0 ? "other" : "y3")
                              .add(numbered("n", i), "haidao", i)
                              .remove(i == 0 ? "s1" : numbered("n", i - 1)))
                    .apply();
    REQUIRE(next);
    tree = std::move(next->tree);
  }
  CHECK(tree.size() == 11);
  CHECK(tree[*tree.find("y1")] == 499);
  CHECK(tree[*tree.find("n499")] == 499);
  CHECK(tree[*tree.find("y3")] == 9);
  CHECK_FALSE(tree.find("n498"));
  CHECK(tree.structure_bytes() < 8'000);  // 66 blocks at most for records, 24 bytes each, and the vectors' spare room
}

TEST_CASE("what is known of units that an edited hierarchy has no longer is let go") {
  struct known {
    std::shared_ptr<int> shared;
  };
  const auto one = std::make_shared<int>(1);
  hierarchy_builder<known> rows;
  rows.add("county", "", {one});
  rows.add("town", "county", {one});
  auto tree = *std::move(rows).build();
  long least = one.use_count(), most = 0;
  for (int i = 0; i < 300; ++i) {
    auto next = std::move(reorganisation(tree).revise("town", known{one})).apply();
    REQUIRE(next);
    tree = std::move(next->tree);
    if (i == 20) least = one.use_count();
    if (i > 20) least = std::min(least, one.use_count());
    most = std::max(most, one.use_count());
  }
  CHECK(most <= 100);     // not one for each edit
  CHECK(least <= 1 + 4);  // at times only the two units as they were first, and one of them as of the last two edits
}

TEST_CASE("what a hierarchy says that it keeps is no less than what it must keep") {
  // Of each unit the one above, the end, the depth and the record's number, four bytes each; the codes' index 5.5; with room to grow.
  std::vector<tree_row> rows{{"county", "", 0}};
  for (int i = 1; i < 1000; ++i) rows.push_back({numbered("u", i), i % 3 == 1 ? "county" : numbered("u", i / 3 + 1), i});
  const auto tree = build(rows);
  REQUIRE(tree);
  CHECK(tree->structure_bytes() >= 1000 * (4 * 4 + 5));
  CHECK(tree->structure_bytes() <= 1000 * 24);
}

TEST_CASE("edits in any number and order give what the plainest way gives") {
  CHECK(rc::check([] {
    const auto built = build(random_rows(30));
    RC_ASSERT(built.has_value());
    const auto& before = *built;
    plain_tree plain(before);
    reorganisation edits(before);
    std::map<std::string, std::string> last_of;  // first version's code → code of the unit that took it in, kept up to date
    std::size_t refused = 0;
    int fresh = 0;
    const auto ended = [&](const std::string& code, const std::string& successor) {
      for (auto& [was, is] : last_of)
        if (is == code) is = successor;
      if (!plain.origin[code].empty()) last_of[plain.origin[code]] = successor;
    };
    const auto skip = [](bool is_fault) { return is_fault && *rc::gen::inRange(0, 30) != 0; };  // most trials are to be free of faults
    for (int left = *rc::gen::inRange(0, 25); left > 0; --left) {
      const std::string a = any_code(plain), b = any_code(plain);
      const std::string mine = numbered("new", ++fresh);
      switch (*rc::gen::inRange(0, 6)) {
        case 0:
          if (skip(plain.is_below(b, a))) break;
          edits.merge(a, b);
          if (plain.is_below(b, a)) {
            ++refused;
            break;
          }
          for (const std::string& c : texts(plain.children[a])) {
            plain.take(c);
            plain.put(c, b);
          }
          ended(a, b);
          plain.erase(a);
          break;
        case 1:
          if (skip(plain.is_below(b, a))) break;
          edits.move(a, b);
          if (plain.is_below(b, a)) {
            ++refused;
            break;
          }
          if (plain.parent[a] == b) break;
          plain.take(a);
          plain.put(a, b);
          break;
        case 2:
          edits.add(mine, a, fresh);
          plain.children[mine];
          plain.payload[mine] = fresh;
          plain.origin[mine] = "";
          plain.put(mine, a);
          break;
        case 3:
          if (skip(!plain.children[a].empty() || plain.parent[a].empty())) break;
          edits.remove(a);
          if (!plain.children[a].empty() || plain.parent[a].empty()) {
            ++refused;
            break;
          }
          ended(a, "");
          plain.erase(a);
          break;
        case 4:
          edits.recode(a, mine);
          for (auto& [was, is] : last_of)
            if (is == a) is = mine;
          plain.recode(a, mine);
          break;
        default:
          edits.revise(a, -fresh);
          plain.payload[a] = -fresh;
      }
    }
    const auto after = std::move(edits).apply();
    RC_CLASSIFY(refused != 0, "with faults");
    if (refused != 0) {
      RC_ASSERT_FALSE(after.has_value());
      RC_ASSERT(after.faults().size() == refused);
      return;
    }
    RC_ASSERT(after.has_value());
    const auto& tree = after->tree;
    const texts order = plain.pre_order(plain.root());
    RC_ASSERT(codes(tree, tree.all()) == order);
    for (std::size_t i = 0; i < order.size(); ++i) {
      const unit_id u(i);
      const std::string& code = order[i];
      RC_ASSERT(tree.find(code) == u);
      RC_ASSERT(tree[u] == plain.payload[code]);
      RC_ASSERT((tree.parent(u) ? tree.code(*tree.parent(u)) : "") == plain.parent[code]);
      RC_ASSERT(codes(tree, tree.subtree(u)) == plain.pre_order(code));
      RC_ASSERT(tree.depth(u) == (tree.parent(u) ? tree.depth(*tree.parent(u)) + 1 : 0));
    }
    std::map<std::string, std::string> expected;
    for (const auto& [code, first] : plain.origin)
      if (!first.empty()) last_of[first] = code;
    for (unit_id u : before.all()) {
      const std::string& now = last_of.at(before.code(u));
      RC_ASSERT((after->now[u.index()] ? tree.code(after->now[u.index()]) : "") == now);
      if (now != before.code(u)) expected[before.code(u)] = now;
      if (plain.parent.count(before.code(u)) == 0) RC_ASSERT_FALSE(tree.find(before.code(u)).has_value());
    }
    RC_ASSERT(changes(*after) == expected);
  }));
}
