// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_ORGANISATION_HPP
#define SIFANG_ORG_ORGANISATION_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/id.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/org/county_traits.hpp"
#include "sifang/org/hierarchy.hpp"
#include "sifang/org/official.hpp"
#include "sifang/org/organisation_traits.hpp"
#include "sifang/org/unit.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <type_traits>
#include <utility>
#include <vector>

namespace sifang {

template <organisation_traits Traits>
class basic_organisation_builder;

/// The units of an organisation, its posts, and the links between them, asked from both ends. Immutable.
///
/// What kinds of unit, roles and relations there are is the traits' to say; `organisation` is that of a county.
template <organisation_traits Traits>
class basic_organisation {
 public:
  using traits_type = Traits;                            ///< the enumerations and their rules
  using unit_type = typename Traits::unit_type;          ///< what is known of a unit
  using kind_type = unit_kind_of<Traits>;                ///< what a unit is
  using role_type = role_of<Traits>;                     ///< what an official is
  using relation_type = typename Traits::relation_type;  ///< how an official stands to a unit
  using tree_type = hierarchy<unit_type>;                ///< the units in their order
  using official_type = typename Traits::official_type;  ///< a post
  using link_type = basic_official_link<relation_type>;  ///< a post and a unit

  basic_organisation() = default;

  /// The hierarchy of units.
  [[nodiscard]] const tree_type& units() const noexcept { return units_; }
  /// All posts, by `official_id`.
  [[nodiscard]] std::span<const official_type> officials() const noexcept { return detail::span_of(officials_); }
  [[nodiscard]] const official_type& operator[](official_id who) const noexcept {
    SIFANG_ASSERT(who.index() < officials_.size());
    return officials_[who.index()];
  }
  /// Every link in the order of the table. One that stands twice there counts once in the queries below.
  [[nodiscard]] std::span<const link_type> links() const noexcept { return {links_.data(), links_.size()}; }

  /// Units that an official heads, is linked to, …, by id. Constant time.
  [[nodiscard]] std::span<const unit_id> units_of(official_id who, relation_type how) const noexcept {
    return forward_[static_cast<std::size_t>(how)].of(who.index());
  }
  /// Officials who head a unit, are linked to it, …, by id. Constant time.
  [[nodiscard]] std::span<const official_id> officials_of(unit_id where, relation_type how) const noexcept {
    return backward_[static_cast<std::size_t>(how)].of(where.index());
  }
  /// Officials of a rank, by id. Constant time.
  [[nodiscard]] std::span<const official_id> officials_with(role_type rank) const noexcept {
    const auto& found = by_rank_[static_cast<std::size_t>(rank)];
    return {found.data(), found.size()};
  }
  /// Units of a kind, in pre-order. Constant time.
  [[nodiscard]] std::span<const unit_id> units_of_kind(kind_type kind) const noexcept {
    const auto& found = by_kind_[static_cast<std::size_t>(kind)];
    return {found.data(), found.size()};
  }
  /// The official of a post. Logarithmic.
  [[nodiscard]] std::optional<official_id> find_post(std::string_view post) const noexcept {
    const auto at =
        std::lower_bound(by_post_.begin(), by_post_.end(), post, [&](official_id o, std::string_view p) { return (*this)[o].post < p; });
    return at == by_post_.end() || (*this)[*at].post != post ? std::nullopt : std::optional(*at);
  }

 private:
  friend class basic_organisation_builder<Traits>;
  template <class Id>
  struct adjacency {  // compressed rows
    std::vector<std::uint32_t> first;
    std::vector<Id> to;
    [[nodiscard]] std::span<const Id> of(std::size_t i) const noexcept {
      SIFANG_ASSERT(i + 1 < first.size());
      return {to.data() + first[i], std::size_t{first[i + 1] - first[i]}};
    }
  };
  template <class Id>
  [[nodiscard]] static adjacency<Id> rows(std::size_t n, std::vector<std::pair<std::size_t, Id>> pairs) {
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    adjacency<Id> out;
    out.first.assign(n + 1, 0);
    out.to.reserve(pairs.size());
    for (const auto& [i, id] : pairs) {
      ++out.first[i + 1];
      out.to.push_back(id);
    }
    for (std::size_t i = 0; i < n; ++i) out.first[i + 1] += out.first[i];
    return out;
  }

