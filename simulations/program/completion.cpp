// SPDX-License-Identifier: BSL-1.0
#include "command_table.hpp"
#include "manual.hpp"
#include "shipped.hpp"
#include "verbs.hpp"

#include "sifang/core/one_line.hpp"
#include "sifang/county/described_parameter.hpp"
#include "sifang/county/metrics.hpp"

#include <algorithm>
#include <array>
#include <iostream>
#include <utility>
#include <vector>

namespace sifang_program {

using sifang::language;

namespace {
namespace completing {

using words = std::vector<std::string>;

constexpr std::array<std::string_view, 3> shells{"bash", "zsh", "fish"};

/// What the value of an option, or a word of a verb, can be completed with.
enum class hint { nothing, choice, file, folder, scenario, metric, metric_size, parameter };

[[nodiscard]] hint hint_of(const option_row& row) {
  if (std::holds_alternative<one_of>(row.holds)) return hint::choice;
  if (row.name == "--metric") return hint::metric;
  const std::string_view value = row.value.en;
  if (value == "METRIC=SIZE") return hint::metric_size;
  if (value.starts_with("KEY=")) return hint::parameter;
  if (value == "FILE") return hint::file;
  if (value == "FOLDER") return hint::folder;
  return value == "SCENARIO" ? hint::scenario : hint::nothing;
}
[[nodiscard]] hint hint_of(const verb_row& verb) {
  const auto names = [&](std::string_view what) { return verb.word.en.find(what) != std::string_view::npos; };
  if (verb.call == &completion) return hint::choice;
  if (names("SCENARIO")) return hint::scenario;  // and files, such as ledgers
  if (names("FOLDER")) return hint::folder;
  if (names("OLD NEW") || names("FILE")) return hint::file;
  return hint::nothing;
}
[[nodiscard]] words words_of(const option_row& row) {
  const auto* choice = std::get_if<one_of>(&row.holds);
  return choice == nullptr ? words{} : words(choice->words.begin(), choice->words.end());
}
/// The options of a verb, with those that every verb has.
[[nodiscard]] std::vector<option_row> options_of(const verb_row& verb) {
  std::vector<option_row> out(verb.options_of.begin(), verb.options_of.end());
  out.push_back(language_option());
  return out;
}

[[nodiscard]] words metric_names() {
  words out;
  for (const sifang::metric_info& m : sifang::metric_table) out.emplace_back(m.name);
  return out;
}
[[nodiscard]] words parameter_keys() {
  words out;
  for (const sifang::described_parameter& p : sifang::describe(sifang::scenario())) out.push_back(p.about.key);
  return out;
}
[[nodiscard]] std::string joined(const words& parts, std::string_view between, std::string_view behind = {}) {
  std::string out;
  for (const std::string& part : parts) out.append(out.empty() ? "" : between).append(part).append(behind);
  return out;
}
/// Within single quotes of a shell.
[[nodiscard]] std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}
[[nodiscard]] words names_of(const option_row& row) {
  words out{std::string(row.name)};
  if (row.letter != 0) out.push_back({'-', row.letter});
  return out;
}

/// The script of bash: what is asked for is told by the verb and the word before.
class bash_script {
 public:
  [[nodiscard]] std::string text() && {
    out_ = "# Completion of sifang " SIFANG_VERSION
           " for bash, made by `sifang completion bash`.\n"
           "_sifang_words() { COMPREPLY=($(compgen -W \"$1\" -- \"$current\")); }\n"
           "_sifang_scenarios() {\n"
           "  COMPREPLY=($(compgen -W \"" +
           joined(shipped_names(), " ") +
           "\" -- \"$current\") $(compgen -f -- \"$current\"))\n"
           "  compopt -o filenames\n"
           "}\n"
           "_sifang_metrics=\"" +
           joined(metric_names(), " ") +
           "\"\n"
           "_sifang_parameters=\"" +
           joined(parameter_keys(), " ", "=") +
           "\"\n"
           "_sifang() {\n"
           "  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} verb= options= word\n"
           "  # --name=value comes in three words.\n"
           "  if [[ $current == = ]]; then current=; elif [[ $before == = ]]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
           "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
           "    case $word in " +
           joined(verb_names(), "|") +
           ") verb=$word; break ;; esac\n"
           "  done\n"
           "  COMPREPLY=()\n"
           "  case \"$verb $before\" in\n";
    values();
    out_ += "  esac\n  case $verb in\n";
    for (const verb_row& verb : verbs()) of_verb(verb);
    out_ += "    *) options='--help --version " + std::string(language_option().name) + "'; _sifang_words '" + joined(verb_names(), " ") +
            "' ;;\n  esac\n  if [[ $current == -* ]]; then _sifang_words \"$options\"; fi\n}\ncomplete -F _sifang sifang\n";
    return std::move(out_);
  }

