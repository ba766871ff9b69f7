// SPDX-License-Identifier: BSL-1.0
#include "fuzz.hpp"
#include "sifang/io/journal.hpp"

using namespace sifang;

void fuzz_one(std::string_view input) {
  static const fuzz::folder dir;
  dir.write("run.journal", input);
  auto kept = journal::open(dir / "run.journal", 0x1234, "run s, 30 replications");
  if (!kept) return fuzz::check_told(kept.faults());
  const std::size_t taken = kept->replay(1000, [](std::size_t, std::span<const double>) {});
  kept->append(std::vector<double>{1, 2, 3});
  std::size_t next = 0;
  auto again = journal::open(dir / "run.journal", 0x1234, "run s, 30 replications");  // held by the first, which locks it
  fuzz::require(!again.has_value(), "a journal is open once");
  fuzz::require(kept->replay(2000, [&](std::size_t piece,
                                       std::span<const double>) { fuzz::require(piece == next++, "pieces come in their order"); }) >= taken,
                "what was taken once is there again");
}
