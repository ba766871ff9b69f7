// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_RESULTS_PLACE_HPP
#define SIFANG_IO_RESULTS_PLACE_HPP

#include "sifang/io/text_file.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#if defined(__unix__) || defined(__APPLE__)
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

/// \file
/// What stands at the place of results, and moves and removals there that never take a file of a user's.

namespace sifang::detail {

inline constexpr std::string_view results_marker = "manifest.json";

/// The files that results consist of, whichever verb wrote them. Whatever else lies beside them is a user's.
inline constexpr std::array<std::string_view, 32> result_files{
    results_marker,      "results.json",        "kpi.csv",         "differences.csv",  "report.html", "sweep.json",      "sweep.csv",
    "provinces.csv",     "counties.csv",        "three-rates.csv", "due.csv",          "repeats.csv", "owned-cases.csv", "wall-chart.csv",
    "return-visits.csv", "closed-and-gone.csv", "arrivals.csv",    "calibration.json", "figures.csv", "parameters.csv",  "sensitivity.csv",
    "fitted.toml",       "units.csv",           "rejected.csv",    "results.sqlite",   "cost.csv",    "pareto.svg",      "bottlenecks.json",
    "places.csv",        "months.csv",          "posts.csv",       "one-more.csv"};

/// Whether a file of this name belongs to results; `more` are further names. One that a dead process was just writing does too.
[[nodiscard]] inline bool is_result_file(std::string_view name, std::span<const std::string> more = {}) {
  constexpr std::size_t random_end = 7;  // as `write_text` ends the name of a file that is not yet whole
  const auto known = [&](std::string_view n) {
    // Calendars of a roster: those of an earlier plan too, whose posts there may be no more.
    const bool calendar = n == "county.ics" || (n.starts_with("post-") && n.ends_with(".ics"));
    return calendar || std::find(result_files.begin(), result_files.end(), n) != result_files.end() ||
           std::find(more.begin(), more.end(), n) != more.end();
  };
  if (known(name)) return true;
  if (!name.starts_with('.') || name.size() <= 1 + random_end || name[name.size() - random_end] != '.') return false;
  return known(name.substr(1, name.size() - 1 - random_end));
}

/// What a place holds.
enum class standing : std::uint8_t {
  nothing,
  empty_folder,
  unfinished_results,
  finished_results,
  other_folder,   ///< of a user's
  closed_folder,  ///< may not be looked into
  no_folder,      ///< a file, a link that leads nowhere, …
};

/// Looks at a place. Entries whose name begins with `own` are as good as not there, if it is not empty.
[[nodiscard]] inline standing what_stands(const std::filesystem::path& at, std::string_view own = {}) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (!fs::exists(fs::symlink_status(at, error))) return standing::nothing;
  if (!fs::is_directory(at, error)) return standing::no_folder;
  if (fs::exists(at / results_marker, error)) {
    std::ifstream in(at / results_marker, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    return text.find("\"finished\":false") != std::string::npos ? standing::unfinished_results : standing::finished_results;
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(at, error)) {
    if (own.empty() || !entry.path().filename().string().starts_with(own)) return standing::other_folder;
  }
  return error ? standing::closed_folder : standing::empty_folder;
}

[[nodiscard]] inline bool holds_results(standing s) noexcept {
  return s == standing::unfinished_results || s == standing::finished_results;
}

/// Gives a file or folder another name, if nothing has that.
[[nodiscard]] inline std::error_code move_to_free_name(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code error;
#if defined(RENAME_NOREPLACE)
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
  if (errno != ENOSYS && errno != EINVAL) return {errno, std::generic_category()};
#endif
  if (std::filesystem::exists(std::filesystem::symlink_status(to, error))) return {EEXIST, std::generic_category()};
  std::filesystem::rename(from, to, error);
  return error;
}

/// Exchanges two names in one step, where the system can. \returns whether it did
[[nodiscard]] inline bool exchange_names([[maybe_unused]] const std::filesystem::path& a,
                                         [[maybe_unused]] const std::filesystem::path& b) noexcept {
#if defined(RENAME_EXCHANGE)
  return ::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) == 0;
#else
  return false;
#endif
}

/// The names in a folder, sorted; none if it can't be read.
[[nodiscard]] inline std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::string> out;
  for (auto entry = std::filesystem::directory_iterator(folder, error); !error && entry != std::filesystem::directory_iterator();
       entry.increment(error)) {
    out.push_back(entry->path().filename().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// Removes the files of results in a folder, and the folder if nothing else is in it. \returns whether it is gone
inline bool remove_results(const std::filesystem::path& folder, std::span<const std::string> more = {}) {
  std::error_code error;
  for (const std::string& name : names_in(folder)) {
    const auto file = folder / name;
    if (is_result_file(name, more) && !std::filesystem::is_directory(std::filesystem::symlink_status(file, error)))
      std::filesystem::remove(file, error);
  }
  std::filesystem::remove(folder, error);
  return !std::filesystem::exists(std::filesystem::symlink_status(folder, error));
}

/// Moves what is no file of results into another folder, where its name is free there.
inline void move_others(const std::filesystem::path& from, const std::filesystem::path& to, std::span<const std::string> more = {}) {
  for (const std::string& name : names_in(from)) {
    if (!is_result_file(name, more)) (void)move_to_free_name(from / name, to / name);
  }
}

/// Moves the files of results into another folder, the marker first or last, where their names are free there.
/// \returns the first error; what was moved before it stays moved
[[nodiscard]] inline std::error_code move_results(const std::filesystem::path& from, const std::filesystem::path& to, bool marker_first,
                                                  std::span<const std::string> more = {}) {
  std::vector<std::string> names = names_in(from);
  std::erase_if(names, [&](const std::string& name) {
    std::error_code error;
    return !is_result_file(name, more) || std::filesystem::is_directory(std::filesystem::symlink_status(from / name, error));
  });
  std::stable_partition(names.begin(), names.end(), [&](const std::string& name) { return (name == results_marker) == marker_first; });
  for (const std::string& name : names) {
    if (const std::error_code error = move_to_free_name(from / name, to / name)) return error;
  }
  return {};
}

/// Whether a folder must stay the one that it is: this process stands in it, a disk is mounted there, or nothing may be
/// made beside it. Its files are exchanged then, not the folder.
[[nodiscard]] inline bool must_stay([[maybe_unused]] const std::filesystem::path& folder) {
#if defined(__unix__) || defined(__APPLE__)
  namespace fs = std::filesystem;
  const fs::path parent = folder.parent_path();
  struct stat self {
  }, above{};
  if (::stat(folder.c_str(), &self) != 0 || !S_ISDIR(self.st_mode)) return false;
  if (::stat(parent.c_str(), &above) != 0 || above.st_dev != self.st_dev) return true;
  if (::access(parent.c_str(), W_OK | X_OK) != 0) return true;
  std::error_code error;
  const fs::path here = fs::current_path(error);
  return !error && std::mismatch(folder.begin(), folder.end(), here.begin(), here.end()).first == folder.end();
#else
  return false;
#endif
}

}  // namespace sifang::detail

#endif
