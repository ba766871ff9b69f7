// SPDX-License-Identifier: BSL-1.0
#include "fuzz.hpp"
#include "sifang/io/sweep_grid.hpp"

using namespace sifang;

void fuzz_one(std::string_view input) {
  std::vector<std::string> texts;  // a line each
  for (std::size_t at = 0; at <= input.size();) {
    const std::size_t end = std::min(input.find('\n', at), input.size());
    texts.emplace_back(input.substr(at, end - at));
    at = end + 1;
  }
  const auto grid = sweep_grid::parse(texts);
  if (!grid) return fuzz::check_told(grid.faults());
  fuzz::require(grid->size() >= 1 && grid->size() <= sweep_grid::most_cells, "a grid has a cell, and no more than it may");
  for (const std::size_t cell : {std::size_t{0}, grid->size() - 1})
    fuzz::require(grid->settings(cell).size() == grid->axes().size(), "a cell has a value of each");
}
