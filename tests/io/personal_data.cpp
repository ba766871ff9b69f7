// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "sifang/io/case_load_file.hpp"
#include "sifang/io/ledger_proposal.hpp"
#include "sifang/io/personal_data.hpp"

using namespace sifang;

// Names and numbers are made up; the identity numbers have no valid check character unless that is looked at.

TEST_CASE("names, telephone, identity and account numbers are recognised") {
  for (const char* text :
       {"张三", "欧阳修文", "王 小明", "司马光", "李建国(代表)", "Zhang San", "ZHANG San", "zhangsan", "wangxiaoming", "Ouyang Xiu"}) {
    INFO(text);
    CHECK(personal_data_in(text) == personal_data::name);
  }
  for (const char* text :
       {"13800138000", "138 0013 8000", "138-0013-8000", "+8613800138000", "0593-8801234", "059388012345", "电话13800138000"}) {
    INFO(text);
    CHECK(personal_data_in(text) == personal_data::telephone);
  }
  for (const char* text : {"352225197001011234", "35222519700101123X", "352225700101123", "身份证352225197001011234",
                           "３５２２２５１９７００１０１１２３４"}) {
    INFO(text);
    CHECK(personal_data_in(text) == personal_data::identity);
  }
  CHECK(personal_data_in("6222021234567890128") == personal_data::bank_card);
  CHECK(personal_data_in("a.b@example.org") == personal_data::e_mail);
}

TEST_CASE("posts, offices, places, dates and codes are no personal data") {
  for (const char* text : {"",
                           "县委书记",
                           "副县长",
                           "松城街道",
                           "三沙镇",
                           "东关社区",
                           "自然资源局",
                           "信访",
                           "350921106205",
                           "350921106",
                           "2022-09-15",
                           "2022年9月15日",
                           "20220915",
                           "X001",
                           "2022/9/15 9:30",
                           "land",
                           "political-legal",
                           "labour",
                           "agriculture",
                           "other",
                           "online",
                           "phone",
                           "letter",
                           "visit",
                           "campaign",
                           "education",
                           "housing",
                           "veterans",
                           "true",
                           "14",
                           "来访",
                           "安全生产",
                           "农业农村",
                           "XF2022-0915-001",
                           "三",
                           "1,234.5",
                           "110101"}) {
    INFO(text);
    CHECK(personal_data_in(text) == personal_data::none);
  }
}

TEST_CASE("a cell is shown only if it is a date, a number that is nobody's, or near to a known word") {
  CHECK(shown_cell("2022-13-01") == "2022-13-01");
  CHECK(shown_cell("2022年13月1日") == "2022年13月1日");
  CHECK(shown_cell("350921002") == "350921002");
  CHECK(shown_cell("-3") == "-3");
  CHECK(shown_cell("8801234") == not_shown);
  CHECK(shown_cell("13800138000") == not_shown);
  CHECK(shown_cell("zhangsan") == not_shown);
  CHECK(shown_cell("visitt", "visit") == "visitt");
  CHECK(shown_cell("王沙", "三沙") == not_shown);
  CHECK(shown_cell("三沙真", "三沙镇") == "三沙真");
  CHECK(shown_cell("") == "");
}

TEST_CASE("names and numbers in any cell of a ledger reach no message, table or mapping") {
  // Every cell of a good row is replaced in turn by something of a person's.
  const std::vector<std::string> header{"编号",      "登记时间",     "登记时刻", "问题属地", "问题类别", "信访形式",
                                        "人数",      "受理告知日期", "受理天数", "是否息诉", "责任单位", "包案领导",
                                        "初次/重复", "满意度",       "信访人",   "电话",     "备注"};
  const std::vector<std::string> good{"1",        "2022-03-01", "9:00", "松城街道", "land", "来访", "1", "2022-03-04", "3", "是",
                                      "松城街道", "县委书记",   "初次", "满意",     "",     "",     ""};
  hierarchy_builder<unit> builder;
  builder.add("350921", "", unit{"350921", "霞浦县", unit_kind::county});
  builder.add("350921001", "350921", unit{"350921001", "松城街道", unit_kind::subdistrict});
  const county_tree units = *std::move(builder).build();
  const std::vector<std::string> categories{"land"};
  const case_load_frame frame{&units, categories, day(2022, 1, 1), day(2022, 12, 31)};
  const auto row = [](const std::vector<std::string>& cells) {
    std::string out;
    for (const std::string& cell : cells) out += (out.empty() ? "" : ",") + cell;
    return out + '\n';
  };
  for (const char* secret : {"张建国", "欧阳小明", "13800138000", "0593-8801234", "352225197001011234", "Zhang San", "zhangsan", "王松"}) {
    for (std::size_t cell = 0; cell <= good.size(); ++cell) {
      std::vector<std::string> cells = good, head = header;
      (cell < good.size() ? cells[cell] : head[15]) = secret;  // at last as the name of a column
      const auto read = parse_ledger(row(head) + row(cells) + row(cells), "l.csv", frame);
      std::string out;
      for (const language lang : {language::en, language::zh}) {
        for (const fault& f : read.faults()) out += to_string(f, lang) + '\n';
        if (!read) continue;
        for (const fault& f : read->told) out += to_string(f, lang) + '\n';
        out += rejected_csv(*read, lang) + ledger_proposal_text(*read, lang) + ledger_map_text(*read);
        for (const std::string& note : ledger_notes(*read, lang)) out += note + '\n';
      }
      if (read) out += case_load_csv(read->load);
      INFO(secret << " in column " << (cell < good.size() ? header[cell] : "header") << ":\n" << out);
      CHECK(out.find(secret) == std::string::npos);
    }
  }
  // A ledger without a header has somebody's data where its names should be.
  for (const fault& f : parse_ledger(row({"1", "张建国", "13800138000", "352225197001011234"}), "l.csv", frame).faults()) {
    const std::string line = to_string(f);
    INFO(line);
    CHECK(line.find("张建国") == std::string::npos);
    CHECK(line.find("138") == std::string::npos);
    CHECK(line.find("3522") == std::string::npos);
  }
}
