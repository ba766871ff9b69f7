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

inline checked<national_divisions> national_divisions::load(const std::filesystem::path& folder, const text_source& from) {
  national_divisions out;
  std::vector<fault> faults;
  struct row {
    std::string_view code, name;
    std::size_t parent;  // with the first for one that is not known, which is a fault
  };
  bool readable = false;  // the last table
  // Rows by parent, in their order within it.
  const auto read = [&](const char* file, const char* what, const char* above,
                        const std::unordered_map<std::string_view, std::size_t>* parents) {
    std::vector<row> rows;
    const std::size_t before = faults.size();
    readable = false;
    auto table = read_csv(folder / file, faults, what, from);
    if (!table) return rows;
    out.tables_.push_back(std::make_unique<csv_table>(*std::move(table)));
    const csv_table& t = *out.tables_.back();
    const auto columns = above == nullptr ? t.columns({"code", "name"}, {}, faults) : t.columns({"code", "name", above}, {}, faults);
    const auto loses_rows = [](const fault& f) {
      return f.kind == fault_kind::missing_column || f.kind == fault_kind::unknown_key || f.kind == fault_kind::syntax;
    };
    if (std::any_of(faults.begin() + static_cast<std::ptrdiff_t>(before), faults.end(), loses_rows)) return rows;
    readable = true;
    rows.reserve(t.size());
    bool ascending = true;
    std::string_view last_code;  // rows of one parent mostly stand together
    std::size_t last = 0;
    bool known = false;
    for (std::size_t i = 0; i < t.size(); ++i) {
      row r{t.at(i, columns[0]).text, t.at(i, columns[1]).text, 0};
      if (above != nullptr && parents != nullptr) {
        const csv_field parent = t.at(i, columns[2]);
        if (!known || parent.text != last_code) {
          const auto found = parents->find(parent.text);
          known = found != parents->end();
          last_code = parent.text;
          last = known ? found->second : 0;
          if (!known) faults.push_back({fault_kind::unknown_unit, t.where(parent), {shortened(parent.text), ""}});
        }
        r.parent = last;
      }
      ascending = ascending && (rows.empty() || rows.back().code < r.code);
      rows.push_back(r);
    }
    if (!ascending) {  // only then can a code stand twice
      std::unordered_map<std::string_view, csv_field> first;
      first.reserve(t.size());
      for (std::size_t i = 0; i < t.size(); ++i) {
        const csv_field code = t.at(i, columns[0]);
        const auto [earlier, fresh] = first.emplace(code.text, code);
        if (!fresh)
          faults.push_back(
              {fault_kind::duplicate_code, t.where(code), {shortened(code.text), std::to_string(t.where(earlier->second).line)}});
      }
    }
    return rows;
  };
  const auto index = [](const std::vector<row>& rows) {
    std::unordered_map<std::string_view, std::size_t> at;
    at.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) at.emplace(rows[i].code, i);
    return at;
  };
  /// Positions of the rows of each parent, one after the other.
  const auto by_parent = [](const std::vector<row>& rows, std::size_t parents, std::vector<std::size_t>& offset) {
    offset.assign(parents + 1, 0);
    for (const row& r : rows) ++offset[r.parent + 1];
    for (std::size_t p = 0; p < parents; ++p) offset[p + 1] += offset[p];
    std::vector<std::size_t> next(offset.begin(), offset.end() - 1), order(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) order[next[rows[i].parent]++] = i;
    return order;
  };

  std::unordered_map<std::string_view, std::size_t> at;
  const auto read_below = [&](const char* file, const char* what, const char* above, const std::vector<row>& parents) {
    const bool judged = readable;
    if (judged) at = index(parents);
    return read(file, what, above, judged ? &at : nullptr);
  };
  const auto provinces = read("provinces.csv", "a table of provinces", nullptr, nullptr);
  const auto areas = read_below("areas.csv", "a table of counties", "provinceCode", provinces);
  const auto streets = read_below("streets.csv", "a table of townships", "areaCode", areas);
  const auto villages = read_below("villages.csv", "a table of villages", "streetCode", streets);
  tidy(faults);
  if (!faults.empty()) return faults;

  for (const row& p : provinces) out.provinces_.push_back({p.code, p.name});
  std::vector<std::size_t> street_offset, village_offset;
  const auto street_order = by_parent(streets, areas.size(), street_offset);
  const auto village_order = by_parent(villages, streets.size(), village_offset);
  out.villages_.reserve(villages.size());
  out.townships_.reserve(streets.size());
  for (std::size_t a = 0; a < areas.size(); ++a) {
    division_county c{areas[a].code, areas[a].name, provinces[areas[a].parent].code, out.townships_.size(), 0, 0};
    for (std::size_t k = street_offset[a]; k < street_offset[a + 1]; ++k) {
      const std::size_t s = street_order[k], size = village_offset[s + 1] - village_offset[s];
      if (size == 0) {
        ++out.townships_left_out_;
        continue;
      }
      const std::size_t first = out.villages_.size();
      for (std::size_t v = village_offset[s]; v < village_offset[s + 1]; ++v) {
        out.villages_.push_back({villages[village_order[v]].code, villages[village_order[v]].name});
      }
      out.townships_.push_back({streets[s].code, streets[s].name, std::span<const division_place>(out.villages_.data() + first, size)});
      c.villages += size;
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
