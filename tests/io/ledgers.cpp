// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "scratch.hpp"
#include "sifang/io/case_load_file.hpp"
#include "sifang/io/county.hpp"
#include "sifang/io/given_texts.hpp"
#include "sifang/io/ledger_proposal.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace sifang;
using sifang::test::texts;

namespace {

const std::filesystem::path source = SIFANG_SOURCE_DIR;

/// The units and categories of the county that ships.
const county_tree& xiapu() {
  static const county_tree units = *load_units(source / "simulations/scenarios/data/xiapu/units.csv");
  return units;
}
const std::vector<std::string> ids{"land", "political-legal", "labour", "construction", "agriculture", "other"};
const std::vector<named_category> names{
    {"land", "Natural resources and land", "自然资源"},           {"political-legal", "Political and legal affairs", "政法"},
    {"labour", "Labour and social security", "劳动社保"},         {"construction", "Urban and rural construction", "城乡建设"},
    {"agriculture", "Agriculture and rural affairs", "农业农村"}, {"other", "Other", "其他"}};
case_load_frame frame() { return {&xiapu(), ids, day(2022, 1, 1), day(2022, 12, 31), names}; }

ledger_reading read(const std::string& text, const ledger_map& map = {}) {
  auto out = parse_ledger(text, "l.csv", frame(), map);
  for (const fault& f : out.faults()) UNSCOPED_INFO(to_string(f));
  REQUIRE(out);
  return *std::move(out);
}
texts lines(const std::vector<fault>& faults) {
  texts out;
  for (const fault& f : faults) out.push_back(to_string(f));
  return out;
}
std::string content(const std::filesystem::path& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}
std::string utf16(const std::string& text, bool big) {  // of the basic plane
  std::string out = big ? "\xFE\xFF" : "\xFF\xFE";
  for (const char32_t c : detail::characters_of(text)) {
    const char high = static_cast<char>(c >> 8), low = static_cast<char>(c & 0xFF);
    out += big ? high : low;
    out += big ? low : high;
  }
  return out;
}
std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) text.replace(at, what.size(), by);
  return text;
}

const std::string chinese = "编号,登记时间,问题属地,问题类别,信访形式,人数\n";

}  // namespace

TEST_CASE("the documented file, what Excel makes of it, and a bureau's own hold the same cases") {
  const auto folder = source / "tests/io/ledgers";
  const auto documented = load_ledger(folder / "on-the-limit.csv", frame());
  const auto excel = load_ledger(folder / "as-excel-saves.csv", frame());
  const auto bureau = load_ledger(folder / "ledger-zh.gb18030.csv", frame());
  REQUIRE((documented && excel && bureau));
  CHECK(case_load_csv(documented->load) == case_load_csv(excel->load));
  for (const auto* one : {&*documented, &*excel, &*bureau}) {
    CHECK(one->rows == 60);
    CHECK(one->rows_rejected == 0);
    CHECK(one->load.cases.size() == 60);
  }
  CHECK(documented->is_documented());
  CHECK_FALSE(bureau->is_documented());
  CHECK(bureau->unknown_units == 0);
  for (std::size_t i = 0; i < 60; ++i) {
    const recorded_case &a = documented->load.cases[i], &b = bureau->load.cases[i];
    INFO(i);
    CHECK(a.date == b.date);
    CHECK((a.place_code.starts_with(b.place_code)));  // the bureau names the township alone in every other row
    CHECK(a.category == b.category);
    CHECK(a.channel == b.channel);
    CHECK(a.group_size == b.group_size);
    CHECK(a.acceptance == calendar_days(14));
    CHECK(b.acceptance == calendar_days(14));
    CHECK(a.handling == calendar_days(59));
    CHECK(b.handling == calendar_days(59));
    CHECK(a.settled == b.settled);
    CHECK(b.repeat == false);
    if (b.time) CHECK(a.time == b.time);
  }
  CHECK(bureau->load.cases[0].unit_code == "350921106");
}

