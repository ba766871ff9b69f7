// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/county/plausible_parameters.hpp"
#include "sifang/io/planning_input.hpp"
#include "sifang/io/scenario_check.hpp"
#include "sifang/io/scenario_reference.hpp"
#include "sifang/io/study_results.hpp"
#include "sifang/io/text_source.hpp"
#include "tables.hpp"
#include "valid_scenario.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

using namespace sifang;

namespace {

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}
const std::filesystem::path source_folder = SIFANG_SOURCE_DIR;

/// Whether a document of the project has what a source names: a section, an item of it, a row of its table.
bool has_section(const std::string& text, const std::string& section, const std::string& item, const std::string& row) {
  const std::string heading = section.find('.') == std::string::npos ? "\n## " + section + ". " : "\n### " + section + ' ';
  const std::size_t begin = text.find(heading);
  if (begin == std::string::npos) return false;
  std::size_t end = text.find("\n#", begin + 4);
  // A whole chapter has its sections.
  if (section.find('.') == std::string::npos) end = text.find("\n## ", begin + 4);
  const std::string body = text.substr(begin, end - begin);
  if (!item.empty() && body.find('\n' + item + ". ") == std::string::npos &&
      body.find("\n| " + section + '(' + item + ") |") == std::string::npos)
    return false;
  return row.empty() || body.find("\n| " + row + " |") != std::string::npos;
}

/// What a source names and the project has not; empty if all is there, and it names something.
std::string missing(const std::string& source) {
  static const std::map<std::string, std::string> documents{{"docs/domain.md", '\n' + read(source_folder / "docs/domain.md")},
                                                            {"docs/facts.md", '\n' + read(source_folder / "docs/facts.md")},
                                                            {"docs/metrics.md", '\n' + read(source_folder / "docs/metrics.md")},
                                                            {"docs/calibration.md", '\n' + read(source_folder / "docs/calibration.md")}};
  static const std::regex section(R"((docs/[a-z]+\.md)(?: (\d+(?:\.\d+)?)(?:\((\d+)\))?(?: row (\d+))?)?)"), rule(R"(\b([RL]\d+)\b)"),
      other_document(R"(\b(DOMAIN|METHODS|DESIGN|PEERS|MEANING)\b)"), file(R"(\bdata/[A-Za-z_]+\.md)");
  if (std::regex_search(source, other_document)) return source;
  std::size_t named = 0;
  for (std::sregex_iterator at(source.begin(), source.end(), section), end; at != end; ++at, ++named) {
    const auto document = documents.find((*at)[1]);
    if (document == documents.end() || document->second.size() < 100) return (*at)[1];
    if ((*at)[2].matched && !has_section(document->second, (*at)[2], (*at)[3], (*at)[4])) return at->str();
  }
  for (std::sregex_iterator at(source.begin(), source.end(), rule), end; at != end; ++at, ++named) {
    if (documents.at("docs/domain.md").find("\n| " + at->str() + " |") == std::string::npos) return at->str();
  }
  for (std::sregex_iterator at(source.begin(), source.end(), file), end; at != end; ++at, ++named) {
    if (!std::filesystem::exists(source_folder / "simulations/scenarios" / at->str())) return at->str();
  }
  const bool plain = source == "planner" || source == "convention" || source == "as a session" || source == "as reception" ||
                     source.starts_with("modelling choice");
  return named != 0 || plain ? std::string() : "nothing that ships: " + source;
}

described_parameter parameter_of(const scenario& s, std::string_view key) {
  for (described_parameter& d : describe(s)) {
    if (d.about.key == key) return d;
  }
  FAIL("no parameter " << key);
  return {};
}
std::string origin_text(const scenario& s, std::string_view key) {
  const described_parameter d = parameter_of(s, key);
  return std::string(name_of(d.mark)) + ' ' + d.source;
}

scenario_reading reading_of(const std::string& text, const std::vector<std::string>& settings = {}) {
  named_texts texts;
  texts.add("base.toml", std::string(sifang::test::valid_scenario) + R"(
[provenance]
"load.matters_per_year" = { mark = "S", source = "annual report 2023" }
"category.*.share" = { mark = "K", source = "by hearsay" }
)");
  texts.add("mine.toml", text);
  return read_scenario("mine.toml", settings, texts);
}
std::vector<std::string> faults_of_text(const std::string& provenance) {
  std::vector<std::string> out;
  for (const fault& f : reading_of("extends = \"base\"\n[routing]\nclerks = 9\n[provenance]\n" + provenance).faults)
    out.push_back(to_string(f));
  return out;
}

}  // namespace

