// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_HOLIDAY_NOTICE_HPP
#define SIFANG_IO_HOLIDAY_NOTICE_HPP

#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/date_fault.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/time.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/text_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Notices of the State Council as the project holiday-cn publishes them, a JSON file a year:
/// `{"year": 2026, "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": true}, …]}`. Several years are an array of such objects.

namespace sifang {

namespace detail {

/// Whether a text is JSON rather than a table: it begins with a bracket. \complexity linear in the blanks before it
[[nodiscard]] inline bool is_json(std::string_view text) noexcept {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

/// Reads the days of one text.
class holiday_notice_reader {
 public:
  holiday_notice_reader(std::string_view text, std::string file, std::vector<fault>& faults)
      : text_(text), file_(std::move(file)), faults_(&faults) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  }

  [[nodiscard]] std::vector<calendar_exception> read() {
    // A notice is two levels deep in an object; the parser calls itself for none of them.
    const json tree = json::parse(text_.begin(), text_.end(), nullptr, /*allow_exceptions=*/false);
    if (tree.is_discarded()) {
      add({fault_kind::syntax, {file_}, {"a table of holidays, or notices in JSON", "JSON that ends early or breaks its rules"}});
      return {};
    }
    if (tree.is_array()) {
      for (std::size_t i = 0; i < tree.size(); ++i) read_year(tree[i], "[" + std::to_string(i) + "].");
    } else {
      read_year(tree, "");
    }
    if (days_.empty() && faults_->size() == before_) add({fault_kind::syntax, {file_}, {"a list of days", "an empty list"}});
    std::vector<calendar_exception> out;
    for (auto& [date, exception] : days_) out.push_back(std::move(exception));
    return out;
  }

 private:
  using json = nlohmann::json;
  static constexpr std::size_t most_faults = 50;  // one wrong array must not bury the rest

  void add(fault f) {
    if (faults_->size() < before_ + most_faults) faults_->push_back(std::move(f));
  }
  [[nodiscard]] static std::string found_in(const json& value) {
    if (value.is_string()) return shortened(value.get_ref<const std::string&>());
    return value.is_structured() ? (value.is_array() ? "[…]" : "{…}") : value.dump();
  }
  /// The line of the n-th day: that of its date, which every day has once.
  [[nodiscard]] place where(std::size_t n) const {
    std::size_t at = std::string_view::npos, from = 0;
    for (std::size_t i = 0; i <= n; ++i, from = at + 1) {
      at = text_.find("\"date\"", from);
      if (at == std::string_view::npos) return {file_};
    }
    return place_in(text_, at, file_);
  }

  void read_year(const json& notice, const std::string& path) {
    const auto days = notice.is_object() ? notice.find("days") : notice.end();
    if (!notice.is_object() || days == notice.end()) { return add({fault_kind::missing_key, {file_}, {path + "days", "a list of days"}}); }
    if (!days->is_array()) return add({fault_kind::wrong_type, {file_}, {path + "days", "a list", found_in(*days)}});
    for (std::size_t i = 0; i < days->size(); ++i) read_day((*days)[i], path + "days[" + std::to_string(i) + "].");
  }

  void read_day(const json& one, const std::string& path) {
    const auto member = [&](const char* name) -> const json* {
      const auto found = one.is_object() ? one.find(name) : one.end();
      return one.is_object() && found != one.end() ? &*found : nullptr;
    };
    const json *date = member("date"), *off = member("isOffDay"), *name = member("name");
    const place here = date != nullptr ? where(seen_++) : place{file_};
    if (date == nullptr) add({fault_kind::missing_key, here, {path + "date", "a date"}});
    if (off == nullptr) add({fault_kind::missing_key, here, {path + "isOffDay", "true or false"}});
    if (off != nullptr && !off->is_boolean()) add({fault_kind::wrong_type, here, {path + "isOffDay", "true or false", found_in(*off)}});
    if (date == nullptr || off == nullptr || !off->is_boolean()) return;
    const std::string written = date->is_string() ? date->get<std::string>() : date->dump();
    const std::optional<day> d = parse_day(written);
    if (!d) return add(date_fault(here, path + "date", written, shortened(written)));
    const day_kind kind = off->get<bool>() ? day_kind::statutory_holiday : day_kind::makeup_workday;
    const auto [first, fresh] =
        days_.try_emplace(*d, calendar_exception{*d, kind, name != nullptr && name->is_string() ? name->get<std::string>() : ""});
    // Two notices may both tell of a day at New Year; they have to tell the same.
    if (!fresh && first->second.kind != kind)
      add({fault_kind::bad_value, here, {path + "isOffDay", kind == day_kind::makeup_workday ? "true" : "false", found_in(*off), ""}});
  }

  std::string_view text_;
  std::string file_;
  std::vector<fault>* faults_;
  std::size_t before_ = faults_->size(), seen_ = 0;
  std::map<day, calendar_exception> days_;
};

}  // namespace detail

/// Reads the days of notices in JSON, in the order of their dates, adding to `faults`: `syntax`, `missing_key`, `wrong_type`,
/// `bad_date`, `out_of_period`, `bad_value` (a day that is off by one notice and worked by another).
/// \complexity linear times log of the days, and for faulty days linear in the text each
[[nodiscard]] inline std::vector<calendar_exception> parse_holiday_notices(std::string_view text, const std::string& file,
                                                                           std::vector<fault>& faults) {
  return detail::holiday_notice_reader(text, file, faults).read();
}

}  // namespace sifang

#endif
