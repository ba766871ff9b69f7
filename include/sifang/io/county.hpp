// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_COUNTY_HPP
#define SIFANG_IO_COUNTY_HPP

#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/names.hpp"
#include "sifang/io/cell_text.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/holiday_notice.hpp"
#include "sifang/io/message_text.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/io/unit_rows.hpp"
#include "sifang/org/county_words.hpp"
#include "sifang/org/hierarchy.hpp"
#include "sifang/org/official.hpp"
#include "sifang/org/organisation.hpp"
#include "sifang/org/unit.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

/// \file
/// The tables of a county: its units, posts, links and holidays, from files or from texts in memory
/// (`load_county(files, named_texts{{"units.csv", text}, …})`). All faults of all tables are told together.

namespace sifang {

/// Where the tables of a county stand: paths, or names of texts.
struct county_files {
  std::filesystem::path units;  ///< code, name, parent, kind, population, distance_km (blank: assumed); may have x, y, longitude, latitude;
                                ///< kinds in English or Chinese
  std::filesystem::path officials;  ///< post, title, rank, unit
  std::filesystem::path links;      ///< post, relation, unit
  std::filesystem::path holidays;   ///< date, kind, name, or notices in JSON; empty: Monday to Friday, no holidays
};

/// A county as the model needs it.
struct county {
  organisation org;           ///< units, officials and who is linked to what
  working_calendar calendar;  ///< with the holidays of its table, if there is one
};

namespace detail {

/// Lines on which codes stand for the first time.
class first_lines {
 public:
  /// Notes a code; one that has been seen before is a fault.
  void add(const std::string& code, place where, std::vector<fault>& faults) {
    const auto [first, fresh] = lines_.emplace(code, where.line);
    if (!fresh) faults.push_back({fault_kind::duplicate_code, std::move(where), {code, std::to_string(first->second)}});
  }
  [[nodiscard]] bool has(const std::string& code) const { return lines_.contains(code); }
  [[nodiscard]] std::string nearest_to(const std::string& code) {
    if (!near_.goes_on()) return {};
    std::vector<std::string> codes;
    codes.reserve(lines_.size());
    for (const auto& [known, line] : lines_) codes.push_back(known);
    std::sort(codes.begin(), codes.end());  // of equally near ones always the same
    return near_(code, codes);
  }

 private:
  std::unordered_map<std::string, std::uint32_t> lines_;
  nearest_words near_;
};

/// The kind of a day of a notice, in English or Chinese; nothing for any other word.
[[nodiscard]] inline std::optional<day_kind> kind_of_holiday(std::string_view word) {
  for (const std::string_view off : {"holiday", "statutory_holiday", "节假日", "法定节假日", "放假", "休"}) {
    if (word == off) return day_kind::statutory_holiday;
  }
  for (const std::string_view worked : {"makeup_workday", "调休", "调休上班", "补班", "上班", "班"}) {
    if (word == worked) return day_kind::makeup_workday;
  }
  return std::nullopt;
}

class county_reader {
 public:
  county_reader(std::vector<fault>& faults, const text_source& from) : faults_(faults), from_(from) {}

  std::optional<county_tree> units(const std::filesystem::path& path) {
    const std::size_t before_reading = faults_.size();
    const auto table = read_csv(path, faults_, "a table of units", from_);
    if (!table) return std::nullopt;
    const std::size_t before = faults_.size();
    const auto columns = table->columns({"code", "name", "parent", "kind", "population", "distance_km"},
                                        {"x", "y", "longitude", "latitude", "name_en"}, faults_);
    if (faults_.size() != before) return std::nullopt;  // without its columns nothing can be said of the rows
    if (no_rows(*table, "a row for each unit")) return std::nullopt;
    units_read_ = is_whole(before_reading);
    hierarchy_builder<unit> builder;
    std::unordered_map<std::string, unit_kind> kinds;
    std::vector<unit> rows;
    std::vector<std::size_t> lines;                 // of them in the table
    std::unordered_map<std::string, double> seats;  // km of townships, for their villages
    for (std::size_t row = 0; row < table->size(); ++row) {
      unit u;
      u.code = text_in(*table, row, columns[0], faults_);
      u.name = text_in(*table, row, columns[1], faults_);
      const auto kind = name_in<unit_kind>(*table, row, columns[3], faults_, parse_word<unit_kind>);
      u.kind = kind.value_or(unit_kind{});
      u.population = number_in(*table, row, columns[4], faults_, 0).value_or(0);
      u.distance_assumed = table->has(row, columns[5]) && table->at(row, columns[5]).text.empty();
      u.distance_km = u.distance_assumed ? assumed_distance_km(u.kind) : number_in(*table, row, columns[5], faults_, 0).value_or(0);
      u.x = number_in(*table, row, columns[6], faults_).value_or(0);
      u.y = number_in(*table, row, columns[7], faults_).value_or(0);
      u.at = coordinates_in(*table, row, columns[8], columns[9]);
      u.name_en = table->at(row, columns[10]).text;
      if (u.code.empty()) continue;
      if (!codes_.has(u.code)) codes_.add(u.code, table->where(row, columns[0]), faults_);  // the builder tells of a second one
      if (kind) kinds.emplace(u.code, *kind);
      if (level_of(u.kind) == level::township) seats.emplace(u.code, u.distance_km);
      rows.push_back(std::move(u));
      lines.push_back(row);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      std::string code = rows[i].code, parent(table->at(lines[i], columns[2]).text);
      const auto above = seats.find(parent);
      if (rows[i].distance_assumed && above != seats.end()) rows[i].distance_km = assumed_distance_km(rows[i].kind, above->second);
      builder.add(std::move(code), std::move(parent), std::move(rows[i]), table->where(lines[i], columns[0]));
    }
    detail::tell_wrong_levels(*table, columns[0], columns[2], kinds, faults_);
    checked<county_tree> tree = std::move(builder).build();
    if (tree) return *std::move(tree);
    faults_.insert(faults_.end(), tree.faults().begin(), tree.faults().end());
    return std::nullopt;
  }

