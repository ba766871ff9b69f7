// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_OUTPUT_DIRECTORY_HPP
#define SIFANG_IO_OUTPUT_DIRECTORY_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/io/file_lock.hpp"
#include "sifang/io/results_place.hpp"
#include "sifang/io/text_file.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace sifang {

/// What dead runs to the same place had left, and what was done about it.
struct left_overs {
  std::vector<std::filesystem::path> removed,  ///< unfinished files of theirs
      put_back,                                ///< results that they had moved away and not replaced
      kept,                                    ///< whole results that they had not placed; under the name given here
      remaining;                               ///< hidden folders in which something of a user's lies, or that can't be removed
};

/// A directory of results that appears whole or not at all.
///
/// Files go into a hidden directory beside the final one (`.NAME.partial`); `commit` renames it into place. If it is
/// destroyed uncommitted, nothing stays behind. Results that are already there are kept unless the caller forces, and then
/// until the very moment of the exchange; unfinished results never replace finished ones. A directory that holds anything
/// else is never touched, forced or not, and of one that holds results only these are replaced: what a user has put beside
/// them stays. One process at a time has a place (`file_lock`, `.NAME.lock`), and what dead ones have left there is put
/// right by the next.
///
/// A folder that can't be exchanged (the current one, a mount point, one beside which nothing may be made) has its files
/// exchanged one by one, the marker last; the hidden names stand in it then.
class output_directory {
 public:
  /// The file that every directory of results holds.
  static constexpr std::string_view marker = detail::results_marker;

  /// \param found  gets what dead runs had left, if it is not null; also when the answer is faults
  /// Faults: `already_there` (results are there, and not forced), `cannot_write` (also: another process has it).
  [[nodiscard]] static checked<output_directory> open(const std::filesystem::path& path, bool force = false, left_overs* found = nullptr) {
    namespace fs = std::filesystem;
    const auto failed = [&](const std::string& why) { return fault{fault_kind::cannot_write, {path.string()}, {path.string(), why}}; };
    std::error_code error;
    fs::path target = fs::weakly_canonical(fs::absolute(path, error), error);
    if (!error && !target.has_filename()) target = target.parent_path();  // a trailing slash means the same directory
    if (error || path.empty()) return failed(error ? error.message() : detail::reason_of(ENOENT));
    output_directory out(target, force, detail::must_stay(target));
    fs::create_directories(target.parent_path(), error);
    if (error) return failed(error.message());
    int busy = out.lock_.take(out.hidden(target.parent_path(), "lock"));
    if (out.within_ && (busy == EACCES || busy == EROFS)) busy = out.lock_.take(out.hidden(target, "lock"));
    left_overs unseen;
    if (busy == 0 && out.lock_.sure()) out.put_right(found != nullptr ? *found : unseen);
    if (const auto faults = out.faults_of_place(path.string()); !faults.empty()) return faults;
    if (busy != 0) return failed(busy == EWOULDBLOCK ? "another run has it open" : detail::reason_of(busy));
    for (int attempt = 0; attempt < 1000; ++attempt) {
      const fs::path beside = out.hidden(out.home(), "partial", attempt);
      if (fs::create_directory(beside, error)) {
        out.beside_ = out.where_ = beside;
        return out;
      }
      if (error) break;  // otherwise the name is taken
    }
    return failed(error ? error.message() : detail::reason_of(EEXIST));
  }

  /// The one moved from has nothing left to commit or discard.
  output_directory(output_directory&& other) noexcept { *this = std::move(other); }
  output_directory& operator=(output_directory&& other) noexcept {
    std::swap(target_, other.target_);
    std::swap(beside_, other.beside_);
    std::swap(where_, other.where_);
    std::swap(force_, other.force_);
    std::swap(within_, other.within_);
    std::swap(written_, other.written_);
    std::swap(lock_, other.lock_);
    return *this;
  }
  output_directory(const output_directory&) = delete;
  output_directory& operator=(const output_directory&) = delete;
  ~output_directory() {
    if (!beside_.empty()) detail::remove_results(beside_, written_);
  }

