// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_OFFICE_WORKBOOK_HPP
#define SIFANG_OFFICE_WORKBOOK_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/time.hpp"
#include "sifang/io/text_file.hpp"
#include "sifang/io/text_table.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#if defined(__unix__) || defined(__APPLE__)
#include <stdlib.h>
#include <unistd.h>
#endif

/// \file
/// Tables as a workbook (.xlsx, ECMA-376) that office programs open, by libxlsxwriter.

namespace sifang {

/// How a cell is to be read: as it stands, as a number with two decimals, a whole one, a share in per cent, a day.
enum class cell_kind : std::uint8_t { text, number, whole, share, date };

/// One cell. Texts are texts whatever they begin with, never formulas or links.
struct sheet_cell {
  cell_kind kind = cell_kind::text;  ///< decides which member counts
  std::string text{};                ///< of a text; an empty one leaves the cell empty
  double number = 0;                 ///< of a number, whole number or share; one that is not finite leaves the cell empty
  day date{};                        ///< of a date

  /// A text, a number in a form, and a day. @{
  [[nodiscard]] static sheet_cell of(std::string_view text) { return {cell_kind::text, std::string(text), 0, {}}; }
  [[nodiscard]] static sheet_cell of(double number, cell_kind kind) { return {kind, {}, number, {}}; }
  [[nodiscard]] static sheet_cell of(day date) { return {cell_kind::date, {}, 0, date}; }
  /// @}
};

/// One sheet: a header and rows.
struct sheet {
  std::string name;                             ///< 1 to 31 characters without `[ ] : * ? / \`, one alone of this name
  std::vector<std::string> header;              ///< a column each
  std::vector<std::vector<sheet_cell>> rows{};  ///< at most as many cells as the header has
};

namespace detail {

/// A text as a cell can hold it: at most 32767 characters.
[[nodiscard]] inline std::string cell_sized(std::string_view text) {
  constexpr std::size_t most = 32767;
  std::size_t characters = 0, at = 0, end_before_last = 0;
  for (; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) continue;
    if (++characters == most) end_before_last = at;
    if (characters > most) return std::string(text.substr(0, end_before_last)) + "…";
  }
  return std::string(text);
}

/// A new file beside those of others for a moment, gone with this object.
class passing_file {
 public:
  passing_file() {
    std::error_code error;
    path_ = (std::filesystem::temp_directory_path(error) / "sifang-XXXXXX").string();
#if defined(__unix__) || defined(__APPLE__)
    const int descriptor = error ? -1 : ::mkstemp(path_.data());
    there_ = descriptor >= 0 && ::close(descriptor) == 0;
#else
    there_ = !error;
#endif
  }
  passing_file(const passing_file&) = delete;
  passing_file& operator=(const passing_file&) = delete;
  ~passing_file() {
    std::error_code ignored;
    if (there_) std::filesystem::remove(path_, ignored);
  }
  /// Empty if it could not be made.
  [[nodiscard]] std::string path() const { return there_ ? path_ : std::string(); }

 private:
  std::string path_;
  bool there_ = false;
};

/// Writes sheets with libxlsxwriter, which keeps no formula unless it is asked for one.
class workbook_writer {
 public:
  /// \param path  which is overwritten
  explicit workbook_writer(const std::string& path) : book_(workbook_new(path.c_str())) {
    if (book_ == nullptr) return;
    head_ = workbook_add_format(book_);
    format_set_bold(head_);
    format_set_bg_color(head_, 0xDCE6F1);
    format_set_bottom(head_, LXW_BORDER_THIN);
    format_set_text_wrap(head_);
    format_set_align(head_, LXW_ALIGN_VERTICAL_CENTER);
    constexpr std::array<const char*, 5> forms{"@", "#,##0.00", "#,##0", "0.0%", "yyyy-mm-dd"};
    for (std::size_t k = 0; k < forms.size(); ++k) {
      forms_[k] = workbook_add_format(book_);
      if (k > 0) format_set_num_format(forms_[k], forms[k]);
      format_set_align(forms_[k], LXW_ALIGN_VERTICAL_TOP);
    }
  }
  workbook_writer(const workbook_writer&) = delete;
  workbook_writer& operator=(const workbook_writer&) = delete;
  /// An unfinished one is closed, so that its memory is free.
  ~workbook_writer() {
    if (book_ != nullptr) (void)workbook_close(book_);
  }

  /// \param made  in place of the time of day, which would make other bytes each time
  void about(const std::string& title, day made) {
    if (book_ == nullptr) return;
    lxw_doc_properties of{};
    std::string title_text = title, company = "sifang";
    of.title = title_text.data();
    of.company = company.data();
    of.created = static_cast<std::time_t>((std::max)(std::int64_t{1}, std::int64_t{made.since_1970()} * 86400));
    (void)workbook_set_properties(book_, &of);
  }

