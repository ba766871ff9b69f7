// SPDX-License-Identifier: BSL-1.0
#include "../io/small_result.hpp"
#include "fuzz.hpp"
#include "sifang/io/results_json.hpp"
#include "sifang/office/results_database.hpp"
#include "sifang/office/results_database_reader.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

using namespace sifang;

/// Changes to a database of results, four bytes each: where, in three, and by which value it is replaced; what is beyond the end says how
/// many bytes are cut off.
void fuzz_one(std::string_view input) {
  static const std::string good = *results_database(test::small_result(), {"compare", {"a"}, {}});
  std::string bytes = good;
  const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(input[at])); };
  for (std::size_t at = 0; at + 4 <= input.size() && !bytes.empty(); at += 4) {
    const std::size_t where = byte(at) << 16 | byte(at + 1) << 8 | byte(at + 2);
    if (where < bytes.size())
      bytes[where] = static_cast<char>(input[at + 3]);
    else
      bytes.resize(bytes.size() - std::min(bytes.size(), where % 5000));
  }
  const auto r = parse_results_database(bytes, "results.sqlite");
  if (!r) return fuzz::check_told(r.faults());
  const auto again = results_database(*r, {"compare", {"a"}, {}});
  if (!again) return fuzz::check_told(again.faults());
  const auto read = parse_results_database(*again, "results.sqlite");
  fuzz::require(read.has_value() && results_json(*read) == results_json(*r), "results that are written are read back as they were");
}