TEST_CASE("every source in the table of parameters names something that ships with the project") {
  const scenario defaults;
  std::size_t rows = 0;
  const auto look = [&](const parameter& p, const auto&) {
    CAPTURE(p.key, p.source);
    CHECK(missing(std::string(p.source)).empty());
    ++rows;
  };
  visit_parameters(defaults, look);
  const category_setting category;
  const sensitive_period period;
  visit_category(category, look);
  visit_sensitive_period(period, look);
  CHECK(rows > 200);
}

TEST_CASE("every plausible range is ours, or names what ships with the project") {
  std::size_t ours = 0;
  for (const plausible_law& law : plausible_laws()) {
    CAPTURE(law.key, law.source);
    const std::string source(law.source), gap = missing(source);
    const bool is_ours = source.starts_with("ours: ");
    CHECK((gap.empty() || (is_ours && gap.starts_with("nothing that ships"))));
    ours += is_ours;
  }
  CHECK(ours < plausible_laws().size());
}

TEST_CASE("every value of the shipped scenarios has a source that ships; only a policy's own choices are the planner's") {
  for (const auto& entry : std::filesystem::directory_iterator(source_folder / "simulations/scenarios")) {
    if (entry.path().extension() != ".toml") continue;
    const scenario_reading found = read_scenario(entry.path());
    REQUIRE(found.faults.empty());
    for (const described_parameter& d : describe(found.settings)) {
      CAPTURE(entry.path().string(), d.about.key, d.value, d.source);
      CHECK(missing(d.source).empty());
      if (is_unknown(d.mark)) CHECK((plausible_law_of(d.about.key) != nullptr) != (kept_value_of(d.about.key) != nullptr));
      // The county of the article has no value of its own without a source.
      const bool of_itself = d.about.key.starts_with("scenario.");
      if (entry.path().stem() == "xiapu-2022" && !of_itself && !d.is_default) CHECK(d.source != planners_choice);
    }
  }
}

TEST_CASE("the domain has every rule and law with Chinese and English, in tables") {
  const std::string domain = read(source_folder / "docs/domain.md");
  const std::regex chinese("[\xe4-\xe9][\x80-\xbf][\x80-\xbf]");
  const auto row_of = [&](const std::string& id) {
    const std::size_t begin = domain.find("\n| " + id + " |");
    REQUIRE(begin != std::string::npos);
    return domain.substr(begin + 1, domain.find('\n', begin + 1) - begin - 1);
  };
  std::vector<std::string> ids;
  for (int i = 1; i <= 31; ++i) ids.push_back('R' + std::to_string(i));
  for (int i = 1; i <= 22; ++i) ids.push_back('L' + std::to_string(i));
  for (int i = 0; i <= 24; ++i) ids.push_back(std::to_string(i));
  for (const std::string& id : ids) {
    CAPTURE(id);
    const std::string row = row_of(id);
    CHECK(std::regex_search(row, chinese));
    CHECK(std::regex_search(row, std::regex("[a-z]{4}")));
  }
}

TEST_CASE("mark and source belong to the value: a value of one's own is the planner's, unless the scenario says where it has it from") {
  scenario s = reading_of("extends = \"base\"\n").settings;
  CHECK(origin_text(s, "routing.clerks").starts_with("S docs/domain.md 5.2"));  // the default
  s.routing.clerks = 9;
  CHECK(origin_text(s, "routing.clerks") == "C planner");
  s.provenance["routing.clerks"] = {origin::source, "staff list of 2023", "9"};
  CHECK(origin_text(s, "routing.clerks") == "S staff list of 2023");
  s.routing.clerks = 10;  // another value: what was said of 9 says nothing
  CHECK(origin_text(s, "routing.clerks") == "C planner");
  s.routing.clerks = scenario().routing.clerks;
  CHECK(origin_text(s, "routing.clerks").starts_with("S docs/domain.md 5.2"));
}

