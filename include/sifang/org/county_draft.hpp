// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_ORG_COUNTY_DRAFT_HPP
#define SIFANG_ORG_COUNTY_DRAFT_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/id.hpp"
#include "sifang/org/county_like.hpp"
#include "sifang/org/division_names.hpp"
#include "sifang/org/english_name.hpp"
#include "sifang/org/link_dealing.hpp"
#include "sifang/org/organisation.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// A first draft of a county for whoever plans in it: its own divisions, the bodies and posts of a model under its own names.

namespace sifang {

/// What is known of a county, township or village beside its code and name.
struct known_place {
  std::optional<unit_kind> kind{};     ///< else by its name, which then stands as it is
  std::optional<double> population{},  ///< inhabitants
      distance_km{};                   ///< road to the county seat
  std::string name_en{};               ///< in English; empty: `english_name` makes one
};

/// What a draft is given that the divisions do not know. All of it is assumed, and to be put right by whoever knows the county.
struct county_draft_setting {
  /// Inhabitants, spread evenly over the villages of which nothing else is known; otherwise so many for each.
  std::optional<std::int64_t> population{};
  double persons_per_village = county_like_setting{}.persons_per_village;  ///< the country's mean
  double street_km = assumed_street_km,                                    ///< road from a street office to the county seat
      township_km = county_like_setting{}.township_km,                     ///< the same from a township
      village_km = county_like_setting{}.village_km;                       ///< from a village to its township or street
  int members = 9,                                          ///< team members of a township beside its two heads (DOMAIN 4: 9 to 13)
      members_of_large = 11;                                ///< of a large one
  std::size_t large = 15;                                   ///< villages from which on a township is a large one
  link_rule links = link_rule::balanced;                    ///< how townships are dealt among leaders, and villages among team members
  std::map<std::string, known_place, std::less<>> known{};  ///< by code: what need not be assumed
  std::string prefecture{},                                 ///< name that some offices of the county bear, like the next
      model_prefecture{};  ///< that of the model's offices (宁德市 of 宁德市霞浦生态环境局); empty if not known
};

namespace detail {

/// Names of the model's county, in the names of its offices, and those of the draft that stand in their place.
class county_renaming {
 public:
  county_renaming(std::string_view model, std::string_view model_prefecture, std::string_view own, std::string_view prefecture)
      : model_word_(county_word(model)), word_(county_word(own)) {
    const std::string_view was_short = short_county_name(model), is_short = short_county_name(own);
    // A city without counties is its own prefecture, and is not named twice.
    const bool itself = short_county_name(prefecture) == is_short;
    if (!model_prefecture.empty()) {
      add(std::string(model_prefecture) + std::string(was_short),
          itself ? std::string(own) : std::string(prefecture) + std::string(is_short));
    }
    add(std::string(model), std::string(own));
    add(std::string(was_short), std::string(is_short));
    if (!model_prefecture.empty() && !prefecture.empty()) add(std::string(model_prefecture), std::string(prefecture));
  }

  /// A name of the model's as the draft has it: 县信访局 is 区信访局 in a district.
  [[nodiscard]] std::string operator()(std::string_view text) const {
    std::string out;
    if (text.starts_with(model_word_)) {
      out = word_;
      text.remove_prefix(model_word_.size());
    }
    while (!text.empty()) {
      const auto at = std::find_if(pairs_.begin(), pairs_.end(), [&](const auto& p) { return text.starts_with(p[0]); });
      out += at == pairs_.end() ? text.substr(0, 1) : std::string_view((*at)[1]);
      text.remove_prefix(at == pairs_.end() ? 1 : (*at)[0].size());
    }
    return out;
  }

 private:
  void add(std::string from, std::string to) {
    if (!from.empty()) pairs_.push_back({std::move(from), std::move(to)});
  }

