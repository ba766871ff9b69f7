// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_RESULTS_READER_HPP
#define SIFANG_IO_RESULTS_READER_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/results_shape.hpp"
#include "sifang/io/text_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace sifang {

namespace detail {

inline constexpr std::size_t deepest_result = 64;  ///< levels of brackets that are read; results have eight

/// Walks a JSON tree beside the shape of a result, noting what does not fit and where (`policies[0].seed`).
class results_reader {
 public:
  results_reader(std::string file, std::vector<fault>& faults) : file_(std::move(file)), faults_(&faults) {}

  void read_result(const nlohmann::json& tree, result& out) {
    if (!tree.is_object()) return wrong("", "an object", tree);
    std::string format;
    std::int32_t version = 0;
    read_member(tree, "", "format", format);
    if (format != results_format) {
      if (faults_->empty()) add({fault_kind::bad_value, {file_}, {"format", std::string(results_format), shortened(format), ""}});
      return;  // some other JSON file: its members say nothing
    }
    read_member(tree, "", "version", version);
    if (version != results_version) {
      return add({fault_kind::bad_value, {file_}, {"version", std::to_string(results_version), std::to_string(version), ""}});
    }
    read_members(tree, "", out);
    if (faults_->empty()) check_sizes(out);
  }

 private:
  using json = nlohmann::json;
  static constexpr std::size_t most_faults = 50;  // one wrong array must not bury the rest

  void add(fault f) {
    if (faults_->size() < most_faults) faults_->push_back(std::move(f));
  }
  void wrong(const std::string& path, std::string_view expected, const json& found) {
    constexpr std::size_t few = 8;  // members that can be shown
    const bool flat = found.size() <= few && std::all_of(found.begin(), found.end(), [](const json& j) { return j.is_primitive(); });
    std::string text = flat ? found.dump(-1, ' ', false, json::error_handler_t::replace) : std::string(found.type_name());
    if (text.size() > 40) text = found.type_name();
    add({fault_kind::wrong_type, {file_}, {path.empty() ? "the file" : path, std::string(expected), text}});
  }

  /// Parts that results of before they were told lack, and some results of today.
  template <class T>
  static constexpr bool is_optional =
      std::same_as<T, std::vector<result_warning>> || std::same_as<T, std::vector<std::vector<std::vector<ratio_parts>>>> ||
      std::same_as<T, std::vector<result_precision>> || std::same_as<T, std::vector<result_chances>> ||
      std::same_as<T, std::vector<result_change>> || std::same_as<T, result_costs> || left_out_if_empty<T>;

  template <class T>
  void read_member(const json& object, const std::string& path, std::string_view name, T& out) {
    const std::string full = path.empty() ? std::string(name) : path + '.' + std::string(name);
    const auto found = object.find(name);
    if constexpr (is_optional<T>) {
      if (found == object.end()) return;
    }
    if (found == object.end() && (is_new(name) || is_new_in(path, name))) return;
    if constexpr (may_be_absent<T>) {
      if (found != object.end()) read(*found, full, out.emplace());
    } else {
      if constexpr (std::same_as<T, interval>) {
        if (found == object.end() && name == "utilisation") return;  // of posts: results of before it was told
      }
      if (found == object.end()) return add({fault_kind::missing_key, {file_}, {full, "its value"}});
      read(*found, full, out);
    }
  }

  template <class T>
  void read_members(const json& object, const std::string& path, T& out) {
    members(out, [&](std::string_view name, auto& member) { read_member(object, path, name, member); });
  }

  /// Members of comparisons and draws that older results lack, and the command.
  [[nodiscard]] static bool is_new(std::string_view name) noexcept {
    return name == "joint_confidence" || name == "matters" || name == "one_year_level" || name == "one_year" || name == "command" ||
           name == "others_drawn";
  }

  /// English names of units and posts, which older results lack.
  [[nodiscard]] static bool is_new_in(const std::string& path, std::string_view name) noexcept {
    return name == "name_en" || (name == "title_en" && path.find(".officials[") != std::string::npos);
  }