 private:
  [[nodiscard]] static words verb_names() {
    words out;
    for (const verb_row& verb : verbs()) out.emplace_back(verb.name);
    return out;
  }
  [[nodiscard]] static std::string action(hint what, const words& of) {
    switch (what) {
      case hint::choice:
        return "_sifang_words '" + joined(of, " ") + "'";
      case hint::file:
        return "COMPREPLY=($(compgen -f -- \"$current\")); compopt -o filenames";
      case hint::folder:
        return "COMPREPLY=($(compgen -d -- \"$current\")); compopt -o filenames";
      case hint::scenario:
        return "_sifang_scenarios";
      case hint::metric:
        return "_sifang_words \"$_sifang_metrics\"";
      case hint::metric_size:
        return "_sifang_words \"${_sifang_metrics// /= }=\"; compopt -o nospace";
      case hint::parameter:
        return "_sifang_words \"$_sifang_parameters\"; compopt -o nospace";
      case hint::nothing:
        break;
    }
    return ":";
  }
  /// What stands behind an option that takes a value.
  void values() {
    std::vector<std::pair<std::string, words>> asked;  // what is done, and where
    const auto add = [&](const std::string& what, const std::string& where) {
      const auto same = std::find_if(asked.begin(), asked.end(), [&](const auto& one) { return one.first == what; });
      (same == asked.end() ? asked.emplace_back(what, words{}) : *same).second.push_back(where);
    };
    for (const verb_row& verb : verbs()) {
      for (const option_row& row : options_of(verb)) {
        if (!takes_value(row)) continue;
        for (const std::string& name : names_of(row))
          add(action(hint_of(row), words_of(row)), '"' + std::string(verb.name) + ' ' + name + '"');
      }
    }
    add(action(hint::choice, words_of(language_option())), "\" " + std::string(language_option().name) + '"');
    for (const auto& [what, where] : asked) out_ += "    " + joined(where, "|") + ") " + what + "; return ;;\n";
  }
  void of_verb(const verb_row& verb) {
    words own{"--help"};
    for (const option_row& row : options_of(verb)) own.emplace_back(row.name);
    out_ += "    " + std::string(verb.name) + ") options='" + joined(own, " ") + "'; ";
    out_ += action(hint_of(verb), words(shells.begin(), shells.end())) + " ;;\n";
  }

  std::string out_;
};

/// The script of zsh, in specifications of `_arguments`.
class zsh_script {
 public:
  explicit zsh_script(language lang) : lang_(lang) {}

  [[nodiscard]] std::string text() && {
    out_ = "#compdef sifang\n# Completion of sifang " SIFANG_VERSION
           " for zsh, made by `sifang completion zsh`.\n"
           "_sifang_scenarios() { compadd -- " +
           joined(shipped_names(), " ") +
           "; _files }\n"
           "_sifang_metrics() { compadd -- " +
           joined(metric_names(), " ") +
           " }\n"
           "_sifang_metric_sizes() { compadd -S = -- " +
           joined(metric_names(), " ") +
           " }\n"
           "_sifang_parameters() { compadd -S = -- " +
           joined(parameter_keys(), " ") +
           " }\n"
           "_sifang() {\n  local -a verbs\n  verbs=(\n";
    for (const verb_row& verb : verbs()) out_ += "    " + in_quotes(std::string(verb.name) + ':' + plain(verb.about.in(lang_))) + '\n';
    out_ += "  )\n  if (( CURRENT == 2 )); then\n    _describe sifang verbs\n    _arguments " + option(language_option()) +
            "\n    return\n  fi\n  case $words[2] in\n";
    for (const verb_row& verb : verbs()) of_verb(verb);
    out_ += "  esac\n}\n_sifang \"$@\"\n";
    return std::move(out_);
  }

