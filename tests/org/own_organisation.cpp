// SPDX-License-Identifier: BSL-1.0
// The organisation over kinds, roles and relations that are not the county's, and what its audit says of any of them.
#include "catch.hpp"
#include "sifang/org.hpp"
#include "sifang/org/organisation_export.hpp"
#include "sifang/org/organisation_graph.hpp"
#include "small_county.hpp"

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <rapidcheck.h>

#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace sifang;

namespace {

// A library: branches, each with a desk, kept by librarians and a caretaker.
enum class house { library, branch, desk };
enum class hand { director, librarian, caretaker };
enum class bond { leads, serves, friend_of };

struct place_of_books {
  std::string name;
  house kind{};
  int shelves = 0;
};
struct keeper {
  std::string post, title;
  hand rank{};
  unit_id unit;
  int keys = 1;  ///< more than the organisation asks for
};

struct library_traits {
  using unit_type = place_of_books;
  using official_type = keeper;
  using relation_type = bond;
  static constexpr bool may_stand_below(house child, house parent) { return static_cast<int>(child) == static_cast<int>(parent) + 1; }
  static constexpr bool may_sit(hand rank, bond how, house where) {
    if (how == bond::leads) return rank == (where == house::library ? hand::director : hand::librarian);
    return how == bond::serves && rank == hand::librarian && where == house::desk;
  }
  static constexpr holder_range holders(bond how, house where) {
    if (how == bond::leads && where != house::desk) return {1, 1};
    if (how == bond::serves && where == house::desk) return {1, 2};
    return {};
  }
  static constexpr peer_scope peers(hand rank, house where) {
    if (rank == hand::director) return peer_scope::nobody;
    return where == house::desk ? peer_scope::unit : peer_scope::everybody;
  }
};

}  // namespace

template <>
inline constexpr std::string_view sifang::names_of<house>[] = {"library", "branch", "desk"};
template <>
inline constexpr std::string_view sifang::names_of<hand>[] = {"director", "librarian", "caretaker"};
template <>
inline constexpr std::string_view sifang::names_of<bond>[] = {"leads", "serves", "friend_of"};

namespace {

static_assert(organisation_traits<library_traits>);
static_assert(organisation_traits<county_traits>);
using library = basic_organisation<library_traits>;
using library_builder = basic_organisation_builder<library_traits>;

BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<library>));
BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<library>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<library>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<library, org_vertex, org_kind_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<library, basic_org_edge<bond>, org_relation_t>));

struct rows {
  struct unit_row {
    std::string code, above;
    house kind;
  };
  struct post_row {
    std::string post;
    hand rank;
    std::string unit;
  };
  struct link_row {
    std::string post;
    bond how;
    std::string unit;
  };
  std::vector<unit_row> units{{"main", "", house::library},
                              {"east", "main", house::branch},
                              {"west", "main", house::branch},
                              {"east-desk", "east", house::desk},
                              {"west-desk", "west", house::desk}};
  std::vector<post_row> posts{{"ann", hand::director, "main"},       {"ben", hand::librarian, "east"},
                              {"cat", hand::librarian, "west"},      {"dan", hand::librarian, "east-desk"},
                              {"eve", hand::librarian, "east-desk"}, {"fay", hand::librarian, "west-desk"},
                              {"gus", hand::caretaker, "main"}};
  std::vector<link_row> links{{"ann", bond::leads, "main"},       {"ben", bond::leads, "east"},       {"cat", bond::leads, "west"},
                              {"dan", bond::serves, "east-desk"}, {"eve", bond::serves, "east-desk"}, {"fay", bond::serves, "west-desk"},
                              {"gus", bond::friend_of, "east"}};

  [[nodiscard]] checked<library> make() const {
    hierarchy_builder<place_of_books> tree;
    for (const auto& u : units) tree.add(u.code, u.above, {u.code + "!", u.kind});
    auto built = std::move(tree).build();
    if (!built) return built.faults();
    library_builder builder(*std::move(built));
    std::uint32_t line = 1;
    for (const auto& p : posts) builder.add(p.post, "", p.rank, p.unit, {"posts.csv", ++line});
    for (const auto& l : links) builder.add_link(l.post, l.how, l.unit, {"links.csv", ++line});
    return std::move(builder).build();
  }
};

library built(const rows& from) {
  auto made = from.make();
  for (const fault& f : made.faults()) FAIL_CHECK(to_string(f));
  REQUIRE(made);
  return *std::move(made);
}