  tree_type units_;
  std::vector<official_type> officials_;
  std::vector<link_type> links_;  // as they were added
  std::array<adjacency<unit_id>, enumerator_count<relation_type>> forward_;
  std::array<adjacency<official_id>, enumerator_count<relation_type>> backward_;
  std::array<std::vector<official_id>, enumerator_count<role_type>> by_rank_;
  std::array<std::vector<unit_id>, enumerator_count<kind_type>> by_kind_;
  std::vector<official_id> by_post_;  // sorted by post
};

/// Takes posts and links in any order and makes an organisation, or says all that is wrong at once.
template <organisation_traits Traits>
class basic_organisation_builder {
 public:
  using organisation_type = basic_organisation<Traits>;     ///< what is made
  using tree_type = typename organisation_type::tree_type;  ///< of the units
  using official_type = typename Traits::official_type;     ///< a post
  using role_type = role_of<Traits>;                        ///< of a post
  using relation_type = typename Traits::relation_type;     ///< of a link

  /// \param units  the hierarchy that posts and links refer to by code
  explicit basic_organisation_builder(tree_type units) : units_(std::move(units)) {}

  /// The hierarchy given.
  [[nodiscard]] const tree_type& units() const noexcept { return units_; }

  /// A post. \param unit_code  code of the unit it belongs to \param where  place of the row, for faults
  void add(std::string post, std::string title, role_type rank, std::string unit_code, place where = {}) {
    add(official_type{std::move(post), std::move(title), rank, {}}, std::move(unit_code), std::move(where));
  }
  /// The same with all that its type has; the unit it has is passed over.
  void add(official_type one, std::string unit_code, place where = {}) {
    SIFANG_ASSERT(is_named(one.rank), "a role that has a name");
    post_rows_.push_back({officials_.size(), std::move(unit_code), std::move(where)});
    officials_.push_back(std::move(one));
  }
  /// A post of a unit whose id is known. Returns the post's.
  official_id add(std::string post, std::string title, role_type rank, unit_id unit) {
    return add(official_type{std::move(post), std::move(title), rank, unit});
  }
  /// The same with all that its type has.
  official_id add(official_type one) {
    SIFANG_ASSERT(one.unit.index() < units_.size() && is_named(one.rank));
    officials_.push_back(std::move(one));
    return official_id(officials_.size() - 1);
  }
  /// A link of a post to a unit; both may be added later. \param where  place of the row, for faults
  void add_link(std::string post, relation_type how, std::string unit_code, place where = {}) {
    SIFANG_ASSERT(is_named(how), "a relation that has a name");
    link_rows_.push_back({links_.size(), std::move(post), std::move(unit_code), std::move(where)});
    links_.push_back({{}, how, {}});
  }
  /// A link of a post to a unit whose ids are known.
  void add_link(official_id who, relation_type how, unit_id where) {
    SIFANG_ASSERT(who.index() < officials_.size() && where.index() < units_.size() && is_named(how));
    links_.push_back({who, how, where});
  }

