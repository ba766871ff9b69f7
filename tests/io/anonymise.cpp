// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "scratch.hpp"
#include "sifang/io/anonymise.hpp"
#include "sifang/io/case_load_file.hpp"
#include "sifang/io/county.hpp"

#include <filesystem>
#include <set>

using namespace sifang;
using sifang::test::texts;

namespace {

const anonymise_setting kept{"0123456789abcdef", false}, moved{"0123456789abcdef", true};

std::string hex(const sha256_digest& d) {
  std::string out;
  for (const std::uint8_t byte : d) {
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 15];
  }
  return out;
}

/// Rows of fields, without the byte-order mark.
std::vector<texts> rows_of(const std::string& text) {
  std::vector<fault> faults;
  const csv_table table = csv_table::parse(text, "t.csv", faults);
  REQUIRE(faults.empty());
  std::vector<texts> out{texts(table.header().begin(), table.header().end())};
  for (std::size_t row = 0; row < table.size(); ++row) {
    out.emplace_back();
    for (std::size_t c = 0; c < table.header().size(); ++c) out.back().emplace_back(table.at(row, {c, {}}).text);
  }
  return out;
}

// Names and numbers are made up.
const std::string ledger =
    "2022年信访台账,,,,,,,,,,,,,,\n"
    "编号,登记时间,信访人姓名,联系电话,身份证号,问题属地,问题类别,信访形式,人数,受理告知日期,答复日期,是否息诉,责任单位,包案领导,反映内容\n"
    "XF-1,2022/3/1 "
    "9:30,张建国,13800138000,352225197001011234,三沙镇,征地,来访,3人,2022/3/4,2022/4/3,是,三沙镇人民政府,副县长李明,张建国反映征地补偿\n"
    "XF-2,2022/3/2,王小丽,0593-8801234,,三沙镇东街12号,某人私事,来信,1,,,,王小丽,李明,电话13800138000\n"
    "XF-3,2022/3/8,张建国,13900139000,352225197001011234,松城街道,征地,来访,1,,,否,,县委书记,\n";

}  // namespace