  void add(const sheet& one) {
    if (book_ == nullptr) return;
    lxw_worksheet* const to = workbook_add_worksheet(book_, one.name.c_str());
    SIFANG_ASSERT(to != nullptr, "a name that a sheet can have, and no other has");
    if (to == nullptr) return;
    std::vector<std::size_t> width;
    for (std::size_t c = 0; c < one.header.size(); ++c) {
      (void)worksheet_write_string(to, 0, static_cast<lxw_col_t>(c), cell_sized(one.header[c]).c_str(), head_);
      width.push_back(display_width(one.header[c]));
    }
    for (std::size_t r = 0; r < one.rows.size(); ++r) {
      SIFANG_ASSERT(one.rows[r].size() <= one.header.size(), "at most as many cells as the header has");
      for (std::size_t c = 0; c < (std::min)(one.rows[r].size(), one.header.size()); ++c) {
        const std::size_t wide = write(to, static_cast<lxw_row_t>(r + 1), static_cast<lxw_col_t>(c), one.rows[r][c]);
        width[c] = (std::max)(width[c], wide);
      }
    }
    constexpr std::size_t least = 8, most = 60;
    for (std::size_t c = 0; c < width.size(); ++c) {
      const double wide = static_cast<double>((std::min)((std::max)(width[c], least), most)) + 2;
      (void)worksheet_set_column(to, static_cast<lxw_col_t>(c), static_cast<lxw_col_t>(c), wide, nullptr);
    }
    worksheet_freeze_panes(to, 1, 0);
    if (!one.rows.empty() && !one.header.empty())
      (void)worksheet_autofilter(to, 0, 0, static_cast<lxw_row_t>(one.rows.size()), static_cast<lxw_col_t>(one.header.size() - 1));
    constexpr std::uint8_t a4 = 9;
    worksheet_set_paper(to, a4);
    worksheet_set_landscape(to);
    worksheet_fit_to_pages(to, 1, 0);
    (void)worksheet_repeat_rows(to, 0, 0);
  }

  /// Writes the file. \returns whether it is whole
  [[nodiscard]] bool finish() { return book_ != nullptr && workbook_close(std::exchange(book_, nullptr)) == LXW_NO_ERROR; }

 private:
  /// \returns how wide the cell is
  std::size_t write(lxw_worksheet* to, lxw_row_t r, lxw_col_t c, const sheet_cell& cell) const {
    lxw_format* const form = forms_[static_cast<std::size_t>(cell.kind)];
    if (cell.kind == cell_kind::text) {
      if (cell.text.empty()) return 0;
      const std::string text = cell_sized(cell.text);
      (void)worksheet_write_string(to, r, c, text.c_str(), form);
      return display_width(text);
    }
    if (cell.kind == cell_kind::date) {
      const auto d = cell.date.ymd();
      lxw_datetime at{static_cast<int>(d.year()),
                      static_cast<int>(static_cast<unsigned>(d.month())),
                      static_cast<int>(static_cast<unsigned>(d.day())),
                      0,
                      0,
                      0};
      (void)worksheet_write_datetime(to, r, c, &at, form);
      constexpr std::size_t date_width = 10;
      return date_width;
    }
    if (std::isfinite(cell.number)) (void)worksheet_write_number(to, r, c, cell.number, form);
    return 0;
  }

  lxw_workbook* book_;
  lxw_format* head_ = nullptr;
  std::array<lxw_format*, 5> forms_{};
};

}  // namespace detail

/// A workbook of some sheets, as bytes: headers that stay in place, a filter over each, columns as wide as what stands in them, A4 across.
/// The same sheets give the same bytes. Texts longer than a cell can hold (32767 characters) end in `…`.
///
/// Faults: `cannot_write` (no room for a file that passes, in the folder for such).
/// \param file   as messages name it
/// \param title  among the properties of the file
/// \param made   when the file says that it was made
/// \pre at least one sheet; names and rows as `sheet` says; asserted \complexity linear in the cells
[[nodiscard]] inline checked<std::string> workbook_bytes(std::span<const sheet> sheets, const std::string& file, const std::string& title,
                                                         day made) {
  SIFANG_ASSERT(!sheets.empty(), "at least one sheet");
  const auto failed = [&] {
    return make_fault(fault_kind::cannot_write, place{file}, file, "the workbook could not be put together in the folder of passing files");
  };
  const detail::passing_file passing;
  if (passing.path().empty()) return failed();
  detail::workbook_writer writer(passing.path());
  writer.about(title, made);
  for (const sheet& one : sheets) writer.add(one);
  if (!writer.finish()) return failed();
  return read_bytes(passing.path());
}

}  // namespace sifang

#endif