std::vector<std::string> said(const std::vector<fault>& faults) {
  std::vector<std::string> out;
  for (const fault& f : faults) out.push_back(to_string(f));
  return out;
}
using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("an organisation over kinds, roles and relations of one's own is asked from both ends") {
  const library org = built({});
  const auto post = [&](const char* name) { return *org.find_post(name); };
  const auto unit = [&](const char* code) { return *org.units().find(code); };
  CHECK(org.units().size() == 5);
  CHECK(org[post("ben")].rank == hand::librarian);
  CHECK(org[post("ben")].keys == 1);
  CHECK(org.units()[unit("east")].shelves == 0);
  REQUIRE(org.units_of(post("ben"), bond::leads).size() == 1);
  CHECK(org.units_of(post("ben"), bond::leads)[0] == unit("east"));
  CHECK(org.units_of(post("ben"), bond::serves).empty());
  CHECK(org.officials_of(unit("east-desk"), bond::serves).size() == 2);
  CHECK(org.officials_with(hand::librarian).size() == 5);
  CHECK(org.officials_with(hand::caretaker).size() == 1);
  CHECK(org.units_of_kind(house::branch).size() == 2);
  CHECK_FALSE(org.find_post("nobody"));
}

TEST_CASE("its builder refuses what any organisation refuses, with the place of the row") {
  rows wrong;
  wrong.posts.push_back({"ben", hand::librarian, "west"});
  wrong.links.push_back({"bem", bond::leads, "east"});
  wrong.links.push_back({"ben", bond::leads, "eas"});
  const auto made = wrong.make();
  REQUIRE_FALSE(made);
  std::map<fault_kind, int> kinds;
  for (const fault& f : made.faults()) {
    ++kinds[f.kind];
    CHECK_FALSE(f.where.file.empty());
  }
  CHECK(kinds == std::map<fault_kind, int>{{fault_kind::duplicate_code, 1}, {fault_kind::unknown_post, 1}, {fault_kind::unknown_unit, 1}});
}

TEST_CASE("an organisation that keeps to its traits has no faults of structure") { CHECK(audit_structure(built({})).empty()); }

TEST_CASE("a unit below one of the wrong kind is told, whatever the kinds are") {
  rows wrong;
  wrong.units.push_back({"annexe", "main", house::desk});
  wrong.links.push_back({"fay", bond::serves, "annexe"});
  CHECK(said(audit_structure(built(wrong))) == texts{"unit 'annexe': a desk cannot stand below a library"});
}

TEST_CASE("two heads are told by name, and so is none") {
  rows wrong;
  wrong.posts.push_back({"hal", hand::librarian, "east"});
  wrong.links.push_back({"hal", bond::leads, "east"});
  CHECK(said(audit_structure(built(wrong))) == texts{"unit 'east' expected 1 as 'leads'; found 2: ben, hal"});
  rows headless;
  std::erase_if(headless.links, [](const auto& l) { return l.post == "cat"; });
  CHECK(said(audit_structure(built(headless))) == texts{"unit 'west' expected 1 as 'leads'; found 0"});
  SECTION("a link that stands twice is one head") {
    rows twice;
    twice.links.push_back({"ben", bond::leads, "east"});
    CHECK(audit_structure(built(twice)).empty());
  }
}

TEST_CASE("an official of a role that may not sit there is told, and does not count") {
  rows wrong;
  std::erase_if(wrong.links, [](const auto& l) { return l.post == "cat"; });
  wrong.links.push_back({"gus", bond::leads, "west"});
  CHECK(said(audit_structure(built(wrong))) ==
        texts{"post 'gus' (caretaker) cannot stand as 'leads' to 'west' (branch)", "unit 'west' expected 1 as 'leads'; found 0"});
  SECTION("by a relation by which nobody sits anybody may stand to anything") {
    rows friendly;
    friendly.links.push_back({"gus", bond::friend_of, "west-desk"});
    CHECK(audit_structure(built(friendly)).empty());
  }
}

TEST_CASE("a range of holders is told as a range") {
  rows crowded;
  for (const char* name : {"ida", "jim"}) {
    crowded.posts.push_back({name, hand::librarian, "west-desk"});
    crowded.links.push_back({name, bond::serves, "west-desk"});
  }
  CHECK(said(audit_structure(built(crowded))) == texts{"unit 'west-desk' expected 1–2 as 'serves'; found 3: fay, ida, jim"});
  CHECK(holder_range{}.covers(0));
  CHECK(holder_range{.least = 1}.covers(1000));
  CHECK_FALSE(holder_range{1, 2}.covers(3));
  CHECK(detail::holder_text({.least = 1}) == "≥ 1");
}

TEST_CASE("who may sit at a unit follows from role, relation and kind") {
  rows more;
  more.links.push_back({"gus", bond::serves, "east-desk"});  // a caretaker may not
  const library org = built(more);
  const auto sitters = [&](const char* code) {
    std::set<std::string> out;
    for (official_id who : who_may_sit(org, *org.units().find(code))) out.insert(org[who].post);
    return out;
  };
  CHECK(sitters("main") == std::set<std::string>{"ann"});
  CHECK(sitters("east") == std::set<std::string>{"ben"});
  CHECK(sitters("east-desk") == std::set<std::string>{"dan", "eve"});
}

