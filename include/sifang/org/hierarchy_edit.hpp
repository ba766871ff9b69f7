// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_HIERARCHY_EDIT_HPP
#define SIFANG_ORG_HIERARCHY_EDIT_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/org/hierarchy.hpp"
#include "sifang/org/hierarchy_changes.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sifang {

/// A code that in the new version names another unit, or none.
struct code_change {
  std::string was;  ///< code in the older version
  std::string is;   ///< code of the same unit, or of the one that took it in; empty if it was removed
};

/// A new version of a hierarchy and the way to it from the older one.
template <class Payload>
struct reorganised {
  hierarchy<Payload> tree;  ///< the new version
  /// By `unit_id` of the older version: the same unit now, or the one that took it in; invalid if it was removed.
  std::vector<unit_id> now;
  std::vector<code_change> codes;  ///< in the order of the older version; with it, records kept under old codes are read
};

/// Edits of a hierarchy that make a new version of it (区划调整): merge, move, split, recode, revise, add, remove.
///
/// Each edit sees those before it, so a code that one has freed can be given by the next. An edit that cannot be
/// is a fault and changes nothing; the others are still looked at, so all faults are told at once. The old tree
/// stays as it is. The new one shares its codes and payloads, and only new codes are hashed. Siblings keep their
/// order; a unit that arrives stands last.
///
/// Faults: `unknown_unit`, `unknown_parent`; `cycle` where a unit would come to stand below itself; `second_root`
/// and `no_root`; `code_in_use` for a code that is taken, `not_empty` for a unit to be removed with others below it,
/// `not_directly_below` for a part of a split that stands elsewhere.
template <class Payload>
class reorganisation {
 public:
  /// \param before  outlives this object
  explicit reorganisation(const hierarchy<Payload>& before) : before_(&before), shape_(before.shape_) {}
  explicit reorganisation(hierarchy<Payload>&&) = delete;

  /// What stands below `code` goes below `into`, and `code` ends (撤并). The payload of `into` stays: see `revise`.
  reorganisation& merge(std::string_view code, std::string_view into, const place& where = {}) {
    const auto from = unit(code, where), to = unit(into, where);
    if (!from || !to || is_cycle(*from, *to, where)) return *this;
    shape_.move_children(*from, *to);
    end(*from, *to);
    return *this;
  }

  /// The unit goes below another with all that is below it (划转).
  reorganisation& move(std::string_view code, std::string_view to, const place& where = {}) {
    const auto moved = unit(code, where), above = unit(to, where);
    if (moved && above && !is_cycle(*moved, *above, where) && shape_.parent(*moved) != *above) shape_.move(*moved, *above);
    return *this;
  }

  /// A new unit beside `code`, last among its siblings, takes over some of the units directly below it (拆分).
  reorganisation& split(std::string_view code, std::string new_code, Payload payload, const std::vector<std::string_view>& parts,
                        const place& where = {}) {
    const auto whole = unit(code, where);
    if (!whole) return *this;
    std::vector<std::uint32_t> taken;
    for (std::string_view part : parts) {
      const auto found = unit(part, where);
      if (!found) continue;
      if (shape_.parent(*found) == *whole)
        taken.push_back(*found);
      else
        faults_.push_back(make_fault(fault_kind::not_directly_below, where, std::string(part), std::string(code)));
    }
    const std::uint32_t above = shape_.parent(*whole);
    if (above == none)
      faults_.push_back(make_fault(fault_kind::second_root, where, std::move(new_code), std::string(code)));
    else if (const auto added = make(std::move(new_code), above, std::move(payload), where))
      for (std::uint32_t part : taken) shape_.move(part, *added);
    return *this;
  }

  /// The unit has another code.
  reorganisation& recode(std::string_view code, std::string new_code, const place& where = {}) requires std::copy_constructible<Payload> {
    const auto u = unit(code, where);
    if (!u || code == new_code || is_taken(new_code, where)) return *this;
    const auto [at, added] = record_.try_emplace(*u, records_.size());
    if (added) records_.push_back({std::string(code), (*before_)[unit_id(*u)]});
    new_codes_.erase(records_[at->second].code);
    records_[at->second].code = new_code;
    new_codes_.emplace(std::move(new_code), *u);
    return *this;
  }

