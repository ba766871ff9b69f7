// SPDX-License-Identifier: BSL-1.0
#include "fuzz.hpp"
#include "sifang/io/report.hpp"
#include "sifang/io/results_json.hpp"
#include "sifang/io/results_reader.hpp"

using namespace sifang;

void fuzz_one(std::string_view input) {
  const auto text = decode_text(std::string(input), "results.json");
  if (!text) return fuzz::check_told(text.faults());
  const auto r = parse_results(*text, "results.json");
  if (!r) return fuzz::check_told(r.faults());
  const std::string written = results_json(*r);
  const auto again = parse_results(written, "results.json");
  fuzz::require(again.has_value() && results_json(*again) == written, "results that are written are read back as they were");
  fuzz::require(render_report("</*SIFANG_DATA*/", written, language::en).find('<', 1) == std::string::npos,
                "no text can end the report's data");
}