  /// Faults: `duplicate_code` (a post twice), `unknown_post`, `unknown_unit`, each with the nearest known one.
  [[nodiscard]] checked<organisation_type> build() && {
    organisation_type org;
    std::vector<fault> faults;
    std::unordered_map<std::string_view, std::size_t> at;
    at.reserve(officials_.size());
    const auto row_of = [&](std::size_t post) {  // of one that was added by the code of its unit
      const auto row =
          std::lower_bound(post_rows_.begin(), post_rows_.end(), post, [](const post_row& r, std::size_t p) { return r.post < p; });
      return row != post_rows_.end() && row->post == post ? &*row : nullptr;
    };
    const auto place_of = [&](std::size_t post) { return row_of(post) == nullptr ? place{} : row_of(post)->where; };
    auto row = post_rows_.begin();
    for (std::size_t i = 0; i < officials_.size(); ++i) {
      if (row != post_rows_.end() && row->post == i) {
        officials_[i].unit = unit_of(row->unit, row->where, faults).value_or(unit_id{});
        ++row;
      }
      const auto [first, added] = at.emplace(officials_[i].post, i);
      if (!added) {
        faults.push_back({fault_kind::duplicate_code, place_of(i), {officials_[i].post, std::to_string(place_of(first->second).line)}});
      }
    }
    for (const link_row& r : link_rows_) {
      const auto who = at.find(r.post);
      if (who == at.end()) {
        std::vector<std::string> posts;
        for (const auto& o : officials_) posts.push_back(o.post);
        faults.push_back({fault_kind::unknown_post, r.where, {r.post, nearest(r.post, posts)}});
      }
      const auto where = unit_of(r.unit, r.where, faults);
      if (who != at.end() && where) links_[r.link] = {official_id(who->second), links_[r.link].how, *where};
    }
    if (!faults.empty()) return faults;
    org.officials_ = std::move(officials_);
    org.links_ = std::move(links_);

    for (std::size_t r = 0; r < enumerator_count<relation_type>; ++r) {
      std::vector<std::pair<std::size_t, unit_id>> forward;
      std::vector<std::pair<std::size_t, official_id>> backward;
      for (const auto& l : org.links_) {
        if (static_cast<std::size_t>(l.how) != r) continue;
        forward.emplace_back(l.who.index(), l.where);
        backward.emplace_back(l.where.index(), l.who);
      }
      org.forward_[r] = organisation_type::rows(org.officials_.size(), std::move(forward));
      org.backward_[r] = organisation_type::rows(units_.size(), std::move(backward));
    }
    for (std::size_t i = 0; i < org.officials_.size(); ++i) {
      org.by_rank_[static_cast<std::size_t>(org.officials_[i].rank)].push_back(official_id(i));
      org.by_post_.push_back(official_id(i));
    }
    std::sort(org.by_post_.begin(), org.by_post_.end(), [&](official_id a, official_id b) { return org[a].post < org[b].post; });
    for (unit_id u : units_.all()) {
      SIFANG_ASSERT(is_named(units_[u].kind), "a kind of unit that has a name");
      org.by_kind_[static_cast<std::size_t>(units_[u].kind)].push_back(u);
    }
    org.units_ = std::move(units_);
    return org;
  }

  /// A builder in a variable is given up explicitly; this says so.
  template <class Builder = basic_organisation_builder>
  void build() & {
    static_assert(!std::is_same_v<Builder, basic_organisation_builder>, "build() takes the rows along: std::move(builder).build()");
  }

 private:
  struct post_row {
    std::size_t post;
    std::string unit;
    place where;
  };
  struct link_row {
    std::size_t link;
    std::string post, unit;
    place where;
  };

  [[nodiscard]] std::optional<unit_id> unit_of(const std::string& code, const place& where, std::vector<fault>& faults) {
    const auto found = units_.find(code);
    if (!found) {
      if (codes_.empty()) {
        for (unit_id u : units_.all()) codes_.push_back(units_.code(u));
      }
      faults.push_back({fault_kind::unknown_unit, where, {code, nearest(code, detail::span_of(codes_))}});
    }
    return found;
  }

  tree_type units_;
  std::vector<typename Traits::official_type> officials_;
  std::vector<basic_official_link<relation_type>> links_;
  std::vector<post_row> post_rows_;  // of those whose unit is to be looked up, in their order
  std::vector<link_row> link_rows_;  // of those whose ends are to be looked up
  std::vector<std::string> codes_;   // filled for the first fault
};

using county_tree = hierarchy<unit>;                                     ///< the units of a county
using organisation = basic_organisation<county_traits>;                  ///< a county's
using organisation_builder = basic_organisation_builder<county_traits>;  ///< for a county's

}  // namespace sifang

#endif
