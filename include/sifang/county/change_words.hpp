// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_COUNTY_CHANGE_WORDS_HPP
#define SIFANG_COUNTY_CHANGE_WORDS_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/value_words.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What one scenario changes of another, in sentences: `every Wednesday instead of the 15th of each month; left out on rest days`.

namespace sifang {

/// One change: of whom, what becomes of it, and the parameters behind it.
struct change_in_words {
  text_pair subject,              ///< kinds of session, a category or a sensitive period; empty where the change speaks for itself
      what;                       ///< clauses behind semicolons, without a full stop
  std::vector<std::string> keys;  ///< whole keys of what differs, in the order of the file format
};

namespace detail {

/// Puts the changes of two scenarios together. \complexity n log n in the parameters
template <class>  // only programs that ask for it compile it
class change_teller {
 public:
  change_teller(const scenario& base, const scenario& other, const value_names& names)
      : base_(base), other_(other), before_(values_in_words(base, names)), after_(values_in_words(other, names)) {
    for (const told_value& v : before_) was_.emplace(v.key, &v);
    for (const told_value& v : after_) is_.emplace(v.key, &v);
  }

  [[nodiscard]] std::vector<change_in_words> changes() {
    for (const told_value& v : after_) {
      const std::string_view table = table_of(v.key);
      if (table != last_) close();
      last_ = table;
      if (table.starts_with("scenario.name") || !is_told(v.key)) continue;
      const auto found = was_.find(v.key);
      const bool same = found != was_.end() && found->second->text == v.text;
      if (!same) changed_.push_back(&v);
    }
    close();
    for (const told_value& v : before_) tell_if_gone(v);
    return std::move(out_);
  }

 private:
  /// The table of a kind of session, category or sensitive period: `session.principal.`; of others the key.
  [[nodiscard]] static std::string_view table_of(std::string_view key) {
    for (const std::string_view list : {"session.", "category.", "sensitive_period."}) {
      if (key.starts_with(list)) return key.substr(0, key.rfind('.') + 1);
    }
    return key;
  }
  /// What a scenario says of itself, and what a table is called, changes nothing.
  [[nodiscard]] static bool is_told(std::string_view key) {
    for (const std::string_view of_itself : {"scenario.name", "scenario.title", "scenario.about"}) {
      if (key.starts_with(of_itself)) return false;
    }
    return !key.starts_with("session.") || !key.substr(0, key.size() - 3).ends_with(".title");
  }
  [[nodiscard]] const told_value* in(const std::map<std::string_view, const told_value*>& of, const std::string& key) const {
    const auto found = of.find(key);
    return found == of.end() ? nullptr : found->second;
  }
  [[nodiscard]] bool is_open(const std::map<std::string_view, const told_value*>& of, const std::string& table) const {
    const told_value* open = in(of, table + "open");
    return open != nullptr && open->text == "true";
  }

  static void add(text_pair& to, std::string_view en, std::string_view zh) {
    to.en.append(to.en.empty() ? "" : "; ").append(en);
    to.zh.append(to.zh.empty() ? "" : ";").append(zh);
  }
  /// `length: 240 minutes instead of 180 minutes`.
  void add_value(text_pair& to, const told_value& v, const text_pair& means) const {
    const told_value* before = in(was_, v.key);
    const bool of_session = v.key.starts_with("session.");  // of these the subject says what it is about
    if (of_session && v.key.ends_with(".on_rest_day")) return add(to, v.words.en, v.words.zh);
    if (before == nullptr) return add(to, means.en + ": " + v.words.en, means.zh + ":" + v.words.zh);
    if (v.key.ends_with(".open"))
      return add(to, means.en + (v.text == "true" ? ": now held" : ": no longer held"),
                 means.zh + (v.text == "true" ? "：开展" : "：不再开展"));
    if (before->words == v.words) return add(to, means.en + ": another than before", means.zh + "：与原来不同");
    const text_pair from_to{v.words.en + " instead of " + before->words.en, "由" + before->words.zh + "改为" + v.words.zh};
    if (of_session && v.key.ends_with(".recur")) return add(to, from_to.en, from_to.zh);
    add(to, means.en + ": " + from_to.en, means.zh + ":" + from_to.zh);
  }
  /// What a parameter of a kind of session means, without the name of the kind, which is the subject.
  [[nodiscard]] static text_pair own_meaning(const told_value& v, const text_pair& subject) {
    text_pair out = v.means;
    if (out.en.starts_with(subject.en + ": ")) out.en.erase(0, subject.en.size() + 2);
    for (const std::string_view colon : {":", "："}) {
      if (out.zh.starts_with(subject.zh + std::string(colon))) out.zh.erase(0, subject.zh.size() + colon.size());
    }
    return plain(std::move(out));
  }
  /// Without what is meant for whoever writes a scenario file: keys, and words that stand in one.
  [[nodiscard]] static text_pair plain(text_pair means) {
    static constexpr bilingual for_writers[] = {
        {" (RRULE, or in words)", "（RRULE 或文字）"},
        {" where reception.collision is split", "（拆分时）"},
        {", used with choice.model = shares, relative to the others that can be reached", "（choice.model = shares 时）"},
        {" with rule = capped, or keeps with rule = handover", "（规则为 capped 或 handover 时）"},
    };
    const auto cut = [](std::string& from, std::string_view what) {
      if (const std::size_t at = from.find(what); at != from.npos) from.erase(at, what.size());
    };
    for (const bilingual& one : for_writers) {
      cut(means.en, one.en);
      cut(means.zh, one.zh);
    }
    return means;
  }
  /// What a kind of session that was not held before is like.
  void describe_session(const std::string& table, text_pair& to) const {
    const auto words = [&](std::string_view name) { return in(is_, table + std::string(name))->words; };
    const auto is_given = [&](std::string_view name) { return in(is_, table + std::string(name))->text != "[]"; };
    add(to, "new", "新增");
    const text_pair days = words("recur"), rest = words("on_rest_day"), from = words("start"), long_ = words("length");
    add(to, days.en + ", " + rest.en, days.zh + "," + rest.zh);
    add(to, "from " + from.en + " for " + long_.en, from.zh + "起，" + long_.zh);
    const text_pair who = words(is_given("posts") ? "posts" : "roles"), where = words(is_given("units") ? "units" : "at");
    add(to, "who sits: " + who.en, "接访人员：" + who.zh);
    if (is_given("units") || is_given("at")) add(to, "where: " + where.en, "地点：" + where.zh);
    if (is_given("areas")) add(to, "for the people of " + words("areas").en, "面向" + words("areas").zh + "的群众");
    if (in(is_, table + "video")->text == "true") add(to, "by video", "视频接访");
  }
  [[nodiscard]] static text_pair title_of(const scenario& s, std::string_view id) {
    for (const session_kind& k : s.reception.sessions) {
      if (k.id != id) continue;
      const std::string& en = k.title_en.empty() ? k.id : k.title_en;
      return {en, k.title_zh.empty() ? en : k.title_zh};
    }
    return {std::string(id), std::string(id)};
  }
  [[nodiscard]] static text_pair subject_of(const scenario& s, const std::string& table) {
    const std::string_view list = std::string_view(table).substr(0, table.find('.') + 1);
    const std::string id = table.substr(list.size(), table.size() - list.size() - 1);
    if (list == "session.") return title_of(s, id);
    if (list == "sensitive_period.") return {"Sensitive period " + id, "敏感时期" + id};
    for (const category_setting& c : s.categories) {
      if (c.id == id) return {"Category " + (c.en.empty() ? id : c.en), "类别" + (c.zh.empty() ? id : c.zh)};
    }
    return {"Category " + id, "类别" + id};
  }