TEST_CASE("[provenance] is inherited with its value, and no longer holds for another one") {
  CHECK(origin_text(reading_of("extends = \"base\"\n").settings, "load.matters_per_year") == "S annual report 2023");
  const scenario other = reading_of("extends = \"base\"\n[load]\nmatters_per_year = 77\n").settings;
  CHECK(origin_text(other, "load.matters_per_year") == "C planner");
  const scenario set = reading_of("extends = \"base\"\n", {"load.matters_per_year=77"}).settings;
  CHECK(origin_text(set, "load.matters_per_year") == "C planner");
  const scenario own = reading_of(
                           "extends = \"base\"\n[load]\nmatters_per_year = 77\n[provenance.load]\nmatters_per_year = { mark = \"K\", "
                           "source = \"told at a meeting\" }\n")
                           .settings;
  CHECK(origin_text(own, "load.matters_per_year") == "K told at a meeting");
}

TEST_CASE("a star stands for every category, and what is said of one goes before what is said of all") {
  const scenario s = reading_of("extends = \"base\"\n").settings;
  REQUIRE(s.categories.size() >= 2);
  for (const category_setting& c : s.categories) CHECK(origin_text(s, "category." + c.id + ".share") == "K by hearsay");
  const std::string one = s.categories.front().id, two = s.categories.back().id;
  const scenario t =
      reading_of("extends = \"base\"\n[provenance]\n\"category." + one +
                 ".share\" = { mark = \"S\", source = \"ledger\" }\n\"category.*.share\" = { mark = \"I\", source = \"guess\" }\n")
          .settings;
  CHECK(origin_text(t, "category." + one + ".share") == "S ledger");
  CHECK(origin_text(t, "category." + two + ".share") == "I guess");
}

TEST_CASE("what is wrong in [provenance] is told with its place and what was meant") {
  CHECK(faults_of_text("\"routing.clerks\" = { mark = \"S\", source = \"x\" }\n").empty());
  const auto only = [](const std::string& provenance, const std::string& expected) {
    const std::vector<std::string> found = faults_of_text(provenance);
    CAPTURE(provenance, found);
    REQUIRE(found.size() == 1);
    CHECK(found.front().find("mine.toml:") != std::string::npos);
    CHECK(found.front().find(expected) != std::string::npos);
  };
  only("\"routing.clerk\" = { mark = \"S\", source = \"x\" }\n", "routing.clerks");
  only("\"category.*.shore\" = { mark = \"S\", source = \"x\" }\n", "provenance.category.*.shore");
  only("\"routing.clerks\" = { mark = \"X\", source = \"x\" }\n", "A, S, K, I, C");
  only("\"routing.clerks\" = { mark = 3, source = \"x\" }\n", "provenance.routing.clerks.mark");
  only("\"routing.clerks\" = { source = \"x\" }\n", "provenance.routing.clerks.mark");
  only("\"routing.clerks\" = { mark = \"S\" }\n", "provenance.routing.clerks.source");
  only("\"routing.clerks\" = { mark = \"S\", source = \"\" }\n", "provenance.routing.clerks.source");
  only("\"routing.clerks\" = { mark = \"S\", source = 4 }\n", "provenance.routing.clerks.source");
  only("\"routing.clerks\" = { mark = \"S\", sources = \"x\", source = \"x\" }\n", "did you mean 'source'?");
  only("\"routing.clerks\" = \"annual report\"\n", "a table with mark and source");
  only("\"routing.minutes_per_matter\" = { mark = \"S\", source = \"x\" }\n", "has its default '40'");
  const auto list = reading_of("extends = \"base\"\nprovenance = 3\n").faults;
  REQUIRE(list.size() == 1);
  CHECK(to_string(list.front()).find("a table [provenance]") != std::string::npos);
}

TEST_CASE("check and results show mark and source of the value, and where sources are explained") {
  const world w = sifang_tests::xiapu({"routing.clerks=9"});
  const std::string facts = scenario_facts(w, false, language::en);
  CHECK(facts.find("[C] routing.clerks = 9") != std::string::npos);
  CHECK(facts.find("(planner)") != std::string::npos);
  CHECK(facts.find("[S] category.land.share = 0.154") != std::string::npos);
  CHECK(facts.find("docs/domain.md; published figures: docs/facts.md") != std::string::npos);
  CHECK(scenario_facts(w, false, language::zh).find("docs/facts.md") != std::string::npos);
  for (const result_assumption& a : assumptions_of(w.setting())) {
    if (a.key == "routing.clerks") CHECK((a.mark == "C" && a.source == "planner"));
    if (a.key == "category.other.share") CHECK((a.mark == "I" && a.source.find("leaves open") != std::string::npos));
    if (a.key == "clocks.handle") CHECK((a.mark == "S" && a.source == "L10"));
  }
}
