// SPDX-License-Identifier: BSL-1.0
// Every reader of files, with files that are damaged in some hundred ways: faults that can be told, and no more than
// somebody reads. The harnesses of tests/fuzz go on where this ends.
#include "catch.hpp"
#include "scratch.hpp"
#include "sifang/io/calibration_file.hpp"
#include "sifang/io/case_load_file.hpp"
#include "sifang/io/county.hpp"
#include "sifang/io/divisions.hpp"
#include "sifang/io/journal.hpp"
#include "sifang/io/results_json.hpp"
#include "sifang/io/results_reader.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

using namespace sifang;
using sifang::test::scratch;
using sifang::test::texts;

namespace {

constexpr int variants = 200;

/// A few places of a text damaged: something put in, taken out, doubled or exchanged.
std::string damaged(std::string text, std::mt19937& chance) {
  using namespace std::string_view_literals;
  static constexpr std::string_view pieces[] = {"\""sv,
                                                ","sv,
                                                "\n"sv,
                                                "\r\n"sv,
                                                "\r"sv,
                                                ";"sv,
                                                "\t"sv,
                                                "'"sv,
                                                "[[[[[[[[[[[[[[[["sv,
                                                "{"sv,
                                                "}"sv,
                                                "]"sv,
                                                ":"sv,
                                                "-"sv,
                                                "1e999"sv,
                                                "nan"sv,
                                                "99999999999999999999"sv,
                                                "\0"sv,
                                                "\xFF"sv,
                                                "\xFF\xFE"sv,
                                                "\x1b[2J"sv,
                                                "霞"sv,
                                                "350921"sv,
                                                "\\u0000"sv,
                                                "null"sv,
                                                ",,,,"sv,
                                                "=1+1"sv,
                                                "\xE2\x80\xAE"sv};
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : chance() % n; };
  for (std::size_t n = 1 + below(5); n > 0 && !text.empty(); --n) {
    const std::size_t at = below(text.size()), length = 1 + below(40);
    const std::string_view piece = pieces[below(std::size(pieces))];
    switch (below(6)) {
      case 0:
        text.insert(at, piece);
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(at, text.substr(at, length));
        break;
      case 3:
        text.replace(at, std::min(piece.size(), text.size() - at), piece);
        break;
      case 4:
        text.resize(at);
        break;
      default:
        text[at] = static_cast<char>(chance());
        break;
    }
  }
  return text;
}

/// Reads many damaged forms of a text and looks at what is told. \param read  from a text to its faults
void try_all(const std::string& text, const std::function<std::vector<fault>(const std::string&)>& read) {
  std::mt19937 chance(20220925);
  int refused = 0;
  for (int i = 0; i < variants; ++i) {
    const auto faults = read(damaged(text, chance));
    refused += faults.empty() ? 0 : 1;
    CHECK(faults.size() <= most_faults_told + 1);
    for (const fault& f : faults) {
      for (const language lang : {language::en, language::zh}) {
        const std::string line = to_string(f, lang);
        INFO(i << ": " << line);
        CHECK(std::none_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }));
        CHECK_FALSE(first_bad_byte(line));
        CHECK(line.size() < 2000);
      }
    }
  }
  CHECK(refused > variants / 4);  // the damage is one
}

template <class T>
std::vector<fault> faults_of(const checked<T>& value) {
  return value ? std::vector<fault>() : value.faults();
}

const std::string units =
    "code,name,parent,kind,population,distance_km,x,y\n350921,霞浦县,,county,480000,0,50,50\nbureau,县信访局,350921,petition_bureau,0,0,50,"
    "50\n"
    "350921001,松城街道,350921,subdistrict,90000,1,49,50\n350921001001,东关社区,350921001,community,6000,1.5,49,51\n";
const std::string officials = "post,title,rank,unit\nleader-02,副县长,county_leader,350921\nhead-01,街道书记,unit_head,350921001\n";
const std::string links = "post,relation,unit\nleader-02,linked_to,350921001\nhead-01,heads,350921001\n";
const std::string holidays = "date,kind,name\n2022-10-03,holiday,国庆节\n2022-10-08,makeup_workday,国庆节\n";

}  // namespace

TEST_CASE("damaged tables of a county are told in a few lines") {
  const std::vector<std::pair<std::string, std::string>> tables{
      {"units.csv", units}, {"officials.csv", officials}, {"links.csv", links}, {"holidays.csv", holidays}};
  for (const auto& [name, text] : tables) {
    const scratch dir;
    for (const auto& [other, whole] : tables) dir.file(other, whole);
    try_all(text, [&, file = name](const std::string& broken) {
      dir.file(file, broken);
      return faults_of(load_county({dir / "units.csv", dir / "officials.csv", dir / "links.csv", dir / "holidays.csv"}));
    });
  }
}