  std::string_view model_word_, word_;
  std::vector<std::array<std::string, 2>> pairs_;
};

/// A county in English.
struct county_in_english {
  std::string whole, alone, word;  ///< Xiapu County, Xiapu, County
};

/// \param told  by a table; empty: made of the name
[[nodiscard]] inline county_in_english county_told_in_english(std::string_view name, std::string_view told) {
  unit county;
  county.name = std::string(name);
  county.name_en = told;
  const auto last_word = [](std::string_view words) { return std::string(words.substr(words.rfind(' ') + 1)); };
  const std::string whole = english_name(county);
  for (const english_ending& e : county_endings) {
    const std::string end = ' ' + std::string(e.english);
    if (whole.size() <= end.size() || !whole.ends_with(end)) continue;
    const std::string told_alone = whole.substr(0, whole.size() - end.size());
    return {whole, told.empty() ? place_pinyin(name, short_county_name(name).size()) : told_alone, last_word(e.english)};
  }
  const auto kind = ending_of(name, county_endings);
  return {whole, told.empty() ? place_pinyin(name, short_county_name(name).size()) : whole, last_word(kind ? kind->english : "County")};
}

/// The same for their names in English: County Petition Bureau is District Petition Bureau in a district.
class english_renaming {
 public:
  english_renaming(const county_in_english& model, const county_in_english& own, std::string_view model_prefecture,
                   std::string_view prefecture)
      : is_known_(!has_han(model.whole) && !has_han(own.whole)), short_(own.alone) {
    pairs_ = {{model.whole, own.whole}, {model.alone, own.alone}, {model.word, own.word}};
    if (!model_prefecture.empty() && !prefecture.empty())
      pairs_.insert(pairs_.begin(), {place_pinyin(short_county_name(model_prefecture)), place_pinyin(short_county_name(prefecture))});
  }

  /// A name of the model's as the draft has it; empty of none, and where a county can't be written in English.
  [[nodiscard]] std::string operator()(std::string_view text) const {
    std::string out;
    if (!is_known_) return out;
    while (!text.empty()) {
      const auto is_whole = [&](const auto& p) {  // County-level stays
        if (p[0].empty() || !text.starts_with(p[0])) return false;
        return text.size() == p[0].size() || std::string_view(" ,)").find(text[p[0].size()]) != std::string_view::npos;
      };
      const bool begins = out.empty() || out.back() == ' ' || out.back() == '(';
      const auto at = begins ? std::find_if(pairs_.begin(), pairs_.end(), is_whole) : pairs_.end();
      out += at == pairs_.end() ? text.substr(0, 1) : std::string_view((*at)[1]);
      text.remove_prefix(at == pairs_.end() ? 1 : (*at)[0].size());
    }
    return out;
  }
  /// A park that has a number in place of a township's name: Changting No. 1 Industrial Park of Yacheng Industrial Park.
  [[nodiscard]] std::string numbered(std::string_view park, std::size_t number) const {
    if (!is_known_ || park.find(' ') == std::string_view::npos) return {};
    return short_ + " No. " + std::to_string(number) + std::string(park.substr(park.find(' ')));
  }