  void read(const json& j, const std::string& path, std::string& out) {
    if (!j.is_string()) return wrong(path, "text", j);
    out = j.get<std::string>();
  }
  void read(const json& j, const std::string& path, bool& out) {
    if (!j.is_boolean()) return wrong(path, "true or false", j);
    out = j.get<bool>();
  }
  void read(const json& j, const std::string& path, double& out) {
    if (!j.is_number()) return wrong(path, "a number", j);
    out = j.get<double>();
  }
  template <std::integral Integer>
  void read(const json& j, const std::string& path, Integer& out) {
    const bool fits = j.is_number_unsigned() ? std::in_range<Integer>(j.get<std::uint64_t>())
                                             : j.is_number_integer() && std::in_range<Integer>(j.get<std::int64_t>());
    if (!fits) return wrong(path, "a whole number", j);
    out = j.is_number_unsigned() ? static_cast<Integer>(j.get<std::uint64_t>()) : static_cast<Integer>(j.get<std::int64_t>());
  }
  /// Whether `j` begins with the three numbers of an interval and goes on for `more` members, or one further that says
  /// what they are; if so they are taken over. `false` is what older files have of a single replication.
  static bool read_interval(const json& j, std::size_t more, interval& out) {
    const std::size_t size = 3 + more;
    if (!j.is_array() || (j.size() != size && j.size() != size + 1)) return false;
    std::optional<interval_kind> kind = interval_kind::two_sided;
    if (j.size() == size + 1) {
      const json& word = j[size];
      if (word.is_string())
        kind = interval_kind_of(word.get<std::string>());
      else if (word == false)
        kind = interval_kind::too_little_data;
      else
        return false;
    }
    if (!kind || *kind == interval_kind::none || !j[0].is_number()) return false;
    const double estimate = j[0].get<double>();
    if (*kind == interval_kind::too_little_data) {
      out = {estimate, estimate, estimate, *kind};
      return true;
    }
    if (!j[1].is_number() || !j[2].is_number()) return false;
    out = {estimate, j[1].get<double>(), j[2].get<double>(), *kind};
    return true;
  }
  void read(const json& j, const std::string& path, interval& out) {
    out = {};
    if (!j.is_null() && !read_interval(j, 0, out)) wrong(path, "null or [estimate, lower, upper]", j);
  }
  void read(const json& j, const std::string& path, ratio_parts& out) {
    out = {};
    if (j.is_null()) return;
    if (!j.is_array() || j.size() != 2 || !j[0].is_number() || !j[1].is_number()) {
      return wrong(path, "null or [numerator, denominator]", j);
    }
    out = {j[0].get<double>(), j[1].get<double>()};
  }
  void read(const json& j, const std::string& path, result_difference& out) {
    out = {};
    if (j.is_null()) return;
    if (!read_interval(j, 2, out.difference) || !(j[3].is_number() || j[3].is_null()) || !j[4].is_string()) {
      return wrong(path, "null or [difference, lower, upper, variance ratio, verdict]", j);
    }
    out.variance_ratio = j[3].is_null() ? 0 : j[3].get<double>();
    out.verdict = j[4].get<std::string>();
  }
  template <class T>
  void read(const json& j, const std::string& path, std::vector<T>& out) {
    if (!j.is_array()) return wrong(path, "an array", j);
    out.clear();
    out.reserve(j.size());
    for (std::size_t i = 0; i < j.size(); ++i) {
      T item{};
      read(j[i], path + '[' + std::to_string(i) + ']', item);
      out.push_back(std::move(item));
    }
  }
  template <class T>
  requires std::is_class_v<T>
  void read(const json& j, const std::string& path, T& out) {
    if (!j.is_object()) return wrong(path, "an object", j);
    read_members(j, path, out);
  }