TEST_CASE("peers are of one role, and reach as far as the traits say") {
  const library org = built({});
  const auto group = peer_groups(org);
  const auto of = [&](const char* name) { return group[org.find_post(name)->index()]; };
  CHECK(of("ben") == of("cat"));  // librarians of branches everywhere
  CHECK(of("dan") == of("eve"));  // at a desk those of the desk
  CHECK(of("dan") != of("fay"));
  CHECK(of("dan") != of("ben"));
  CHECK(std::set<std::uint32_t>(group.begin(), group.end()).size() == 5);
  SECTION("those for whom there is no substitute stand alone, however many there are") {
    rows two;
    two.posts.push_back({"kim", hand::director, "main"});
    const library both = built(two);
    const auto groups = peer_groups(both);
    CHECK(groups[both.find_post("ann")->index()] != groups[both.find_post("kim")->index()]);
  }
}

TEST_CASE("it is a graph, with its own names on vertices and edges") {
  const library org = built({});
  CHECK(num_vertices(org) == 12);
  CHECK(num_edges(org) == 11);
  std::multiset<std::string> relations;
  for (auto [e, last] = edges(org); e != last; ++e) relations.emplace(get(org_relation, org, *e));
  CHECK(relations.count("leads") == 3);
  CHECK(relations.count("serves") == 3);
  CHECK(relations.count("friend_of") == 1);
  CHECK(relations.count("contains") == 4);
  CHECK(get(org_kind, org, org_vertex(*org.find_post("gus"))) == "caretaker");
  CHECK(get(org_label, org, org_vertex(*org.units().find("east"))) == "east!");
  std::set<std::string> answers_for;
  std::vector<boost::default_color_type> colours(num_vertices(org));
  struct met : boost::default_bfs_visitor {
    std::set<std::string>* out;
    explicit met(std::set<std::string>& to) : out(&to) {}
    void discover_vertex(org_vertex v, const library& g) const { out->insert(get(boost::vertex_name, g, v)); }
  };
  boost::breadth_first_search(
      org, org_vertex(*org.find_post("ben")),
      boost::visitor(met(answers_for)).color_map(boost::make_iterator_property_map(colours.begin(), get(boost::vertex_index, org))));
  CHECK(answers_for == std::set<std::string>{"ben", "east", "east-desk"});
  std::ostringstream dot, xml;
  write_organisation(dot, org);
  write_organisation_graphml(xml, org);
  CHECK(dot.str().find("label=friend_of") != std::string::npos);
  CHECK(xml.str().find("caretaker") != std::string::npos);
}

TEST_CASE("the county's traits say what its own audit says of R5, R8 and R9") {
  const auto structure = [](const organisation& org) {
    std::set<std::string> out;
    for (const fault& f : audit_structure(org)) {
      if (f.kind == fault_kind::wrong_post_count) out.insert(f.details[0] + ' ' + f.details[1]);
    }
    return out;
  };
  const auto rules = [](const organisation& org) {
    std::set<std::string> out;
    for (const fault& f : audit(org)) {
      const std::string& what = f.details[1];
      const auto open = what.find('('), close = what.find(')');
      if (open == std::string::npos) continue;  // of the county as a whole, or of an official
      out.insert(what.substr(open + 1, close - open - 1) + (f.details[0] == "R8" ? " heads" : " linked_to"));
    }
    return out;
  };
  CHECK(audit_structure(*sifang_tests::small_county().build()).empty());
  CHECK(rc::check("without some of its links, and with other roles", [&] {
    auto c = sifang_tests::small_county();
    std::erase_if(c.links, [](const auto&) { return *rc::gen::inRange(0, 4) == 0; });
    for (auto& p : c.posts) {
      if (*rc::gen::inRange(0, 4) == 0) p.rank = static_cast<role>(*rc::gen::inRange<std::size_t>(0, enumerator_count<role>));
    }
    const auto org = c.build();
    RC_ASSERT(org.has_value());
    RC_ASSERT(structure(*org) == rules(*org));
  }));
}

TEST_CASE("leaders of a county are peers everywhere, its other officials in their own unit") {
  const auto made = sifang_tests::small_county().build();
  REQUIRE(made);
  const auto group = peer_groups(*made);
  for (std::size_t i = 0; i < group.size(); ++i) {
    for (std::size_t k = 0; k < group.size(); ++k) {
      const official &a = (*made)[official_id(i)], &b = (*made)[official_id(k)];
      const bool leader = a.rank == role::principal_leader || a.rank == role::county_leader;
      CHECK((group[i] == group[k]) == (a.rank == b.rank && (leader || a.unit == b.unit)));
    }
  }
}
