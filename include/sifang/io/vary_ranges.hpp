// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_VARY_RANGES_HPP
#define SIFANG_IO_VARY_RANGES_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/county/described_parameter.hpp"
#include "sifang/county/plausible_law.hpp"
#include "sifang/county/plausible_parameters.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/sweep_grid.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Ranges of parameters as the command line has them: `--vary KEY=LOW..HIGH`, or `--vary KEY` for the plausible one.

namespace sifang {

/// A range as it was asked for.
struct wanted_range {
  std::string key;            ///< as `--set` has it
  std::optional<double> low,  ///< nothing: the plausible range's
      high;                   ///< likewise
};

/// Reads a range. Faults: `syntax`.
[[nodiscard]] inline checked<wanted_range> parse_range(std::string_view text) {
  const auto wrong = [&] {
    return std::vector<fault>{{fault_kind::syntax, {std::string(vary_option)}, {"key=low..high", "'" + shortened(text) + "'"}}};
  };
  const std::size_t equals = text.find('=');
  wanted_range out{detail::trimmed_setting(text.substr(0, equals)), {}, {}};
  if (out.key.empty()) return wrong();
  if (equals == std::string_view::npos) return out;
  const std::string_view rest = text.substr(equals + 1);
  const std::size_t dots = rest.find("..");
  if (dots == std::string_view::npos) return wrong();
  out.low = parse_number<double>(detail::trimmed_setting(rest.substr(0, dots)));
  out.high = parse_number<double>(detail::trimmed_setting(rest.substr(dots + 2)));
  if (!out.low || !out.high) return wrong();
  return out;
}

/// Whether a text of `--vary` is a range of numbers, and no list of values.
[[nodiscard]] inline bool is_vary_range(std::string_view text) {
  const auto read = parse_range(text);
  return read && read->low;
}

/// A number that varies, and what is known of it.
struct varied_value {
  described_parameter about;  ///< of the scenario
  plausible_range range;      ///< as asked for; of an asked range every value alike
  std::string source{};       ///< of a plausible range
};

namespace detail {

/// One range for a parameter of a scenario, or its faults.
[[nodiscard]] inline checked<varied_value> bind_range(const wanted_range& wanted, const described_parameter& d) {
  const place where{std::string(vary_option)};
  if (!d.number || d.about.key.starts_with("scenario."))
    return std::vector<fault>{
        {fault_kind::wrong_type, where, {d.about.key, "one number of the county, none of [scenario]", "'" + shortened(d.value) + "'"}}};
  if (!wanted.low) {
    // The law of the value, whoever has set it: whoever names the key does not take it for known.
    const plausible_law* law = plausible_law_of(d.about.key);
    const bool has_law = law != nullptr && d.about.least <= *d.number && *d.number <= d.about.most;
    if (!has_law)
      return std::vector<fault>{{fault_kind::syntax, where, {"key=low..high", "'" + d.about.key + "', which has no plausible range"}}};
    return varied_value{d, range_of(*law, *d.number, d.about.least, d.about.most, d.is_whole), std::string(law->source)};
  }
  std::vector<fault> faults;
  for (const double end : {*wanted.low, *wanted.high}) {
    if (end < d.about.least || end > d.about.most)
      faults.push_back({fault_kind::out_of_range, where, {d.about.key, range_text(d.about.least, d.about.most), number_text(end)}});
  }
  double low = *wanted.low, high = *wanted.high;
  if (d.is_whole) low = std::ceil(low), high = std::floor(high);
  if (faults.empty() && !(low < high)) {
    const std::string found = number_text(*wanted.low) + ".." + number_text(*wanted.high);
    faults.push_back({fault_kind::syntax, where, {"a range that holds more than one value", "'" + d.about.key + '=' + found + "'"}});
  }
  if (!faults.empty()) return faults;
  return varied_value{d, {law_kind::uniform, low, *d.number, high, d.is_whole}, {}};
}

}  // namespace detail

/// The ranges that texts ask for, of numbers of a scenario. Faults: `syntax` (another form, one value, a key twice, no plausible range),
/// `unknown_key` with the nearest number, `wrong_type` (no single number, or one of `[scenario]`), `out_of_range`.
/// \param fixed  settings of the command line, none of which may vary
[[nodiscard]] inline checked<std::vector<varied_value>> bind_ranges(std::span<const std::string> texts, const scenario& s,
                                                                    std::span<const std::string> fixed = {}) {
  const place where{std::string(vary_option)};
  const std::vector<described_parameter> all = describe(s);
  std::vector<varied_value> out;
  std::vector<fault> faults;
  nearest_words near;
  for (const std::string& text : texts) {
    const auto wanted = parse_range(text);
    if (!wanted) {
      faults.insert(faults.end(), wanted.faults().begin(), wanted.faults().end());
      continue;
    }
    const auto found = std::find_if(all.begin(), all.end(), [&](const described_parameter& d) { return d.about.key == wanted->key; });
    if (found == all.end()) {
      std::vector<std::string> keys;
      for (const described_parameter& d : all) {
        if (d.number) keys.push_back(d.about.key);
      }
      faults.push_back({fault_kind::unknown_key, where, {shortened(wanted->key), near(wanted->key, keys)}});
      continue;
    }
    const auto is_same = [&](const varied_value& v) { return v.about.about.key == wanted->key; };
    const auto is_fixed = [&](const std::string& setting) {
      return detail::trimmed_setting(std::string_view(setting).substr(0, setting.find('='))) == wanted->key;
    };
    if (std::any_of(out.begin(), out.end(), is_same) || std::any_of(fixed.begin(), fixed.end(), is_fixed)) {
      faults.push_back({fault_kind::syntax, where, {"each parameter once", wanted->key}});
      continue;
    }
    auto bound = detail::bind_range(*wanted, *found);
    if (bound)
      out.push_back(*std::move(bound));
    else
      faults.insert(faults.end(), bound.faults().begin(), bound.faults().end());
  }
  tidy(faults);
  if (!faults.empty()) return faults;
  return out;
}

/// All numbers of a scenario that nobody knows (`plausible_parameters`), with their plausible ranges.
[[nodiscard]] inline std::vector<varied_value> plausible_values(const scenario& s) {
  std::vector<varied_value> out;
  for (described_parameter& d : describe(s)) {
    if (auto one = plausible_values_of(d); one && one->range.is_open()) out.push_back({std::move(d), one->range, std::string(one->source)});
  }
  return out;
}

}  // namespace sifang

#endif