  struct post_row {
    official about;
    std::string unit;
    place where;
  };
  std::vector<post_row> officials(const std::filesystem::path& path) {
    std::vector<post_row> out;
    const std::size_t before_reading = faults_.size();
    const auto table = read_csv(path, faults_, "a table of posts", from_);
    if (!table) return out;
    const std::size_t before = faults_.size();
    const auto columns = table->columns({"post", "title", "rank", "unit"}, {"title_en"}, faults_);
    if (faults_.size() != before || no_rows(*table, "a row for each post")) return out;
    posts_read_ = is_whole(before_reading);
    for (std::size_t row = 0; row < table->size(); ++row) {
      post_row p;
      p.where = table->where(row, columns[0]);
      p.about.post = text_in(*table, row, columns[0], faults_);
      p.about.title = std::string(table->at(row, columns[1]).text);
      p.about.title_en = table->at(row, columns[4]).text;
      p.about.rank = name_in<role>(*table, row, columns[2], faults_, parse_word<role>).value_or(role{});
      p.unit = unit_in(*table, row, columns[3]);
      if (p.about.post.empty()) continue;
      posts_.add(p.about.post, p.where, faults_);
      out.push_back(std::move(p));
    }
    return out;
  }

  struct link_row {
    std::string post;
    relation how{};
    std::string unit;
    place where;
  };
  std::vector<link_row> links(const std::filesystem::path& path) {
    std::vector<link_row> out;
    const auto table = read_csv(path, faults_, "a table of links", from_);
    if (!table) return out;
    const std::size_t before = faults_.size();
    const auto columns = table->columns({"post", "relation", "unit"}, {}, faults_);
    if (faults_.size() != before || no_rows(*table, "a row for each link")) return out;
    for (std::size_t row = 0; row < table->size(); ++row) {
      link_row l;
      l.where = table->where(row, columns[0]);
      l.post = text_in(*table, row, columns[0], faults_);
      if (posts_read_ && !l.post.empty() && !posts_.has(l.post)) {
        faults_.push_back({fault_kind::unknown_post, l.where, {l.post, posts_.nearest_to(l.post)}});
      }
      l.how = name_in<relation>(*table, row, columns[1], faults_, parse_word<relation>).value_or(relation{});
      l.unit = unit_in(*table, row, columns[2]);
      out.push_back(std::move(l));
    }
    return out;
  }

  working_calendar holidays(const std::filesystem::path& path) {
    if (path.empty()) return {};
    const checked<std::string> text = from_.text(path, {text_encoding::utf8_or_gb18030, "a table of holidays"});
    if (!text) {
      faults_.insert(faults_.end(), text.faults().begin(), text.faults().end());
      return {};
    }
    if (is_json(*text)) return working_calendar(parse_holiday_notices(*text, path.string(), faults_));
    const csv_table rows = csv_table::parse(*text, path.string(), faults_);
    const csv_table* table = &rows;
    const std::size_t before = faults_.size();
    const auto columns = table->columns({"date", "kind"}, {"name"}, faults_);
    if (faults_.size() != before || no_rows(*table, "a row for each holiday and make-up workday")) return {};
    std::vector<calendar_exception> exceptions;
    first_lines dates;
    for (std::size_t row = 0; row < table->size(); ++row) {
      calendar_exception e;
      const std::string_view cell = table->at(row, columns[0]).text;
      const auto moment = cell.find('-') == std::string_view::npos ? cell_moment_of(cell) : std::nullopt;  // 2022/10/3
      const auto date =
          moment && !moment->time && is_allowed(moment->date) ? std::optional(moment->date) : date_in(*table, row, columns[0], faults_);
      const csv_field kind = table->at(row, columns[1]);
      if (table->has(row, columns[1])) {
        if (const std::optional<day_kind> said = kind_of_holiday(kind.text)) {
          e.kind = *said;
        } else {
          const std::vector<std::string> names{"holiday", "makeup_workday"};
          faults_.push_back({fault_kind::bad_value,
                             table->where(kind),
                             {"kind", "holiday, makeup_workday", shortened(kind.text), nearest(kind.text, names)}});
        }
      }
      if (!date) continue;
      dates.add(to_string(*date), table->where(row, columns[0]), faults_);
      e.date = *date;
      e.name = std::string(table->at(row, columns[2]).text);
      exceptions.push_back(std::move(e));
    }
    return working_calendar(exceptions);
  }

