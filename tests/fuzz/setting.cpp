// SPDX-License-Identifier: BSL-1.0
#include "fuzz.hpp"
#include "sifang/io/scenario_file.hpp"

using namespace sifang;

void fuzz_one(std::string_view input) {
  static const scenario base = [] {
    scenario s;
    category_setting land;
    land.id = "land";
    s.categories = {land};
    sensitive_period congress;
    congress.name = "两会";
    s.sensitive_periods = {congress};
    return s;
  }();
  scenario s = base;
  fuzz::check_told(apply_setting(s, input));
}