TEST_CASE("damaged division tables are told in a few lines") {
  const std::vector<std::pair<std::string, std::string>> tables{
      {"provinces.csv", "code,name\n35,福建省\n"},
      {"areas.csv", "code,name,provinceCode\n350921,霞浦县,35\n350922,古田县,35\n"},
      {"streets.csv", "code,name,areaCode\n350921001,松城街道,350921\n350921002,松港街道,350921\n"},
      {"villages.csv", "code,name,streetCode\n350921001001,东关社区,350921001\n350921001002,西关社区,350921001\n"}};
  for (const auto& [name, text] : tables) {
    const scratch dir;
    for (const auto& [other, whole] : tables) dir.file(other, whole);
    try_all(text, [&, file = name](const std::string& broken) {
      dir.file(file, broken);
      return faults_of(national_divisions::load(dir.path()));
    });
  }
}

TEST_CASE("damaged case loads are told in a few lines") {
  hierarchy_builder<unit> builder;
  builder.add("350921", "", unit{"350921", "霞浦县", unit_kind::county});
  const county_tree tree = *std::move(builder).build();
  const std::vector<std::string> categories{"land", "wages"};
  std::string text = "id,date,time,place,category,channel,group_size,acceptance_days,handling_days,settled\n";
  for (int i = 0; i < 60; ++i) text += "c" + std::to_string(i) + ",2022-03-01,08:45,350921,land,visit,7,3,40,TRUE\n";
  const scratch dir;
  try_all(text, [&](const std::string& broken) {
    return faults_of(load_case_load(dir.file("load.csv", broken), {&tree, categories, day(2022, 1, 1), day(2022, 12, 31)}));
  });
}

TEST_CASE("damaged files of figures and parameters are told in a few lines") {
  std::string text;
  for (const char* name : {"repeat_rate", "registrations", "satisfaction_rate"}) {
    text.append("[figure.").append(name).append("]\ntarget = 0.30\nspread = 0.05\nweight = 1\nsource = \"docs/domain.md 5.2\"\n\n");
  }
  text += "[figure.visits]\nmetric = \"received\"\ndimension = \"venue\"\nitems = [\"principal\", \"window\"]\nshare = true\n";
  text += "target = 3e-1\nspread = 1\nsource = \"一份总结\"\n\n[parameter.\"repeats.open_days\"]\nfrom = 20\nto = 200\nstep = 5\n";
  try_all(text, [](const std::string& broken) {
    const auto decoded = decode_text(broken, "t.toml", text_encoding::utf8, "figures and parameters");
    return decoded ? faults_of(parse_calibration(*decoded, "t.toml")) : decoded.faults();
  });
}

TEST_CASE("damaged results files are told in a few lines") {
  result r;
  r.kind = "run";
  r.county = "霞浦县";
  r.week_starts = {"2022-01-01"};
  r.units = {{"350921", "霞浦县", "county", -1, 480000, 0, 50, 50}, {"350921001", "松城街道", "subdistrict", 0, 9e4, 1.5, 49, 50}};
  r.metrics = {{"wait_days", "Days", "天数", "days", "lower", "waiting", true}};
  r.dimensions = {{"all", "All", "全部", {{"all", "All", "全部"}}}};
  result_policy p;
  p.id = "base";
  p.replications = 30;
  p.values = {{{interval{}}}};
  p.series = {{"open", "Open", "在办", "cases", "load", {interval{}}}};
  p.assumptions = {{"load.multiplier", "2", "factor", "C", "planner", "Load", "负荷", true}};
  r.policies = {p};
  const scratch dir;
  try_all(results_json(r), [&](const std::string& broken) { return faults_of(read_results(dir.file("results.json", broken))); });
}

TEST_CASE("a damaged journal gives back whole pieces from the first on, or says what it is instead") {
  const scratch dir;
  {
    auto kept = journal::open(dir / "j", 7, "run s, 30 replications");
    REQUIRE(kept);
    for (int piece = 0; piece < 20; ++piece) kept->append(std::vector<double>{1.0 * piece, 2, 3});
  }
  try_all(dir.read("j"), [&](const std::string& broken) {
    dir.file("broken", broken);
    const auto bytes = std::filesystem::file_size(dir / "broken");
    auto kept = journal::open(dir / "broken", 7, "run s, 30 replications");
    if (!kept) return kept.faults();
    const std::size_t taken = kept->replay(20, [](std::size_t piece, std::span<const double> values) {
      REQUIRE(values.size() == 3);
      CHECK(values[0] == 1.0 * static_cast<double>(piece));
    });
    CHECK(taken <= 20);
    // A journal that lost something is no fault of the reader; it counts here as seen.
    const bool lost = taken < 20 || bytes != std::filesystem::file_size(dir / "broken");
    return lost ? std::vector<fault>{{fault_kind::syntax, {"j"}, {"a", "b"}}} : std::vector<fault>();
  });
}
