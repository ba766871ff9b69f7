// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_HIERARCHY_STORAGE_HPP
#define SIFANG_ORG_HIERARCHY_STORAGE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/when_called.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What a hierarchy is made of: iterators over ids, the index of codes, and the records that versions share.

namespace sifang::detail {

inline constexpr std::uint32_t no_unit = (std::numeric_limits<std::uint32_t>::max)();

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
  unit_iterator& operator++() noexcept {
    ++at_;
    return *this;
  }
  unit_iterator operator++(int) noexcept {
    auto old = *this;
    ++*this;
    return old;
  }
  unit_iterator& operator--() noexcept {
    --at_;
    return *this;
  }
  unit_iterator operator--(int) noexcept {
    auto old = *this;
    --*this;
    return old;
  }
  unit_iterator& operator+=(difference_type n) noexcept {
    at_ = static_cast<std::uint32_t>(at_ + n);
    return *this;
  }
  unit_iterator& operator-=(difference_type n) noexcept { return *this += -n; }
  friend unit_iterator operator+(unit_iterator i, difference_type n) noexcept { return i += n; }
  friend unit_iterator operator+(difference_type n, unit_iterator i) noexcept { return i += n; }
  friend unit_iterator operator-(unit_iterator i, difference_type n) noexcept { return i -= n; }
  friend difference_type operator-(unit_iterator a, unit_iterator b) noexcept {
    return static_cast<difference_type>(a.at_) - static_cast<difference_type>(b.at_);
  }
  friend auto operator<=>(unit_iterator, unit_iterator) noexcept = default;

 private:
  std::uint32_t at_ = 0;
};

/// What the iterators below have in common: they hand out ids and go forward, each by its own `advance`.
template <class Step>
class unit_step_iterator {
 public:
  using value_type = unit_id;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = unit_id;
  using iterator_category = std::input_iterator_tag;
  using iterator_concept = std::forward_iterator_tag;

  unit_step_iterator() = default;
  unit_step_iterator(Step step, std::uint32_t at) noexcept : step_(step), at_(at) {}

  unit_id operator*() const noexcept { return unit_id(at_); }
  unit_step_iterator& operator++() noexcept {
    at_ = step_.after(at_);
    return *this;
  }
  unit_step_iterator operator++(int) noexcept {
    auto old = *this;
    ++*this;
    return old;
  }
  friend bool operator==(const unit_step_iterator& a, const unit_step_iterator& b) noexcept { return a.at_ == b.at_; }

 private:
  Step step_;
  std::uint32_t at_ = no_unit;
};

/// The next id is found in a table: the end of a subtree gives the next child, the parent gives ancestors.
struct table_step {
  const std::uint32_t* next = nullptr;
  [[nodiscard]] std::uint32_t after(std::uint32_t at) const noexcept { return next[at]; }
};

/// From a unit up to the root. The end of the way is the root's parent, nobody; the way back leads down to where the walk
/// began, so a walk knows its lowest unit.
class unit_ascent_iterator {
 public:
  using value_type = unit_id;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = unit_id;
  using iterator_category = std::input_iterator_tag;
  using iterator_concept = std::bidirectional_iterator_tag;

  unit_ascent_iterator() = default;
  /// \param below  any unit below all that the walk visits, such as the one whose ancestors they are
  unit_ascent_iterator(const std::uint32_t* parent, std::uint32_t below, std::uint32_t at) noexcept
      : parent_(parent), below_(below), at_(at) {}

  unit_id operator*() const noexcept { return unit_id(at_); }
  unit_ascent_iterator& operator++() noexcept {
    at_ = parent_[at_];
    return *this;
  }
  unit_ascent_iterator operator++(int) noexcept {
    auto old = *this;
    ++*this;
    return old;
  }
  /// One step down towards `below`: from the end to the root, else to the child that `below` stands under. Linear in the depth.
  unit_ascent_iterator& operator--() noexcept {
    at_ = at_ == no_unit ? 0 : child_above_below();
    return *this;
  }
  unit_ascent_iterator operator--(int) noexcept {
    auto old = *this;
    --*this;
    return old;
  }
  friend bool operator==(const unit_ascent_iterator& a, const unit_ascent_iterator& b) noexcept { return a.at_ == b.at_; }