  /// Where files are to be written until `commit`.
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return beside_; }
  /// Where they are meant to be found afterwards: absolute, links followed.
  [[nodiscard]] const std::filesystem::path& target() const noexcept { return target_; }
  /// Where they are: after `commit` the target, or another name beside it if they could not be placed there.
  [[nodiscard]] const std::filesystem::path& where() const noexcept { return where_; }

  /// Adds one file. Not for several threads at once. \pre not committed \returns nothing, or one `cannot_write`
  [[nodiscard]] std::vector<fault> write(std::string_view name, std::string_view text) const {
    SIFANG_ASSERT(!beside_.empty());
    written_.emplace_back(name);
    return write_text(beside_ / std::filesystem::path(name), text);
  }

  /// Puts the results in place, after another look at what stands there by now.
  ///
  /// What keeps them from it is a fault, and they are left beside, as `NAME.unplaced`: see `where`. Unfinished results
  /// that find finished ones go to `NAME.unfinished`, which is no fault.
  /// \param finished  whether they are all that was asked for; the manifest must say the same (`"finished":false`)
  /// \pre not committed
  [[nodiscard]] std::vector<fault> commit(bool finished = true) {
    using detail::standing;
    SIFANG_ASSERT(!beside_.empty());
    const std::string_view otherwise = finished ? "unplaced" : "unfinished";
    auto faults = faults_of_place(target_.string());
    const standing there = detail::what_stands(target_, own_names());
    const bool aside = faults.empty() && there == standing::finished_results && !finished;
    if (faults.empty() && !aside) {
      const std::error_code error = within_ ? exchange_files() : exchange_folder();
      if (error) faults = {{fault_kind::cannot_write, {target_.string()}, {target_.string(), error.message()}}};
    }
    where_ = aside || !faults.empty() ? keep(beside_, otherwise) : target_;
    beside_.clear();
    lock_.give_up();
    return faults;
  }

 private:
  output_directory(std::filesystem::path target, bool force, bool within) : target_(std::move(target)), force_(force), within_(within) {}

  [[nodiscard]] std::filesystem::path home() const { return within_ ? target_ : target_.parent_path(); }
  [[nodiscard]] std::filesystem::path hidden(const std::filesystem::path& in, std::string_view what, int attempt = 0) const {
    return in / (own_names() + numbered(what, attempt));
  }
  [[nodiscard]] static std::string numbered(std::string_view what, int attempt) {
    return std::string(what) + (attempt == 0 ? "" : "-" + std::to_string(attempt));
  }
  /// How names in the target begin that are no content of it.
  [[nodiscard]] std::string own_names() const { return "." + target_.filename().string() + "."; }

  /// What keeps results from being placed, by what stands there now.
  [[nodiscard]] std::vector<fault> faults_of_place(const std::string& name) const {
    using detail::standing;
    const standing there = detail::what_stands(target_, own_names());
    const auto failed = [&](std::string why) { return std::vector<fault>{{fault_kind::cannot_write, {name}, {name, std::move(why)}}}; };
    if (there == standing::closed_folder) return failed(detail::reason_of(EACCES));
    if (there == standing::no_folder) return failed(detail::reason_of(ENOTDIR));
    if (there == standing::other_folder) return failed("the directory holds files that are no results");
    if (detail::holds_results(there) && !force_) return {{fault_kind::already_there, {name}, {name}}};
    return {};
  }

  /// Renames the folder into place. What is in the way by now stays, and is an error.
  [[nodiscard]] std::error_code exchange_folder() {
    namespace fs = std::filesystem;
    std::error_code error;
    if (!detail::holds_results(detail::what_stands(target_))) {
      fs::rename(beside_, target_, error);  // fails if there is anything but an empty folder
      return error;
    }
    fs::path old = hidden(home(), "replaced");
    for (int attempt = 1; fs::exists(fs::symlink_status(old, error)); ++attempt) old = hidden(home(), "replaced", attempt);
    const bool at_once = detail::exchange_names(beside_, target_);
    fs::rename(at_once ? beside_ : target_, old, error);
    if (error && at_once) old = beside_;
    if (error && !at_once) return error;
    const bool as_seen = detail::holds_results(detail::what_stands(old));  // or somebody was quicker
    if (!at_once && as_seen) fs::rename(beside_, target_, error);
    if (!as_seen || (error && !at_once)) {
      const std::error_code first = as_seen ? error : std::error_code(EBUSY, std::generic_category());
      if (at_once) fs::rename(target_, beside_, error);
      fs::rename(old, target_, error);
      return first;
    }
    detail::move_others(old, target_, written_);
    detail::remove_results(old, written_);
    return {};
  }

  /// Moves the files into place, the marker last. The folder `.NAME.replaced` says that it is under way.
  [[nodiscard]] std::error_code exchange_files() {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path old = hidden(target_, "replaced");
    fs::create_directory(old, error);
    if (error) return error;
    error = detail::move_results(target_, old, true, written_);
    if (!error) error = detail::move_results(beside_, target_, false, written_);
    if (error) {
      take_back(old, beside_);
      return error;
    }
    detail::remove_results(old, written_);
    detail::remove_results(beside_, written_);
    return {};
  }
  /// Undoes `exchange_files`, wherever it was.
  void take_back(const std::filesystem::path& old, const std::filesystem::path& placed) const {
    std::error_code ignored;
    (void)detail::move_results(target_, placed, true, written_);
    (void)detail::move_results(old, target_, false, written_);
    std::filesystem::remove(old, ignored);
  }

  /// Gives a folder a visible name beside the target. \returns where it is now
  [[nodiscard]] std::filesystem::path keep(const std::filesystem::path& folder, std::string_view what) const {
    for (int attempt = 0; attempt < 1000; ++attempt) {
      auto to = folder.parent_path() / (target_.filename().string() + "." + numbered(what, attempt));
      const std::error_code error = detail::move_to_free_name(folder, to);
      if (!error) return to;
      if (error.value() != EEXIST && error.value() != ENOTEMPTY) break;
    }
    return folder;
  }

  /// Puts right what dead runs have left. \pre nobody else is at it
  void put_right(left_overs& found) const {
    put_back_folder(found);
    put_back_files(found);
    const bool replaced = detail::holds_results(detail::what_stands(target_, own_names()));
    for (const std::filesystem::path& home : {target_.parent_path(), target_}) {
      for (const std::filesystem::path& folder : left(home, "replaced")) {
        if (replaced) detail::move_others(folder, target_);
        clear(folder, replaced, found);
      }
      for (const std::filesystem::path& folder : left(home, "partial")) {
        std::error_code error;  // whole results there may be those that were just exchanged
        if (replaced && std::filesystem::exists(folder / marker, error)) detail::move_others(folder, target_);
        clear(folder, false, found);
      }
    }
  }
  /// Folders called `.NAME.what` or `.NAME.what-1`, ….
  [[nodiscard]] std::vector<std::filesystem::path> left(const std::filesystem::path& home, std::string_view what) const {
    std::vector<std::filesystem::path> out;
    const std::string begin = own_names() + std::string(what);
    std::error_code error;
    for (const std::string& name : detail::names_in(home)) {
      if (!name.starts_with(begin)) continue;
      const std::string end = name.substr(begin.size());
      if (!end.empty() && (end.front() != '-' || end.find_first_not_of("0123456789", 1) != std::string::npos)) continue;
      if (std::filesystem::is_directory(std::filesystem::symlink_status(home / name, error))) out.push_back(home / name);
    }
    return out;
  }
  /// A run that died between two renames has left nothing in place: the newest results that were moved away come back.
  void put_back_folder(left_overs& found) const {
    namespace fs = std::filesystem;
    if (detail::what_stands(target_) != detail::standing::nothing) return;
    fs::path newest;
    fs::file_time_type time_of_newest = (fs::file_time_type::min)();
    for (const fs::path& folder : left(target_.parent_path(), "replaced")) {
      std::error_code error;
      const auto time = fs::last_write_time(folder / marker, error);
      if (error || (!newest.empty() && time < time_of_newest)) continue;
      newest = folder;
      time_of_newest = time;
    }
    if (!newest.empty() && !detail::move_to_free_name(newest, target_)) found.put_back.push_back(target_);
  }
  /// A run that died while it exchanged the files of a folder that must stay.
  void put_back_files(left_overs& found) const {
    const std::filesystem::path old = hidden(target_, "replaced"), placed = hidden(target_, "partial");
    std::error_code error;
    if (!std::filesystem::is_directory(std::filesystem::symlink_status(old, error))) return;
    if (detail::holds_results(detail::what_stands(target_, own_names()))) return;
    if (std::filesystem::exists(old / marker, error)) found.put_back.push_back(target_);
    std::filesystem::create_directory(placed, error);
    take_back(old, placed);
  }
  /// Removes a folder that a dead run has left; whole results that are not replaced are kept.
  void clear(const std::filesystem::path& folder, bool replaced, left_overs& found) const {
    std::error_code error;
    if (!std::filesystem::exists(std::filesystem::symlink_status(folder, error))) return;
    if (!replaced && std::filesystem::exists(folder / marker, error)) {
      found.kept.push_back(keep(folder, "unplaced"));
      return;
    }
    (detail::remove_results(folder) ? found.removed : found.remaining).push_back(folder);
  }

  std::filesystem::path target_, beside_, where_;
  bool force_ = false, within_ = false;
  mutable std::vector<std::string> written_;  ///< names of files
  file_lock lock_;
};

}  // namespace sifang

#endif
