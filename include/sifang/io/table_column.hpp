// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_TABLE_COLUMN_HPP
#define SIFANG_IO_TABLE_COLUMN_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/observer.hpp"
#include "sifang/county/world.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/petition/category.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sifang {

/// A column of a table that the program writes, for its header and its documentation.
struct table_column {
  std::string_view name,  ///< in the header, the same in every language
      holds,              ///< unit, or kind of text
      en,                 ///< meaning, in English
      zh;                 ///< in Chinese
};

namespace detail {

/// Fields of histories: what is not known is empty.
class history_fields {
 public:
  /// A table that begins with these names.
  explicit history_fields(std::span<const table_column> columns) : csv_({}), columns_(columns.size()) {
    for (const table_column& c : columns) csv_.field(c.name);
    csv_.end_row();
  }

  history_fields& text(std::string_view t) {
    csv_.field(t);
    ++written_;
    return *this;
  }
  history_fields& number(std::int64_t n) {
    csv_.field(n);
    ++written_;
    return *this;
  }
  history_fields& number(double n) {
    csv_.field(n);
    ++written_;
    return *this;
  }
  history_fields& blank() { return text({}); }
  history_fields& yes(bool is) { return text(is ? "true" : "false"); }
  history_fields& date(std::optional<day> d) { return d ? text(to_string(*d)) : blank(); }
  template <named_enum Enum>
  history_fields& name(std::optional<Enum> e) {
    return e ? text(name_of(*e)) : blank();
  }
  template <named_enum Enum>
  history_fields& name(Enum e) {
    return text(name_of(e));
  }
  template <class Number>
  history_fields& number_if(const std::optional<Number>& n) {
    if (!n) return blank();
    if constexpr (std::floating_point<Number>)
      return number(static_cast<double>(*n));
    else
      return number(static_cast<std::int64_t>(*n));
  }
  history_fields& post(const world& w, official_id who) { return who.valid() ? text(w.org()[who].post) : blank(); }
  history_fields& code(const world& w, unit_id where) { return where.valid() ? text(w.org().units().code(where)) : blank(); }
  history_fields& name(const world& w, unit_id where) { return where.valid() ? text(w.org().units()[where].name) : blank(); }
  /// \pre the row has a field for each column; asserted
  void end_row() {
    SIFANG_ASSERT(written_ == columns_, "a field for each column");
    written_ = 0;
    csv_.end_row();
  }
  [[nodiscard]] std::string take() { return csv_.take(); }

 private:
  csv_writer csv_;
  std::size_t columns_, written_ = 0;
};

/// What a petitioner says of one body.
[[nodiscard]] constexpr std::string_view rated_text(const std::optional<told_rating>& r, bool told_rating::*whom) noexcept {
  if (!r || !r->given) return {};
  return name_of((*r).*whom ? grade::satisfied : grade::unsatisfied);
}

}  // namespace detail

}  // namespace sifang

#endif
