// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_HIERARCHY_CHANGES_HPP
#define SIFANG_ORG_HIERARCHY_CHANGES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/org/hierarchy_storage.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

/// \file
/// The shape of a tree while it is edited, and the pre-order of the tree that comes of it.

namespace sifang::detail {

/// Changes of the shape of a tree, kept beside it. Only what is touched costs memory and time, until `lay_out`.
///
/// A node is a unit of the older version, under its id there, or a new one, under a number from its size on.
template <class = when_called>
class tree_changes {
 public:
  /// \param before  outlives this object
  explicit tree_changes(const tree_shape& before) noexcept : before_(&before) {}

  [[nodiscard]] std::uint32_t old_size() const noexcept { return static_cast<std::uint32_t>(before_->parent.size()); }
  [[nodiscard]] std::uint32_t parent(std::uint32_t node) const {
    const auto s = states_.find(node);
    return s == states_.end() ? before_->parent[node] : s->second.parent;
  }
  [[nodiscard]] bool has_ended(std::uint32_t node) const {
    const auto s = states_.find(node);
    return s != states_.end() && s->second.ended;
  }
  [[nodiscard]] std::size_t child_count(std::uint32_t node) { return listed(node).count; }
  /// \pre the node has a parent; asserted
  void move(std::uint32_t node, std::uint32_t to) {
    SIFANG_ASSERT(parent(node) != no_unit, "a unit with one above it");
    --listed(parent(node)).count;
    attach(node, to);
  }
  /// A new node, last below `above`.
  std::uint32_t add(std::uint32_t above) {
    const std::uint32_t node = old_size() + added_++;
    attach(node, above);
    return node;
  }
  /// All that stands below the node.
  void move_children(std::uint32_t node, std::uint32_t to) {
    for (const child& c : listed(node).children) {
      if (is_current(c)) attach(c.node, to);
    }
    listed(node).count = 0;
  }
  /// \pre nothing stands below the node, and it has a parent; asserted
  /// \param successor  what took it in, or `no_unit`
  void end(std::uint32_t node, std::uint32_t successor) {
    SIFANG_ASSERT(child_count(node) == 0 && parent(node) != no_unit, "a unit with one above it and none below it");
    --listed(parent(node)).count;
    state(node).ended = true;
    ended_.push_back({node, successor});
  }

  /// The new shape. New units have the slot 0. Call once; `id` is known from then on.
  [[nodiscard]] tree_shape lay_out();

  /// From node to id in the new version: `no_unit` for those that ended.
  [[nodiscard]] const std::vector<std::uint32_t>& id() const noexcept { return id_; }
  /// The same, with the successor for those that were taken in.
  [[nodiscard]] std::vector<std::uint32_t> successor_id() const {
    std::vector<std::uint32_t> out = id_;
    for (auto e = ended_.rbegin(); e != ended_.rend(); ++e) {  // whoever took a unit in ended later, if at all
      out[e->node] = e->successor == no_unit ? no_unit : out[e->successor];
    }
    return out;
  }

 private:
  struct child {
    std::uint32_t node, arrival;
  };
  struct node_state {
    std::uint32_t parent = no_unit;
    std::uint32_t arrival = 0;  // number of the step that put it where it is: entries with another are past
    bool ended = false, has_list = false;
    std::uint32_t count = 0;
    std::vector<child> children;
  };
  struct ending {
    std::uint32_t node, successor;
  };
  // Siblings of the older version from `from` and all below them, up to `to`; or one new unit; or, with `to` = 0,
  // the end of what is below the unit `from` of the new version.
  struct task {
    std::uint32_t from, to, above;
  };

  [[nodiscard]] node_state& state(std::uint32_t node) {
    const auto [s, added] = states_.try_emplace(node);
    if (added && node < old_size()) s->second.parent = before_->parent[node];
    return s->second;
  }
  [[nodiscard]] node_state& listed(std::uint32_t node) {
    node_state& s = state(node);
    if (!s.has_list && node < old_size()) {
      for (std::uint32_t c = node + 1; c < before_->end[node]; c = before_->end[c]) s.children.push_back({c, 0});
      s.count = static_cast<std::uint32_t>(s.children.size());
    }
    s.has_list = true;
    return s;
  }
  [[nodiscard]] bool is_current(const child& c) const {
    const auto s = states_.find(c.node);
    return s == states_.end() || (!s->second.ended && s->second.arrival == c.arrival);
  }
  void attach(std::uint32_t node, std::uint32_t above) {
    node_state& s = state(node);
    s.parent = above;
    s.arrival = ++steps_;
    node_state& to = listed(above);
    to.children.push_back({node, s.arrival});
    ++to.count;
  }

