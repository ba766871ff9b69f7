// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_HIERARCHY_HPP
#define SIFANG_ORG_HIERARCHY_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/id.hpp"
#include "sifang/org/hierarchy_storage.hpp"

#include <range/v3/view/subrange.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace sifang {

template <class Payload>
class hierarchy_builder;
template <class Payload>
class reorganisation;

/// A tree of units in pre-order: a subtree is a contiguous range, ancestry is two comparisons.
///
/// Immutable; made by `hierarchy_builder`, and from an older version by `reorganisation`. Siblings keep the order in
/// which they were added. Besides payload and code it keeps about 22 bytes a unit; a copy shares payloads and codes.
/// Listings are range-v3 views of `unit_id` that allocate nothing; they stay valid as long as the tree does and
/// compose with `|`; "sifang/org/hierarchy_views.hpp" selects among their units. It is also a graph of
/// Boost.Graph: "sifang/org/hierarchy_graph.hpp".
/// \tparam Payload  what is known of a unit; any movable type
template <class Payload>
class hierarchy {
 public:
  using payload_type = Payload;                                           ///< what is known of a unit
  using unit_range = ranges::subrange<detail::unit_iterator>;             ///< random access, sized
  using unit_chain = ranges::subrange<detail::unit_chain_iterator>;       ///< forward
  using unit_ascent = ranges::subrange<detail::unit_ascent_iterator>;     ///< bidirectional
  using unit_siblings = ranges::subrange<detail::unit_sibling_iterator>;  ///< forward
  using unit_layer = ranges::subrange<detail::unit_depth_iterator>;       ///< forward

  hierarchy() = default;

  /// How many units there are. Constant time. @{
  [[nodiscard]] std::size_t size() const noexcept { return shape_.parent.size(); }
  [[nodiscard]] bool empty() const noexcept { return shape_.parent.empty(); }
  /// @}
  /// The unit above all others. \pre !empty(); asserted
  [[nodiscard]] unit_id root() const noexcept {
    SIFANG_ASSERT(!empty(), "a tree with a unit");
    return unit_id(0);
  }
  [[nodiscard]] const Payload& operator[](unit_id u) const noexcept { return records_[shape_.slot[checked_index(u)]].payload; }
  /// The code that the unit was added with. Constant time.
  [[nodiscard]] const std::string& code(unit_id u) const noexcept { return records_[shape_.slot[checked_index(u)]].code; }

  /// The unit above, or nothing for the root. Constant time.
  [[nodiscard]] std::optional<unit_id> parent(unit_id u) const noexcept {
    return u == root() ? std::nullopt : std::optional(unit_id(shape_.parent[checked_index(u)]));
  }
  /// Steps to the root. Constant time.
  [[nodiscard]] int depth(unit_id u) const noexcept { return static_cast<int>(shape_.depth[checked_index(u)]); }
  /// Whether `u` is `ancestor` or stands below it. Constant time.
  [[nodiscard]] bool contains(unit_id ancestor, unit_id u) const noexcept {
    return ancestor <= u && u.value() < shape_.end[checked_index(ancestor)];
  }

  /// All units in pre-order.
  [[nodiscard]] unit_range all() const noexcept { return ids(0, static_cast<std::uint32_t>(size())); }
  /// The unit and everything below it, in pre-order: contiguous ids.
  [[nodiscard]] unit_range subtree(unit_id u) const noexcept { return ids(u.value(), shape_.end[checked_index(u)]); }
  /// The units directly below, in order. Each step is constant time.
  [[nodiscard]] unit_chain children(unit_id u) const noexcept { return chain(shape_.end, u.value() + 1, shape_.end[checked_index(u)]); }
  /// The units above, nearest first, the root last. Each step up is constant time; `| ranges::views::reverse` begins at the
  /// root, each step down linear in the depth.
  [[nodiscard]] unit_ascent ancestors(unit_id u) const noexcept {
    const std::uint32_t above = shape_.parent[checked_index(u)];
    const std::uint32_t* const parent = shape_.parent.data();
    return {detail::unit_ascent_iterator(parent, u.value(), above), detail::unit_ascent_iterator(parent, u.value(), detail::no_unit)};
  }
  /// The other units directly below the same one, in order; none for the root. Each step is constant time.
  [[nodiscard]] unit_siblings siblings(unit_id u) const noexcept {
    const detail::sibling_step step{shape_.end.data(), u.value()};
    const std::uint32_t above = shape_.parent[checked_index(u)];
    const bool alone = above == detail::no_unit;
    return {detail::unit_sibling_iterator(step, alone ? shape_.end[0] : step.past(above + 1)),
            detail::unit_sibling_iterator(step, alone ? shape_.end[0] : shape_.end[above])};
  }
  /// The units of one depth at or below `top`, in order. What lies deeper is stepped over.
  /// \param depth  steps from the root, as of `depth(u)`
  [[nodiscard]] unit_layer layer(unit_id top, int depth) const noexcept {
    const std::uint32_t end = shape_.end[checked_index(top)];
    const detail::depth_step step{shape_.end.data(), shape_.depth.data(), static_cast<std::uint32_t>(depth), end};
    const std::uint32_t first = depth < this->depth(top) ? end : step.reach(top.value());
    return {detail::unit_depth_iterator(step, first), detail::unit_depth_iterator(step, end)};
  }
  /// The deepest unit that contains both. Linear in the depth.
  [[nodiscard]] unit_id lowest_common_ancestor(unit_id a, unit_id b) const noexcept {
    while (!contains(a, b)) a = unit_id(shape_.parent[a.index()]);
    return a;
  }
  /// The unit with this code. Constant time on average.
  [[nodiscard]] std::optional<unit_id> find(std::string_view code) const noexcept {
    const std::uint32_t u = by_code_.find(code, [this](std::uint32_t at) -> const std::string& { return records_[shape_.slot[at]].code; });
    return u == detail::no_unit ? std::nullopt : std::optional(unit_id(u));
  }

