// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_DIVISIONS_HPP
#define SIFANG_IO_DIVISIONS_HPP

#include "sifang/core/fault.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/org/county_like.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sifang {

/// One county of the country: a range of `national_divisions::townships`.
struct division_county {
  std::string_view code,     ///< division code
      name,                  ///< as people read it
      province;              ///< code of the province
  std::size_t first = 0,     ///< position of its first township
      size = 0;              ///< its townships
  std::size_t villages = 0;  ///< villages and communities in all of them
};

/// Every county of the country with its townships and villages (行政区划), as one compact table.
class national_divisions {
 public:
  /// Counties in the order of their file, each with its townships; those without a village are left out, and counted. @{
  [[nodiscard]] std::span<const division_county> counties() const noexcept { return counties_; }
  [[nodiscard]] std::span<const division_township> townships(const division_county& c) const noexcept {
    return std::span(townships_).subspan(c.first, c.size);
  }
  /// @}
  /// Provinces: code and name, in the order of their file.
  [[nodiscard]] std::span<const division_place> provinces() const noexcept { return provinces_; }
  /// What the tables hold and no county that is played has: counties and townships without a village. @{
  [[nodiscard]] std::size_t counties_left_out() const noexcept { return empty_.size(); }
  [[nodiscard]] std::size_t townships_left_out() const noexcept { return townships_left_out_; }
  /// @}
  /// Counties of which the tables have no village, by name.
  [[nodiscard]] std::span<const division_place> counties_without_villages() const noexcept { return empty_; }
  /// Villages and communities of all counties.
  [[nodiscard]] std::size_t villages() const noexcept { return villages_.size(); }

  /// Reads provinces.csv (code, name), areas.csv (code, name, provinceCode), streets.csv (code, name, areaCode) and
  /// villages.csv (code, name, streetCode) of a folder, or of the texts of a program (`folder` may be empty).
  ///
  /// Faults: those of `read_csv`, `unknown_unit` for a row whose parent is in no table, and `duplicate_code` for a code
  /// that stands twice in a table. A table that cannot be read, or lacks a column, is one fault, and the rows of the next
  /// are not looked up in it.
  /// \complexity linear; holds the text of the tables
  [[nodiscard]] static checked<national_divisions> load(const std::filesystem::path& folder, const text_source& from = text_files());

 private:
  // The names are views of the tables' text, which does not move with them.
  std::vector<std::unique_ptr<csv_table>> tables_;
  std::vector<division_place> provinces_, villages_, empty_;
  std::vector<division_township> townships_;
  std::vector<division_county> counties_;
  std::size_t townships_left_out_ = 0;
};

namespace detail {

/// A row of a table of divisions.
struct division_row {
  std::string_view code, name;
  std::size_t parent;  ///< position in the table above; the first for one that is not known, which is a fault
};

/// Reads tables of divisions, each below the one before it.
class division_tables {
 public:
  division_tables(const std::filesystem::path& folder, const text_source& from, std::vector<fault>& faults)
      : folder_(folder), from_(from), faults_(faults) {}

  /// \param above  column with the code of the parent, a row of the table before; null for the first table
  [[nodiscard]] std::vector<division_row> read(const char* file, const char* what, const char* above = nullptr,
                                               const std::vector<division_row>* parents = nullptr) {
    std::vector<division_row> rows;
    const bool judged = is_readable_ && parents != nullptr;
    const std::size_t before = faults_.size();
    is_readable_ = false;
    auto table = read_csv(folder_ / file, faults_, what, from_);
    if (!table) return rows;
    tables_.push_back(std::make_unique<csv_table>(*std::move(table)));
    const csv_table& t = *tables_.back();
    const auto columns = above == nullptr ? t.columns({"code", "name"}, {}, faults_) : t.columns({"code", "name", above}, {}, faults_);
    const auto loses_rows = [](const fault& f) {
      return f.kind == fault_kind::missing_column || f.kind == fault_kind::unknown_key || f.kind == fault_kind::syntax;
    };
    if (std::any_of(faults_.begin() + static_cast<std::ptrdiff_t>(before), faults_.end(), loses_rows)) return rows;
    is_readable_ = true;
    rows.reserve(t.size());
    for (std::size_t i = 0; i < t.size(); ++i) rows.push_back({t.at(i, columns[0]).text, t.at(i, columns[1]).text, 0});
    if (judged) find_parents(t, columns[2], *parents, rows);
    tell_duplicates(t, columns[0], rows);
    return rows;
  }
  /// The tables that were read: the rows are views of their text.
  [[nodiscard]] std::vector<std::unique_ptr<csv_table>> tables() && { return std::move(tables_); }

