// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "scratch.hpp"
#include "sifang/io/text_file.hpp"

#include <filesystem>
#include <fstream>

using namespace sifang;
using sifang::test::scratch;
using sifang::test::texts;

TEST_CASE("a text file is read whole, without its byte-order mark") {
  const scratch dir;
  CHECK(*read_text(dir.file("a", "\xEF\xBB\xBF霞浦\n")) == "霞浦\n");
  const std::string large(300'000, 'x');
  CHECK(*read_text(dir.file("b", large)) == large);
}

TEST_CASE("a file that cannot be read, is empty or is no text is one fault that says so") {
  const scratch dir;
  using namespace std::string_view_literals;
  CHECK(dir.lines(read_text(dir / "none").faults()) == texts{"none: expected a readable file; none: No such file or directory"});
  CHECK(dir.lines(read_text(dir.path() / "").faults()).at(0).find("Is a directory") != std::string::npos);
  CHECK(dir.lines(read_text(dir.file("a", ""), text_encoding::utf8, "a scenario").faults()) ==
        texts{"a: expected a scenario; the file is empty"});
  CHECK(dir.lines(read_text(dir.file("b", " \n\r\n\t")).faults()) == texts{"b: expected text; the file is empty"});
  CHECK(dir.lines(read_text(dir.file("c", "\xEF\xBB\xBF")).faults()) == texts{"c: expected text; the file is empty"});
  CHECK(dir.lines(read_text(dir.file("d", "one\ntwo\0"sv)).faults()) ==
        texts{"d:2: expected text in UTF-8; found a byte that is not text at offset 7"});
  CHECK(dir.lines(read_text(dir.file("e", "\x89PNG\r\n\x1a\n"), text_encoding::utf8_or_gb18030).faults()) ==
        texts{"e:1: expected text in UTF-8; found a byte that is not text at offset 0"});
}

TEST_CASE("UTF-8 is checked to the letter") {
  CHECK_FALSE(first_bad_byte("plain, 信访, \xF0\x9F\x98\x80"));
  CHECK(first_bad_byte("\xC0\x80") == 0u);          // overlong NUL
  CHECK(first_bad_byte("\xE0\x80\x80") == 0u);      // overlong
  CHECK(first_bad_byte("a\xED\xA0\x80") == 1u);     // surrogate
  CHECK(first_bad_byte("\xF4\x90\x80\x80") == 0u);  // beyond U+10FFFF
  CHECK(first_bad_byte("ab\xE4\xBF") == 2u);        // cut short
  CHECK(first_bad_byte("\x80") == 0u);
  CHECK_FALSE(first_bad_byte("\xE4\xBF\xA1"));
  CHECK_FALSE(first_bad_byte(""));
}

TEST_CASE("GB18030 is read where it is allowed and refused elsewhere") {
  const scratch dir;
  const std::string gb = "\xD0\xC5\xB7\xC3\n";  // 信访
  const auto path = dir.file("gb", gb);
  CHECK(*read_text(path, text_encoding::utf8_or_gb18030) == "信访\n");
  CHECK(read_text(path).faults().at(0).kind == fault_kind::not_text);
}

TEST_CASE("a file is replaced whole and nothing else is left beside it") {
  const scratch dir;
  CHECK(write_text(dir / "a.csv", "first").empty());
  CHECK(write_text(dir / "a.csv", "second").empty());
  CHECK(dir.read("a.csv") == "second");
  CHECK(dir.names() == texts{"a.csv"});
  const auto faults = write_text(dir / "no/such/place.csv", "x");
  CHECK(dir.lines(faults) ==
        texts{"no/such/place.csv: expected a place that can be written; no/such/place.csv: No such file or directory"});
  CHECK(dir.names() == texts{"a.csv"});
  dir.file("full/b.csv", "in the way");
  CHECK_FALSE(write_text(dir / "full", "x").empty());
  CHECK(dir.names() == texts{"a.csv", "full"});
}
