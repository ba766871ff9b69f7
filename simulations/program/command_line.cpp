// SPDX-License-Identifier: BSL-1.0
#include "command_line.hpp"

#include "command_table.hpp"
#include "shipped.hpp"

#include "sifang/io/message_text.hpp"
#include "sifang/io/text_table.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

namespace sifang_program {

using sifang::language;

namespace {

constexpr std::string_view help_name = "--help";
constexpr char help_letter = 'h';
constexpr std::string_view version_name = "--version";

/// What the user wrote, fit for one line.
[[nodiscard]] std::string shown(std::string_view word) { return sifang::shortened(word, 60); }

/// A word in lower case, its first dashes as plain ones: people write – and — where their editor made them of --.
[[nodiscard]] std::string plain(std::string_view word) {
  std::string out;
  constexpr std::string_view dashes[] = {"–", "—", "−", "－"};
  bool dashed = false;
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view dash : dashes) {
      if (!word.starts_with(dash)) continue;
      word.remove_prefix(dash.size());
      dashed = more = true;
    }
  }
  if (dashed) {
    out = "--";
    word.remove_prefix(std::min(word.find_first_not_of('-'), word.size()));
  }
  for (const char c : word) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

[[nodiscard]] bool looks_like_an_option(std::string_view word) {
  return (word.size() > 1 && word[0] == '-') || (plain(word).starts_with("--") && !word.starts_with('-'));
}

[[nodiscard]] std::string quoted_en(std::string_view word) { return "'" + shown(word) + "'"; }
[[nodiscard]] std::string quoted_zh(std::string_view word) { return "“" + shown(word) + "”"; }

/// `a, b and c`, or `a、b、c`.
[[nodiscard]] complaint list_of(const std::vector<std::string>& words, std::string_view last_join) {
  complaint out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool last = i + 1 == words.size();
    out.en += (i == 0 ? "" : last ? std::string(last_join) : ", ") + words[i];
    out.zh += (i == 0 ? "" : "、") + words[i];
  }
  return out;
}

[[nodiscard]] std::vector<std::string> verb_names() {
  std::vector<std::string> out;
  for (const verb_row& row : verbs()) out.emplace_back(row.name);
  return out;
}

/// Reads words one after another. Options may stand before the verb, so words are sorted first and judged then.
class reader {
 public:
  reader(const std::vector<std::string>& words, command& into) : words_(words), into_(into) {}

  void read() {
    find_verb();
    for (at_ = 0; at_ < words_.size(); ++at_) {
      const std::string& word = words_[at_];
      if (at_ == verb_at_ || at_ == help_verb_at_) continue;
      if (ended_ || !looks_like_an_option(word)) {
        take_word(word);
      } else if (word == "--") {
        ended_ = true;
      } else if (word.starts_with("--")) {
        long_option(word);
      } else {
        short_options(word);
      }
    }
    if (into_.help || into_.version) {
      if (!verb_unknown_) into_.wrong.clear();
      return;
    }
    if (into_.verb != nullptr)
      judge();
    else if (!verb_unknown_ && into_.wrong.empty())
      no_verb();
  }

 private:
  void wrong(std::string en, std::string zh) { into_.wrong.push_back({std::move(en), std::move(zh)}); }
  /// A complaint with the verb before it.
  void wrong_here(const std::string& en, const std::string& zh) {
    const std::string before = into_.verb == nullptr ? "" : std::string(into_.verb->name);
    wrong((before.empty() ? "" : before + ": ") + en, (before.empty() ? "" : before + ":") + zh);
  }

  /// The option of any verb by its name or letter; those of the verb named, first.
  template <class Is>
  [[nodiscard]] const option_row* find(Is is, bool of_any_verb) const {
    if (is(language_option())) return &language_option();
    if (into_.verb != nullptr) {
      for (const option_row& row : into_.verb->options_of)
        if (is(row)) return &row;
    }
    if (!of_any_verb) return nullptr;
    for (const verb_row& verb : verbs()) {
      for (const option_row& row : verb.options_of)
        if (is(row)) return &row;
    }
    return nullptr;
  }
  [[nodiscard]] const option_row* named(std::string_view name, bool of_any_verb) const {
    return find([&](const option_row& row) { return row.name == name; }, of_any_verb);
  }
  [[nodiscard]] const option_row* lettered(char letter, bool of_any_verb) const {
    return find([&](const option_row& row) { return row.letter == letter && letter != 0; }, of_any_verb);
  }