TEST_CASE("encodings, separators and ends of lines make no difference") {
  const auto folder = source / "tests/io/ledgers";
  const std::string gb = content(folder / "ledger-zh.gb18030.csv");
  const std::string plain = *decode_text(gb, "l.csv", text_encoding::utf8_or_gb18030);
  const std::string plain_lf = replaced(plain, "\r\n", "\n");
  const std::string expected = case_load_csv(read(plain).load);
  std::vector<std::pair<std::string, std::string>> forms{{"UTF-8", plain_lf},
                                                         {"mark", "\xEF\xBB\xBF" + plain_lf},
                                                         {"UTF-16 little", utf16(plain_lf, false)},
                                                         {"UTF-16 big", utf16(plain_lf, true)},
                                                         {"GB18030", gb},
                                                         {"tab", replaced(plain_lf, ",", "\t")},
                                                         {"semicolon", replaced(plain_lf, ",", ";")},
                                                         {"wide comma", replaced(plain_lf, ",", "，")},
                                                         {"CR", replaced(plain_lf, "\n", "\r")},
                                                         {"CRLF", replaced(plain_lf, "\n", "\r\n")},
                                                         {"sep", "sep=;\n" + replaced(plain_lf, ",", ";")}};
  for (const auto& [name, bytes] : forms) {
    INFO(name);
    const auto text = decode_text(bytes, "l.csv", text_encoding::utf8_or_gb18030);
    REQUIRE(text);
    CHECK(case_load_csv(read(*text).load) == expected);
  }
}

TEST_CASE("dates of acceptance and reply, and days, say the same and must not contradict each other") {
  const std::string header = "编号,登记时间,问题属地,问题类别,信访形式,人数,受理告知日期,受理天数,答复日期,办理天数\n";
  const auto good = read(header +
                         "1,2022/3/1,三沙镇,土地,来访,1,2022/3/4,,2022年4月3日,\n2,2022/3/1,三沙镇,土地,来访,1,,3,,30天\n3,2022/3/"
                         "1,三沙镇,土地,来访,1,2022/3/4,3,2022/4/3,30\n"
                         "4,2022/3/1,三沙镇,土地,来访,1,,,2022/4/3,\n");
  REQUIRE(good.load.cases.size() == 4);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(good.load.cases[i].acceptance == calendar_days(3));
    CHECK(good.load.cases[i].handling == calendar_days(30));
  }
  CHECK_FALSE(good.load.cases[3].handling);  // since when it was handled is not known
  const auto bad = read(header +
                        "1,2022/3/4,三沙镇,土地,来访,1,2022/3/1,,,\n2,2022/3/1,三沙镇,土地,来访,1,2022/3/4,4,,\n3,2022/3/"
                        "1,三沙镇,土地,来访,1,2022/3/4,,2022/3/2,\n");
  CHECK(bad.load.cases.empty());
  CHECK(lines(bad.told) == texts{"l.csv:2:24: '受理告知日期' expected not before 2022-03-04; found 2022-03-01",
                                 "l.csv:3:24: '受理告知日期' expected 2022-03-05, as another column of the row says; found 2022-03-04",
                                 "l.csv:4:34: '答复日期' expected not before 2022-03-04; found 2022-03-02"});
}

TEST_CASE("places are known by code, by name, with what stands above them, and by what is left of it") {
  const place_names places(xiapu());
  const auto code = [&](std::string_view text) {
    const place_found found = places.territory(text);
    return found.where ? xiapu().code(*found.where) : std::string(found.several ? "several" : "none");
  };
  for (const char* text : {"350921106", "350921106000", "三沙镇", "三沙", "霞浦县三沙镇", "福建省宁德市霞浦县三沙镇", " 三 沙 镇 ",
                           "三沙镇人民政府", "霞浦县三沙镇人民政府"}) {
    INFO(text);
    CHECK(code(text) == "350921106");
  }
  for (const char* text : {"崇儒畲族乡东坡村", "崇儒乡东坡村", "崇儒东坡村", "崇儒畲族乡东坡", "崇儒畲族乡东坡村委会",
                           "崇儒畲族乡东坡村民委员会", "霞浦县崇儒畲族乡东坡村"}) {
    INFO(text);
    const std::string found = code(text);
    CHECK((found.size() == 12 && found.starts_with("350921202")));
  }
  CHECK(code("霞浦县") == "350921");
  CHECK(code("350921") == "350921");
  CHECK(code("桥头村") == "several");
  CHECK(code("松港街道东关社区") == "350921002001");
  CHECK(code("县信访局") == "none");  // an office is no place
  CHECK(code("某某镇") == "none");
  CHECK(code("") == "none");
  CHECK(places.territory("三沙真").proposals == texts{"三沙镇"});
  CHECK(places.territory("崇儒畲族乡东波村").proposals.front() == "崇儒畲族乡东坡村");
  const auto office = [&](std::string_view text) {
    const place_found found = places.office(text);
    return found.where ? xiapu().code(*found.where) : std::string("none");
  };
  CHECK(office("霞浦县自然资源局") == "natural-resources");
  CHECK(office("县自然资源局") == "natural-resources");
  CHECK(office("自然资源局") == "natural-resources");
  CHECK(office("松城街道办事处") == "350921001");
  CHECK(office("三沙镇人民政府") == "350921106");
  CHECK(office("natural-resources") == "natural-resources");
  CHECK(office("外星局") == "none");
}