  /// The unit has another name, population, kind: another payload (更名).
  reorganisation& revise(std::string_view code, Payload payload, const place& where = {}) {
    const auto u = unit(code, where);
    if (!u) return *this;
    const auto [at, added] = record_.try_emplace(*u, records_.size());
    if (added)
      records_.push_back({std::string(code), std::move(payload)});
    else
      records_[at->second].payload = std::move(payload);
    return *this;
  }

  /// A new unit, last below `parent` (新设).
  reorganisation& add(std::string code, std::string_view parent, Payload payload, const place& where = {}) {
    if (const auto above = known(parent))
      make(std::move(code), *above, std::move(payload), where);
    else if (parent.empty() && !before_->empty())
      faults_.push_back(make_fault(fault_kind::second_root, where, std::move(code), code_of(0)));
    else
      faults_.push_back(make_fault(fault_kind::unknown_parent, where, std::move(code), std::string(parent)));
    return *this;
  }

  /// The unit ends (撤销); nothing may stand below it.
  reorganisation& remove(std::string_view code, const place& where = {}) {
    const auto u = unit(code, where);
    if (!u) return *this;
    const std::size_t below = shape_.child_count(*u);
    if (below != 0)
      faults_.push_back(make_fault(fault_kind::not_empty, where, std::string(code), std::to_string(below)));
    else if (shape_.parent(*u) == none)
      faults_.push_back(make_fault(fault_kind::no_root, where));
    else
      end(*u, none);
    return *this;
  }

  /// The new version, or everything that was wrong. \complexity linear in the tree, most of it copying
  [[nodiscard]] checked<reorganised<Payload>> apply() && {
    if (!faults_.empty()) return std::move(faults_);
    reorganised<Payload> out;
    out.tree.shape_ = shape_.lay_out();
    take_records(out.tree);
    index_codes(out.tree);
    const std::vector<std::uint32_t> successor = shape_.successor_id();
    out.now.resize(before_->size());
    for (std::size_t u = 0; u < out.now.size(); ++u) {
      if (successor[u] != none) out.now[u] = unit_id(successor[u]);
    }
    for (std::uint32_t u : changed_) {
      std::string is = successor[u] == none ? "" : out.tree.code(unit_id(successor[u]));
      if (is != before_->code(unit_id(u))) out.codes.push_back({before_->code(unit_id(u)), std::move(is)});
    }
    return out;
  }

 private:
  static constexpr std::uint32_t none = detail::no_unit;
  using unit_record = detail::unit_record<Payload>;

  [[nodiscard]] std::string code_of(std::uint32_t node) const {
    const auto r = record_.find(node);
    return r == record_.end() ? before_->code(unit_id(node)) : records_[r->second].code;
  }
  [[nodiscard]] std::optional<std::uint32_t> known(std::string_view code) const {
    if (const auto found = new_codes_.find(std::string(code)); found != new_codes_.end()) return found->second;
    const auto old = before_->find(code);
    if (!old || shape_.has_ended(old->value()) || code_of(old->value()) != code) return std::nullopt;
    return old->value();
  }
  [[nodiscard]] std::optional<std::uint32_t> unit(std::string_view code, const place& where) {
    const auto found = known(code);
    if (found) return found;
    // To look through a whole country for the nearest code would take longer than the edit.
    if (candidates_.empty() && before_->size() <= 20'000) {
      for (unit_id u : before_->all()) candidates_.push_back(before_->code(u));
    }
    std::string near = nearest(code, detail::span_of(candidates_));
    if (!known(near)) near.clear();  // an edit has ended or recoded it
    faults_.push_back(make_fault(fault_kind::unknown_unit, where, std::string(code), std::move(near)));
    return found;
  }
  [[nodiscard]] bool is_taken(const std::string& code, const place& where) {
    const bool taken = known(code).has_value();
    if (taken) faults_.push_back(make_fault(fault_kind::code_in_use, where, code));
    return taken;
  }
  /// Whether `moved` would come to stand below itself, were it put below `above`.
  [[nodiscard]] bool is_cycle(std::uint32_t moved, std::uint32_t above, const place& where) {
    std::uint32_t at = above;
    while (at != moved && at != none) at = shape_.parent(at);
    if (at == none) return false;
    std::string codes = code_of(moved);
    for (at = above; at != moved; at = shape_.parent(at)) codes += " → " + code_of(at);
    faults_.push_back(make_fault(fault_kind::cycle, where, std::move(codes)));
    return true;
  }
  std::optional<std::uint32_t> make(std::string code, std::uint32_t above, Payload payload, const place& where) {
    if (is_taken(code, where)) return std::nullopt;
    const std::uint32_t node = shape_.add(above);
    record_.emplace(node, records_.size());
    new_codes_.emplace(code, node);
    records_.push_back({std::move(code), std::move(payload)});
    return node;
  }
  void end(std::uint32_t node, std::uint32_t successor) {
    new_codes_.erase(code_of(node));
    shape_.end(node, successor);
  }

