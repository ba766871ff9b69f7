// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_COUNTY_OUTLINE_HPP
#define SIFANG_IO_COUNTY_OUTLINE_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/io/unit_rows.hpp"
#include "sifang/org/county_draft.hpp"
#include "sifang/org/county_words.hpp"
#include "sifang/org/hierarchy.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sifang {

/// A county, its townships and its villages as a table of a planner's own has them, without bodies and posts.
class county_outline {
 public:
  /// Code and name of the county. @{
  [[nodiscard]] const std::string& code() const noexcept { return tree_.code(tree_.root()); }
  [[nodiscard]] const std::string& name() const noexcept { return tree_[tree_.root()].name; }
  /// @}
  /// Townships with their villages, in the order of the table; some may have none.
  [[nodiscard]] std::span<const division_township> townships() const noexcept { return townships_; }
  /// What the table says of them beside their names.
  [[nodiscard]] const std::map<std::string, known_place, std::less<>>& known() const noexcept { return known_; }

  /// Reads a table of code, name, parent and kind (English or Chinese), perhaps with population, distance_km and name_en, in
  /// which a field may be empty: not known.
  ///
  /// Faults: those of `read_csv` and `hierarchy_builder`, `bad_value` for a kind that is no county, township, subdistrict,
  /// village or community, `wrong_level`, `bad_number`, `out_of_range`.
  /// \complexity n log n in rows
  [[nodiscard]] static checked<county_outline> load(const std::filesystem::path& path, const text_source& from = text_files());

 private:
  explicit county_outline(county_tree tree) : tree_(std::move(tree)) {}

  county_tree tree_;
  std::vector<division_place> villages_;
  std::vector<division_township> townships_;
  std::map<std::string, known_place, std::less<>> known_;
};

namespace detail {

/// A name as a planner wrote it: in one line, without blanks around it.
[[nodiscard]] inline std::string told_name(std::string_view text) {
  const std::string line = one_line(text);
  const std::size_t first = line.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return line.substr(first, line.find_last_not_of(' ') - first + 1);
}

}  // namespace detail

inline checked<county_outline> county_outline::load(const std::filesystem::path& path, const text_source& from) {
  std::vector<fault> faults;
  const auto table = read_csv(path, faults, "a table of units", from);
  if (!table) return faults;
  const auto columns = table->columns({"code", "name", "parent", "kind"}, {"population", "distance_km", "name_en"}, faults);
  if (table->size() == 0) faults.push_back({fault_kind::empty_file, {table->file()}, {"a row for each unit below the header"}});
  if (!faults.empty()) return faults;
  hierarchy_builder<unit> builder;
  std::map<std::string, known_place, std::less<>> known;
  const auto number = [&](std::size_t row, csv_column column) {
    return table->at(row, column).text.empty() ? std::nullopt : number_in(*table, row, column, faults, 0);
  };
  std::unordered_map<std::string, unit_kind> kinds;
  for (std::size_t row = 0; row < table->size(); ++row) {
    unit u;
    u.code = text_in(*table, row, columns[0], faults);
    u.name = text_in(*table, row, columns[1], faults);
    const auto kind = name_in<unit_kind>(*table, row, columns[3], faults, [](std::string_view word) {
      const auto meant = parse_word<unit_kind>(word);
      const bool fits = meant && (*meant == unit_kind::county || level_of(*meant) != level::county);
      return fits ? meant : std::nullopt;  // bodies are the template's
    });
    known_place said{kind, number(row, columns[4]), number(row, columns[5]), detail::told_name(table->at(row, columns[6]).text)};
    if (u.code.empty()) continue;
    if (kind) kinds.emplace(u.code, u.kind = *kind);
    known.emplace(u.code, std::move(said));
    std::string code = u.code;
    builder.add(std::move(code), std::string(table->at(row, columns[2]).text), std::move(u), table->where(row, columns[0]));
  }
  detail::tell_wrong_levels(*table, columns[0], columns[2], kinds, faults);
  auto tree = std::move(builder).build();
  if (!tree) faults.insert(faults.end(), tree.faults().begin(), tree.faults().end());
  if (tree && faults.empty() && (*tree)[tree->root()].kind != unit_kind::county) {
    const unit& top = (*tree)[tree->root()];
    faults.push_back({fault_kind::bad_value, {table->file()}, {"kind", "county", top.code + ": " + std::string(name_of(top.kind)), ""}});
  }
  tidy(faults);
  if (!faults.empty()) return faults;

  county_outline out(*std::move(tree));
  out.known_ = std::move(known);
  const county_tree& units = out.tree_;
  out.villages_.reserve(units.size());  // the townships look into it
  for (const unit_id t : units.all()) {
    if (level_of(units[t].kind) != level::township) continue;
    const std::size_t first = out.villages_.size();
    for (const unit_id v : units.children(t)) out.villages_.push_back({units[v].code, units[v].name});
    out.townships_.push_back({units[t].code, units[t].name, std::span<const division_place>(out.villages_).subspan(first)});
  }
  return out;
}

/// What keeps a county from being drafted: `rule_unsatisfied` (R9) where it has no village. \complexity linear in townships
[[nodiscard]] inline std::vector<fault> faults_of(const county_outline& outline) {
  const auto townships = outline.townships();
  if (std::any_of(townships.begin(), townships.end(), [](const division_township& t) { return !t.villages.empty(); })) return {};
  return {
      make_fault(fault_kind::rule_unsatisfied, place{}, "R9", outline.name() + " (" + outline.code() + ") has no village in the tables")};
}

}  // namespace sifang

#endif