 private:
  /// Without what means something in a specification.
  [[nodiscard]] static std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
      out += c;
    }
    return out;
  }
  [[nodiscard]] static std::string action(hint what, const words& of) {
    switch (what) {
      case hint::choice:
        return '(' + joined(of, " ") + ')';
      case hint::file:
        return "_files";
      case hint::folder:
        return "_files -/";
      case hint::scenario:
        return "_sifang_scenarios";
      case hint::metric:
        return "_sifang_metrics";
      case hint::metric_size:
        return "_sifang_metric_sizes";
      case hint::parameter:
        return "_sifang_parameters";
      case hint::nothing:
        break;
    }
    return " ";
  }
  [[nodiscard]] std::string option(const option_row& row) const {
    const bool repeats = std::holds_alternative<texts>(row.holds);
    std::string behind = '[' + plain(row.about.in(lang_)) + ']';
    if (takes_value(row)) behind += ':' + plain(row.value.in(lang_)) + ':' + action(hint_of(row), words_of(row));
    std::string out;
    for (const std::string& name : names_of(row)) {
      if (!out.empty()) out += ' ';
      const std::string others = repeats ? "*" : "(" + joined(names_of(row), " ") + ")";
      out += in_quotes(others + name + (takes_value(row) && name.size() > 2 ? "=" : takes_value(row) ? "+" : "") + behind);
    }
    return out;
  }
  void of_verb(const verb_row& verb) {
    out_ += "    " + std::string(verb.name) + ")\n      shift words; (( CURRENT-- ))\n      _arguments -s";
    for (const option_row& row : options_of(verb)) out_ += " \\\n        " + option(row);
    out_ += " \\\n        '(- *)--help'";
    if (!verb.word.en.empty())
      out_ +=
          " \\\n        " + in_quotes("*:" + plain(verb.word.in(lang_)) + ':' + action(hint_of(verb), words(shells.begin(), shells.end())));
    out_ += " ;;\n";
  }

  language lang_;
  std::string out_;
};

/// The script of fish, a line for each verb and option.
class fish_script {
 public:
  explicit fish_script(language lang) : lang_(lang) {}

  [[nodiscard]] std::string text() && {
    out_ = "# Completion of sifang " SIFANG_VERSION
           " for fish, made by `sifang completion fish`.\n"
           "set -g __sifang_scenarios " +
           joined(shipped_names(), " ") +
           "\n"
           "set -g __sifang_metrics " +
           joined(metric_names(), " ") +
           "\n"
           "set -g __sifang_parameters " +
           joined(parameter_keys(), " ", "=") +
           "\n"
           "complete -c sifang -f\n";
    for (const verb_row& verb : verbs())
      out_ += "complete -c sifang -n __fish_use_subcommand -a " + std::string(verb.name) + " -d " + in_fish(verb.about.in(lang_)) + '\n';
    line("", language_option());
    out_ += "complete -c sifang -l help -s h\n";
    for (const verb_row& verb : verbs()) {
      const std::string seen = "-n '__fish_seen_subcommand_from " + std::string(verb.name) + "' ";
      for (const option_row& row : verb.options_of) line(seen, row);
      if (const std::string found = action(hint_of(verb), words(shells.begin(), shells.end())); !found.empty())
        out_ += "complete -c sifang " + seen + found + '\n';
    }
    return std::move(out_);
  }

 private:
  /// Within single quotes of fish, where a backslash is one only before a quote or another.
  [[nodiscard]] static std::string in_fish(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
      if (c == '\'' || c == '\\') out += '\\';
      out += c;
    }
    return out + "'";
  }
  [[nodiscard]] static std::string action(hint what, const words& of) {
    switch (what) {
      case hint::choice:
        return "-a '" + joined(of, " ") + "'";
      case hint::file:
        return "-F";
      case hint::folder:
        return "-a '(__fish_complete_directories)'";
      case hint::scenario:
        return "-F -a '$__sifang_scenarios'";
      case hint::metric:
        return "-a '$__sifang_metrics'";
      case hint::metric_size:
        return "-a '$__sifang_metrics='";
      case hint::parameter:
        return "-a '$__sifang_parameters'";
      case hint::nothing:
        break;
    }
    return "";
  }
  void line(const std::string& seen, const option_row& row) {
    out_ += "complete -c sifang " + seen + "-l " + std::string(row.name.substr(2));
    if (row.letter != 0) out_ += std::string(" -s ") + row.letter;
    if (takes_value(row)) out_ += " -x";
    std::string found = action(hint_of(row), words_of(row));
    if (found.starts_with("-F")) out_.replace(out_.size() - 1, 1, "r");  // files beside, which -x forbids
    out_ += (found.empty() ? "" : ' ' + found) + " -d " + in_fish(row.about.in(lang_)) + '\n';
  }

  language lang_;
  std::string out_;
};

}  // namespace completing
}  // namespace

std::string completion_script(std::string_view shell, language lang) {
  if (shell == "bash") return completing::bash_script().text();
  if (shell == "zsh") return completing::zsh_script(lang).text();
  return shell == "fish" ? completing::fish_script(lang).text() : std::string();
}

int completion(const options& o) {
  const std::string script = completion_script(o.scenarios.front(), o.spoken);
  std::cout << script;
  if (!script.empty()) return done;
  const std::string found = sifang::one_line(o.scenarios.front(), 60);
  std::cerr << (o.told == language::zh ? "completion：应为 bash、zsh 或 fish 之一；实际为“" + found + "”\n"
                                       : "completion: expected bash, zsh or fish; found '" + found + "'\n");
  return bad_input;
}

}  // namespace sifang_program
