// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/core/graph_text.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/one_line.hpp"

#include <cstdint>
#include <limits>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

using namespace sifang;

namespace {

enum class colour : std::uint8_t { red, green };

/// A graph as Boost.Graph is asked for one: vertices are numbers, edges pairs of them.
struct pairs {
  std::vector<int> nodes;
  std::vector<std::pair<int, int>> links;
};
auto vertices(const pairs& g) { return std::pair(g.nodes.begin(), g.nodes.end()); }
auto edges(const pairs& g) { return std::pair(g.links.begin(), g.links.end()); }
int source(const std::pair<int, int>& e, const pairs&) { return e.first; }
int target(const std::pair<int, int>& e, const pairs&) { return e.second; }

}  // namespace

template <>
inline constexpr std::string_view sifang::names_of<colour>[] = {"red", "green"};

TEST_CASE("an enumerator has its name, and a number beyond those declared has none") {
  static_assert(enumerator_count<colour> == 2);
  CHECK(name_of(colour::red) == "red");
  CHECK(name_of(colour::green) == "green");
  CHECK(name_of(static_cast<colour>(2)).empty());
  CHECK(is_named(colour::green));
  CHECK_FALSE(is_named(static_cast<colour>(2)));
  CHECK(parse_name<colour>("red") == colour::red);
  CHECK(parse_name<colour>("green") == colour::green);
  CHECK_FALSE(parse_name<colour>("blue").has_value());
}

TEST_CASE("numbers are written plainly from a millionth to a thousand million millions") {
  CHECK(number_text(0) == "0");
  CHECK(number_text(-0.0) == "0");
  CHECK(number_text(1e6) == "1000000");
  CHECK(number_text(-2.5) == "-2.5");
  CHECK(number_text(1e-6) == "0.000001");
  CHECK(number_text(9.5e-7) == "9.5e-07");
  CHECK(number_text(5e-7) == "5e-07");
  CHECK(number_text(999999999999999) == "999999999999999");
  CHECK(number_text(1e14) == "100000000000000");
  CHECK(number_text(1e15) == "1e+15");
  CHECK(number_text(-1e15) == "-1e+15");
  CHECK(number_text(std::numeric_limits<double>::infinity()) == "inf");
}

TEST_CASE("a number is read from the whole of a text or not at all") {
  CHECK(parse_number<int>("12") == 12);
  CHECK(parse_number<int>("+12") == 12);
  CHECK(parse_number<int>("-12") == -12);
  CHECK_FALSE(parse_number<int>("+-12"));
  CHECK_FALSE(parse_number<int>("++12"));
  CHECK_FALSE(parse_number<int>(""));
  CHECK_FALSE(parse_number<int>("+"));
  CHECK_FALSE(parse_number<int>("12 "));
  CHECK_FALSE(parse_number<int>(" 12"));
  CHECK_FALSE(parse_number<std::uint8_t>("256"));
  CHECK(parse_number<double>("1.5e3") == 1500);
  CHECK_FALSE(parse_number<double>("inf"));
  CHECK_FALSE(parse_number<double>("nan"));
  CHECK_FALSE(parse_number<double>("1e999"));
}

TEST_CASE("a range is said with the ends that it has") {
  constexpr double least = std::numeric_limits<double>::lowest(), most = std::numeric_limits<double>::max();
  CHECK(range_text(least, most) == "that is finite");
  CHECK(range_text(0, most) == "at least 0");
  CHECK(range_text(least, 2) == "at most 2");
  CHECK(range_text(0.5, 1) == "from 0.5 to 1");
}

