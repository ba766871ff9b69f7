// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_PARAMETER_READER_HPP
#define SIFANG_IO_PARAMETER_READER_HPP

#include "sifang/calendar/recurrence.hpp"
#include "sifang/core/date_fault.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/time.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/county/parameter_value.hpp"
#include "sifang/io/toml_text.hpp"
#include "sifang/county/parameters.hpp"
#include "sifang/county/scenario_rules.hpp"

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

/// Reads the values of parameters from nodes of a TOML document into their fields.
///
/// A field keeps its value when what stands in the document is faulty. Faults: `wrong_type`,
/// `out_of_range`, `bad_value`, `bad_date`, `out_of_period` (a date that is not allowed), `bad_recurrence`.
class parameter_reader {
 public:
  /// \param file as messages show it
  parameter_reader(std::string file, std::vector<fault>& faults) : file_(std::move(file)), faults_(&faults) {}

  /// \param key the parameter's name in messages; longer than `p.key` in a list of tables
  /// \returns whether the field was set
  template <class T>
  bool read(const parameter& p, const std::string& key, const toml::node& node, T& field) {
    const std::size_t before = faults_->size();
    std::optional<T> value = value_of<T>(p, key, node);
    if (!value) {
      if (faults_->size() == before) add(node, fault_kind::wrong_type, {key, expected_text<T>(p), detail::found_text(node)});
      return false;
    }
    if (faults_->size() != before) return false;
    field = *std::move(value);
    return true;
  }

  /// Settings of the command line have no lines.
  [[nodiscard]] place where(const toml::node& node) const {
    if (file_ == command_line) return {file_};
    return {file_, node.source().begin.line, node.source().begin.column};
  }

 private:
  void add(const toml::node& node, fault_kind kind, std::vector<std::string> details) {
    faults_->push_back({kind, where(node), std::move(details)});
  }

  bool in_range(const parameter& p, const std::string& key, const toml::node& node, double value) {
    if (value >= p.least && value <= p.most) return true;
    add(node, fault_kind::out_of_range, {key, range_text(p.least, p.most), detail::found_text(node)});
    return false;
  }

  /// A date written as one of TOML or in quotes.
  std::optional<day> date_of(const std::string& key, const toml::node& node) {
    if (const auto* date = node.as_date()) {
      const auto& [year, month, dom] = date->get();
      if (!detail::is_date(year, month, dom)) return std::nullopt;
      if (const day d(year, month, dom); is_allowed(d))
        return d;
      else
        faults_->push_back(date_fault(where(node), key, d));
    } else if (const auto* text = node.as_string()) {
      if (const auto d = parse_day(text->get())) return d;
      faults_->push_back(date_fault(where(node), key, text->get(), shortened(text->get())));
    }
    return std::nullopt;
  }

  template <class T>
  std::optional<T> value_of(const parameter& p, const std::string& key, const toml::node& node) {
    if constexpr (std::same_as<T, std::string>) {
      return node.value_exact<std::string>();
    } else if constexpr (std::same_as<T, bool>) {
      return node.value_exact<bool>();
    } else if constexpr (named_enum<T>) {
      return word<T>(key, node);
    } else if constexpr (std::integral<T>) {
      const auto number = whole_number(node);
      if (!number || !in_range(p, key, node, static_cast<double>(*number)) || !std::in_range<T>(*number)) return std::nullopt;
      return static_cast<T>(*number);
    } else if constexpr (std::floating_point<T>) {
      return number_of(p, key, node);
    } else if constexpr (std::same_as<T, day>) {
      return date_of(key, node);
    } else if constexpr (std::same_as<T, minutes>) {
      return detail::is_clock(p) ? clock_of(node) : count<T>(p, key, node);
    } else if constexpr (detail::is_count<T>) {
      return count<T>(p, key, node);
    } else if constexpr (detail::numbers_in<T> > 0) {
      return numbers<T>(p, key, node);
    } else if constexpr (std::same_as<T, std::vector<std::string>>) {
      return texts(node);
    } else if constexpr (detail::is_word_list<T>) {
      return words<T>(key, node);
    } else if constexpr (std::same_as<T, std::vector<day>>) {
      return dates(key, node);
    } else {
      return rules(node);
    }
  }

  std::optional<double> number_of(const parameter& p, const std::string& key, const toml::node& node) {
    std::optional<double> number;
    if (const auto* whole = node.as_integer()) number = static_cast<double>(whole->get());
    if (const auto* real = node.as_floating_point()) number = real->get();
    if (!number || !in_range(p, key, node, *number)) return std::nullopt;
    return number;
  }

