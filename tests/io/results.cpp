// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "scratch.hpp"
#include "small_result.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/io/result_tables.hpp"
#include "sifang/io/results.hpp"
#include "sifang/io/results_reader.hpp"

#include <rapidcheck.h>

#include <fstream>
#include <iterator>
#include <limits>

using namespace sifang;
using sifang::test::about;
using sifang::test::scratch;
using sifang::test::small_result;
using sifang::test::texts;

namespace {

texts faults_of(const std::string& text) {
  texts out;
  for (const fault& f : parse_results(text, "results.json").faults()) out.push_back(to_string(f));
  return out;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("results that were written read back the same") {
  const std::string text = results_json(small_result());
  const auto again = parse_results(text, "results.json");
  REQUIRE(again);
  CHECK(results_json(*again) == text);
  CHECK(again->policies[0].values[0][0][0].bounded());
  CHECK(again->policies[1].seed == 18446744073709551615u);
  CHECK(again->policies[0].values[0][0][0].estimate == 1.0 / 3);
  CHECK_FALSE(again->policies[0].values[0][1][1].has_value());
  CHECK(again->policies[0].title_en == "line one\nline two\ttab");
  CHECK(again->comparisons[0].values[0][1][1].verdict == "better");
  CHECK(again->units[1].name == "松城\"街道\"");
  CHECK(again->warnings == std::vector<result_warning>{{"the holiday table <ends>", "节假日表止于"}});
}

TEST_CASE("results of before there were warnings have none") {
  const std::string text = results_json(small_result());
  const std::size_t at = text.find(",\n \"warnings\"") == std::string::npos ? text.find("\"warnings\"") : text.find(",\n \"warnings\"");
  REQUIRE(at != std::string::npos);
  const std::size_t comma = text.rfind(',', at);
  const auto again = parse_results(text.substr(0, comma) + "}", "results.json");
  REQUIRE(again);
  CHECK(again->warnings.empty());
  CHECK(again->comparisons.size() == 1);
  CHECK_FALSE(parse_results(replaced(text, "\"warnings\":[", "\"warnings\":[7,"), "results.json"));
}

TEST_CASE("units and posts have English names in a results file, and need none in older ones") {
  result r = small_result();
  r.units[1].name_en = "Songcheng <Subdistrict>";
  r.policies[0].officials[0].title_en = "Secretary of the CPC Xiapu County Committee";
  const std::string text = results_json(r);
  const auto again = parse_results(text, "results.json");
  REQUIRE(again);
  CHECK(results_json(*again) == text);
  CHECK(again->units[1].name_en == "Songcheng <Subdistrict>");
  CHECK(again->policies[0].officials[0].title_en == "Secretary of the CPC Xiapu County Committee");

  auto tree = nlohmann::json::parse(text);
  for (auto& u : tree["units"]) u.erase("name_en");
  for (auto& p : tree["policies"]) {
    for (auto& o : p["officials"]) o.erase("title_en");
  }
  const auto older = parse_results(tree.dump(), "results.json");
  REQUIRE(older);
  CHECK(older->units[1].name_en.empty());
  tree["policies"][0].erase("title_en");  // of a policy it is needed
  CHECK_FALSE(parse_results(tree.dump(), "results.json"));
}

TEST_CASE("results of before there were numerators and denominators have none; wrong ones are told") {
  const std::string text = results_json(small_result()), parts = "[[[[10,30]],[[-60,30],null]]]";
  const auto whole = parse_results(text, "results.json");
  REQUIRE(whole);
  CHECK(whole->policies[1].parts[0][1][0].numerator == -60);
  CHECK_FALSE(whole->policies[1].parts[0][1][1].known());
  result none = small_result();
  for (result_policy& p : none.policies) p.parts.clear();
  std::string before = results_json(none);
  for (std::size_t at; (at = before.find("\"parts\":[],")) != std::string::npos;) before.erase(at, 11);
  REQUIRE(before.find("parts") == std::string::npos);
  const auto again = parse_results(before, "results.json");
  REQUIRE(again);
  CHECK(again->policies[0].parts.empty());
  CHECK(kpi_csv(*again).find("two_sided,interval,区间,,\r\n") != std::string::npos);
  REQUIRE(text.find(parts) != std::string::npos);
  CHECK(faults_of(replaced(text, parts, "[[[[10,30]],[[-60,30]]]]")).size() == 1);
  CHECK(faults_of(replaced(text, parts, "[[[[10]],[[-60,30],null]]]")).size() == 1);
}

TEST_CASE("changes and values in words and the command read back the same, and are not missed in older files") {
  result r = small_result();
  r.command = {"compare", "xiapu-2022", "--set", "load.multiplier=\"2\""};
  r.policies[1].changes = {{"Principal leaders", "主要领导", "every Wednesday", "每周三", {"session.principal.recur"}}};
  r.policies[1].assumptions[0].words = result_words{"2 times", "2倍"};
  const std::string text = results_json(r);
  const auto again = parse_results(text, "results.json");
  REQUIRE(again);
  CHECK(results_json(*again) == text);
  CHECK(again->command == r.command);
  CHECK(again->policies[1].changes[0].zh == "每周三");
  CHECK(again->policies[1].assumptions[0].words->zh == "2倍");
  CHECK_FALSE(again->policies[0].assumptions[0].words);
  auto tree = nlohmann::json::parse(text);
  tree.erase("command");
  for (auto& policy : tree["policies"]) policy.erase("changes");
  const auto before = parse_results(tree.dump(), "results.json");
  REQUIRE(before);
  CHECK(before->policies[1].changes.empty());
  CHECK(before->command.empty());
  CHECK(faults_of(replaced(text, "\"每周三\"", "3")) == texts{"results.json: 'policies[1].changes[0].zh' expected text; found 3"});
}

TEST_CASE("what policies cost is an optional part of a results file, and read back as it was") {
  result r = small_result();
  CHECK(results_json(r).find("costs") == std::string::npos);
  const interval about{2, 1, 3, interval_kind::two_sided};
  r.costs.parts = {{"leaders", "Leaders", "领导", "yuan", "元"}};
  r.costs.services = {{"resolved", "Resolved", "化解", "matter", "件"}};
  r.costs.policies = {{about, {}, about, {}, {about}, {{}}, {{about, {}, "base", {}, {}, "front", false, {}}}},
                      {about, about, about, about, {about}, {about}, {{about, about, "buys", about, about, "dominated", true, {0}}}}};
  const std::string text = results_json(r);
  const auto again = parse_results(text, "results.json");
  REQUIRE(again);
  CHECK(results_json(*again) == text);
  CHECK(again->costs.policies[1].services[0].by == std::vector<std::size_t>{0});
  CHECK(again->costs.policies[1].services[0].price.upper == 3);
  CHECK_FALSE(again->costs.policies[0].difference.has_value());
  CHECK(faults_of(replaced(text, "\"by\":[0]", "\"by\":[2]")).size() == 1);
  result short_of_one = r;
  short_of_one.costs.policies.pop_back();
  CHECK(faults_of(results_json(short_of_one)).size() == 1);
  short_of_one = r;
  short_of_one.costs.policies[1].services.clear();
  CHECK(faults_of(results_json(short_of_one)).size() == 1);
}

TEST_CASE("reception days, rules and stories are parts that a file may lack, and read back as they were") {
  result r = small_result();
  for (const char* part : {"calendar", "links", "\"rules\"", "stories"}) CHECK(results_json(r).find(part) == std::string::npos);
  r.policies[1].calendar = {{"2022-01-01", "2022-01-02"},
                            {{"window", {"2022-01-04", "2022-01-05"}, {1, 1}, {1, 0.5}, {3, 1}, {0, 0.25}, {4.5, 0}, {2, 1}, {0, 1}}},
                            {{"2022-01-03", "missed", "linked_leader", "principal", {"县长", "<b>"}}}};
  r.policies[0].links = {{"leader-01", "350921001", "linked_to", 3}};
  r.rules = {{"R3", "On the 15th", "每月15日"}};
  r.stories = {{0,
                1,
                4,
                "20220104-001",
                "heard earlier",
                "提前",
                "Land",
                "土地",
                1,
                {{"2022-01-04", "x", "y"}},
                {{"2022-01-05 09:00", "x", "y"}},
                {{"queue", "排队", 1.25, 0}}}};
  const std::string text = results_json(r);
  const auto again = parse_results(text, "results.json");
  REQUIRE(again);
  CHECK(results_json(*again) == text);
  CHECK(again->policies[0].calendar.kinds.empty());
  CHECK(again->policies[1].calendar.kinds[0].unheard == std::vector<double>{0, 0.25});
  CHECK(again->policies[1].calendar.notes[0].people == texts{"县长", "<b>"});
  CHECK((again->stories[0].name == "20220104-001" && again->stories[0].waits[0].base == 1.25));
  CHECK((again->policies[0].links[0].own == 3 && again->policies[1].links.empty()));
  CHECK(again->rules[0].zh == "每月15日");
  CHECK(faults_of(replaced(text, "\"unheard\":[0,0.25]", "\"unheard\":[0]")).size() == 1);
  CHECK(faults_of(replaced(text, "\"unheard\":[0,0.25]", "\"unheard\":[0,\"x\"]")).size() == 1);
  CHECK(faults_of(replaced(text, "\"dates\":[\"2022-01-04\",", "\"dates\":[")).size() == 7);
  result strange = r;
  strange.stories[0].other = 2;
  CHECK(faults_of(results_json(strange)).size() == 1);
}

TEST_CASE("each unit of a metric has words of the report, in both languages") {
  std::ifstream file(SIFANG_SOURCE_DIR "/simulations/report/src/words.ts");
  const std::string words{std::istreambuf_iterator<char>(file), {}};
  REQUIRE(words.find("unit_days: [") != std::string::npos);
  for (const metric_info& m : metric_table) {
    INFO(m.name << ": " << m.unit);
    const std::string key = "unit_" + std::string(m.unit);
    CHECK((words.find(' ' + key + ": [\"") != std::string::npos || words.find("\"" + key + "\": [\"") != std::string::npos));
  }
}

TEST_CASE("a results file has the members that the report expects") {
  const auto tree = nlohmann::json::parse(results_json(small_result()));
  const auto names = [](const nlohmann::json& object) {
    texts out;
    for (const auto& member : object.items()) out.push_back(member.key());
    return out;  // in alphabetical order
  };
  CHECK(names(tree) == texts{"chances", "command", "comparisons", "confidence", "county", "dimensions", "end", "format", "kind", "metrics",
                             "policies", "precision", "program_version", "start", "unfinished_replications", "units", "version", "warnings",
                             "week_starts"});
  CHECK(names(tree["units"][0]) == texts{"code", "distance_km", "kind", "name", "name_en", "parent", "population", "x", "y"});
  CHECK(names(tree["metrics"][0]) == texts{"better", "en", "group", "headline", "id", "unit", "zh"});
  CHECK(names(tree["dimensions"][0]) == texts{"en", "id", "items", "zh"});
  CHECK(names(tree["dimensions"][0]["items"][0]) == texts{"en", "id", "zh"});
  const auto& policy = tree["policies"][0];
  CHECK(names(policy) == texts{"about_en", "about_zh", "assumptions", "changes", "curves", "fingerprint", "id", "officials", "parts",
                               "replications", "seed", "series", "title_en", "title_zh", "values", "venues", "violations"});
  CHECK(names(policy["series"][0]) == texts{"chart", "en", "id", "unit", "weeks", "zh"});
  CHECK(names(policy["curves"][0]) == texts{"by_day", "en", "id", "limit_days", "zh"});
  CHECK(names(policy["officials"][0]) ==
        texts{"heard", "hours", "owned_max", "owned_mean", "post", "rank", "sessions", "title", "title_en", "unit", "utilisation"});
  CHECK(names(policy["venues"][0]) ==
        texts{"en", "heard", "id", "idle_share", "left", "overtime_minutes", "queue_max", "sessions", "utilisation", "wait_minutes", "zh"});
  CHECK(names(policy["violations"][0]) == texts{"count", "en", "rule", "zh"});
  CHECK(names(policy["assumptions"][0]) == texts{"changed", "en", "key", "mark", "source", "unit", "value", "zh"});
  CHECK(names(tree["comparisons"][0]) == texts{"base", "joint_confidence", "matters", "one_year", "one_year_level", "other", "values"});
  CHECK(names(tree["precision"][0]) == texts{"is_reached", "metric", "reached", "wanted"});
  CHECK(tree["comparisons"][0]["one_year"] == nlohmann::json::parse("[[-1.25, -3, 0.5]]"));
  CHECK(policy["values"][0][0][0] == nlohmann::json::parse("[0.3333333333333333, 0.08333333333333331, 0.5833333333333333]"));
  CHECK(policy["values"][0][1][1].is_null());
  CHECK(tree["comparisons"][0]["values"][0][0][0] == nlohmann::json::parse("[-1.5, -1.75, -1.25, 2.5, \"better\"]"));
}

TEST_CASE("bounds that are no confidence interval stay known as such") {
  result r = small_result();
  r.policies[0].values[0][0][0].kind = interval_kind::too_little_data;
  r.comparisons[0].values[0][0][0].difference.kind = interval_kind::too_little_data;
  const std::string text = results_json(r);
  const auto tree = nlohmann::json::parse(text);
  CHECK(tree["policies"][0]["values"][0][0][0] == nlohmann::json::parse("[0.3333333333333333, null, null, \"too_few_years\"]"));
  CHECK(tree["comparisons"][0]["values"][0][0][0] == nlohmann::json::parse("[-1.5, null, null, 2.5, \"better\", \"too_few_years\"]"));
  const auto again = parse_results(text, "results.json");
  REQUIRE(again);
  CHECK(results_json(*again) == text);
  CHECK(again->policies[0].values[0][0][0].kind == interval_kind::too_little_data);
  CHECK(again->policies[0].values[0][0][0].estimate == 1.0 / 3);
  CHECK(again->policies[1].values[0][0][0].bounded());
  CHECK(again->comparisons[0].values[0][0][0].difference.kind == interval_kind::too_little_data);
  CHECK(again->comparisons[0].values[0][0][0].verdict == "better");
  CHECK(kpi_csv(r).find("base,wait_days,all,all,0.3333333333333333,,,too_few_years,too few years for an "
                        "interval,年数太少不给区间,0.3333333333333333,1\r\n") != std::string::npos);
}

TEST_CASE("one-sided bounds and what never varies are told by a word, in JSON and in tables") {
  for (const interval_kind kind : {interval_kind::at_least, interval_kind::at_most, interval_kind::constant}) {
    result r = small_result();
    r.policies[0].values[0][0][0] = {0.5, 0.25, 1, kind};
    const std::string text = results_json(r), word(text_of(kind).id);
    INFO(word);
    CHECK(nlohmann::json::parse(text)["policies"][0]["values"][0][0][0] == nlohmann::json::parse("[0.5, 0.25, 1, \"" + word + "\"]"));
    const auto again = parse_results(text, "results.json");
    REQUIRE(again);
    CHECK(again->policies[0].values[0][0][0].kind == kind);
    CHECK(again->policies[0].values[0][0][0].upper == 1);
    CHECK(kpi_csv(r).find("base,wait_days,all,all,0.5,0.25,1," + word + ',') != std::string::npos);
  }
}

TEST_CASE("an interval of a results file that says something else is a fault; the false of older files is not") {
  const std::string text = results_json(small_result()), whole = "[0.3333333333333333,0.08333333333333331,0.5833333333333333]";
  REQUIRE(text.find(whole) != std::string::npos);
  const auto with = [&](const std::string& other) {
    std::string changed = text;
    changed.replace(changed.find(whole), whole.size(), other);
    return parse_results(changed, "results.json");
  };
  const auto older = with("[0.5,0.5,0.5,false]");
  REQUIRE(older);
  CHECK(older->policies[0].values[0][0][0].kind == interval_kind::too_little_data);
  for (const char* bad : {"[0.5,0.5,0.5,\"about\"]", "[0.5,0.5,0.5,\"none\"]", "[0.5,null,null]", "[0.5,null,null,\"at_least\"]",
                          "[null,null,null,\"too_few_years\"]", "[0.5,0.5,0.5,true]", "[0.5,0.5,0.5,\"constant\",1]"}) {
    INFO(bad);
    CHECK_FALSE(with(bad));
  }
}

TEST_CASE("a results file is JSON that names its format and holds no number that is none") {
  result r = small_result();
  r.policies[0].values[0][0][0].upper = std::numeric_limits<double>::infinity();
  r.policies[0].curves[0].by_day[0].estimate = std::numeric_limits<double>::quiet_NaN();
  const std::string text = results_json(r);
  CHECK(text.starts_with("{\n \"format\":\"sifang-results\",\n \"version\":2,\n \"kind\":\"compare\""));
  CHECK(text.ends_with("\n}\n"));
  CHECK(text.find("nan") == std::string::npos);
  CHECK(text.find("inf") == std::string::npos);
  CHECK(parse_results(text, "results.json"));
}

TEST_CASE("a file that is no results file says what it is instead") {
  const std::string good = results_json(small_result());
  CHECK(faults_of("{\n \"format\": x}") == texts{"results.json:2:12: expected a results file in JSON; found \"format\": x"});
  CHECK(faults_of(good.substr(0, good.size() / 2)).at(0).find("found the end of the file") != std::string::npos);
  CHECK(faults_of("[1, 2]") == texts{"results.json: 'the file' expected an object; found [1,2]"});
  CHECK(faults_of("{}") == texts{"results.json: missing key 'format': expected its value"});
  CHECK(faults_of("{\"format\": \"xes\"}") == texts{"results.json: 'format' expected one of sifang-results; found 'xes'"});
  CHECK(faults_of(replaced(good, "\"version\":2", "\"version\":1")) == texts{"results.json: 'version' expected one of 2; found '1'"});
  const scratch dir;
  CHECK(dir.lines(read_results(dir / "none").faults()) == texts{"none: expected a readable file; none: No such file or directory"});
  CHECK(dir.lines(read_results(dir.file("r", "")).faults()) == texts{"r: expected a results file; the file is empty"});
}

TEST_CASE("every member that does not fit is named") {
  const std::string good = results_json(small_result());
  CHECK(faults_of(replaced(replaced(replaced(good, "\"kind\":\"compare\",", ""), "\"confidence\":0.95", "\"confidence\":\"high\""),
                           "\"replications\":30", "\"replications\":1e3")) ==
        texts{"results.json: missing key 'kind': expected its value", "results.json: 'confidence' expected a number; found \"high\"",
              "results.json: 'policies[0].replications' expected a whole number; found 1000.0"});
  CHECK(faults_of(replaced(good, "\"replications\":30", "\"replications\":9999999999")) ==
        texts{"results.json: 'policies[0].replications' expected a whole number; found 9999999999"});
  CHECK(faults_of(replaced(good, "\"seed\":18446744073709551615", "\"seed\":-1")) ==
        texts{"results.json: 'policies[0].seed' expected a whole number; found -1"});
  CHECK(faults_of(replaced(good, "[[[[-1.5,-1.75,-1.25,2.5,\"better\"]]", "[[[[-1.5,-1.75]]"))
            .at(0)
            .starts_with("results.json: 'comparisons[0].values[0][0][0]' expected null or [difference, lower, upper, variance ratio, "
                         "verdict]; found [-1.5,-1.75]"));
  // Of a difference each part that is of another kind, alone.
  for (const char* wrong : {"[-1.5,\"x\",-1.25,2.5,\"better\"]", "[-1.5,-1.75,-1.25,\"x\",\"better\"]", "[-1.5,-1.75,-1.25,2.5,7]"}) {
    const texts told = faults_of(replaced(good, "[-1.5,-1.75,-1.25,2.5,\"better\"]", wrong));
    REQUIRE(told.size() == 1);
    CHECK(
        told[0].starts_with("results.json: 'comparisons[0].values[0][0][0]' expected null or [difference, lower, upper, variance ratio, "
                            "verdict]; found "));
  }
  CHECK(faults_of(replaced(good, "\"parent\":0", "\"parent\":1")) ==
        texts{"results.json: 'units[1].parent' expected a value from -1 to 0; found 1"});
  CHECK(faults_of(replaced(good, "\"base\":0", "\"base\":7")) ==
        texts{"results.json: 'comparisons[0].base' expected a value from 0 to 1; found 7"});
  CHECK(faults_of(replaced(good, "{\"id\":\"phone\",\"en\":\"Phone\",\"zh\":\"来电\"}", "")).size() == 1);  // a trailing comma
  CHECK(faults_of(replaced(good, "\"id\":\"visit\",", "")) ==
        texts{"results.json: missing key 'dimensions[1].items[0].id': expected its value"});
  CHECK(faults_of(replaced(good, "{\"id\":\"visit\",\"en\":\"Visit\",\"zh\":\"来访\"},", "")).at(0) ==
        "results.json: 'policies[0].values[0][1]' expected an array of 1; found 2");
}

TEST_CASE("unfinished results say so in every file that is read again, and keep saying it") {
  result r = small_result();
  CHECK(manifest_json(r, {"compare", {}, {}}).find("\"finished\":true") != std::string::npos);
  r.unfinished_replications = 170;
  CHECK(manifest_json(r, {"compare", {}, {}}).find("\"finished\":false") != std::string::npos);
  const std::string text = results_json(r);
  CHECK(text.find("\"unfinished_replications\":170,") != std::string::npos);
  const auto again = parse_results(text, "results.json");
  REQUIRE(again);
  CHECK(again->unfinished_replications == 170);
  CHECK(results_json(*again) == text);
  CHECK(faults_of(replaced(text, "\"unfinished_replications\":170", "\"unfinished_replications\":-1")) ==
        texts{"results.json: 'unfinished_replications' expected a value at least 0; found -1"});
  CHECK(faults_of(replaced(text, "\"unfinished_replications\":170,", "")) ==
        texts{"results.json: missing key 'unfinished_replications': expected its value"});
  CHECK(faults_of(replaced(text, "\"unfinished_replications\":170", "\"unfinished_replications\":false")) ==
        texts{"results.json: 'unfinished_replications' expected a whole number; found false"});
}

TEST_CASE("damaged results are read or told to be faulty, never a crash") {
  const std::string good = results_json(small_result());
  CHECK(rc::check("mutations", [&] {
    std::string text = good;
    for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
      const auto at = static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(text.size())));
      text.replace(at, static_cast<std::size_t>(*rc::gen::inRange(0, 6)),
                   *rc::gen::element<std::string>("", "0", "1", "null", "\"", "[", "]", "{}", ",", "-1", "1e999", "\xFF", "[]"));
    }
    const auto r = parse_results(text, "results.json");
    RC_ASSERT(r.has_value() == r.faults().empty());
    if (r) RC_ASSERT(!kpi_csv(*r).empty() && !differences_csv(*r).empty());  // no position points outside
  }));
}