TEST_CASE("a line of somebody else's text keeps every character of UTF-8 and shows what is none as a question mark") {
  // Both ends of the lengths of a character, and of the surrogates.
  for (const char* whole : {"a~", "\xC2\xA0", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBD",
                            "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "信访"}) {
    CHECK(one_line(whole) == whole);
  }
  CHECK(one_line("\xC1\xBF") == "??");            // overlong, of two bytes
  CHECK(one_line("\xE0\x9F\xBF") == "???");       // of three
  CHECK(one_line("\xF0\x8F\xBF\xBF") == "????");  // of four
  CHECK(one_line("\xED\xA0\x80") == "???");       // the first surrogate
  CHECK(one_line("\xED\xBF\xBF") == "???");       // the last
  CHECK(one_line("\xF4\x90\x80\x80") == "????");  // beyond the last character
  CHECK(one_line("\xF5\x80\x80\x80") == "????");
  CHECK(one_line("\x80g") == "?g");
  CHECK(one_line("\xE4\xBF") == "??");  // cut off at the end of the text
  CHECK(one_line("\xE4\xBFz") == "??z");
  CHECK(detail::character_at("x\xE4\xBF\xA1", 1).number == 0x4FE1);
  CHECK(detail::character_at("\xF0\x9F\x98\x80", 0).number == 0x1F600);
  CHECK(detail::character_at("\xC3\xA9", 0).number == 0xE9);
}

TEST_CASE("what would steer a terminal is a blank, at both ends of each range and not beside them") {
  for (const char* control : {"\x01", "\x1F", "\n", "\x7F", "\xC2\x80", "\xC2\x9F", "\xE2\x80\xA8", "\xE2\x80\xAE", "\xE2\x81\xA6",
                              "\xE2\x81\xA9", "\xEF\xBB\xBF"}) {
    CHECK(one_line(control) == " ");
  }
  for (const char* shown : {" ", "~", "\xC2\xA0", "\xE2\x80\xA7", "\xE2\x80\xAF", "\xE2\x81\xA5", "\xE2\x81\xAA", "\xEF\xBB\xBE"}) {
    CHECK(one_line(shown) == shown);
  }
}

TEST_CASE("a long line is cut with an ellipsis, never within a character") {
  CHECK(one_line("abc", 3) == "abc");
  CHECK(one_line("abcd", 3) == "abc…");
  CHECK(one_line("a信访", 2) == "a信…");
  CHECK(one_line("信", 0) == "…");
  CHECK(one_line("", 0).empty());
}

TEST_CASE("text is quoted for Graphviz and escaped for XML") {
  CHECK(dot_quoted("a\"b\\c\nd信") == "\"a\\\"b\\\\c\\nd信\"");
  CHECK(xml_escaped("<a b=\"1\" c='2'>&\r\n\t</a>") == "&lt;a b=&quot;1&quot; c=&apos;2&apos;&gt;&amp;&#13;&#10;&#9;&lt;/a&gt;");
  CHECK(xml_escaped("\x1F") == "\xEF\xBF\xBD");
  CHECK(xml_escaped(" ~信") == " ~信");
}

TEST_CASE("a graph is written as GraphML with every column of its vertices and edges") {
  const pairs g{{4, 7}, {{4, 7}}};
  std::ostringstream out;
  write_graphml(
      out, g, [](int v) { return v * 10; },
      graph_columns{{"name", "kind"},
                    [](int v) {
                      return std::vector<std::string>{"v" + std::to_string(v), "<"};
                    }},
      graph_columns{{"how"}, [](const std::pair<int, int>&) { return std::vector<std::string>{"up"}; }});
  CHECK(out.str() == R"(<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="v0" for="node" attr.name="name" attr.type="string"/>
  <key id="v1" for="node" attr.name="kind" attr.type="string"/>
  <key id="e0" for="edge" attr.name="how" attr.type="string"/>
  <graph id="G" edgedefault="directed">
    <node id="n40">
      <data key="v0">v4</data>
      <data key="v1">&lt;</data>
    </node>
    <node id="n70">
      <data key="v0">v7</data>
      <data key="v1">&lt;</data>
    </node>
    <edge source="n40" target="n70">
      <data key="e0">up</data>
    </edge>
  </graph>
</graphml>
)");
}