  void copy(const task& t, tree_shape& out);
  void open(std::uint32_t node, std::uint32_t above, tree_shape& out, std::vector<task>& waiting);

  const tree_shape* before_;
  std::unordered_map<std::uint32_t, node_state> states_;
  std::vector<ending> ended_;
  std::vector<std::uint32_t> id_;
  std::uint32_t added_ = 0, steps_ = 0;
};

template <class When>
inline tree_shape tree_changes<When>::lay_out() {
  const std::uint32_t n = old_size();
  tree_shape out;
  for (auto* column : out.columns()) column->reserve(n + added_ - ended_.size());
  id_.assign(n + added_, no_unit);
  std::vector<std::uint32_t> opened;  // units whose children have changed
  for (const auto& [node, s] : states_)
    if (s.has_list && node < n) opened.push_back(node);
  std::sort(opened.begin(), opened.end());
  std::vector<task> waiting;
  if (n != 0) waiting.push_back({0, n, no_unit});
  while (!waiting.empty()) {
    const task t = waiting.back();
    waiting.pop_back();
    if (t.to == 0) {
      out.end[t.from] = static_cast<std::uint32_t>(out.end.size());
      continue;
    }
    std::uint32_t top = t.from;
    if (t.from < n) {
      const auto changed = std::lower_bound(opened.begin(), opened.end(), t.from);
      if (changed == opened.end() || *changed >= t.to) {
        copy(t, out);
        continue;
      }
      for (top = *changed; before_->parent[top] != no_unit && before_->parent[top] >= t.from;) top = before_->parent[top];
      copy({t.from, top, t.above}, out);
      if (before_->end[top] < t.to) waiting.push_back({before_->end[top], t.to, t.above});
    }
    open(top, t.above, out, waiting);
  }
  return out;
}

/// Takes over siblings and all below them, moved as a whole.
template <class When>
inline void tree_changes<When>::copy(const task& t, tree_shape& out) {
  if (t.from == t.to) return;
  const auto start = static_cast<std::uint32_t>(out.parent.size());
  const std::uint32_t size = t.to - t.from, shift = start - t.from;  // differences are modulo 2³²
  const std::uint32_t deeper = (t.above == no_unit ? 0 : out.depth[t.above] + 1) - before_->depth[t.from];
  out.slot.insert(out.slot.end(), before_->slot.begin() + t.from, before_->slot.begin() + t.to);
  for (auto* column : {&out.parent, &out.end, &out.depth}) column->resize(std::size_t{start} + size);
  const std::uint32_t *old_parent = before_->parent.data() + t.from, *old_end = before_->end.data() + t.from,
                      *old_depth = before_->depth.data() + t.from;
  std::uint32_t *parent = out.parent.data() + start, *end = out.end.data() + start, *depth = out.depth.data() + start,
                *id = id_.data() + t.from;
  for (std::uint32_t i = 0; i < size; ++i) parent[i] = old_parent[i] - t.from < size ? old_parent[i] + shift : t.above;
  for (std::uint32_t i = 0; i < size; ++i) end[i] = old_end[i] + shift;
  for (std::uint32_t i = 0; i < size; ++i) depth[i] = old_depth[i] + deeper;
  for (std::uint32_t i = 0; i < size; ++i) id[i] = start + i;
}

/// Takes over one unit; what is now below it is to be done next.
template <class When>
inline void tree_changes<When>::open(std::uint32_t node, std::uint32_t above, tree_shape& out, std::vector<task>& waiting) {
  const std::uint32_t n = old_size(), here = static_cast<std::uint32_t>(out.parent.size());
  out.parent.push_back(above);
  out.depth.push_back(above == no_unit ? 0 : out.depth[above] + 1);
  out.end.push_back(here + 1);
  out.slot.push_back(node < n ? before_->slot[node] : 0);
  id_[node] = here;
  waiting.push_back({here, 0, no_unit});
  const auto s = states_.find(node);
  if (s == states_.end() || !s->second.has_list) {
    if (node < n && before_->end[node] > node + 1) waiting.push_back({node + 1, before_->end[node], here});
    return;
  }
  const std::size_t first = waiting.size();
  for (auto c = s->second.children.rbegin(); c != s->second.children.rend(); ++c) {
    if (!is_current(*c)) continue;
    const std::uint32_t from = c->node, to = from < n ? before_->end[from] : from + 1;
    const bool is_run = waiting.size() > first && waiting.back().from == to && to < n && before_->parent[from] == before_->parent[to];
    if (is_run)
      waiting.back().from = from;  // they were siblings before
    else
      waiting.push_back({from, to, here});
  }
}

}  // namespace sifang::detail

#endif