  /// Whether the word after this one is the value of this option.
  [[nodiscard]] bool value_follows(const std::string& word) const {
    if (!looks_like_an_option(word) || word == "--" || word.find('=') != std::string::npos) return false;
    if (word.starts_with("--")) {
      const option_row* row = named(word, true);
      return row != nullptr && takes_value(*row);
    }
    const option_row* row = lettered(word.back(), true);
    return word.size() == 2 && row != nullptr && takes_value(*row);
  }

  void find_verb() {
    for (std::size_t at = 0; at < words_.size(); ++at) {
      const std::string& word = words_[at];
      if (word == "--") return;
      if (looks_like_an_option(word)) {
        if (value_follows(word)) ++at;
        continue;
      }
      if (word == "help" && !into_.help) {  // sifang help VERB
        into_.help = true;
        help_verb_at_ = at;
        continue;
      }
      verb_at_ = at;
      for (const verb_row& row : verbs())
        if (row.name == word) into_.verb = &row;
      if (into_.verb == nullptr) unknown_verb(word);
      return;
    }
  }

  void unknown_verb(const std::string& word) {
    verb_unknown_ = true;
    const std::vector<std::string> shipped = shipped_names();
    if (std::find(shipped.begin(), shipped.end(), word) != shipped.end() || word.ends_with(".toml")) {
      return wrong("expected a verb before the scenario " + quoted_en(word) + "; did you mean 'run " + shown(word) + "'?",
                   "方案" + quoted_zh(word) + "之前应有命令；是否应为“run " + shown(word) + "”?");
    }
    const std::string near = meant_by(word, verb_names());
    const complaint all = list_of(verb_names(), " or ");
    wrong("expected a verb; " + quoted_en(word) + " is none; " + (near.empty() ? "it can be " + all.en : "did you mean '" + near + "'?"),
          "应为命令；" + quoted_zh(word) + "不存在；" + (near.empty() ? "可用 " + all.zh : "是否应为“" + near + "”?"));
  }
  void no_verb() {
    const complaint all = list_of(verb_names(), " or ");
    wrong("expected a verb: " + all.en + "; found none ('sifang --help' explains them)",
          "应有命令：" + all.zh + "；实际没有（“sifang --help”有说明）");
  }

  void take_word(const std::string& word) {
    if (into_.verb == nullptr) return;  // what it would belong to is not known
    positional_.push_back(word);
  }

  void unknown_option(const std::string& name, const option_row* of_others) {
    option_unknown_ = true;
    const std::string verb = into_.verb == nullptr ? "sifang" : std::string(into_.verb->name);
    std::string en = verb + " has no option " + quoted_en(name), zh = verb + " 没有选项" + quoted_zh(name);
    const auto is_begun = [&](const option_row& own) { return own.name.starts_with(name) && own.name != name; };
    const bool begins_own = into_.verb != nullptr && std::any_of(into_.verb->options_of.begin(), into_.verb->options_of.end(), is_begun);
    if (of_others != nullptr && into_.verb != nullptr && !begins_own) {
      std::vector<std::string> owners;
      for (const verb_row& row : verbs()) {
        const auto has = [&](const option_row& one) { return one.name == of_others->name; };
        if (std::any_of(row.options_of.begin(), row.options_of.end(), has)) owners.emplace_back(row.name);
      }
      const complaint all = list_of(owners, " and ");
      return wrong(en + "; " + all.en + (owners.size() == 1 ? " has" : " have"), zh + ";" + all.zh + " 才有");
    }
    std::vector<std::string> candidates{std::string(help_name), std::string(language_option().name)};
    if (into_.verb == nullptr) candidates.emplace_back(version_name);
    for (const verb_row& row : verbs()) {
      if (into_.verb != nullptr && into_.verb != &row) continue;
      for (const option_row& one : row.options_of) candidates.emplace_back(one.name);
    }
    const std::string near = meant_by(name.starts_with('-') && !name.starts_with("--") && name.size() > 2 ? '-' + name : name, candidates);
    const std::string ask = into_.verb == nullptr ? "sifang --help" : "sifang " + verb + " --help";
    en += near.empty() ? "; '" + ask + "' lists them" : "; did you mean '" + near + "'?";
    zh += near.empty() ? ";“" + ask + "”列有全部选项" : "；是否应为“" + near + "”?";
    wrong(std::move(en), std::move(zh));
    const option_row* meant = near.empty() ? nullptr : named(near, true);
    skip_value_ = near.empty() || (meant != nullptr && takes_value(*meant));
  }
  /// The value of an option that is none is not taken for a word of its own.
  void skip_its_value() {
    if (!std::exchange(skip_value_, false) || at_ + 1 >= words_.size() || at_ + 1 == verb_at_) return;
    if (!looks_like_an_option(words_[at_ + 1])) ++at_;
  }