  /// Shares the records of the older version and adds those that are new.
  void take_records(hierarchy<Payload>& tree) {
    std::vector<std::uint32_t>& slot = tree.shape_.slot;
    tree.records_ = before_->records_;
    if (tree.records_.blocks() > 64 + 2 * (slot.size() >> tree.records_.block_bits)) tree.records_.keep_only(slot);
    std::vector<std::pair<std::uint32_t, std::size_t>> kept;  // id and record
    for (const auto& [node, record] : record_) {
      if (shape_.id()[node] != none) kept.emplace_back(shape_.id()[node], record);
    }
    std::sort(kept.begin(), kept.end());
    for (std::size_t from = 0; from < kept.size(); from += tree.records_.block_size) {
      const std::size_t to = (std::min)(kept.size(), from + tree.records_.block_size);
      std::vector<unit_record> block;
      block.reserve(to - from);
      for (std::size_t i = from; i < to; ++i) block.push_back(std::move(records_[kept[i].second]));
      const std::uint32_t first = tree.records_.add(std::move(block));
      for (std::size_t i = from; i < to; ++i) slot[kept[i].first] = first + static_cast<std::uint32_t>(i - from);
    }
  }

  /// Renumbers the old index, or makes another if it has become too small. Fills `changed_`.
  void index_codes(hierarchy<Payload>& tree) {
    const auto n = static_cast<std::uint32_t>(tree.size());
    const auto code = [&](std::uint32_t u) -> const std::string& { return tree.code(unit_id(u)); };
    std::vector<std::uint32_t> still = shape_.id();  // those that keep their code
    still.resize(before_->size());
    for (const auto& [new_code, node] : new_codes_)
      if (node < still.size()) still[node] = none;
    for (std::uint32_t u = 0; u < still.size(); ++u)
      if (still[u] == none) changed_.push_back(u);
    tree.by_code_ = before_->by_code_;
    if (tree.by_code_.has_room(n, new_codes_.size())) {
      tree.by_code_.renumber(still);
      for (const auto& [new_code, node] : new_codes_) tree.by_code_.insert(new_code, shape_.id()[node], code);
    } else {
      tree.by_code_ = detail::code_index(n);
      for (std::uint32_t u = 0; u < n; ++u) tree.by_code_.insert(code(u), u, code);
    }
  }

  const hierarchy<Payload>* before_;
  detail::tree_changes<> shape_;                              // its nodes are the units' ids, and further numbers for new ones
  std::unordered_map<std::uint32_t, std::size_t> record_;     // of nodes that are new or changed
  std::unordered_map<std::string, std::uint32_t> new_codes_;  // of nodes that are new or have another code
  std::vector<unit_record> records_;
  std::vector<std::uint32_t> changed_;  // old units whose code is not what it was
  std::vector<std::string> candidates_;
  std::vector<fault> faults_;
};

}  // namespace sifang

#endif