  /// Of each policy its parts and services, and whom it stands beside.
  void check_costs(const result_costs& costs, std::size_t policies) {
    expect_size("costs.policies", policies, costs.policies.size());
    for (std::size_t p = 0; p < costs.policies.size(); ++p) {
      const result_policy_cost& one = costs.policies[p];
      const std::string path = "costs.policies[" + std::to_string(p) + ']';
      expect_size(path + ".parts", costs.parts.size(), one.parts.size());
      expect_size(path + ".part_differences", costs.parts.size(), one.part_differences.size());
      expect_size(path + ".services", costs.services.size(), one.services.size());
      for (std::size_t s = 0; s < one.services.size(); ++s) {
        for (std::size_t other : one.services[s].by) {
          if (other < policies) continue;
          add({fault_kind::out_of_range,
               {file_},
               {path + ".services[" + std::to_string(s) + "].by", range_text(0, static_cast<double>(policies) - 1),
                std::to_string(other)}});
        }
      }
    }
  }
  void check_position(const std::string& path, std::size_t position, std::size_t policies) {
    if (position < policies) return;
    add({fault_kind::out_of_range, {file_}, {path, range_text(0, static_cast<double>(policies) - 1), std::to_string(position)}});
  }
  /// Of each day all figures.
  void check_calendar(const result_calendar& calendar, const std::string& path) {
    for (std::size_t k = 0; k < calendar.kinds.size(); ++k) {
      const result_session_days& one = calendar.kinds[k];
      const std::string at = path + ".kinds[" + std::to_string(k) + ']';
      for (const auto& [name, list] :
           {std::pair{".planned", &one.planned}, std::pair{".visited", &one.visited}, std::pair{".heard", &one.heard},
            std::pair{".unheard", &one.unheard}, std::pair{".wait_minutes", &one.wait_minutes}, std::pair{".queue", &one.queue},
            std::pair{".empty_seats", &one.empty_seats}}) {
        expect_size(at + name, one.dates.size(), list->size());
      }
    }
  }
  void expect_size(const std::string& path, std::size_t expected, std::size_t found) {
    if (expected == found) return;
    add({fault_kind::wrong_type, {file_}, {path, "an array of " + std::to_string(expected), std::to_string(found)}});
  }
  template <class T>
  void check_values(const result& r, const std::string& path, const std::vector<std::vector<std::vector<T>>>& values) {
    expect_size(path, r.metrics.size(), values.size());
    for (std::size_t m = 0; m < values.size(); ++m) {
      const std::string at_metric = path + '[' + std::to_string(m) + ']';
      expect_size(at_metric, r.dimensions.size(), values[m].size());
      for (std::size_t d = 0; d < (std::min)(values[m].size(), r.dimensions.size()); ++d) {
        expect_size(at_metric + '[' + std::to_string(d) + ']', r.dimensions[d].items.size(), values[m][d].size());
      }
    }
  }
  /// Positions and lengths that refer to one another.
  void check_sizes(const result& r) {
    if (r.unfinished_replications < 0) {
      add({fault_kind::out_of_range, {file_}, {"unfinished_replications", "at least 0", std::to_string(r.unfinished_replications)}});
    }
    for (std::size_t i = 0; i < r.units.size(); ++i) {
      if (r.units[i].parent < -1 || r.units[i].parent >= static_cast<std::int32_t>(i)) {
        add({fault_kind::out_of_range,
             {file_},
             {"units[" + std::to_string(i) + "].parent", range_text(-1, static_cast<double>(i) - 1), std::to_string(r.units[i].parent)}});
      }
    }
    if (!r.costs.policies.empty()) check_costs(r.costs, r.policies.size());
    for (std::size_t k = 0; k < r.stories.size(); ++k) {
      const std::string path = "stories[" + std::to_string(k) + ']';
      check_position(path + ".base", r.stories[k].base, r.policies.size());
      check_position(path + ".other", r.stories[k].other, r.policies.size());
    }
    for (std::size_t p = 0; p < r.policies.size(); ++p) {
      const std::string path = "policies[" + std::to_string(p) + ']';
      check_values(r, path + ".values", r.policies[p].values);
      if (!r.policies[p].parts.empty()) check_values(r, path + ".parts", r.policies[p].parts);
      check_calendar(r.policies[p].calendar, path + ".calendar");
      for (std::size_t s = 0; s < r.policies[p].series.size(); ++s) {
        expect_size(path + ".series[" + std::to_string(s) + "].weeks", r.week_starts.size(), r.policies[p].series[s].weeks.size());
      }
    }
    for (std::size_t k = 0; r.unknowns && k < r.unknowns->figures.size(); ++k) {
      if (r.unknowns->figures[k].other < r.policies.size()) continue;
      add({fault_kind::out_of_range,
           {file_},
           {"unknowns.figures[" + std::to_string(k) + "].other", range_text(0, static_cast<double>(r.policies.size()) - 1),
            std::to_string(r.unknowns->figures[k].other)}});
    }
    for (std::size_t c = 0; c < r.chances.size(); ++c) {
      expect_size("chances[" + std::to_string(c) + "].best", r.policies.size(), r.chances[c].best.size());
    }
    for (std::size_t c = 0; c < r.comparisons.size(); ++c) {
      const std::string path = "comparisons[" + std::to_string(c) + ']';
      check_values(r, path + ".values", r.comparisons[c].values);
      if (!r.comparisons[c].matters.empty()) expect_size(path + ".matters", r.metrics.size(), r.comparisons[c].matters.size());
      if (!r.comparisons[c].one_year.empty()) expect_size(path + ".one_year", r.metrics.size(), r.comparisons[c].one_year.size());
      for (const auto& [name, position] : {std::pair{".base", r.comparisons[c].base}, std::pair{".other", r.comparisons[c].other}}) {
        if (position < r.policies.size()) continue;
        add({fault_kind::out_of_range,
             {file_},
             {path + name, range_text(0, static_cast<double>(r.policies.size()) - 1), std::to_string(position)}});
      }
    }
  }