  void long_option(const std::string& word) {
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const std::optional<std::string> value = equals == std::string::npos ? std::nullopt : std::optional(word.substr(equals + 1));
    if (name == help_name || name == version_name) {
      if (value) return no_value(name, *value);
      (name == help_name ? into_.help : into_.version) = true;
      return;
    }
    const option_row* row = named(name, into_.verb == nullptr);
    if (row == nullptr) {
      const option_row* others = named(name, true);
      unknown_option(name, others);
      value_unclear_ = value_unclear_ || !value;
      skip_value_ = !value && (others != nullptr ? takes_value(*others) : skip_value_);
      return skip_its_value();
    }
    if (!takes_value(*row)) {
      if (value) return no_value(name, *value);
      return give(*row, name, "");
    }
    if (value) return give(*row, name, *value);
    give_next(*row, name);
  }

  void short_options(const std::string& word) {
    // `-set` and `–set` are long ones, miswritten.
    const std::string name = word.substr(0, word.find('='));
    if (!word.starts_with('-') || named('-' + name, true) != nullptr || '-' + name == help_name) {
      unknown_option(name, nullptr);
      value_unclear_ = true;
      return skip_its_value();
    }
    for (std::size_t i = 1; i < word.size(); ++i) {
      const std::string letter = {'-', word[i]};
      if (word[i] == help_letter) {
        into_.help = true;
        continue;
      }
      const option_row* row = lettered(word[i], into_.verb == nullptr);
      if (row == nullptr) {
        const option_row* others = lettered(word[i], true);
        unknown_option(others != nullptr ? letter : word, others);
        value_unclear_ = true;
        if (others != nullptr) skip_value_ = word.size() == 2 && takes_value(*others);
        return skip_its_value();
      }
      if (!takes_value(*row)) {
        give(*row, letter, "");
        continue;
      }
      if (i + 1 < word.size()) return give(*row, letter, word.substr(word[i + 1] == '=' ? i + 2 : i + 1));
      return give_next(*row, letter);
    }
  }

  void no_value(const std::string& name, const std::string& value) {
    wrong_here("option " + quoted_en(name) + " takes no value; found " + quoted_en(value),
               "选项" + quoted_zh(name) + "不带值；实际为" + quoted_zh(value));
  }

  /// The next word is the value, unless it is an option.
  void give_next(const option_row& row, const std::string& name) {
    const bool there = at_ + 1 < words_.size() && at_ + 1 != verb_at_;
    const std::string next = there ? words_[at_ + 1] : "";
    const bool is_option =
        next.starts_with("--") || next == "-h" || (next.size() == 2 && next[0] == '-' && lettered(next[1], false) != nullptr);
    if (there && !is_option) {
      ++at_;
      return give(row, name, next);
    }
    const std::string en = "option " + quoted_en(name) + " expected one value after it, " + std::string(row.value.en) + "; found ";
    const std::string zh = "选项" + quoted_zh(name) + "之后应有一个值：" + std::string(row.value.zh) + "；实际";
    if (there)
      wrong_here(en + quoted_en(next) + " (write " + std::string(row.name) + "=" + shown(next) + " if it is meant)",
                 zh + "为" + quoted_zh(next) + "（若确为此值，请写作 " + std::string(row.name) + "=" + shown(next) + "）");
    else
      wrong_here(en + "nothing", zh + "没有");
  }