 private:
  [[nodiscard]] std::uint32_t child_above_below() const noexcept {
    std::uint32_t child = below_;
    while (parent_[child] != at_) child = parent_[child];
    return child;
  }

  const std::uint32_t* parent_ = nullptr;
  std::uint32_t below_ = no_unit, at_ = no_unit;
};

/// From child to child, but past one of them.
struct sibling_step {
  const std::uint32_t* next = nullptr;
  std::uint32_t skipped = no_unit;
  [[nodiscard]] std::uint32_t after(std::uint32_t at) const noexcept { return past(next[at]); }
  [[nodiscard]] std::uint32_t past(std::uint32_t at) const noexcept { return at == skipped ? next[at] : at; }
};

/// Units of one depth. What is below them is stepped over, so that only units above them cost time.
struct depth_step {
  const std::uint32_t* next = nullptr;
  const std::uint32_t* depth = nullptr;
  std::uint32_t wanted = 0, end = 0;
  [[nodiscard]] std::uint32_t after(std::uint32_t at) const noexcept { return reach(next[at]); }
  [[nodiscard]] std::uint32_t reach(std::uint32_t at) const noexcept {
    while (at < end && depth[at] != wanted) ++at;
    return at;
  }
};

using unit_chain_iterator = unit_step_iterator<table_step>;
using unit_sibling_iterator = unit_step_iterator<sibling_step>;
using unit_depth_iterator = unit_step_iterator<depth_step>;

/// The tree itself, without codes and payloads: a row a unit, in pre-order.
struct tree_shape {
  std::vector<std::uint32_t> parent;  ///< `no_unit` for the root
  std::vector<std::uint32_t> end;     ///< one past the last unit of the subtree
  std::vector<std::uint32_t> depth;
  std::vector<std::uint32_t> slot;  ///< number of the unit's record

  [[nodiscard]] std::array<std::vector<std::uint32_t>*, 4> columns() noexcept { return {&parent, &end, &depth, &slot}; }
  [[nodiscard]] std::size_t bytes() const noexcept {
    return (parent.capacity() + end.capacity() + depth.capacity() + slot.capacity()) * sizeof(std::uint32_t);
  }
};