  /// A whole number, also one that is written with a point and zeros behind it (30.0).
  static std::optional<std::int64_t> whole_number(const toml::node& node) {
    constexpr double exact = 9007199254740992;  // 2⁵³: up to here every whole number is a `double`
    if (const auto* real = node.as_floating_point()) {
      const double value = real->get();
      if (value >= -exact && value <= exact && std::trunc(value) == value) return static_cast<std::int64_t>(value);
    }
    return node.value_exact<std::int64_t>();
  }

  template <class Count>
  std::optional<Count> count(const parameter& p, const std::string& key, const toml::node& node) {
    const auto number = whole_number(node);
    if (!number || !in_range(p, key, node, static_cast<double>(*number))) return std::nullopt;
    return Count(static_cast<std::int32_t>(*number));
  }

  static std::optional<minutes> clock_of(const toml::node& node) {
    if (const auto* text = node.as_string()) return parse_clock(text->get());
    if (const auto* time = node.as_time()) {
      if (time->get().second == 0 && time->get().nanosecond == 0) return minutes(time->get().hour * 60 + time->get().minute);
    }
    return std::nullopt;
  }

  template <class Enum>
  std::optional<Enum> word(const std::string& key, const toml::node& node) {
    const auto* text = node.as_string();
    if (text == nullptr) return std::nullopt;
    const auto value = parse_name<Enum>(text->get());
    if (!value) {
      std::vector<std::string> names;
      std::string all;
      for (const std::string_view name : names_of<Enum>) {
        names.emplace_back(name);
        all.append(all.empty() ? "" : ", ").append(name);
      }
      add(node, fault_kind::bad_value, {key, all, shortened(text->get()), nearest(text->get(), names)});
    }
    return value;
  }

  /// Texts in a list, or one alone.
  static std::optional<std::vector<std::string>> texts(const toml::node& node) {
    std::vector<std::string> out;
    if (const auto* text = node.as_string()) return std::vector{text->get()};
    const auto* list = node.as_array();
    if (list == nullptr) return std::nullopt;
    for (const toml::node& entry : *list) {
      const auto* text = entry.as_string();
      if (text == nullptr) return std::nullopt;
      out.push_back(text->get());
    }
    return out;
  }

  /// Words in a list, or one alone.
  template <class List>
  std::optional<List> words(const std::string& key, const toml::node& node) {
    List out;
    const auto* list = node.as_array();
    const std::size_t size = list == nullptr ? 1 : list->size();
    for (std::size_t i = 0; i < size; ++i) {
      const auto one = word<typename List::value_type>(key, list == nullptr ? node : *list->get(i));
      if (!one) return std::nullopt;
      out.push_back(*one);
    }
    return out;
  }

  template <class Array>
  std::optional<Array> numbers(const parameter& p, const std::string& key, const toml::node& node) {
    const auto* list = node.as_array();
    if (list == nullptr || list->size() != detail::numbers_in<Array>) return std::nullopt;
    Array out{};
    bool good = true;
    for (std::size_t i = 0; i < out.size(); ++i) {
      const std::string item = key + '[' + std::to_string(i) + ']';
      const toml::node& entry = *list->get(i);
      if (!entry.is_number()) add(entry, fault_kind::wrong_type, {item, "a number", detail::found_text(entry)});
      const auto number = number_of(p, item, entry);
      good = good && number.has_value();
      if (number) out[i] = *number;
    }
    return good ? std::optional(out) : std::nullopt;
  }

  std::optional<std::vector<day>> dates(const std::string& key, const toml::node& node) {
    std::vector<day> out;
    const auto* list = node.as_array();
    const std::size_t size = list == nullptr ? 1 : list->size();
    for (std::size_t i = 0; i < size; ++i) {
      const toml::node& entry = list == nullptr ? node : *list->get(i);
      const std::size_t before = faults_->size();
      const auto date = date_of(key, entry);
      if (date) out.push_back(*date);
      if (!date && faults_->size() == before) add(entry, fault_kind::wrong_type, {key, "a date YYYY-MM-DD", detail::found_text(entry)});
    }
    return out;
  }

  std::optional<std::vector<recurrence>> rules(const toml::node& node) {
    std::vector<recurrence> out;
    const auto* list = node.as_array();
    if (list == nullptr && !node.is_string()) return std::nullopt;
    const std::size_t size = list == nullptr ? 1 : list->size();
    for (std::size_t i = 0; i < size; ++i) {
      const toml::node& entry = list == nullptr ? node : *list->get(i);
      const auto* text = entry.as_string();
      if (text == nullptr) return std::nullopt;
      checked<recurrence> rule = recurrence::parse(text->get());
      if (rule) {
        out.push_back(*std::move(rule));
        continue;
      }
      for (fault f : rule.faults()) {
        f.where = where(entry);
        for (std::string& detail : f.details) detail = shortened(detail, 120);  // the text of the rule comes with each fault
        faults_->push_back(std::move(f));
      }
    }
    return out;
  }

  std::string file_;
  std::vector<fault>* faults_;
};

}  // namespace sifang

#endif