  void give(const option_row& row, const std::string& name, const std::string& value) {
    options& o = into_.chosen;
    const bool is_language = &row == &language_option();
    const auto [before, fresh] = given_.emplace(row.name, value);
    const bool may_repeat = std::holds_alternative<flag>(row.holds) || std::holds_alternative<texts>(row.holds) || is_language;
    if (!fresh && !may_repeat) {
      return wrong_here("option " + quoted_en(row.name) + " expected once; found " + quoted_en(before->second) + " and " + quoted_en(value),
                        "选项" + quoted_zh(row.name) + "应只出现一次；实际有" + quoted_zh(before->second) + "和" + quoted_zh(value));
    }
    if (takes_value(row) && value.empty()) {
      return wrong_here("option " + quoted_en(name) + " expected one value after it, " + std::string(row.value.en) + "; found ''",
                        "选项" + quoted_zh(name) + "之后应有一个值：" + std::string(row.value.zh) + "；实际为空");
    }
    if (const auto* f = std::get_if<flag>(&row.holds)) o.*f->into = true;
    if (const auto* t = std::get_if<one_text>(&row.holds)) o.*t->into = value;
    if (const auto* l = std::get_if<texts>(&row.holds)) (o.*l->into).push_back(value);
    if (const auto* n = std::get_if<whole_number>(&row.holds)) give_number(*n, name, value);
    if (const auto* w = std::get_if<one_of>(&row.holds)) give_word(*w, name, value);
  }
  void give_number(const whole_number& bounds, const std::string& name, const std::string& value) {
    int number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error == std::errc() && end == value.data() + value.size() && number >= bounds.least && number <= bounds.most)
      return bounds.put(into_.chosen, number);
    const std::string least = std::to_string(bounds.least), most = std::to_string(bounds.most);
    wrong_here("option " + quoted_en(name) + " expected a whole number from " + least + " to " + most + "; found " + quoted_en(value),
               "选项" + quoted_zh(name) + "应为 " + least + " 至 " + most + " 的整数；实际为" + quoted_zh(value));
  }
  void give_word(const one_of& choice, const std::string& name, const std::string& value) {
    const std::vector<std::string> words(choice.words.begin(), choice.words.end());
    if (std::find(words.begin(), words.end(), value) != words.end()) {
      if (choice.into != nullptr) into_.chosen.*choice.into = value;
      return;
    }
    const std::string near = meant_by(value, words);
    const complaint all = list_of(words, " or ");
    wrong_here("option " + quoted_en(name) + " expected " + all.en + "; found " + quoted_en(value) +
                   (near.empty() ? "" : "; did you mean '" + near + "'?"),
               "选项" + quoted_zh(name) + "应为 " + all.zh + " 之一；实际为" + quoted_zh(value) +
                   (near.empty() ? "" : "；是否应为“" + near + "”?"));
  }

  /// What the verb needs, and what an option before the verb has to do with it.
  void judge() {
    const verb_row& verb = *into_.verb;
    for (const option_row& row : verb.options_of) {
      if (!row.needed || given_.contains(row.name) || option_unknown_) continue;
      const std::string whole = std::string(row.name) + ' ';
      wrong_here("expected the option " + quoted_en(whole + std::string(row.value.en)) + "; found none",
                 "应有选项" + quoted_zh(whole + std::string(row.value.zh)) + "；实际没有");
    }
    for (const std::string& word : positional_) {
      if (!word.empty()) continue;
      wrong_here("expected " + std::string(verb.word.en) + "; found ''", "应为" + std::string(verb.word.zh) + "；实际为空");
    }
    if (value_unclear_) return;
    if (positional_.size() < verb.least) {
      const std::string found = positional_.empty() ? "none" : "only " + quoted_en(positional_.front());
      const std::string found_zh = positional_.empty() ? "；实际没有" : "；实际只有" + quoted_zh(positional_.front());
      wrong_here("expected " + std::string(verb.word.en) + "; found " + found, "应有" + std::string(verb.word.zh) + found_zh);
    }
    for (std::size_t i = verb.most; i < positional_.size(); ++i) {
      const std::string found = quoted_en(positional_[i]), found_zh = quoted_zh(positional_[i]);
      if (verb.most == 0) {
        wrong_here("expected no further word; found " + found, "之后不应有其他内容；实际有" + found_zh);
      } else {
        const bool several = verb.call == &run;
        wrong_here("expected " + std::string(verb.most == 1 ? "one " : "") + std::string(verb.word.en) + "; found another, " + found +
                       (several ? " ('sifang compare' takes several)" : ""),
                   "应只有一个" + std::string(verb.word.zh) + "；又有" + found_zh + (several ? "（“sifang compare”可用多个）" : ""));
      }
    }
    into_.chosen.scenarios = positional_;
  }

  const std::vector<std::string>& words_;
  command& into_;
  std::size_t at_ = 0;
  std::size_t verb_at_ = static_cast<std::size_t>(-1), help_verb_at_ = static_cast<std::size_t>(-1);
  bool ended_ = false;           // by `--`
  bool verb_unknown_ = false;    // and said so
  bool option_unknown_ = false;  // it may be the one that is needed
  bool value_unclear_ = false;   // what stands after it may belong to it
  bool skip_value_ = false;
  std::vector<std::string> positional_;
  std::map<std::string_view, std::string> given_;
};

}  // namespace