/// Finds a number by its code: open addressing, about 5.5 bytes an entry. The codes stand elsewhere; an entry
/// holds the number and, in the bits that no number needs, part of the hash, so that nearly every comparison
/// of codes is one that succeeds.
class code_index {
 public:
  code_index() = default;
  /// Room for numbers below `n`. \pre n < 2³² − 2; asserted
  explicit code_index(std::size_t n) : id_bits_(static_cast<unsigned>(std::bit_width(n + 1))), entries_(n + n * 3 / 8 + 1, empty) {
    SIFANG_ASSERT(n < 0xFFFF'FFFEu, "fewer than 2^32 - 2 units");
  }

  [[nodiscard]] std::size_t bytes() const noexcept { return entries_.capacity() * sizeof(std::uint32_t); }

  /// The number under `code`, or `no_unit`. \param code_of  from a number to its code
  template <class CodeOf>
  [[nodiscard]] std::uint32_t find(std::string_view code, const CodeOf& code_of) const noexcept {
    return entries_.empty() ? no_unit : search(code, code_of).first;
  }

  /// Enters `id`, unless the code is there: then returns the number it has. \pre `has_room(id + 1, 1)`; asserted
  template <class CodeOf>
  std::uint32_t insert(std::string_view code, std::uint32_t id, const CodeOf& code_of) noexcept {
    SIFANG_ASSERT(has_room(std::size_t{id} + 1, 1), "an index with room for the unit");
    const auto [found, at] = search(code, code_of);
    if (found != no_unit) return found;
    entries_[at] = static_cast<std::uint32_t>(std::uint64_t{tag(hash(code))} << id_bits_ | id);
    ++used_;
    return no_unit;
  }

  /// Whether so many more entries, with numbers below `n`, can be taken before the index must be made anew.
  [[nodiscard]] bool has_room(std::size_t n, std::size_t more) const noexcept {
    return n + 1 < (std::uint64_t{1} << id_bits_) && (used_ + more) * 8 <= entries_.size() * 7;
  }

  /// Gives every entry the number `to[old]`; those with `no_unit` are gone. No code is hashed or compared.
  template <class = when_called>
  void renumber(const std::vector<std::uint32_t>& to) noexcept {
    const std::uint32_t id_mask = mask(), removed = id_mask - 1;
    for (std::uint32_t& entry : entries_) {
      const std::uint32_t id = entry & id_mask;
      if (entry == empty || id == removed) continue;
      entry = (entry & ~id_mask) | (to[id] == no_unit ? removed : to[id]);
    }
  }

 private:
  static constexpr std::uint32_t empty = (std::numeric_limits<std::uint32_t>::max)();

  [[nodiscard]] static std::uint64_t hash(std::string_view code) noexcept {
    return std::uint64_t{std::hash<std::string_view>{}(code)} * 0x9E3779B97F4A7C15u;  // size_t may have 32 bits
  }
  [[nodiscard]] std::uint32_t mask() const noexcept { return static_cast<std::uint32_t>((std::uint64_t{1} << id_bits_) - 1); }
  [[nodiscard]] std::uint32_t tag(std::uint64_t h) const noexcept { return static_cast<std::uint32_t>(h) >> 1 >> (id_bits_ - 1); }
  [[nodiscard]] std::size_t home(std::uint64_t h) const noexcept { return static_cast<std::size_t>((h >> 32) * entries_.size() >> 32); }

  /// The number and where it stands; or `no_unit` and the free place.
  template <class CodeOf>
  [[nodiscard]] std::pair<std::uint32_t, std::size_t> search(std::string_view code, const CodeOf& code_of) const noexcept {
    const std::uint64_t h = hash(code);
    const std::uint32_t wanted = tag(h), id_mask = mask();
    for (std::size_t at = home(h);; at = at + 1 == entries_.size() ? 0 : at + 1) {
      const std::uint32_t entry = entries_[at], id = entry & id_mask;
      if (entry == empty) return {no_unit, at};
      if (entry >> 1 >> (id_bits_ - 1) == wanted && id != id_mask - 1 && code_of(id) == code) return {id, at};
    }
  }

  unsigned id_bits_ = 1;  // 1 to 32
  std::size_t used_ = 0;  // with those removed
  std::vector<std::uint32_t> entries_;
};

template <class Payload>
struct unit_record {
  std::string code;
  Payload payload;
};

/// Codes and payloads under fixed numbers, in blocks that versions of a tree share. A record never moves or changes.
template <class Payload>
class unit_records {
 public:
  using record = unit_record<Payload>;
  static constexpr unsigned block_bits = 12;
  static constexpr std::size_t block_size = std::size_t{1} << block_bits;

  [[nodiscard]] const record& operator[](std::uint32_t slot) const noexcept { return first_[slot >> block_bits][slot & (block_size - 1)]; }
  [[nodiscard]] std::size_t blocks() const noexcept { return first_.size(); }
  /// Memory besides the records.
  [[nodiscard]] std::size_t bytes() const noexcept { return owner_.capacity() * sizeof(owner_[0]) + first_.capacity() * sizeof(first_[0]); }

  /// Takes a block of at most `block_size` records; the first has the number returned, the others follow.
  std::uint32_t add(std::vector<record> block) {
    auto free = static_cast<std::size_t>(std::find(first_.begin(), first_.end(), nullptr) - first_.begin());
    if (free == first_.size()) {
      first_.push_back(nullptr);
      owner_.emplace_back();
    }
    owner_[free] = std::make_shared<const std::vector<record>>(std::move(block));
    first_[free] = owner_[free]->data();
    return static_cast<std::uint32_t>(free << block_bits);
  }

  /// Lets go of the blocks in which none of these numbers lies.
  void keep_only(const std::vector<std::uint32_t>& slots) {
    std::vector<bool> used(blocks(), false);
    for (std::uint32_t slot : slots) used[slot >> block_bits] = true;
    for (std::size_t b = 0; b < used.size(); ++b) {
      if (used[b]) continue;
      first_[b] = nullptr;
      owner_[b].reset();
    }
  }

 private:
  std::vector<std::shared_ptr<const std::vector<record>>> owner_;
  std::vector<const record*> first_;  // one step less than through the owner
};

}  // namespace sifang::detail

#endif