TEST_CASE("a township and a village may stand in two columns") {
  const auto two = read(
      "编号,登记时间,所属乡镇,所属村,问题类别,信访形式,人数\n1,2022/3/1,松港街道,东关社区,土地,来访,1\n2,2022/3/"
      "1,松港街道,,土地,来访,1\n3,2022/3/1,三沙镇,东关社区,土地,来访,1\n");
  REQUIRE(two.load.cases.size() == 2);
  CHECK(two.load.cases[0].place_code == "350921002001");
  CHECK(two.load.cases[1].place_code == "350921002");
  CHECK(two.rejected.size() == 1);
}

TEST_CASE("a title, rows of totals and empty rows of a sheet are passed over, and lines keep their numbers") {
  const auto sheet = read("霞浦县2022年信访台账,,,,,\n填报单位:县信访局,,,,,\n" + chinese +
                          "1,2022/3/1,三沙镇,土地,来访,1\n,,,,,\n合计,,,,,1\n2,2022/3/1,三沙真,土地,来访,1\n");
  CHECK(sheet.rows == 2);
  CHECK(sheet.sums == 1);
  CHECK(sheet.load.cases.size() == 1);
  CHECK(lines(sheet.told) ==
        texts{"l.csv:7:12: expected a place of the county, by code or name; '三沙真' is none; did you mean '三沙镇'?"});
}

TEST_CASE("rejected rows are counted, grouped and listed without what stands in them") {
  std::string text = chinese;
  for (int i = 0; i < 40; ++i) text += std::to_string(i) + ",2022-13-01,张三,土地,来访,1\n";
  const auto bad = read(text);
  CHECK(bad.rows == 40);
  CHECK(bad.rows_rejected == 40);
  CHECK(bad.rejected.size() == 80);
  CHECK(bad.told.size() <= most_faults_told + 1);
  const std::string csv = rejected_csv(bad, language::zh);
  CHECK(csv.starts_with("\xEF\xBB\xBFrow,column,reason\r\n2,登记时间,应为日期\r\n2,问题属地,应为本县的地点代码或名称\r\n"));
  CHECK(csv.find("张三") == std::string::npos);
  CHECK(csv.find("2022-13-01") == std::string::npos);
  std::string told;
  for (const std::string& line : lines(bad.told)) told += line + '\n';
  CHECK(told.find("张三") == std::string::npos);
  CHECK(told.find("30 more faults of this kind") != std::string::npos);
}

TEST_CASE("two columns of one name are told where one of them would be read, and more columns than a sheet has are one fault") {
  CHECK(read("编号,登记时间,备注,问题属地,备注,问题类别,信访形式,人数\n1,2022/3/1,,三沙镇,,土地,来访,1\n").load.cases.size() == 1);
  CHECK(lines(parse_ledger("编号,登记时间,登记时间,问题属地,问题类别,信访形式,人数\n1,2022/3/1,,三沙镇,土地,来访,1\n", "l.csv", frame())
                  .faults()) == texts{"l.csv:1:9: code '登记时间' expected once; it already stands on line 1"});
  std::string wide = "id";
  for (int i = 0; i < 5000; ++i) wide += ",x";
  CHECK(lines(parse_ledger(wide + "\n1\n", "l.csv", frame()).faults()) == texts{"l.csv:1: expected at most 1024 columns; found more"});
}