TEST_CASE("estimates and differences are there as tables") {
  const result r = small_result();
  CHECK(kpi_csv(r).starts_with(
      "\xEF\xBB\xBF"
      "policy,metric,dimension,item,estimate,lower,upper,interval,interval_en,interval_zh,numerator,denominator\r\n"
      "base,wait_days,all,all,0.3333333333333333,0.08333333333333331,0.5833333333333333,two_sided,interval,区间,0.3333333333333333,1\r\n"
      "base,wait_days,channel,visit,-2,-2.25,-1.75,two_sided,interval,区间,-2,1\r\n"
      "base,wait_days,channel,phone,,,,none,no data,无数据,,\r\n"));
  CHECK(differences_csv(r) ==
        "\xEF\xBB\xBF"
        "base,other,metric,dimension,item,difference,lower,upper,variance_ratio,verdict,interval,interval_en,interval_zh,"
        "confidence,matters,year_median,year_lower,year_upper\r\n"
        "base,wednesday,wait_days,all,all,-1.5,-1.75,-1.25,2.5,better,two_sided,interval,区间,0.99,0.5,-1.25,-3,0.5\r\n"
        "base,wednesday,wait_days,channel,visit,,,,,,none,no data,无数据,0.95,,,,\r\n"
        "base,wednesday,wait_days,channel,phone,-1.5,-1.75,-1.25,2.5,better,two_sided,interval,区间,0.95,,,,\r\n");
}