 private:
  void find_parents(const csv_table& t, csv_column above, const std::vector<division_row>& parents, std::vector<division_row>& rows) {
    std::unordered_map<std::string_view, std::size_t> at;
    at.reserve(parents.size());
    for (std::size_t i = 0; i < parents.size(); ++i) at.emplace(parents[i].code, i);
    std::string_view last_code;  // rows of one parent mostly stand together
    auto last = at.end();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const csv_field parent = t.at(i, above);
      if (last == at.end() || parent.text != last_code) {
        last = at.find(parent.text);
        last_code = parent.text;
      }
      if (last == at.end())
        faults_.push_back({fault_kind::unknown_unit, t.where(parent), {shortened(parent.text), ""}});
      else
        rows[i].parent = last->second;
    }
  }

  void tell_duplicates(const csv_table& t, csv_column code, const std::vector<division_row>& rows) {
    const auto rises = [](const division_row& a, const division_row& b) { return !(a.code < b.code); };
    if (std::adjacent_find(rows.begin(), rows.end(), rises) == rows.end()) return;  // no code can stand twice
    std::unordered_map<std::string_view, csv_field> first;
    first.reserve(t.size());
    for (std::size_t i = 0; i < t.size(); ++i) {
      const csv_field own = t.at(i, code);
      const auto [earlier, is_new] = first.emplace(own.text, own);
      if (is_new) continue;
      const std::string line = std::to_string(t.where(earlier->second).line);
      faults_.push_back({fault_kind::duplicate_code, t.where(own), {shortened(own.text), line}});
    }
  }

  const std::filesystem::path& folder_;
  const text_source& from_;
  std::vector<fault>& faults_;
  std::vector<std::unique_ptr<csv_table>> tables_;
  bool is_readable_ = false;  // the table before
};

/// Positions of the rows of each parent, in their order within it.
class rows_by_parent {
 public:
  rows_by_parent(const std::vector<division_row>& rows, std::size_t parents) : offset_(parents + 1), order_(rows.size()) {
    for (const division_row& r : rows) ++offset_[r.parent + 1];
    for (std::size_t p = 0; p < parents; ++p) offset_[p + 1] += offset_[p];
    std::vector<std::size_t> next(offset_.begin(), offset_.end() - 1);
    for (std::size_t i = 0; i < rows.size(); ++i) order_[next[rows[i].parent]++] = i;
  }
  [[nodiscard]] std::span<const std::size_t> of(std::size_t parent) const {
    return std::span(order_).subspan(offset_[parent], offset_[parent + 1] - offset_[parent]);
  }

 private:
  std::vector<std::size_t> offset_, order_;
};

}  // namespace detail

inline checked<national_divisions> national_divisions::load(const std::filesystem::path& folder, const text_source& from) {
  std::vector<fault> faults;
  detail::division_tables tables(folder, from, faults);
  const auto provinces = tables.read("provinces.csv", "a table of provinces");
  const auto areas = tables.read("areas.csv", "a table of counties", "provinceCode", &provinces);
  const auto streets = tables.read("streets.csv", "a table of townships", "areaCode", &areas);
  const auto villages = tables.read("villages.csv", "a table of villages", "streetCode", &streets);
  tidy(faults);
  if (!faults.empty()) return faults;

  national_divisions out;
  out.tables_ = std::move(tables).tables();
  for (const detail::division_row& p : provinces) out.provinces_.push_back({p.code, p.name});
  const detail::rows_by_parent streets_of(streets, areas.size()), villages_of(villages, streets.size());
  out.villages_.reserve(villages.size());  // the townships look into it
  out.townships_.reserve(streets.size());
  for (std::size_t a = 0; a < areas.size(); ++a) {
    division_county c{areas[a].code, areas[a].name, provinces[areas[a].parent].code, out.townships_.size(), 0, 0};
    for (const std::size_t s : streets_of.of(a)) {
      const auto here = villages_of.of(s);
      if (here.empty()) {
        ++out.townships_left_out_;
        continue;
      }
      const std::size_t first = out.villages_.size();
      for (const std::size_t v : here) out.villages_.push_back({villages[v].code, villages[v].name});
      out.townships_.push_back(
          {streets[s].code, streets[s].name, std::span<const division_place>(out.villages_.data() + first, here.size())});
      c.villages += here.size();
      ++c.size;
    }
    if (c.size != 0)
      out.counties_.push_back(c);
    else
      out.empty_.push_back({areas[a].code, areas[a].name});
  }
  return out;
}

}  // namespace sifang

#endif
