// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_ORGANISATION_EDGES_HPP
#define SIFANG_ORG_ORGANISATION_EDGES_HPP

#include "sifang/core/id.hpp"
#include "sifang/core/names.hpp"
#include "sifang/org/official.hpp"
#include "sifang/org/organisation.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>

/// \file
/// The vertices and edges of an organisation, one by one, read off its tables as they stand. For use by algorithms,
/// see "sifang/org/organisation_graph.hpp".

namespace sifang {

/// A vertex of the organisation: an official or a unit.
class org_vertex {
 public:
  constexpr org_vertex() noexcept = default;  ///< neither
  /// The vertex of an official, or of a unit. @{
  constexpr org_vertex(official_id who) noexcept : index_(who.value()) {}  // NOLINT(google-explicit-constructor): same thing
  constexpr org_vertex(unit_id where) noexcept : is_unit_(true), index_(where.value()) {}  // NOLINT(google-explicit-constructor)
  /// @}

  /// What it stands for; both false for neither. @{
  [[nodiscard]] constexpr bool is_unit() const noexcept { return is_unit_; }
  [[nodiscard]] constexpr bool is_official() const noexcept { return !is_unit_ && index_ != none; }
  /// @}
  /// The official; invalid for a unit.
  [[nodiscard]] constexpr official_id official() const noexcept { return is_official() ? official_id(index_) : official_id{}; }
  /// The unit; invalid for an official.
  [[nodiscard]] constexpr unit_id unit() const noexcept { return is_unit_ && index_ != none ? unit_id(index_) : unit_id{}; }

  friend constexpr auto operator<=>(org_vertex, org_vertex) noexcept = default;

 private:
  static constexpr std::uint32_t none = official_id{}.value();
  bool is_unit_ = false;
  std::uint32_t index_ = none;
};

/// An edge of the organisation: a link, or a step of the hierarchy.
template <class Relation>
struct basic_org_edge {
  org_vertex from,              ///< upper end: an official, or the unit above
      to;                       ///< lower end: a unit
  std::optional<Relation> how;  ///< nothing for a step of the hierarchy
  friend constexpr auto operator<=>(const basic_org_edge&, const basic_org_edge&) noexcept = default;
};
using org_edge = basic_org_edge<relation>;  ///< of a county

namespace detail {

/// Officials in order, then units in order.
class org_vertex_iterator {
 public:
  using value_type = org_vertex;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = org_vertex;
  using iterator_category = std::input_iterator_tag;  // hands out values
  using iterator_concept = std::forward_iterator_tag;

  org_vertex_iterator() = default;
  org_vertex_iterator(std::size_t officials, std::size_t at) noexcept : officials_(officials), at_(at) {}

  org_vertex operator*() const noexcept { return at_ < officials_ ? org_vertex(official_id(at_)) : org_vertex(unit_id(at_ - officials_)); }
  org_vertex_iterator& operator++() noexcept {
    ++at_;
    return *this;
  }
  org_vertex_iterator operator++(int) noexcept {
    auto old = *this;
    ++*this;
    return old;
  }
  friend bool operator==(org_vertex_iterator a, org_vertex_iterator b) noexcept { return a.at_ == b.at_; }

 private:
  std::size_t officials_ = 0, at_ = 0;
};

/// The edges of one vertex in one direction: relation by relation, then the hierarchy.
template <class Organisation, bool Outwards>
class org_edge_walk {
  using relation_type = typename Organisation::relation_type;

 public:
  using value_type = basic_org_edge<relation_type>;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = value_type;
  using iterator_category = std::input_iterator_tag;
  using iterator_concept = std::forward_iterator_tag;

  org_edge_walk() = default;
  [[nodiscard]] static org_edge_walk begin(const Organisation& org, org_vertex of) noexcept {
    org_edge_walk out(org, of, 0);
    out.settle();
    return out;
  }
  [[nodiscard]] static org_edge_walk end(const Organisation& org, org_vertex of) noexcept { return {org, of, past}; }

  value_type operator*() const noexcept {
    if (how_ == hierarchy_step) {
      const org_vertex other = unit_id(std::size_t{at_});
      return Outwards ? value_type{of_, other, {}} : value_type{other, of_, {}};
    }
    const auto how = static_cast<relation_type>(how_);
    if constexpr (Outwards)
      return {of_, org_->units_of(of_.official(), how)[at_], how};
    else
      return {org_->officials_of(of_.unit(), how)[at_], of_, how};
  }
  org_edge_walk& operator++() noexcept {
    if (how_ != hierarchy_step) {
      ++at_;
    } else if constexpr (Outwards) {
      at_ += static_cast<std::uint32_t>(org_->units().subtree(unit_id(std::size_t{at_})).size());  // to the next sibling
    } else {
      how_ = past;
    }
    settle();
    return *this;
  }
  org_edge_walk operator++(int) noexcept {
    auto old = *this;
    ++*this;
    return old;
  }
  friend bool operator==(const org_edge_walk& a, const org_edge_walk& b) noexcept {
    return a.of_ == b.of_ && a.how_ == b.how_ && (a.how_ == past || a.at_ == b.at_);
  }