TEST_CASE("SHA-256 and its HMAC give the published values") {
  CHECK(hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(hex(sha256(std::string(1'000'000, 'a'))) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  CHECK(hex(keyed_hash(std::string(20, '\x0b'), "Hi There")) ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");  // RFC 4231, 1
  CHECK(hex(keyed_hash("Jefe", "what do ya want for nothing?")) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(hex(keyed_hash(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  const std::string name = keyed_name("key", "a");
  CHECK(name.size() == 16);
  CHECK(name.find_first_of("aeiou0123456789") == std::string::npos);
  CHECK(name != keyed_name("kez", "a"));
  CHECK(name != keyed_name("key", "b"));
}

TEST_CASE("a ledger that is shared has what a simulation needs and nobody in it") {
  const auto made = anonymise_ledger(ledger, "l.csv", kept);
  REQUIRE(made);
  const auto rows = rows_of(made->text);
  CHECK(rows[0] == texts{"id", "date", "time", "place", "category", "channel", "group_size", "acceptance_days", "handling_days", "settled",
                         "unit", "owner", "petitioner"});
  REQUIRE(rows.size() == 4);
  const std::string person = rows[1].back();
  CHECK(rows[1] ==
        texts{rows[1][0], "2022-03-01", "09:30", "三沙镇", "征地", "visit", "3", "3", "30", "true", "三沙镇人民政府", "副县长", person});
  CHECK(rows[2] == texts{rows[2][0], "2022-03-02", "", "", "", "letter", "1", "", "", "", "", "", rows[2].back()});
  CHECK(rows[3] ==
        texts{rows[3][0], "2022-03-08", "", "松城街道", "征地", "visit", "1", "", "", "false", "", "县委书记", person});  // the same person
  CHECK(std::set<std::string>{rows[1][0], rows[2][0], rows[3][0]}.size() == 3);
  CHECK(rows[2].back() != person);
  CHECK(made->rows == 3);
  CHECK(made->cells_left_out == 4);  // a street and number, a subject of one row alone, a name for a unit, a name for an owner
  for (const char* secret : {"XF-1", "张", "王", "李明", "138", "139", "0593", "352225", "东街", "私事", "补偿", "电话"}) {
    INFO(secret);
    CHECK(made->text.find(secret) == std::string::npos);
  }
  CHECK(anonymise_ledger(ledger, "l.csv", kept)->text == made->text);
  CHECK(rows_of(anonymise_ledger(ledger, "l.csv", {"another key of its own", false})->text)[1][0] != rows[1][0]);
}

TEST_CASE("dates that are moved keep their weekdays and all that lies between them") {
  const auto rows = rows_of(anonymise_ledger(ledger, "l.csv", moved)->text),
             as_are = rows_of(anonymise_ledger(ledger, "l.csv", kept)->text);
  const auto day_of = [](const std::vector<texts>& all, std::size_t row) { return *parse_day(all[row][1]); };
  const calendar_days shift = day_of(as_are, 1) - day_of(rows, 1);
  CHECK(shift.count > 0);
  CHECK(shift.count <= 364);
  CHECK(shift.count % 7 == 0);
  CHECK(day_of(as_are, 2) - day_of(rows, 2) == shift);
  CHECK(rows[1][8] == "30");
}

TEST_CASE("with a county places and offices become codes, and the copy is read as a case load") {
  const county_tree units = *load_units(std::filesystem::path(SIFANG_SOURCE_DIR) / "simulations/scenarios/data/xiapu/units.csv");
  const std::vector<std::string> ids{"land"};
  const std::vector<named_category> names{{"land", "Land", "自然资源"}};
  const case_load_frame frame{&units, ids, day(2022, 1, 1), day(2022, 12, 31), names};
  const auto made = anonymise_ledger(ledger, "l.csv", kept, &frame);
  REQUIRE(made);
  const auto rows = rows_of(made->text);
  CHECK(rows[1][3] == "350921106");
  CHECK(rows[1][4] == "land");
  CHECK(rows[1][10] == "350921106");
  const auto back = parse_ledger(made->text, "shared.csv", frame);
  REQUIRE(back);
  CHECK(back->load.cases.size() == 2);
  CHECK(back->rows_rejected == 1);  // the one whose place and subject could not be kept
  CHECK(back->load.cases[0].id == rows[1][0]);
  CHECK(back->load.cases[0].handling == calendar_days(30));
  CHECK(back->private_ids == 0);
  CHECK(back->is_documented());
}

TEST_CASE("whatever stands in whichever cell, nobody is in the copy") {
  const texts header{"编号",     "登记时间",     "登记时刻", "问题属地", "所属村",   "问题类别", "信访形式",
                     "人数",     "受理告知日期", "受理天数", "答复日期", "办理天数", "是否息诉", "责任单位",
                     "包案领导", "初次/重复",    "满意度",   "信访人",   "其他列"};
  const county_tree units = *load_units(std::filesystem::path(SIFANG_SOURCE_DIR) / "simulations/scenarios/data/xiapu/units.csv");
  const std::vector<std::string> ids{"land"};
  const std::vector<named_category> names{{"land", "Land", "自然资源"}};
  const case_load_frame frame{&units, ids, day(2022, 1, 1), day(2022, 12, 31), names};
  for (const char* secret : {"张建国", "13800138000", "0593-8801234", "352225197001011234", "Zhang San", "zhangsan", "三沙镇东街12号",
                             "李明反映村干部侵占土地"}) {
    std::string text, row;
    for (const std::string& name : header) {
      text += (text.empty() ? "" : ",") + name;
      row += (row.empty() ? "" : ",") + std::string(secret);
    }
    text += '\n';
    for (int i = 0; i < 5; ++i) text += row + '\n';
    for (const case_load_frame* known : {static_cast<const case_load_frame*>(nullptr), &frame}) {
      const auto made = anonymise_ledger(text, "l.csv", kept, known);
      REQUIRE(made);
      INFO(made->text);
      CHECK(made->text.find(secret) == std::string::npos);
    }
  }
}

TEST_CASE("what is no ledger is not shared") {
  CHECK_FALSE(anonymise_ledger("张三,13800138000\n李四,13900139000\n", "l.csv", kept));
  CHECK_FALSE(anonymise_ledger("编号,登记时间\n", "l.csv", kept));
  for (const fault& f : anonymise_ledger("张三,13800138000\n李四,13900139000\n", "l.csv", kept).faults())
    CHECK(to_string(f).find("张三") == std::string::npos);
}
