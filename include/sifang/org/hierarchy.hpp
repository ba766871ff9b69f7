// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_HIERARCHY_HPP
#define SIFANG_ORG_HIERARCHY_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/id.hpp"

#include <range/v3/view/subrange.hpp>

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sifang {

template <class Payload>
class hierarchy_builder;

namespace detail {

inline constexpr std::uint32_t no_unit = std::numeric_limits<std::uint32_t>::max();

/// Ids that follow one another. Hands out values, so to iterators of C++17 it is an input iterator.
class unit_iterator {
 public:
  using value_type = unit_id;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = unit_id;
  using iterator_category = std::input_iterator_tag;
  using iterator_concept = std::random_access_iterator_tag;

  unit_iterator() = default;
  explicit unit_iterator(std::uint32_t at) noexcept : at_(at) {}

  unit_id operator*() const noexcept { return unit_id(at_); }
  unit_id operator[](difference_type n) const noexcept { return *(*this + n); }
  unit_iterator& operator++() noexcept { ++at_; return *this; }
  unit_iterator operator++(int) noexcept { auto old = *this; ++*this; return old; }
  unit_iterator& operator--() noexcept { --at_; return *this; }
  unit_iterator operator--(int) noexcept { auto old = *this; --*this; return old; }
  unit_iterator& operator+=(difference_type n) noexcept { at_ = static_cast<std::uint32_t>(at_ + n); return *this; }
  unit_iterator& operator-=(difference_type n) noexcept { return *this += -n; }
  friend unit_iterator operator+(unit_iterator i, difference_type n) noexcept { return i += n; }
  friend unit_iterator operator+(difference_type n, unit_iterator i) noexcept { return i += n; }
  friend unit_iterator operator-(unit_iterator i, difference_type n) noexcept { return i -= n; }
  friend difference_type operator-(unit_iterator a, unit_iterator b) noexcept { return difference_type{a.at_} - b.at_; }
  friend auto operator<=>(unit_iterator, unit_iterator) noexcept = default;

 private:
  std::uint32_t at_ = 0;
};

/// Where the next id is found in a table: the end of a subtree gives siblings, the parent gives ancestors.
class unit_chain_iterator {
 public:
  using value_type = unit_id;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = unit_id;
  using iterator_category = std::input_iterator_tag;
  using iterator_concept = std::forward_iterator_tag;

  unit_chain_iterator() = default;
  unit_chain_iterator(const std::uint32_t* next, std::uint32_t at) noexcept : next_(next), at_(at) {}

  unit_id operator*() const noexcept { return unit_id(at_); }
  unit_chain_iterator& operator++() noexcept { at_ = next_[at_]; return *this; }
  unit_chain_iterator operator++(int) noexcept { auto old = *this; ++*this; return old; }
  friend bool operator==(unit_chain_iterator a, unit_chain_iterator b) noexcept { return a.at_ == b.at_; }

 private:
  const std::uint32_t* next_ = nullptr;
  std::uint32_t at_ = no_unit;
};

}  // namespace detail

/// A tree of units in pre-order: a subtree is a contiguous range, ancestry is two comparisons.
///
/// Immutable; made by `hierarchy_builder`. Siblings keep the order in which they were added. Besides
/// payload and code it keeps 16 bytes a unit. Listings are range-v3 views of `unit_id`; they stay valid as long
/// as the tree does and compose with `|`. It is also a graph of Boost.Graph: "sifang/org/hierarchy_graph.hpp".
/// \tparam Payload  what is known of a unit; any movable type
template <class Payload>
class hierarchy {
 public:
  using payload_type = Payload;
  using unit_range = ranges::subrange<detail::unit_iterator>;         ///< random access, sized
  using unit_chain = ranges::subrange<detail::unit_chain_iterator>;  ///< forward

  hierarchy() = default;

  [[nodiscard]] std::size_t size() const noexcept { return parent_.size(); }
  [[nodiscard]] bool empty() const noexcept { return parent_.empty(); }
  [[nodiscard]] unit_id root() const noexcept { return unit_id(0); }
  [[nodiscard]] const Payload& operator[](unit_id u) const noexcept { return payload_[checked_index(u)]; }
  [[nodiscard]] const std::string& code(unit_id u) const noexcept { return code_[checked_index(u)]; }

  /// The unit above, or nothing for the root. Constant time.
  [[nodiscard]] std::optional<unit_id> parent(unit_id u) const noexcept {
    return u == root() ? std::nullopt : std::optional(unit_id(parent_[checked_index(u)]));
  }
  /// Steps to the root. Constant time.
  [[nodiscard]] int depth(unit_id u) const noexcept { return static_cast<int>(depth_[checked_index(u)]); }
  /// Whether `u` is `ancestor` or stands below it. Constant time.
  [[nodiscard]] bool contains(unit_id ancestor, unit_id u) const noexcept {
    return ancestor <= u && u.value() < end_[checked_index(ancestor)];
  }

  /// All units in pre-order.
  [[nodiscard]] unit_range all() const noexcept { return ids(0, static_cast<std::uint32_t>(size())); }
  /// The unit and everything below it, in pre-order: contiguous ids.
  [[nodiscard]] unit_range subtree(unit_id u) const noexcept { return ids(u.value(), end_[checked_index(u)]); }
  /// The units directly below, in order. Each step is constant time.
  [[nodiscard]] unit_chain children(unit_id u) const noexcept {
    return chain(end_, u.value() + 1, end_[checked_index(u)]);
  }
  /// The units above, nearest first, the root last.
  [[nodiscard]] unit_chain ancestors(unit_id u) const noexcept {
    return chain(parent_, parent_[checked_index(u)], detail::no_unit);
  }
  /// The deepest unit that contains both. Linear in the depth.
  [[nodiscard]] unit_id lowest_common_ancestor(unit_id a, unit_id b) const noexcept {
    while (!contains(a, b)) a = unit_id(parent_[a.index()]);
    return a;
  }
  /// The unit with this code. Logarithmic.
  [[nodiscard]] std::optional<unit_id> find(std::string_view code) const noexcept {
    const auto at = std::lower_bound(by_code_.begin(), by_code_.end(), code,
                                     [&](std::uint32_t u, std::string_view c) { return c.compare(code_[u]) > 0; });  // Clang 14 rejects < here
    if (at == by_code_.end() || code_[*at] != code) return std::nullopt;
    return unit_id(*at);
  }

 private:
  friend class hierarchy_builder<Payload>;

  [[nodiscard]] static unit_range ids(std::uint32_t from, std::uint32_t to) noexcept {
    return {detail::unit_iterator(from), detail::unit_iterator(to)};
  }
  [[nodiscard]] static unit_chain chain(const std::vector<std::uint32_t>& next, std::uint32_t from, std::uint32_t to) noexcept {
    return {detail::unit_chain_iterator(next.data(), from), detail::unit_chain_iterator(next.data(), to)};
  }
  [[nodiscard]] std::size_t checked_index(unit_id u) const noexcept {
    SIFANG_ASSERT(u.index() < size());
    return u.index();
  }

  std::vector<std::uint32_t> parent_;  // no_unit for the root
  std::vector<std::uint32_t> end_;     // one past the last unit of the subtree
  std::vector<std::uint32_t> depth_;
  std::vector<Payload> payload_;
  std::vector<std::string> code_;
  std::vector<std::uint32_t> by_code_;
};

/// Takes units in any order and makes the tree, or says everything that is wrong with it at once.
template <class Payload>
class hierarchy_builder {
 public:
  /// Makes room for so many rows; only a matter of speed.
  void reserve(std::size_t rows) { rows_.reserve(rows); }

  /// \param parent  code of the unit above; empty for the root
  /// \param where   place of the row, for faults
  void add(std::string code, std::string parent, Payload payload, place where = {}) {
    rows_.push_back({std::move(code), std::move(parent), std::move(payload), std::move(where)});
  }

  /// Faults: `duplicate_code`, `unknown_parent`, `second_root`, `no_root`, `cycle`. \complexity n log n
  [[nodiscard]] checked<hierarchy<Payload>> build() && {
    constexpr std::uint32_t none = detail::no_unit;
    const auto n = static_cast<std::uint32_t>(rows_.size());
    std::vector<fault> faults;
    std::unordered_map<std::string_view, std::uint32_t> at;
    at.reserve(n);
    std::vector<bool> usable(n, true);
    for (std::uint32_t i = 0; i < n; ++i) {
      const auto [first, added] = at.emplace(rows_[i].code, i);
      if (!added) {
        usable[i] = false;
        faults.push_back({fault_kind::duplicate_code, rows_[i].where, {rows_[i].code, std::to_string(rows_[first->second].where.line)}});
      }
    }
    std::vector<std::uint32_t> up(n, none);
    std::uint32_t root = none;
    for (std::uint32_t i = 0; i < n; ++i) {
      if (!usable[i]) continue;
      if (rows_[i].parent.empty()) {
        if (root == none) root = i;
        else faults.push_back({fault_kind::second_root, rows_[i].where, {rows_[i].code, rows_[root].code}});
        continue;
      }
      const auto found = at.find(rows_[i].parent);
      if (found == at.end()) faults.push_back({fault_kind::unknown_parent, rows_[i].where, {rows_[i].code, rows_[i].parent}});
      else up[i] = found->second;
    }
    report_cycles(up, faults);
    if (root == none) faults.push_back({fault_kind::no_root, n == 0 ? place{} : rows_[0].where, {}});
    if (!faults.empty()) return faults;

    // Children in order of rows, then one walk in pre-order.
    std::vector<std::uint32_t> first(n + 1, 0), child(n), position(n, 0);
    for (std::uint32_t i = 0; i < n; ++i) if (up[i] != none) ++first[up[i] + 1];
    for (std::uint32_t i = 0; i < n; ++i) first[i + 1] += first[i];
    auto fill = first;
    for (std::uint32_t i = 0; i < n; ++i) if (up[i] != none) child[fill[up[i]]++] = i;

    hierarchy<Payload> tree;
    tree.parent_.reserve(n);
    tree.depth_.reserve(n);
    tree.payload_.reserve(n);
    tree.code_.reserve(n);
    tree.end_.resize(n);
    std::vector<std::uint32_t> stack{root}, order;
    order.reserve(n);
    while (!stack.empty()) {
      const std::uint32_t i = stack.back();
      stack.pop_back();
      position[i] = static_cast<std::uint32_t>(order.size());
      order.push_back(i);
      const std::uint32_t parent = up[i] == none ? none : position[up[i]];
      tree.parent_.push_back(parent);
      tree.depth_.push_back(parent == none ? 0 : tree.depth_[parent] + 1);
      tree.payload_.push_back(std::move(rows_[i].payload));
      for (std::uint32_t k = first[i + 1]; k-- > first[i];) stack.push_back(child[k]);
    }
    for (std::uint32_t i : order) tree.code_.push_back(std::move(rows_[i].code));
    for (std::uint32_t i = n; i-- > 0;) {
      if (tree.end_[i] == 0) tree.end_[i] = i + 1;
      if (i != 0) tree.end_[tree.parent_[i]] = std::max(tree.end_[tree.parent_[i]], tree.end_[i]);
    }
    tree.by_code_.resize(n);
    for (std::uint32_t i = 0; i < n; ++i) tree.by_code_[i] = i;
    std::sort(tree.by_code_.begin(), tree.by_code_.end(), [&](std::uint32_t a, std::uint32_t b) { return tree.code_[a] < tree.code_[b]; });
    return tree;
  }

 private:
  struct row {
    std::string code, parent;
    Payload payload;
    place where;
  };

  void report_cycles(const std::vector<std::uint32_t>& up, std::vector<fault>& faults) const {
    constexpr std::uint32_t none = detail::no_unit;
    std::vector<std::uint32_t> seen(up.size(), none);
    for (std::uint32_t i = 0; i < up.size(); ++i) {
      std::uint32_t at = i;
      while (at != none && seen[at] == none) {
        seen[at] = i;
        at = up[at];
      }
      if (at == none || seen[at] != i) continue;
      std::string codes = rows_[at].code;
      for (std::uint32_t k = up[at]; k != at; k = up[k]) codes += " → " + rows_[k].code;
      faults.push_back({fault_kind::cycle, rows_[at].where, {codes}});
    }
  }

  std::vector<row> rows_;
};

}  // namespace sifang

#endif
