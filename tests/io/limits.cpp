// SPDX-License-Identifier: BSL-1.0
// Input that is made to be too much: each has a limit with a message, and none takes long or ends the program.
#include "catch.hpp"
#include "scratch.hpp"
#include "sifang/io/case_load_file.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/results_reader.hpp"
#include "sifang/io/scenario_file.hpp"
#include "valid_scenario.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

using namespace sifang;
using sifang::test::scratch;
using sifang::test::texts;

namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

texts lines(const std::vector<fault>& faults) {
  texts out;
  for (const fault& f : faults) out.push_back(to_string(f));
  return out;
}

}  // namespace

TEST_CASE("what is no regular file is refused at once: devices and named pipes may have no end, or never begin") {
  const scratch dir;
  CHECK(lines(read_text("/dev/zero").faults()) == texts{"/dev/zero: expected a readable file; /dev/zero: not a regular file"});
  REQUIRE(::mkfifo((dir / "pipe").c_str(), 0600) == 0);
  CHECK(dir.lines(read_text(dir / "pipe").faults()) == texts{"pipe: expected a readable file; pipe: not a regular file"});
  CHECK(dir.lines(read_text(dir / "pipe").faults(), language::zh) == texts{"pipe: 应为可读取的文件；pipe：不是普通文件"});
  CHECK(dir.lines(read_scenario(dir / "pipe").faults) == texts{"pipe: expected a readable file; pipe: not a regular file"});
}

TEST_CASE("a pipe that the shell opened is read to its end") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  REQUIRE(::write(ends[1], "a,b\n1,2\n", 8) == 8);
  ::close(ends[1]);
  CHECK(*read_text("/dev/fd/" + std::to_string(ends[0])) == "a,b\n1,2\n");
  ::close(ends[0]);
}

TEST_CASE("a file larger than its reader takes is refused before it is read") {
  const scratch dir;
  const auto path = dir.file("s.toml", sifang::test::valid_scenario);
  std::filesystem::resize_file(path, std::uintmax_t{1} << 40);  // takes no room on the disk
  CHECK(dir.lines(read_text(path).faults()) == texts{"s.toml: expected a readable file; s.toml: File too large"});
  std::filesystem::resize_file(path, std::uintmax_t{2} << 20);
  CHECK(dir.lines(read_scenario(path).faults) == texts{"s.toml: expected a readable file; s.toml: File too large"});
}