std::string meant_by(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string asked = plain(word);
  constexpr std::size_t least_letters = 3;
  std::string out;
  for (const std::string& candidate : candidates) {
    const bool begun = asked.find_first_not_of('-') + least_letters <= asked.size() && candidate.starts_with(asked);
    if (begun && (out.empty() || candidate.size() < out.size())) out = candidate;
  }
  return out.empty() ? sifang::nearest(asked, candidates) : out;
}

language language_of(const std::vector<std::string>& words, language environment) {
  language out = environment;
  const std::string name(language_option().name);
  for (std::size_t at = 0; at < words.size() && words[at] != "--"; ++at) {
    std::string value;
    if (words[at] == name && at + 1 < words.size())
      value = words[at + 1];
    else if (words[at].starts_with(name + '='))
      value = words[at].substr(name.size() + 1);
    if (value == "zh") out = language::zh;
    if (value == "en") out = language::en;
  }
  return out;
}

command understand(const std::vector<std::string>& words, language lang) {
  command out;
  out.chosen.lang = lang;
  reader(words, out).read();
  return out;
}

namespace {

/// Rows of help: what is written, and what it means.
void add_rows(std::string& out, const std::vector<std::pair<std::string, std::string>>& rows) {
  constexpr std::size_t column = 28;
  for (const auto& [left, right] : rows) {
    const std::size_t width = sifang::display_width(left);
    out += "  " + left;
    if (width + 2 > column)
      out += '\n' + std::string(column + 2, ' ');
    else
      out += std::string(column - width, ' ');
    out += right + '\n';
  }
}

[[nodiscard]] std::pair<std::string, std::string> row_of(const option_row& row, language lang) {
  std::string left = row.letter == 0 ? "    " : std::string{'-', row.letter} + ", ";
  left += row.name;
  if (takes_value(row)) left += ' ' + std::string(row.value.in(lang));
  return {left, std::string(row.about.in(lang))};
}

constexpr example example_rows[] = {
    {{"sifang run xiapu-2022", "sifang run xiapu-2022"}, {"one policy, with intervals and a report", "一个方案，附区间与报告"}},
    {{"sifang compare xiapu-2022 wednesday", "sifang compare xiapu-2022 wednesday"},
     {"two policies on the same cases and the same luck", "同样的案件与随机因素下的两个方案"}},
    {{"sifang compare xiapu-2022 --set session.principal.receivers=2", "sifang compare xiapu-2022 --set session.principal.receivers=2"},
     {"one parameter changed", "调整一个参数"}},
    {{"sifang sweep xiapu-2022 --vary 'session.principal.receivers=1|2|3'",
      "sifang sweep xiapu-2022 --vary 'session.principal.receivers=1|2|3'"},
     {"a grid of values, each compared with the first", "一组取值，逐个与第一个比较"}},
    {{"sifang calibrate xiapu-2022 --targets xiapu-2022", "sifang calibrate xiapu-2022 --targets xiapu-2022"},
     {"unknown parameters from published figures", "由公开指标推定未知参数"}},
    {{"sifang optimise xiapu-2022 --targets xiapu-2022", "sifang optimise xiapu-2022 --targets xiapu-2022"},
     {"the least cost that meets targets", "达到目标的最小成本"}},
    {{"sifang check xiapu-2022", "sifang check xiapu-2022"},
     {"is the scenario sound, what does each value mean", "方案是否可行，各值是何含义"}},
    {{"sifang roster xiapu-2022 --from 2022-09-01 --to 2022-09-30", "sifang roster xiapu-2022 --from 2022-09-01 --to 2022-09-30"},
     {"who sits where and when", "谁在何时何地接访"}},
    {{"sifang new 350821 --divisions FOLDER --population 390000", "sifang new 长汀县 --divisions 文件夹 --population 390000"},
     {"a county of your own, to begin with", "本县方案的初稿"}},
    {{"sifang nation china --divisions FOLDER", "sifang nation china --divisions 文件夹"}, {"every county of a country", "一国的每个县"}},
    {{"mpirun -n 64 sifang sweep …", "mpirun -n 64 sifang sweep …"},
     {"run, compare, sweep and nation share their work among ranks", "run、compare、sweep、nation 由多个进程分担"}},
};

}  // namespace