  /// Memory that the tree keeps besides codes and payloads: at most 24 bytes a unit once it has a few hundred.
  [[nodiscard]] std::size_t structure_bytes() const noexcept { return shape_.bytes() + by_code_.bytes() + records_.bytes(); }

 private:
  friend class hierarchy_builder<Payload>;
  friend class reorganisation<Payload>;

  [[nodiscard]] static unit_range ids(std::uint32_t from, std::uint32_t to) noexcept {
    return {detail::unit_iterator(from), detail::unit_iterator(to)};
  }
  [[nodiscard]] static unit_chain chain(const std::vector<std::uint32_t>& next, std::uint32_t from, std::uint32_t to) noexcept {
    const detail::table_step step{next.data()};
    return {detail::unit_chain_iterator(step, from), detail::unit_chain_iterator(step, to)};
  }
  [[nodiscard]] std::size_t checked_index(unit_id u) const noexcept {
    SIFANG_ASSERT(u.index() < size());
    return u.index();
  }

  detail::tree_shape shape_;
  detail::code_index by_code_;
  detail::unit_records<Payload> records_;
};

/// Takes units in any order and makes the tree, or says everything that is wrong with it at once.
///
/// Rows that follow one another with the same parent, as in most tables, cost least.
template <class Payload>
class hierarchy_builder {
 public:
  /// Makes room for so many rows; only a matter of speed.
  void reserve(std::size_t rows) { rows_.reserve(rows); }

  /// \param parent  code of the unit above; empty for the root
  /// \param where   place of the row, for faults
  void add(std::string code, std::string_view parent, Payload payload, const place& where = {}) {
    if (records_.empty() || records_.back().size() == block_size) {
      records_.emplace_back();
      if (records_.size() > 1) records_.back().reserve(block_size);
    }
    records_.back().push_back({std::move(code), std::move(payload)});
    if (parents_.empty() || parents_.back() != parent) parents_.emplace_back(parent);
    if (files_.empty() || files_.back() != where.file) files_.push_back(where.file);
    rows_.push_back(
        {static_cast<std::uint32_t>(parents_.size() - 1), static_cast<std::uint32_t>(files_.size() - 1), where.line, where.column});
  }

  /// Faults: `duplicate_code`, `unknown_parent`, `second_root`, `no_root`, `cycle`.
  /// \complexity linear on average
  [[nodiscard]] checked<hierarchy<Payload>> build() && {
    const auto n = static_cast<std::uint32_t>(rows_.size());
    std::vector<fault> faults;
    detail::code_index index(n);
    std::vector<std::uint32_t> up;
    const std::uint32_t root = link(index, up, faults);
    std::vector<std::uint32_t> order;  // rows in pre-order
    if (root != none && faults.empty()) order = pre_order(up, root);
    if (order.size() != n || n == 0) {
      report_cycles(up, faults);
      if (root == none) faults.push_back(make_fault(fault_kind::no_root, n == 0 ? place{} : where(0)));
      return faults;
    }

    hierarchy<Payload> tree;
    std::vector<std::uint32_t> position(n);
    for (std::uint32_t i = 0; i < n; ++i) position[order[i]] = i;
    index.renumber(position);
    tree.by_code_ = std::move(index);
    detail::tree_shape& shape = tree.shape_;
    for (auto* column : shape.columns()) column->resize(n);
    for (std::uint32_t i = 0; i < n; ++i) {
      const std::uint32_t above = up[order[i]];
      shape.parent[i] = above == none ? none : position[above];
      shape.depth[i] = above == none ? 0 : shape.depth[shape.parent[i]] + 1;
      shape.end[i] = i + 1;
    }
    for (std::uint32_t i = n; i-- > 1;) shape.end[shape.parent[i]] = (std::max)(shape.end[shape.parent[i]], shape.end[i]);
    for (std::uint32_t from = 0; from < n; from += block_size) {
      const auto to = static_cast<std::uint32_t>((std::min<std::size_t>)(n, from + block_size));
      std::vector<record> block;
      block.reserve(to - from);
      for (std::uint32_t i = from; i < to; ++i) block.push_back(std::move(row(order[i])));
      const std::uint32_t slot = tree.records_.add(std::move(block));
      for (std::uint32_t i = from; i < to; ++i) shape.slot[i] = slot + (i - from);
    }
    return tree;
  }
  /// A builder in a variable is given up explicitly; this says so.
  template <class Builder = hierarchy_builder>
  void build() & {
    static_assert(!std::is_same_v<Builder, hierarchy_builder>, "build() takes the rows along: std::move(builder).build()");
  }