 private:
  bool is_known_;
  std::string short_;
  std::vector<std::array<std::string, 2>> pairs_;
};

/// The park of a township of the model's is one of the county's, by its number: 牙城工业园区 is 长汀第一工业园区.
class park_names {
 public:
  park_names(const organisation& model, std::string_view own) : own_(short_county_name(own)) {
    for (const unit_id u : model.units().all()) {
      if (level_of(model.units()[u].kind) != level::township) continue;
      places_.emplace_back(short_township_name(model.units()[u].name));
    }
  }
  /// How many have been named so.
  [[nodiscard]] std::size_t named() const noexcept { return next_; }
  /// Empty if the park bears no township's name.
  [[nodiscard]] std::string operator()(std::string_view name) {
    static constexpr std::string_view numbers[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
    for (const std::string& place : places_) {
      if (!name.starts_with(place)) continue;
      const std::string number = next_ < std::size(numbers) ? std::string(numbers[next_]) : std::to_string(next_ + 1);
      ++next_;
      return std::string(own_) + "第" + number + std::string(name.substr(place.size()));
    }
    return {};
  }

 private:
  std::string_view own_;
  std::vector<std::string> places_;
  std::size_t next_ = 0;
};

/// Inhabitants of the villages of each township, in their order.
[[nodiscard]] inline std::vector<std::vector<double>> draft_people(std::span<const division_township> townships,
                                                                   const county_draft_setting& how) {
  std::vector<std::vector<double>> out(townships.size());
  const auto known = [&](std::string_view code) -> std::optional<double> {
    const auto found = how.known.find(code);
    return found == how.known.end() ? std::nullopt : found->second.population;
  };
  std::vector<double*> open;
  double taken = 0;
  for (std::size_t t = 0; t < townships.size(); ++t) {
    for (const division_place& v : townships[t].villages) {
      out[t].push_back(known(v.code).value_or(-1));
      taken += (std::max)(0.0, out[t].back());
    }
  }
  for (std::size_t t = 0; t < townships.size(); ++t) {
    std::vector<double*> own;
    double rest = known(townships[t].code).value_or(-1);
    const bool is_known = rest >= 0;
    for (double& v : out[t]) {
      if (v < 0) own.push_back(&v);
      rest -= (std::max)(v, 0.0);
    }
    if (!is_known) {
      open.insert(open.end(), own.begin(), own.end());
      continue;
    }
    for (double* v : own) *v = (std::max)(rest, 0.0) / static_cast<double>(own.size());
    if (!own.empty()) taken += (std::max)(rest, 0.0);
  }
  if (open.empty()) return out;
  const auto many = static_cast<std::int64_t>(open.size());
  const std::int64_t left = how.population ? (std::max)(std::int64_t{0}, *how.population - static_cast<std::int64_t>(taken)) : 0;
  // What does not divide evenly: one more for each of the first.
  for (std::int64_t i = 0; i < many; ++i) {
    *open[static_cast<std::size_t>(i)] =
        how.population ? static_cast<double>(left / many + (i < left % many ? 1 : 0)) : how.persons_per_village;
  }
  return out;
}

/// What the units of the model are called in the draft.
struct drafted_names {
  std::vector<std::string> chinese, english;  ///< by the model's units
};

/// The county with its bodies, and below it its townships and villages.
[[nodiscard]] inline checked<county_tree> draft_units(const organisation& model, const drafted_names& names, std::string_view code,
                                                      std::span<const division_township> townships, const county_draft_setting& how) {
  const county_tree& old = model.units();
  const auto people = draft_people(townships, how);
  const auto sum = [](const std::vector<double>& of) { return std::accumulate(of.begin(), of.end(), 0.0); };
  const auto known = [&](std::string_view one) {
    const auto found = how.known.find(one);
    return found == how.known.end() ? known_place{} : found->second;
  };
  hierarchy_builder<unit> tree;
  const auto add = [&](std::string own, const std::string& parent, unit u) { tree.add(std::move(own), parent, std::move(u)); };
  const std::string county(code);
  unit root = old[old.root()];
  root.code = county;
  root.name = names.chinese[old.root().index()];
  root.name_en = known(code).name_en;
  root.population = 0;
  for (const auto& township : people) root.population += sum(township);
  root.x = root.y = 0;
  root.at.reset();
  add(county, "", std::move(root));
  for (const unit_id u : old.all()) {
    if (u == old.root() || level_of(old[u].kind) != level::county) continue;
    unit body = old[u];
    body.name = names.chinese[u.index()];
    body.name_en = names.english[u.index()];
    body.x = body.y = 0;
    body.at.reset();
    const unit_id above = *old.parent(u);
    add(old[u].code, above == old.root() ? county : old[above].code, std::move(body));
  }
  for (std::size_t t = 0; t < townships.size(); ++t) {
    const division_township& one = townships[t];
    const std::string own(one.code);
    const known_place said = known(own);
    const unit_kind kind = said.kind.value_or(is_street(one.name) ? unit_kind::subdistrict : unit_kind::township);
    const double km = said.distance_km.value_or(kind == unit_kind::subdistrict ? how.street_km : how.township_km);
    const auto is_assumed = [](const known_place& place, double used, double assumed) { return !place.distance_km && used == assumed; };
    unit body{own, std::string(one.name), kind, sum(people[t]), km, 0, 0, {}, is_assumed(said, km, assumed_distance_km(kind))};
    body.name_en = said.name_en;
    add(own, county, std::move(body));
    for (std::size_t v = 0; v < one.villages.size(); ++v) {
      const std::string village(one.villages[v].code);
      const known_place here = known(village);
      village_name called =
          here.kind ? village_name{std::string(one.villages[v].name), *here.kind} : village_of_committee(one.villages[v].name);
      const double far = here.distance_km.value_or(km + how.village_km);
      const bool assumed = is_assumed(here, far, assumed_distance_km(called.kind, km));
      unit hamlet{village, std::move(called.name), called.kind, people[t][v], far, 0, 0, {}, assumed};
      hamlet.name_en = here.name_en;
      add(village, own, std::move(hamlet));
    }
  }
  return std::move(tree).build();
}

/// \pre the model's county
[[nodiscard]] inline english_renaming english_renaming_of(const unit& model, std::string_view code, std::string_view name,
                                                          const county_draft_setting& how) {
  SIFANG_ASSERT(model.kind == unit_kind::county, "names in English are made from those of the model's county");
  const auto said = how.known.find(code);
  const std::string_view told = said == how.known.end() ? std::string_view() : std::string_view(said->second.name_en);
  return {county_told_in_english(model.name, model.name_en.view()), county_told_in_english(name, told), how.model_prefecture,
          how.prefecture};
}

/// What each unit of the model is called in the draft; in English only what the model's table has.
[[nodiscard]] inline drafted_names draft_names(const organisation& model, std::string_view name, const county_renaming& renamed,
                                               const english_renaming& in_english) {
  const county_tree& old = model.units();
  park_names parks(model, name);
  drafted_names out{std::vector<std::string>(old.size()), std::vector<std::string>(old.size())};
  for (const unit_id u : old.all()) {
    std::string &own = out.chinese[u.index()], &english = out.english[u.index()];
    if (old[u].kind == unit_kind::industrial_park) own = parks(old[u].name);
    if (!old[u].name_en.empty()) english = own.empty() ? in_english(old[u].name_en) : in_english.numbered(old[u].name_en, parks.named());
    if (own.empty()) own = u == old.root() ? std::string(name) : renamed(old[u].name);
  }
  return out;
}

/// A post of the model's bodies in the draft: what its title says of its office is what the office is called there.
[[nodiscard]] inline official drafted_post(const official& o, const unit& office, const drafted_names& names,
                                           const county_renaming& renamed, const english_renaming& in_english, unit_id where) {
  official out = o;
  out.unit = where;
  const bool of_office = std::string_view(o.title).starts_with(office.name);
  out.title = of_office ? names.chinese[o.unit.index()] + o.title.substr(office.name.size()) : renamed(o.title);
  const std::string_view was = office.name_en.view(), title = o.title_en.view();
  const std::string& is = names.english[o.unit.index()];
  const auto at = was.empty() || is.empty() ? std::string_view::npos : title.find(was);
  if (at == std::string_view::npos)
    out.title_en = in_english(title);
  else
    out.title_en = std::string(title.substr(0, at)) + is + std::string(title.substr(at + was.size()));
  return out;
}

/// What the heads of a township are called, by what it is: the secretary of its Party committee, and of its government.
[[nodiscard]] inline std::array<std::string, 2> township_titles(std::string_view name) {
  const std::string own(name);
  if (is_street(name)) return {own + "党工委书记", own + "办事处主任"};
  return {own + "党委书记", own + (name.ends_with("乡") ? "乡长" : name.ends_with("镇") ? "镇长" : "行政主要负责同志")};
}

/// Two digits, so that posts are in their order as texts.
[[nodiscard]] inline std::string two_digits(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }

}  // namespace detail

/// A draft of a county: the townships and villages of a table of divisions, with the bodies, departments, parks and posts
/// of a model under names of its own, and links by which R5, R8 and R9 can be satisfied.
///
/// The model's links to its county bodies stay; its leaders are linked to the draft's townships so that every township and
/// every leader has a link (R5). Each township has two heads (R8) and a team, each village a member of it (R9). A place on the map
/// is not known.
/// \param name  as people read it, 长汀县: offices are called by it
/// Faults: those of `hierarchy_builder` and `organisation_builder` (codes of the divisions that occur twice, or that the
/// model's departments use). \complexity n log n in units, posts and links
template <std::same_as<organisation> Organisation>
[[nodiscard]] checked<organisation> draft_county(const Organisation& model, std::string_view code, std::string_view name,
                                                 std::span<const division_township> townships, const county_draft_setting& how = {}) {
  const county_tree& old = model.units();
  const detail::county_renaming renamed(old[old.root()].name, how.model_prefecture, name, how.prefecture);
  const detail::english_renaming in_english = detail::english_renaming_of(old[old.root()], code, name, how);
  const detail::drafted_names names = detail::draft_names(model, name, renamed, in_english);
  auto units = detail::draft_units(model, names, code, townships, how);
  if (!units) return units.faults();

  organisation_builder posts(*std::move(units));
  const auto id_of = [&](unit_id u) { return *posts.units().find(u == old.root() ? std::string(code) : old[u].code); };
  const auto stays = [&](unit_id u) { return level_of(old[u].kind) == level::county; };
  std::vector<official_id> leaders, now(model.officials().size());
  for (std::size_t i = 0; i < now.size(); ++i) {
    const official& o = model[official_id(i)];
    if (!stays(o.unit)) continue;
    now[i] = posts.add(detail::drafted_post(o, old[o.unit], names, renamed, in_english, id_of(o.unit)));
    if (o.rank == role::county_leader) leaders.push_back(now[i]);
  }
  for (const official_link& l : model.links()) {
    if (stays(l.where) && now[l.who.index()].valid()) posts.add_link(now[l.who.index()], l.how, id_of(l.where));
  }
  std::vector<unit_id> places;
  std::vector<double> load;
  const auto weight = [&](const unit& u) { return how.links == link_rule::nearest ? u.distance_km : u.population; };
  for (const division_township& t : townships) {
    places.push_back(*posts.units().find(std::string(t.code)));
    load.push_back(weight(posts.units()[places.back()]));
  }
  const auto dealt = deal_links(how.links, load, leaders.size(), true);
  for (std::size_t i = 0; i < dealt.size(); ++i) {
    for (const std::size_t t : dealt[i]) posts.add_link(leaders[i], relation::linked_to, places[t]);
  }
  for (std::size_t i = 0; i < townships.size(); ++i) {
    const division_township& t = townships[i];
    const std::string own = "t" + std::string(t.code.starts_with(code) ? t.code.substr(code.size()) : t.code);
    const auto titles = detail::township_titles(t.name);
    for (const auto& [post, title] : {std::pair{own + "-secretary", titles[0]}, std::pair{own + "-head", titles[1]}}) {
      posts.add_link(posts.add(post, title, role::unit_head, places[i]), relation::heads, places[i]);
    }
    std::vector<official_id> members;
    const int team = t.villages.size() < how.large ? how.members : how.members_of_large;
    for (int k = 1; k <= team; ++k) {
      const std::string number = detail::two_digits(k);
      members.push_back(posts.add(own + "-" + number, std::string(t.name) + "班子成员" + number, role::team_member, places[i]));
      posts.add_link(members.back(), relation::member_of, places[i]);
    }
    std::vector<unit_id> villages;
    load.clear();
    for (const division_place& v : t.villages) {
      villages.push_back(*posts.units().find(std::string(v.code)));
      load.push_back(weight(posts.units()[villages.back()]));
    }
    const auto shared = deal_links(how.links, load, members.size(), false);
    for (std::size_t k = 0; k < shared.size(); ++k) {
      for (const std::size_t v : shared[k]) posts.add_link(members[k], relation::linked_to, villages[v]);
    }
  }
  return std::move(posts).build();
}

}  // namespace sifang

#endif