TEST_CASE("results of before there were two widths have none; wrong ones are told") {
  const std::string text = results_json(small_result());
  const auto again = parse_results(text, "results.json");
  REQUIRE(again);
  CHECK(again->comparisons[0].one_year[0].lower == -3);
  CHECK(again->precision[0].is_reached);
  auto tree = nlohmann::json::parse(text);
  for (const char* name : {"joint_confidence", "matters", "one_year_level", "one_year"}) tree["comparisons"][0].erase(name);
  tree.erase("precision");
  const auto before = parse_results(tree.dump(), "results.json");
  REQUIRE(before);
  CHECK(before->comparisons[0].one_year.empty());
  CHECK(before->comparisons[0].matters.empty());
  CHECK(before->comparisons[0].joint_confidence == 0);
  CHECK(before->precision.empty());
  CHECK(differences_csv(*before).find("区间,0.95,,,,\r\n") != std::string::npos);
  tree["comparisons"][0].erase("base");
  CHECK(faults_of(tree.dump()) == texts{"results.json: missing key 'comparisons[0].base': expected its value"});
  CHECK(faults_of(replaced(text, "\"matters\":[0.5]", "\"matters\":[0.5,1]")) ==
        texts{"results.json: 'comparisons[0].matters' expected an array of 1; found 2"});
  CHECK(faults_of(replaced(text, "\"one_year\":[[-1.25,-3,0.5]]", "\"one_year\":[null,null]")) ==
        texts{"results.json: 'comparisons[0].one_year' expected an array of 1; found 2"});
  CHECK(faults_of(replaced(text, "\"one_year\":[[-1.25,-3,0.5]]", "\"one_year\":[[-1.25]]")).size() == 1);
}