TEST_CASE("a mapping that was written reads the ledger as it was read, and one that was edited as it says") {
  const std::string text = replaced(chinese, "问题类别", "类") +
                           "1,2022/3/1,三沙真,甲类,窗口,1\n2,2022/3/1,三沙镇,乙类,来访,1\n3,2022/3/1,350999001,甲类,来访,1\n";
  CHECK(lines(parse_ledger(text, "l.csv", frame()).faults()) ==
        texts{"l.csv:1: expected a column '问题类别 (category)'; found columns 编号, 登记时间, 问题属地, 类, 信访形式, 人数"});
  const std::string edited =
      "format = 1\nmerges = \"merges.csv\"\n[columns]\nid = \"编号\"\ndate = \"登记时间\"\nplace = \"问题属地\"\ncategory = "
      "\"类\"\nchannel = \"信访形式\"\n"
      "[constants]\ngroup_size = 2\n[category]\n\"甲类\" = \"land\"\n\"乙类\" = \"劳动社保\"\n[channel]\n\"窗口\" = "
      "\"visit\"\n[place]\n\"三沙真\" = \"350921106\"\n";
  const named_texts files{{"m.toml", edited}, {"merges.csv", "old,new\n350999001,350921001\n"}};
  const auto map = load_ledger_map("m.toml", files);
  for (const fault& f : map.faults()) UNSCOPED_INFO(to_string(f));
  REQUIRE(map);
  const auto mapped = read(text, *map);
  REQUIRE(mapped.load.cases.size() == 3);
  CHECK(mapped.load.cases[0].place_code == "350921106");
  CHECK(mapped.load.cases[0].category == "land");
  CHECK(mapped.load.cases[1].category == "labour");
  CHECK(mapped.load.cases[2].place_code == "350921001");
  CHECK(mapped.load.cases[0].group_size == 2);  // the column of persons is not read

  const std::string written = ledger_map_text(mapped, *map);
  INFO(written);
  const named_texts again{{"m.toml", written}, {"merges.csv", "old,new\n350999001,350921001\n"}};
  const auto reread = load_ledger_map("m.toml", again);
  REQUIRE(reread);
  CHECK(case_load_csv(read(text, *reread).load) == case_load_csv(mapped.load));
  CHECK(ledger_map_text(read(text, *reread), *reread) == written);

  const named_texts wrong{{"m.toml", "format = 2\nsheets = 1\n[columns]\ndat = \"x\"\nplace = [1]\n[category]\na = 1.5\n"}};
  CHECK(lines(load_ledger_map("m.toml", wrong).faults()) ==
        texts{"m.toml:1:10: 'format' expected 1; found 2", "m.toml:2:10: unknown key 'sheets'; did you mean 'sheet'?",
              "m.toml:4:7: unknown key 'columns.dat'; did you mean 'date'?", "m.toml:5:9: 'columns.place' expected text; found a list of 1",
              "m.toml:7:5: 'category' expected text; found 1.5"});
}

TEST_CASE("unknown words are proposed in the mapping, with the nearest known ones and none that may be somebody's") {
  const auto unknown = read(chinese + "1,2022/3/1,三沙真,劳动社宝,来访,1\n2,2022/3/1,三沙镇,王建国,来访,1\n");
  const std::string map = ledger_map_text(unknown);
  CHECK(map.find("# \"三沙真\" = \"\"  # not known: 1 rows, first on line 2; perhaps 三沙镇") != std::string::npos);
  CHECK(map.find("# \"劳动社宝\" = \"\"") != std::string::npos);
  CHECK(map.find("王建国") == std::string::npos);
  CHECK(map.find("not shown, as it may be somebody's") != std::string::npos);
  CHECK(load_ledger_map("m", named_texts{{"m", map}}));
  CHECK(ledger_proposal_text(unknown, language::zh).find("王建国") == std::string::npos);
}

