// SPDX-License-Identifier: BSL-1.0
#include "manual.hpp"

#include "command_table.hpp"
#include "verbs.hpp"

#include <iostream>
#include <utility>

namespace sifang_program {

using sifang::language;

namespace {

/// Writes a page part by part. What is written stands in the page as it is: no sign of it is one of roff.
class page_writer {
 public:
  explicit page_writer(language lang) : lang_(lang) {}

  [[nodiscard]] std::string text() && {
    begin();
    verbs_and_options();
    codes();
    surroundings();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string in(const both_languages& text) const { return escaped(text.in(lang_)); }
  [[nodiscard]] std::string in(std::string_view en, std::string_view zh) const { return escaped(lang_ == language::zh ? zh : en); }

  /// A backslash is written as one, a hyphen can be copied, and a line begins with no request.
  [[nodiscard]] static std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (c == '\\') {
        out += "\\e";
      } else if (c == '-') {
        out += "\\-";
      } else if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n')) {
        out.append("\\&") += c;
      } else {
        out += c;
      }
    }
    return out;
  }

  void section(const std::string& title) { out_ += ".SH " + title + '\n'; }
  void line(const std::string& text) { out_ += text + '\n'; }
  void item(const std::string& what, const std::string& about) { out_ += ".TP\n" + what + '\n' + about + '\n'; }
  [[nodiscard]] static std::string bold(const std::string& text) { return "\\fB" + text + "\\fR"; }
  [[nodiscard]] static std::string italic(const std::string& text) { return "\\fI" + text + "\\fR"; }

  void begin() {
    out_ = ".TH SIFANG 1 \"\" \"sifang " SIFANG_VERSION "\" \"" + in("User Commands", "用户命令") + "\"\n";
    section(in("NAME", "名称"));
    line("sifang \\- " + in("what another reception schedule would do to a county's petition work", "换一种接访安排，全县信访工作会怎样"));
    section(in("SYNOPSIS", "用法"));
    line(bold("sifang") + ' ' + italic(in("VERB", "命令")) + " [" + italic(in("options", "选项")) + ']');
    section(in("DESCRIPTION", "说明"));
    line(in(
        "sifang simulates the petition work of a county day by day, with its calendar, townships and legal clocks, and says what a "
        "change of the schedule does to waiting, deadlines, settlement and the hours of leaders, with an interval beside every number.",
        "sifang 按真实日历、乡镇和法定期限逐日模拟全县信访工作，说明调整接访安排对等候、期限、化解和领导投入时间的影响，各数均附区间。"));
    line(".PP");
    line(in("An option takes one value: --out FOLDER, --out=FOLDER, -o FOLDER. Options stand anywhere; -- ends them.",
            "选项带一个值：--out 文件夹、--out=文件夹、-o 文件夹。选项可写在任何位置；-- 之后不再有选项。"));
  }

  void option(const option_row& row) {
    std::string what;
    if (row.letter != 0) what = bold(escaped(std::string{'-', row.letter})) + ", ";
    what += bold(escaped(row.name));
    if (takes_value(row)) what += ' ' + italic(in(row.value));
    item(what, in(row.about) + (row.needed ? in(" (must be given)", "（必须给出）") : ""));
  }
  void verbs_and_options() {
    section(in("VERBS", "命令"));
    for (const verb_row& verb : verbs()) {
      std::string usage = bold(escaped(verb.name)) + " [" + italic(in("options", "选项")) + ']';
      const std::string word = in(verb.word);
      if (!word.empty()) usage += ' ' + (verb.least == 0 ? '[' + italic(word) + ']' : italic(word)) + (verb.most > 2 ? " …" : "");
      line(".SS " + escaped(verb.name));
      line(usage);
      line(".PP");
      line(in(verb.about) + in(".", "。"));
      if (!word.empty()) item(italic(word), in(verb.word_about));
      for (const option_row& row : verb.options_of) option(row);
    }
    section(in("OPTIONS OF EVERY VERB", "各命令通用选项"));
    option(language_option());
    item(bold("\\-h") + ", " + bold("\\-\\-help"), in("Help; after a verb, that of the verb", "说明；写在命令之后则为该命令的说明"));
    item(bold("\\-\\-version"), in("Print the version", "输出版本号"));
  }
  void codes() {
    section(in("EXIT STATUS", "退出码"));
    item("0", in("Done.", "完成。"));
    item("1", in("Done, and what was asked for is not met: a precision, a target, a figure; theory has a value outside its interval; check "
                 "a gap; diff --exit-code a difference.",
                 "已完成，但未达到要求：精度、目标或指标；theory 有数值在区间之外；check 有不能满足的规则；diff --exit-code 有不同。"));
    item("2", in("Wrong input; nothing was begun.", "输入有误，未开始。"));
    item("3", in("Stopped, or something could not be written.", "已中止，或无法写出。"));
  }
  void surroundings() {
    section(in("ENVIRONMENT", "环境变量"));
    item(bold("SIFANG_SCENARIOS"), in("Folder in which scenarios are looked for first.", "优先查找方案的文件夹。"));
    item(bold("LC_ALL") + ", " + bold("LC_MESSAGES") + ", " + bold("LANG"),
         in("Language of messages and report, and the characters that a terminal can show.", "提示与报告的语言，以及终端能显示的字符。"));
    section(in("EXAMPLES", "示例"));
    for (const example& one : examples()) item(bold(in(one.words)), in(one.about) + in(".", "。"));
  }

  language lang_;
  std::string out_;
};

}  // namespace

std::string manual_page(language lang) { return page_writer(lang).text(); }

int manual(const options& o) {
  std::cout << manual_page(o.spoken);
  return done;
}

}  // namespace sifang_program
