// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_MESSAGE_TEXT_HPP
#define SIFANG_IO_MESSAGE_TEXT_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/one_line.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

/// \file
/// What was found in a file, as one line of a message can show it, and as many lines as somebody reads.

namespace sifang {

/// Most faults of one kind that are told of one file.
inline constexpr std::size_t most_faults_of_a_kind = 10;
/// Most faults that are told in all, without the line that counts the rest.
inline constexpr std::size_t most_faults_told = 24;

/// Text with line breaks and other control characters as blanks, cut after `most` bytes, never within a character.
[[nodiscard]] inline std::string shortened(std::string_view text, std::size_t most = 80) { return one_line(text, most); }

/// The nearest of known words, for as many words as somebody mends by hand: each search takes time, and a table with a
/// thousand unknown codes has another fault than a thousand misspellings.
class nearest_words {
 public:
  /// Empty where none is near, and after the first hundred searches.
  [[nodiscard]] std::string operator()(std::string_view word, std::span<const std::string> candidates) {
    if (searches_ == most_searches) return {};
    ++searches_;
    return nearest(word, candidates);
  }
  /// Whether a further search would look at its candidates, which need not be gathered otherwise.
  [[nodiscard]] bool goes_on() const noexcept { return searches_ < most_searches; }

 private:
  static constexpr std::size_t most_searches = 100;
  std::size_t searches_ = 0;
};

namespace detail {

/// Faults that were left out of a list already: what `more_faults` says, and 1 for any other.
[[nodiscard]] inline std::size_t faults_in(const fault& f) {
  if (f.kind != fault_kind::more_faults || f.details.empty()) return 1;
  std::size_t count = 0;
  for (const char digit : f.details.front()) count = 10 * count + static_cast<std::size_t>(digit - '0');
  return count;
}

/// Leaves the first few of each kind in each file, and behind the last of them how many there are more.
inline void count_the_like(std::vector<fault>& faults, const std::vector<std::size_t>& file_of) {
  struct seen {
    std::size_t told = 0, more = 0, last = 0;
  };
  std::map<std::pair<std::size_t, fault_kind>, seen> kinds;
  std::vector<fault> kept;
  for (std::size_t i = 0; i < faults.size(); ++i) {
    seen& s = kinds[{file_of[i], faults[i].kind}];
    if (s.told == most_faults_of_a_kind && faults[i].kind != fault_kind::more_faults) {
      ++s.more;
      continue;
    }
    ++s.told;
    s.last = kept.size();
    kept.push_back(std::move(faults[i]));
  }
  std::map<std::size_t, std::size_t> more_behind;  // position in `kept`
  for (const auto& [key, s] : kinds) {
    if (s.more > 0) more_behind[s.last] = s.more;
  }
  faults.clear();
  for (std::size_t i = 0; i < kept.size(); ++i) {
    place where = kept[i].where;
    faults.push_back(std::move(kept[i]));
    if (const auto more = more_behind.find(i); more != more_behind.end())
      faults.push_back({fault_kind::more_faults, std::move(where), {std::to_string(more->second), "faults of this kind"}});
  }
}

/// Leaves the first few of all, and at the end how many there are more.
inline void count_the_rest(std::vector<fault>& faults) {
  if (faults.size() <= most_faults_told + 1) return;
  std::size_t more = 0;
  for (std::size_t i = most_faults_told; i < faults.size(); ++i) more += faults_in(faults[i]);
  faults.resize(most_faults_told);
  faults.push_back({fault_kind::more_faults, {}, {std::to_string(more), "faults"}});
}

}  // namespace detail

/// Makes a list of faults fit to be read: each on one line, those of one file in the order of its lines, and of a flood
/// the first (`most_faults_of_a_kind` in each file, `most_faults_told` in all) with a count of the rest. Files keep the
/// order in which they were first found faulty. A list that was made so before stays as it is.
/// \complexity n log n in the faults
inline void tidy(std::vector<fault>& faults) {
  constexpr std::size_t longest_detail = 400;
  const auto is_rest = [](const fault& f) { return f.kind == fault_kind::more_faults && f.where.file.empty(); };
  std::size_t more = 0;  // what lists that were cut before have left out
  for (const fault& f : faults) more += is_rest(f) ? detail::faults_in(f) : 0;
  std::erase_if(faults, is_rest);

  std::unordered_map<std::string, std::size_t> files;
  std::vector<std::size_t> file_of;
  for (const fault& f : faults) file_of.push_back(files.try_emplace(f.where.file, files.size()).first->second);
  std::vector<std::size_t> order(faults.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto rank = [&](std::size_t i) { return std::tuple(file_of[i], faults[i].where.line, faults[i].where.column, i); };
    return rank(a) < rank(b);
  });
  std::vector<fault> sorted;
  std::vector<std::size_t> sorted_files;
  sorted.reserve(faults.size());
  for (const std::size_t i : order) {
    sorted.push_back(std::move(faults[i]));
    sorted_files.push_back(file_of[i]);
  }
  faults = std::move(sorted);
  detail::count_the_like(faults, sorted_files);
  if (more > 0) faults.push_back({fault_kind::more_faults, {}, {std::to_string(more), "faults"}});
  detail::count_the_rest(faults);
  for (fault& f : faults) {
    for (std::string& detail : f.details) detail = shortened(detail, longest_detail);
  }
}

namespace detail {

/// Texts in one, with something between them.
[[nodiscard]] inline std::string joined(const std::vector<std::string>& texts, std::string_view between) {
  std::string out;
  for (std::size_t i = 0; i < texts.size(); ++i) out.append(i == 0 ? "" : between).append(texts[i]);
  return out;
}

}  // namespace detail

}  // namespace sifang

#endif