std::span<const example> examples() noexcept { return example_rows; }

std::string help_text(const verb_row* verb, language lang) {
  const auto in = [&](std::string_view en, std::string_view zh) { return std::string(lang == language::zh ? zh : en); };
  std::string out = in("Usage: sifang ", "用法：sifang ");
  std::vector<std::pair<std::string, std::string>> rows;
  if (verb == nullptr) {
    out += in("VERB [options]", "命令 [选项]") + "\n\n";
    out += in("What would another reception schedule do to a county's petition work?", "换一种接访安排，全县信访工作会怎样？") + "\n\n";
    out += in("Verbs:", "命令：") + '\n';
    for (const verb_row& row : verbs()) rows.emplace_back(row.name, row.about.in(lang));
    add_rows(out, rows);
    out += '\n' + in("Options:", "选项：") + '\n';
    add_rows(out, {row_of(language_option(), lang),
                   {"-h, --help", in("This help; after a verb, that of the verb", "本说明；写在命令之后则为该命令的说明")},
                   {"    --version", in("Print the version", "输出版本号")}});
    out += '\n' + in("Examples:", "示例：") + '\n';
    for (const auto& [words, about] : example_rows)
      out += "  " + std::string(words.in(lang)) + '\n' + std::string(6, ' ') + std::string(about.in(lang)) + '\n';
    return out;
  }
  out += std::string(verb->name) + in(" [options]", " [选项]");
  const std::string word(verb->word.in(lang));
  if (!word.empty()) {
    out += verb->least == 0 ? " [" + word + ']' : ' ' + word;
    if (verb->most > 2) out += " …";  // of two each has its own name
  }
  out += "\n\n" + std::string(verb->about.in(lang)) + "\n\n";
  if (!word.empty()) {
    add_rows(out, {{word, std::string(verb->word_about.in(lang))}});
    out += '\n';
  }
  out += in("Options:", "选项：") + '\n';
  for (const option_row& row : verb->options_of) {
    rows.push_back(row_of(row, lang));
    if (row.needed) rows.back().second += in(" (must be given)", "（必须给出）");
  }
  rows.push_back(row_of(language_option(), lang));
  rows.emplace_back("-h, --help", in("This help", "本说明"));
  add_rows(out, rows);
  return out;
}

}  // namespace sifang_program