 private:
  static_assert(enumerator_count<relation_type> < 255);
  static constexpr std::uint8_t hierarchy_step = enumerator_count<relation_type>, past = hierarchy_step + 1;

  org_edge_walk(const Organisation& org, org_vertex of, std::uint8_t how) noexcept : org_(&org), of_(of), how_(how) {}

  /// Moves on to the next edge there is, if the walk does not stand on one.
  void settle() noexcept {
    while (how_ < hierarchy_step) {
      if (of_.is_unit() != Outwards && at_ < links()) return;
      ++how_;
      at_ = 0;
      if (how_ == hierarchy_step) enter_hierarchy();
    }
    if constexpr (Outwards) {
      if (how_ == hierarchy_step && unit_id(std::size_t{at_}) > last_below_) how_ = past;
    }
  }
  [[nodiscard]] std::size_t links() const noexcept {
    const auto how = static_cast<relation_type>(how_);
    if constexpr (Outwards)
      return org_->units_of(of_.official(), how).size();
    else
      return org_->officials_of(of_.unit(), how).size();
  }
  void enter_hierarchy() noexcept {
    if (!of_.is_unit()) {
      how_ = past;
    } else if constexpr (Outwards) {
      const auto below = org_->units().subtree(of_.unit());
      last_below_ = *(below.end() - 1);
      at_ = of_.unit().value() + 1;
    } else {
      const auto above = org_->units().parent(of_.unit());
      if (above)
        at_ = above->value();
      else
        how_ = past;
    }
  }

  const Organisation* org_ = nullptr;
  org_vertex of_;
  unit_id last_below_;
  std::uint8_t how_ = past;
  std::uint32_t at_ = 0;  // of the links of `how_`; in the hierarchy, the unit at the other end
};

/// The out-edges of every vertex in turn.
template <class Organisation>
class org_edge_iterator {
  using walk = org_edge_walk<Organisation, true>;

 public:
  using value_type = typename walk::value_type;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = value_type;
  using iterator_category = std::input_iterator_tag;
  using iterator_concept = std::forward_iterator_tag;

  org_edge_iterator() = default;
  org_edge_iterator(const Organisation& org, org_vertex_iterator at, org_vertex_iterator last) noexcept : org_(&org), at_(at), last_(last) {
    enter();
  }

  value_type operator*() const noexcept { return *edge_; }
  org_edge_iterator& operator++() noexcept {
    if (++edge_ == walk::end(*org_, *at_)) {
      ++at_;
      enter();
    }
    return *this;
  }
  org_edge_iterator operator++(int) noexcept {
    auto old = *this;
    ++*this;
    return old;
  }
  friend bool operator==(const org_edge_iterator& a, const org_edge_iterator& b) noexcept { return a.at_ == b.at_ && a.edge_ == b.edge_; }

 private:
  void enter() noexcept {
    for (; at_ != last_; ++at_) {
      edge_ = walk::begin(*org_, *at_);
      if (edge_ != walk::end(*org_, *at_)) return;
    }
    edge_ = {};
  }
  const Organisation* org_ = nullptr;
  org_vertex_iterator at_, last_;
  walk edge_;
};

/// The other ends of the out-edges of a vertex.
template <class Organisation>
class org_adjacency_iterator {
 public:
  using value_type = org_vertex;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = org_vertex;
  using iterator_category = std::input_iterator_tag;
  using iterator_concept = std::forward_iterator_tag;

  org_adjacency_iterator() = default;
  explicit org_adjacency_iterator(const org_edge_walk<Organisation, true>& at) noexcept : at_(at) {}
  org_vertex operator*() const noexcept { return (*at_).to; }
  org_adjacency_iterator& operator++() noexcept {
    ++at_;
    return *this;
  }
  org_adjacency_iterator operator++(int) noexcept {
    auto old = *this;
    ++*this;
    return old;
  }
  friend bool operator==(const org_adjacency_iterator& a, const org_adjacency_iterator& b) noexcept { return a.at_ == b.at_; }

 private:
  org_edge_walk<Organisation, true> at_;
};

}  // namespace detail
}  // namespace sifang

#endif