TEST_CASE("words of bureaus for channels, repeats, satisfaction and subjects") {
  CHECK(channel_called("走访") == channel::visit);
  CHECK(channel_called(" 网上信访 ") == channel::online);
  CHECK(channel_called("12345") == channel::phone);
  CHECK(channel_called("VISIT") == channel::visit);
  CHECK_FALSE(channel_called("传真"));
  CHECK(repeat_called("重信重访") == true);
  CHECK(repeat_called("初访") == false);
  CHECK(repeat_called("是") == true);
  CHECK(*grade_called("基本满意") == grade::basically_satisfied);
  REQUIRE(grade_called("未评价"));
  CHECK_FALSE(*grade_called("未评价"));
  CHECK_FALSE(grade_called("好"));
  CHECK(category_called("国土资源", names) == 0u);
  CHECK(category_called("征地拆迁", names) == 0u);
  CHECK(category_called("人社", names) == 2u);
  CHECK(category_called("LAND", names) == 0u);
  CHECK_FALSE(category_called("外星", names));
  CHECK(field_called("登记 时间(年月日)") == ledger_field::date);
  CHECK(field_called("人数（人）") == ledger_field::group_size);
  CHECK_FALSE(field_called("张三"));
}

TEST_CASE("an owner is a post, never a name") {
  organisation_builder posts([] {
    hierarchy_builder<unit> builder;
    builder.add("350921", "", unit{"350921", "霞浦县", unit_kind::county});
    return *std::move(builder).build();
  }());
  posts.add("secretary", "县委书记", role::principal_leader, "350921");
  posts.add("deputy-1", "副县长", role::county_leader, "350921");
  posts.add("deputy-2", "副县长", role::county_leader, "350921");
  const auto org = std::move(posts).build();
  REQUIRE(org);
  case_load_frame with = frame();
  with.units = &org->units();
  with.posts = &*org;
  const auto owned = parse_ledger(
      replaced(chinese, "人数", "人数,包案领导") +
          "1,2022/3/1,霞浦县,土地,来访,1,县委书记\n2,2022/3/1,霞浦县,土地,来访,1,王建国\n3,2022/3/1,霞浦县,土地,来访,1,副县长\n"
          "4,2022/3/1,霞浦县,土地,来访,1,deputy-2\n",
      "l.csv", with);
  REQUIRE(owned);
  REQUIRE(owned->load.cases.size() == 4);
  CHECK(owned->load.cases[0].owner_post == "secretary");
  CHECK(owned->load.cases[1].owner_post.empty());
  CHECK(owned->load.cases[2].owner_post.empty());  // two have that title
  CHECK(owned->load.cases[3].owner_post == "deputy-2");
  CHECK(owned->unknown_owners == 2);
}

TEST_CASE("a spreadsheet that is not read is told as one") {
  const sifang::test::scratch dir;
  const auto zip = dir.file("l.xlsx", "PK\x03\x04 and more");
  const auto old = dir.file("l.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more");
  for (const auto& path : {zip, old}) CHECK(load_ledger(path, frame()).faults().front().kind == fault_kind::is_spreadsheet);
  const given_texts converted({}, [](std::string_view, const std::string&, const std::string& sheet) {
    return checked<std::string>("id,date,place,category,channel,group_size\n" + sheet + ",2022-03-01,350921106,land,visit,1\n");
  });
  ledger_map map;
  map.sheet = "台账";
  const auto read_sheet = load_ledger(zip, frame(), map, converted);
  REQUIRE(read_sheet);
  CHECK(read_sheet->load.cases.front().id == "台账");
}

TEST_CASE("docs/tables.md lists every word of the dictionary") {
  const std::string page = content(source / "docs/tables.md");
  const auto has = [&](std::string_view word) {
    INFO(word);
    CHECK(page.find('`' + std::string(word) + '`') != std::string::npos);
  };
  for (const auto& one : column_words) has(one.word);
  for (const auto& one : private_column_words) has(one.word);
  for (const auto& one : channel_words) has(one.word);
  for (const auto& one : repeat_words) has(one.word);
  for (const auto& one : satisfaction_words) has(one.word);
  for (std::string_view subject : subject_words) {
    while (!subject.empty()) {
      const std::size_t blank = std::min(subject.find(' '), subject.size());
      has(subject.substr(0, blank));
      subject.remove_prefix(std::min(blank + 1, subject.size()));
    }
  }
}
