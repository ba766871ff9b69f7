// SPDX-License-Identifier: BSL-1.0
#include "fuzz.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/xes.hpp"
#include "sifang/office/xes_reader.hpp"

using namespace sifang;

/// The bytes of an XES log, or with a digit before them what stands in its only case. What is read is text, and written again it reads as
/// the same.
void fuzz_one(std::string_view input) {
  if (input.empty()) return;
  std::string text(input);
  if (input.front() == '1') text = "<log><trace>" + text.substr(1) + "</trace></log>";
  xes_limits small;
  small.bytes = std::size_t{1} << 20;
  const auto log = read_xes(text, "l.xes", small);
  if (!log) return fuzz::check_told(log.faults());
  for (const log_trace& t : log->traces) {
    for (const log_attribute& a : t.attributes) fuzz::require(!first_bad_byte(a.key), "a key is text");
  }
  const std::string written = xes_text("l", log->traces);
  fuzz::require(!first_bad_byte(written), "a log is text");
  xes_limits large;
  large.bytes = written.size();
  const auto again = read_xes(written, "w.xes", large);
  fuzz::require(again.has_value(), "what is written can be read");
  fuzz::require(again->traces == log->traces, "what is written reads as the same");
  const auto table = xes_as_case_load(text, "l.xes");
  if (!table) return fuzz::check_told(table.faults());
  std::vector<fault> faults;
  (void)csv_table::parse(*table, "l.csv", faults);
  fuzz::require(faults.empty(), "a log of recorded cases makes a table");
}