TEST_CASE("a hundred thousand brackets in a results file are one fault at the first that is too deep") {
  for (const std::string_view bracket : {"[", "{\"a\":"}) {
    const auto faults = parse_results(repeated(bracket, 100'000), "r.json").faults();
    const std::size_t column = 64 * bracket.size() + 1;
    CHECK(lines(faults) == texts{"r.json:1:" + std::to_string(column) + ": expected values nested at most 64 deep; found more of them"});
    CHECK(to_string(faults[0], language::zh).ends_with("应为最多嵌套 64 层的值；实际为更多"));
  }
  const std::string closed = "[" + repeated("[]", 3) + R"(, "[[[\"[["])";
  CHECK_FALSE(detail::first_too_deep(closed));
}

TEST_CASE("a key of fifty thousand parts is one fault, wherever it stands") {
  const std::string parts = repeated("a.", 50'000) + "a";
  const std::string expected = "expected a key of at most 64 parts; found a.a.a.";
  for (const std::string& text : {parts + " = 1", "[" + parts + "]", "[[" + parts + "]]", "x = { " + parts + " = 1 }",
                                  "x = [{ " + repeated("\"a\" . ", 50'000) + "a = 1 }]"}) {
    const auto faults = parse_scenario("# one\n" + text + "\n", "s.toml").faults;
    REQUIRE(faults.size() == 1);
    INFO(to_string(faults[0]));
    CHECK(faults[0].kind == fault_kind::syntax);
    CHECK(faults[0].where.line == 2);
    CHECK(to_string(faults[0]).find("expected a key of at most 64 parts; found ") != std::string::npos);
    CHECK(to_string(faults[0]).size() < 250);
  }
  scenario s;
  CHECK(apply_setting(s, "scenario.seed=1\n" + parts + " = 1").size() == 1);
  // Dots in texts, numbers and comments are no keys.
  const std::string dots = "x = \"" + repeated("a.", 100) + "\" # " + repeated("a.", 100) + "\ny = '''\n" + repeated("a.", 100) +
                           "\n'''\nz = [" + repeated("1.5, ", 100) + "]\n";
  CHECK_FALSE(detail::toml_scan(dots).long_key());
}

TEST_CASE("a table header that begins with what no key begins with is told, after what is wrong before it") {
  const auto of = [](const std::string& text) { return lines(parse_scenario(text, "s.toml").faults); };
  for (const auto& [header, column, found] : {std::tuple("[霞浦]", "2", "霞浦]"),
                                              {"[[=]]", "3", "=]]"},
                                              {"[ .a]", "3", ".a]"},
                                              {"[\x01x]", "2", " x]"},
                                              {"[", "", ""},
                                              {"[[[a]]]", "3", "[a]]]"}}) {
    const texts told = of("[scenario]\nname = \"a\"\n" + std::string(header) + "\nx = 1\n");
    REQUIRE(told.size() == 1);
    if (*column != 0) CHECK(told[0] == "s.toml:3:" + std::string(column) + ": expected the name of a table; found " + found);
  }
  CHECK(of("[scenario]\nwarm_up = x\n[霞浦]\n") == texts{"s.toml:2:11: expected a value (text and clock times stand in quotes); found x",
                                                         "s.toml:3:2: expected the name of a table; found 霞浦]"});
  const texts list = of("[load]\nmonths = [1,}\n[scenario]\nwarm_up = x\n");  // after what such a short scenario lacks
  REQUIRE(list.size() >= 2);
  CHECK(texts(list.end() - 2, list.end()) == texts{"s.toml:2:13: expected value or closing ']'; found }",
                                                   "s.toml:4:11: expected a value (text and clock times stand in quotes); found x"});
  // In a list, or in a text, it is no header.
  CHECK_FALSE(detail::toml_scan("a = [\n[+1],\n[{b=1}]]\nc = \"\"\"\n[霞浦]\n\"\"\"\n").wrong());
}

TEST_CASE("twenty thousand unknown keys are the first few and a count") {
  std::string text = sifang::test::valid_scenario;
  for (int i = 0; i < 20'000; ++i) text += "unknown_key_of_some_length_" + std::to_string(i) + " = 1\n";
  const auto faults = parse_scenario(text, "s.toml").faults;
  REQUIRE(faults.size() == most_faults_of_a_kind + 1);
  CHECK(sentence(faults.back()) == "and 19990 more faults of this kind");
  CHECK(sentence(faults.back(), language::zh) == "另有 19990 处同类问题");
}

TEST_CASE("a word of two million letters is told in one short line") {
  const std::string word(2'000'000, 'x');
  scenario s;
  for (const std::string& setting : {word + "=1", "scenario." + word + "=1", "ownership.rule=\"" + word + "\"", "scenario.start=" + word,
                                     "session.township.recur=\"" + word + "\"", "category." + word + ".share=1", "scenario.seed=" + word}) {
    const auto faults = apply_setting(s, setting);
    CHECK_FALSE(faults.empty());
    for (const fault& f : faults) CHECK(to_string(f).size() < 600);
  }
  std::vector<fault> faults;
  const auto table = csv_table::parse("code,name\n" + word + "," + word + "\n", "t.csv", faults);
  CHECK(table.at(0, {0, ""}).text.size() == word.size());
  CHECK_FALSE(number_in(table, 0, {0, "code"}, faults));
  CHECK(to_string(faults.at(0)).size() < 200);
  CHECK(parse_results("{\"format\":\"" + word + "\"}", "r.json").faults().size() == 1);
}

TEST_CASE("ten million empty lines are a table without rows") {
  std::vector<fault> faults;
  const auto table = csv_table::parse("a,b,c,d,e,f,g,h\n" + std::string(10'000'000, '\n'), "t.csv", faults);
  CHECK(table.size() == 0);
  CHECK(faults.empty());
}

TEST_CASE("a header of a hundred thousand columns is looked through once") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "column-" + std::to_string(i % 50'000) + ',';
  std::vector<fault> faults;
  const auto table = csv_table::parse(text + "\n1\n", "t.csv", faults);
  (void)table.columns({"code", "name"}, {"columm-1", "settled"}, faults);
  tidy(faults);
  CHECK(faults.size() <= most_faults_told + 1);
}

TEST_CASE("scenarios extend one another thirty-two deep, and no deeper") {
  const scratch dir;
  const auto chain = [&](int depth) {
    for (int i = 0; i + 1 < depth; ++i) dir.file("s" + std::to_string(i) + ".toml", "extends = \"s" + std::to_string(i + 1) + ".toml\"\n");
    dir.file("s" + std::to_string(depth - 1) + ".toml", sifang::test::valid_scenario);
    return dir.lines(read_scenario(dir / "s0.toml").faults);
  };
  CHECK(chain(32).empty());
  CHECK(chain(2000) == texts{"s31.toml:1:11: expected at most 32 scenarios that extend one another; found more of them"});
  dir.file("f11.toml", "extends = \"f11.toml\"\n[scenario]\nname = \"f11\"\n");
  CHECK(dir.lines(read_scenario(dir / "f11.toml").faults) == texts{"f11.toml:1:11: this scenario extends itself: f11 → f11"});
  CHECK(dir.lines(read_scenario(dir / "f11.toml").faults, language::zh) == texts{"f11.toml:1:11: 此方案扩展了自身：f11 → f11"});
}

TEST_CASE("nothing of a file tells a terminal what to do") {
  const fault f{fault_kind::bad_number,
                {"a\x1b[2J\nb.csv", 3, 1},
                {"n",
                 "\x1b]0;x\x07 \xC2\x9B"
                 "31m \xE2\x80\xAE \xFF\r\n" +
                     std::string(1000, 'y')}};
  for (const language lang : {language::en, language::zh}) {
    const std::string line = to_string(f, lang);
    CHECK(std::none_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }));
    CHECK(line.find("\xC2\x9B") == std::string::npos);
    CHECK(line.find("\xE2\x80\xAE") == std::string::npos);
    CHECK_FALSE(first_bad_byte(line));
    CHECK(line.size() < 600);
    CHECK(line.find("…") != std::string::npos);
  }
}