  std::string file_;
  std::vector<fault>* faults_;
};

/// The parser of the library tells nothing but the offset of an error; this keeps it.
struct json_error_listener : nlohmann::json_sax<nlohmann::json> {
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t position, const std::string& token, const nlohmann::detail::exception&) override {
    offset = position;
    found = token;
    return false;
  }
  std::size_t offset = 0;
  std::string found;
};

/// Offset of the first bracket that opens more levels than any results file has, or nothing. \complexity linear
[[nodiscard]] inline std::optional<std::size_t> first_too_deep(std::string_view text) noexcept {
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"')
      quoted = !quoted;
    else if (c == '\\' && quoted)
      ++i;
    else if (!quoted && (c == '[' || c == '{') && ++depth > deepest_result)
      return i;
    else if (!quoted && (c == ']' || c == '}') && depth > 0)
      --depth;
  }
  return std::nullopt;
}

}  // namespace detail

/// Reads the text of a results file. Faults: `syntax` (no JSON, or nested deeper than results are), `bad_value` (some other file, or
/// another version), `missing_key`, `wrong_type`, `out_of_range`.
[[nodiscard]] inline checked<result> parse_results(const std::string& text, const std::string& file) {
  if (const auto deep = detail::first_too_deep(text)) {
    return fault{fault_kind::syntax,
                 detail::place_in(text, *deep, file),
                 {"values nested at most " + std::to_string(detail::deepest_result) + " deep", "more of them"}};
  }
  const nlohmann::json tree = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (tree.is_discarded()) {
    detail::json_error_listener listener;
    nlohmann::json::sax_parse(text, &listener);
    const std::size_t end = (std::min)(listener.offset > 0 ? listener.offset - 1 : 0, text.size());
    std::string found = listener.found.size() > 40 ? listener.found.substr(listener.found.size() - 1) : listener.found;
    if (end >= text.size() || found.empty() || first_bad_byte(found)) found = end >= text.size() ? "the end of the file" : "something else";
    return fault{fault_kind::syntax, detail::place_in(text, end, file), {"a results file in JSON", std::move(found)}};
  }
  std::vector<fault> faults;
  result out;
  detail::results_reader(file, faults).read_result(tree, out);
  tidy(faults);
  if (!faults.empty()) return faults;
  return out;
}

/// Reads a results file. Faults: those of `read_text` and `parse_results`.
[[nodiscard]] inline checked<result> read_results(const std::filesystem::path& path) {
  const checked<std::string> text = read_text(path, text_encoding::utf8, "a results file");
  if (!text) return text.faults();
  return parse_results(*text, path.string());
}

}  // namespace sifang

#endif