 private:
  bool no_rows(const csv_table& table, std::string_view expected) {
    if (table.size() != 0) return false;
    faults_.push_back({fault_kind::empty_file, {table.file()}, {std::string(expected) + " below the header"}});
    return true;
  }

  /// Whether no rows of a table are missing, since a quote that is not closed takes in the rows below it: only then is
  /// what its codes stand for in other tables judged.
  [[nodiscard]] bool is_whole(std::size_t faults_before) const {
    return std::none_of(faults_.begin() + static_cast<std::ptrdiff_t>(faults_before), faults_.end(),
                        [](const fault& f) { return f.kind == fault_kind::syntax; });
  }

  /// Degrees in two fields; both may be empty, or neither.
  std::optional<coordinates> coordinates_in(const csv_table& table, std::size_t row, csv_column longitude, csv_column latitude) {
    const bool east = !table.at(row, longitude).text.empty(), north = !table.at(row, latitude).text.empty();
    if (!east && !north) return std::nullopt;
    if (east != north) {
      const std::string there(east ? "longitude" : "latitude"), lacks(east ? "latitude" : "longitude");
      // Beside the field that is empty, or where the column is not there at all, at the other.
      const csv_column empty = east ? latitude : longitude;
      if (empty && !table.has(row, empty)) return std::nullopt;  // a row that is too short has been told of
      faults_.push_back({fault_kind::syntax,
                         table.where(row, empty  ? empty
                                          : east ? longitude
                                                 : latitude),
                         {"'" + lacks + "' filled in where '" + there + "' is", "an empty field"}});
      return std::nullopt;
    }
    const auto x = number_in(table, row, longitude, faults_, -180, 180), y = number_in(table, row, latitude, faults_, -90, 90);
    if (!x || !y) return std::nullopt;
    return coordinates{*x, *y};
  }

  std::string unit_in(const csv_table& table, std::size_t row, csv_column column) {
    std::string code = text_in(table, row, column, faults_);
    if (units_read_ && !code.empty() && !codes_.has(code)) {
      faults_.push_back({fault_kind::unknown_unit, table.where(row, column), {code, codes_.nearest_to(code)}});
    }
    return code;
  }

  std::vector<fault>& faults_;
  text_source from_;
  first_lines codes_, posts_;
  bool units_read_ = false, posts_read_ = false;
};

}  // namespace detail

/// Reads the holidays of a calendar: a table with the kinds `holiday` and `makeup_workday`, or 放假 and 调休 and the like, or what
/// begins with a bracket, as notices in JSON ("holiday_notice.hpp"). Faults: `bad_date`, `bad_value`, `duplicate_code` (a date twice),
/// and those of `read_csv` and `parse_holiday_notices`.
[[nodiscard]] inline checked<working_calendar> load_calendar(const std::filesystem::path& path, const text_source& from = text_files()) {
  std::vector<fault> faults;
  working_calendar calendar = detail::county_reader(faults, from).holidays(path);
  tidy(faults);
  if (!faults.empty()) return faults;
  return calendar;
}

/// Reads a table of units alone. Faults: those of `hierarchy_builder`, `wrong_level`, `bad_value`,
/// `bad_number`, `out_of_range` (a negative number of people), and those of `read_csv`.
[[nodiscard]] inline checked<county_tree> load_units(const std::filesystem::path& path, const text_source& from = text_files()) {
  std::vector<fault> faults;
  std::optional<county_tree> tree = detail::county_reader(faults, from).units(path);
  tidy(faults);
  if (!faults.empty()) return faults;
  return *std::move(tree);
}

/// Reads all tables of a county. A fault in one table does not hide those of another: posts and links
/// are checked against the codes of the table of units even if these make no tree.
[[nodiscard]] inline checked<county> load_county(const county_files& files, const text_source& from = text_files()) {
  std::vector<fault> faults;
  detail::county_reader reader(faults, from);
  std::optional<county_tree> tree = reader.units(files.units);
  auto posts = reader.officials(files.officials);
  auto links = reader.links(files.links);
  working_calendar calendar = reader.holidays(files.holidays);
  if (faults.empty()) {
    organisation_builder builder(*std::move(tree));
    for (auto& p : posts) builder.add(std::move(p.about), std::move(p.unit), std::move(p.where));
    for (auto& l : links) builder.add_link(std::move(l.post), l.how, std::move(l.unit), std::move(l.where));
    checked<organisation> org = std::move(builder).build();
    if (org) return county{*std::move(org), std::move(calendar)};
    faults = org.faults();
  }
  tidy(faults);
  return faults;
}

}  // namespace sifang

#endif