TEST_CASE("a directory of results has everything to run it again") {
  const scratch dir;
  auto out = output_directory::open(dir / "out");
  REQUIRE(out);
  CHECK(write_results(small_result(), {"compare", {"a.toml", "b.toml"}, {"load.multiplier=2"}}, *out).empty());
  CHECK(out->commit().empty());
  CHECK(read_results(dir / "out/results.json"));
  const std::string manifest = dir.read("out/manifest.json");
  for (const char* part : {"\"command\":\"compare\"", "\"load.multiplier=2\"", "\"seed\":18446744073709551615",
                           "\"fingerprint\":\"00000000deadbeef\"", "\"load.multiplier\":\"2\""}) {
    INFO(part);
    CHECK(manifest.find(part) != std::string::npos);
  }
  CHECK_FALSE(nlohmann::json::parse(manifest, nullptr, false).is_discarded());
  CHECK(dir.read("out/kpi.csv") == kpi_csv(small_result()));
  CHECK_FALSE(dir.read("out/differences.csv").empty());
}

TEST_CASE("probabilities of being best read back the same, are not missed where there are none, and have one for each policy") {
  result r = small_result();
  r.chances = {{"wait_days", {0.25, 0.75}}};
  const std::string text = results_json(r);
  const auto again = parse_results(text, "results.json");
  REQUIRE(again);
  REQUIRE(again->chances.size() == 1);
  CHECK(again->chances[0].metric == "wait_days");
  CHECK(again->chances[0].best == std::vector<double>{0.25, 0.75});
  const std::string table = chances_table(*again, language::en);
  CHECK(table.find("Days") != std::string::npos);
  CHECK(table.find("25 %") != std::string::npos);
  CHECK(chances_table(small_result(), language::en).empty());
  CHECK(faults_of(replaced(text, "[0.25,0.75]", "[0.25]")) == texts{"results.json: 'chances[0].best' expected an array of 2; found 1"});
  CHECK(chance_text(0) == "0 %");
  CHECK(chance_text(1e-9) == "< 1 %");
  CHECK(chance_text(0.999999) == "> 99 %");
  CHECK(chance_text(1) == "100 %");
}