 private:
  using record = detail::unit_record<Payload>;
  static constexpr std::uint32_t none = detail::no_unit;
  static constexpr std::uint32_t block_size = detail::unit_records<Payload>::block_size;

  struct row_origin {
    std::uint32_t parent, file, line, column;  // the first two are numbers in parents_ and files_
  };

  [[nodiscard]] record& row(std::uint32_t i) noexcept { return records_[i / block_size][i % block_size]; }
  [[nodiscard]] const std::string& code(std::uint32_t i) const noexcept { return records_[i / block_size][i % block_size].code; }
  [[nodiscard]] place where(std::uint32_t i) const { return {files_[rows_[i].file], rows_[i].line, rows_[i].column}; }

  /// Fills the index and the row above each row, and finds the root.
  [[nodiscard]] std::uint32_t link(detail::code_index& index, std::vector<std::uint32_t>& up, std::vector<fault>& faults) const {
    const auto n = static_cast<std::uint32_t>(rows_.size());
    const auto code_of = [this](std::uint32_t i) -> const std::string& { return code(i); };
    std::vector<bool> usable(n, true);
    for (std::uint32_t i = 0; i < n; ++i) {
      const std::uint32_t first = index.insert(code(i), i, code_of);
      if (first == none) continue;
      usable[i] = false;
      faults.push_back(make_fault(fault_kind::duplicate_code, where(i), code(i), std::to_string(rows_[first].line)));
    }
    std::vector<std::uint32_t> row_of(parents_.size());
    for (std::size_t p = 0; p < parents_.size(); ++p) row_of[p] = parents_[p].empty() ? none : index.find(parents_[p], code_of);
    up.assign(n, none);
    std::uint32_t root = none;
    for (std::uint32_t i = 0; i < n; ++i) {
      if (!usable[i]) continue;
      up[i] = row_of[rows_[i].parent];
      if (up[i] != none) continue;
      const std::string& parent = parents_[rows_[i].parent];
      if (!parent.empty())
        faults.push_back(make_fault(fault_kind::unknown_parent, where(i), code(i), parent));
      else if (root == none)
        root = i;
      else
        faults.push_back(make_fault(fault_kind::second_root, where(i), code(i), code(root)));
    }
    return root;
  }

  /// The rows that hang together with the root; those on a cycle and below it do not.
  [[nodiscard]] static std::vector<std::uint32_t> pre_order(const std::vector<std::uint32_t>& up, std::uint32_t root) {
    const auto n = static_cast<std::uint32_t>(up.size());
    std::vector<std::uint32_t> first(std::size_t{n} + 1, 0), child(n);
    for (std::uint32_t above : up)
      if (above != none) ++first[above];
    for (std::uint32_t i = 0, sum = 0; i <= n; ++i) first[i] = sum += first[i];  // ends of the lists of children
    for (std::uint32_t i = n; i-- > 0;)
      if (up[i] != none) child[--first[up[i]]] = i;  // now their beginnings
    std::vector<std::uint32_t> order, waiting{root};
    order.reserve(n);
    while (!waiting.empty()) {
      const std::uint32_t i = waiting.back();
      waiting.pop_back();
      order.push_back(i);
      for (std::uint32_t k = first[i + 1]; k-- > first[i];) waiting.push_back(child[k]);
    }
    return order;
  }

  void report_cycles(const std::vector<std::uint32_t>& up, std::vector<fault>& faults) const {
    std::vector<std::uint32_t> seen(up.size(), none);
    for (std::uint32_t i = 0; i < up.size(); ++i) {
      std::uint32_t at = i;
      while (at != none && seen[at] == none) {
        seen[at] = i;
        at = up[at];
      }
      if (at == none || seen[at] != i) continue;
      std::string codes = code(at);
      for (std::uint32_t k = up[at]; k != at; k = up[k]) codes += " → " + code(k);
      faults.push_back(make_fault(fault_kind::cycle, where(at), codes));
    }
  }

  std::vector<std::vector<record>> records_;  // blocks, so that none is moved as more come
  std::vector<std::string> parents_, files_;  // each where it differs from that of the row before
  std::vector<row_origin> rows_;
};

}  // namespace sifang

#endif