  /// Tells what differs in the table that ends.
  void close() {
    std::vector<const told_value*> changed = std::exchange(changed_, {});
    if (changed.empty()) return;
    change_in_words one;
    for (const told_value* v : changed) one.keys.push_back(v->key);
    const std::string table(last_);
    if (!table.ends_with('.')) {
      add_value(one.what, *changed.front(), plain(changed.front()->means));
    } else if (table.starts_with("session.")) {
      one.subject = subject_of(other_, table);
      const bool held = is_open(is_, table), was_held = is_open(was_, table);
      if (!held && !was_held) return;  // has no effect
      if (!held) {
        add(one.what, "no longer held", "不再举行");
      } else if (!was_held) {
        describe_session(table, one.what);
      } else {
        for (const told_value* v : changed) add_value(one.what, *v, own_meaning(*v, one.subject));
      }
    } else {
      one.subject = subject_of(other_, table);
      if (std::none_of(before_.begin(), before_.end(), [&](const told_value& v) { return v.key.starts_with(table); }))
        add(one.what, "new", "新增");
      for (const told_value* v : changed) add_value(one.what, *v, v->means);
    }
    append(std::move(one));
  }
  /// A table that only the base has.
  void tell_if_gone(const told_value& v) {
    const std::string table(table_of(v.key));
    if (!table.ends_with('.') || in(is_, v.key) != nullptr || !is_told(v.key)) return;
    if (!table.starts_with("session.") || is_open(was_, table)) {
      const text_pair subject = subject_of(base_, table);
      if (!out_.empty() && out_.back().subject == subject) return out_.back().keys.push_back(v.key);
      change_in_words one;
      one.subject = subject;
      const bool session = table.starts_with("session.");
      add(one.what, session ? "no longer held" : "left out", session ? "不再举行" : "取消");
      one.keys.push_back(v.key);
      out_.push_back(std::move(one));
    }
  }
  /// Kinds of session to which the same happens are told together.
  void append(change_in_words one) {
    if (!out_.empty() && !one.subject.en.empty() && out_.back().what == one.what) {
      out_.back().subject.en.append(", ").append(one.subject.en);
      out_.back().subject.zh.append("、").append(one.subject.zh);
      out_.back().keys.insert(out_.back().keys.end(), one.keys.begin(), one.keys.end());
    } else {
      out_.push_back(std::move(one));
    }
  }

  const scenario &base_, &other_;
  std::vector<told_value> before_, after_;
  std::map<std::string_view, const told_value*> was_, is_;
  std::vector<const told_value*> changed_{};
  std::string_view last_{};
  std::vector<change_in_words> out_{};
};

}  // namespace detail

/// What `other` changes of `base`, in words of both languages, in the order of the file format; what a scenario says of itself is left out,
/// and so is a kind of session that neither holds. None if nothing differs.
/// \param names  of units and posts, from the county
/// \complexity n log n in the parameters
template <class When = when_called>
[[nodiscard]] inline std::vector<change_in_words> changes_in_words(const scenario& base, const scenario& other,
                                                                   const value_names& names = {}) {
  return detail::change_teller<When>(base, other, names).changes();
}

}  // namespace sifang

#endif
