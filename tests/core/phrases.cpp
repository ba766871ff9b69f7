// SPDX-License-Identifier: BSL-1.0
// Every text that a fault message is made of has Chinese: the sources are read, and what stands where a fault is made is looked up.
#include "catch.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/io/text_file.hpp"
#include "sifang/io/toml_text.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace sifang;
namespace fs = std::filesystem;
using texts = std::vector<std::string>;

namespace {

std::string replaced(const std::string& text, const char* pattern, const char* by) {
  return std::regex_replace(text, std::regex(pattern), by);
}

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool has_chinese(std::string_view text) {  // U+4E00 to U+9FFF begin with these bytes
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0xE4 && static_cast<unsigned char>(c) <= 0xE9; });
}

/// Whether words of a language stand in a text, other than what is quoted, names of keys and files, and words that users type.
bool has_latin_words(std::string text) {
  text = replaced(text, "'[^']*'|“[^”]*”|\"[^\"]*\"|\\[[^\\]]*\\]\\]?", " ");
  text = replaced(text, "[A-Za-z0-9_-]*[._/][A-Za-z0-9_./-]*", " ");  // load.shares, a.csv
  text = replaced(text, "U\\+[0-9A-F]+|\\b(true|false|null|nan|inf|UTF|Unicode|[A-Z][A-Z]+)\\b", " ");
  return std::regex_search(text, std::regex("[A-Za-z]{2}"));
}
bool is_several_words(std::string text) {
  text = replaced(text, "'[^']*'|\\.[a-z_]+( \\+ [a-z_]+)*", " ");  // also sums of keys
  return std::regex_search(text, std::regex("[A-Za-z][^A-Za-z]* [^A-Za-z]*[A-Za-z]{2}"));
}
bool is_translated(const std::string& text) { return !has_latin_words(detail::in_chinese(text)); }

/// A form with its parts filled in.
std::string sample(std::string_view form) {
  std::string out(form);
  for (const auto& [hole, part] : {std::pair("{p}", "a row for each unit"), std::pair("{n}", "7"), std::pair("{}", "7")}) {
    for (std::size_t at; (at = out.find(hole)) != std::string::npos;) out.replace(at, std::string_view(hole).size(), part);
  }
  return out;
}

/// The details that a sentence speaks of: by number, whether they are in words.
std::map<int, bool> details_of(std::string_view pattern) {
  std::map<int, bool> out;
  for (std::size_t i = 0; i + 2 < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '{' || c == '<' || c == '|') {
      out[pattern[i + 1] - '0'] |= c != '{';
      i += 2;
    }
  }
  return out;
}

/// The enumerators of `fault_kind` as the header has them, with the details that their comments speak of.
struct enumerator {
  std::string name, about;
};
std::vector<enumerator> enumerators() {
  const std::string header = content(fs::path(SIFANG_SOURCE_DIR) / "include/sifang/core/fault.hpp");
  const std::size_t begin = header.find("enum class fault_kind"), end = header.find("};", begin);
  std::vector<enumerator> out;
  const std::string body = header.substr(begin, end - begin);
  const std::regex line("\n  ([a-z_]+), *///< ([^\n]*)");
  for (auto m = std::sregex_iterator(body.begin(), body.end(), line); m != std::sregex_iterator(); ++m) out.push_back({(*m)[1], (*m)[2]});
  return out;
}

// ---- A reader of C++ sources that knows as much of them as is needed here.

struct token {
  enum { text, word, sign } kind;
  std::string value;
  int line;
  std::size_t partner = 0;  // of a bracket
};

std::vector<token> tokens_of(const std::string& source) {
  std::vector<token> out;
  std::vector<std::size_t> open;
  int line = 1;
  std::size_t i = 0;
  const auto skip_to = [&](std::size_t to) {
    to = std::min(to, source.size());
    line += static_cast<int>(
        std::count(source.begin() + static_cast<std::ptrdiff_t>(i), source.begin() + static_cast<std::ptrdiff_t>(to), '\n'));
    i = to;
  };
  const auto is_word = [&](std::size_t at) {
    const auto c = static_cast<unsigned char>(at < source.size() ? source[at] : ' ');
    return std::isalnum(c) != 0 || c == '_';
  };
  while (i < source.size()) {
    const char c = source[i];
    const auto begins = [&](const char* with) { return source.compare(i, std::string_view(with).size(), with) == 0; };
    if (begins("//") || c == '#') {
      skip_to(source.find('\n', i));
    } else if (begins("/*")) {
      skip_to(source.find("*/", i) + 2);
    } else if (begins("R\"")) {
      const std::size_t paren = source.find('(', i);
      const std::string close = ")" + source.substr(i + 2, paren - i - 2) + "\"";
      const std::size_t end = source.find(close, paren);
      out.push_back({token::text, source.substr(paren + 1, end - paren - 1), line});
      skip_to(end + close.size());
    } else if (c == '"' || c == '\'') {
      std::string value;
      std::size_t k = i + 1;
      for (; k < source.size() && source[k] != c; ++k) {
        if (source[k] == '\\') ++k;
        value += source[k] == 'n' && source[k - 1] == '\\' ? '\n' : source[k];
      }
      out.push_back({c == '"' ? token::text : token::word, c == '"' ? value : "'" + value + "'", line});
      skip_to(k + 1);
    } else if (is_word(i)) {
      const bool number = std::isdigit(static_cast<unsigned char>(c)) != 0;
      std::size_t k = i;
      while (is_word(k) || (number && source[k] == '\'' && is_word(k + 1))) ++k;
      out.push_back({token::word, source.substr(i, k - i), line});
      skip_to(k);
    } else {
      std::size_t size = 1;
      for (const char* two : {"::", "==", "!=", "<<", "+=", "->", "&&", "||", "<=", ">="})
        if (begins(two)) size = 2;
      if (std::isspace(static_cast<unsigned char>(c)) == 0) {
        out.push_back({token::sign, source.substr(i, size), line});
        if (c == '(' || c == '[' || c == '{') open.push_back(out.size() - 1);
        if ((c == ')' || c == ']' || c == '}') && !open.empty()) {
          out[open.back()].partner = out.size() - 1;
          out.back().partner = open.back();
          open.pop_back();
        }
      }
      skip_to(i + size);
    }
  }
  return out;
}

/// A text as the source puts it together: literals, and `{}` for everything else.
struct form {
  std::string text;
  int line;
  bool is_compared, is_bilingual;  // an operand of == or !=; Chinese stands beside it
  std::string call;                // the function whose argument it is
};

class source_reader {
 public:
  explicit source_reader(const std::string& source) : t_(tokens_of(source)) {}

  [[nodiscard]] std::vector<form> forms() {
    forms_.clear();
    read(0, t_.size(), "", false);
    return forms_;
  }

  /// The details of each fault, as `make_fault(kind, where, details…)`, `fail(kind, details…)` or braces have them: kind,
  /// and the forms of each detail.
  struct made {
    std::string kind;
    std::vector<std::vector<form>> details;
  };
  [[nodiscard]] std::vector<made> faults() {
    std::vector<made> out;
    for (std::size_t i = 0; i + 3 < t_.size(); ++i) {
      if (!is(i, "fault_kind") || !is(i + 1, "::")) continue;
      std::size_t end = i + 3;
      std::vector<std::size_t> elements;  // of the braces or parentheses around it, after the kind
      for (; end < t_.size() && !is_close(end) && !is(end, ";"); ++end) {
        if (is(end, ",")) elements.push_back(end + 1);
        if (is_open(end)) end = t_[end].partner;
      }
      if (end >= t_.size() || !is_close(end) || elements.empty()) continue;
      const std::string call = i > 1 && is(i - 1, "(") ? t_[i - 2].value : "";
      const std::size_t before = call == "make_fault" ? 1 : 0;  // the place
      std::size_t first = elements.back();
      if (is(first, "{") && t_[first].partner == end - 1) {
        ++first;
        --end;
      } else if ((call == "make_fault" || call == "fail") && elements.size() > before) {
        first = elements[before];
      } else {
        continue;
      }
      made one{t_[i + 2].value, {}};
      for (std::size_t k = first; k < end;) {
        const std::size_t from = k;
        for (; k < end && !is(k, ","); ++k)
          if (is_open(k)) k = t_[k].partner;
        forms_.clear();
        read(from, k, "", false);
        one.details.push_back(forms_);
        ++k;
      }
      out.push_back(std::move(one));
    }
    return out;
  }

 private:
  [[nodiscard]] bool is(std::size_t i, std::string_view value) const { return t_[i].kind != token::text && t_[i].value == value; }
  [[nodiscard]] bool is_sign(std::size_t i, std::string_view of) const {  // one of these, which stand between blanks
    return t_[i].kind == token::sign && of.find(" " + t_[i].value + " ") != std::string_view::npos;
  }
  [[nodiscard]] bool is_open(std::size_t i) const { return is_sign(i, " ( [ { ") && t_[i].partner > i; }
  [[nodiscard]] bool is_close(std::size_t i) const { return is_sign(i, " ) ] } "); }
  [[nodiscard]] bool is_break(std::size_t i) const { return is_sign(i, " , ; ? : = == != += << && || < > <= >= ") || is(i, "return"); }

  /// All forms between two tokens. \param call  the function whose arguments these are
  void read(std::size_t from, std::size_t to, const std::string& call, bool bilingual) {
    for (std::size_t first = from; first < to;) {  // one statement, or all arguments of a call
      std::size_t last = first;
      bool here = bilingual;
      for (; last < to && !is(last, ";"); ++last) {
        if (t_[last].kind == token::text) here = here || has_chinese(t_[last].value);
        if (is_open(last) && !is(last, "(")) last = t_[last].partner;  // what stands in braces is another matter
      }
      read_statement(first, std::min(last, to), call, here);
      first = last + 1;
    }
  }
  void read_statement(std::size_t from, std::size_t to, const std::string& call, bool bilingual) {
    for (std::size_t i = from; i < to;) {
      const std::size_t begin = i;
      std::string text;
      bool has_literal = false;
      for (; i < to && !is_break(i); ++i) {  // one operand of + after the other
        bool literal = false;
        for (; i < to && !is_break(i) && !is(i, "+"); ++i) {
          if (t_[i].kind == token::text) {
            text += t_[i].value;
            literal = has_literal = true;
          } else if (is_open(i)) {
            const std::size_t close = t_[i].partner;
            const std::string name = i > 0 && is(i, "(") ? t_[i - 1].value : "";
            const bool is_string = name == "string" && close == i + 2 && t_[i + 1].kind == token::text;
            if (is_string) {
              text += t_[i + 1].value;
              literal = has_literal = true;
            } else {
              read(i + 1, close, name, is(i, "(") && bilingual);
            }
            i = close;
          }
        }
        if (!literal) text += "{}";
        if (i >= to || is_break(i)) break;
      }
      if (has_literal) {
        const bool compared = (begin > 0 && is_sign(begin - 1, " == != ")) || (i < t_.size() && is_sign(i, " == != "));
        forms_.push_back({text, t_[begin].line, compared, bilingual, call});
      }
      if (i == begin || (i < to && is_break(i))) ++i;
    }
  }

  std::vector<token> t_;
  std::vector<form> forms_;
};

/// Functions whose texts no fault shows in words: they compare, end the program, or name a run.
bool is_no_message(const std::string& call) {
  static const std::set<std::string> calls{"find",          "starts_with",   "ends_with",   "static_assert",
                                           "SIFANG_ASSERT", "runtime_error", "open_journal"};
  return calls.count(call) != 0;
}

/// Texts without Chinese where this source makes faults.
texts missing_in(const std::string& source) {
  texts out;
  const auto kinds = enumerators();
  source_reader reader(source);
  const auto say = [&](const form& f) { out.push_back(std::to_string(f.line) + ": " + f.text); };
  const bool makes_faults =
      std::regex_search(source, std::regex("fault_kind::|read_(csv|text)\\(|std::string (expected|range|found)_text\\("));
  std::set<std::string> names;  // what stands where names, keys and values do
  for (const auto& made : reader.faults()) {
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const enumerator& e) { return e.name == made.kind; });
    if (kind == kinds.end()) continue;
    const auto& row = detail::fault_texts[kind - kinds.begin()];
    const auto spoken = details_of(row.zh);
    for (std::size_t d = 0; d < made.details.size(); ++d) {
      const auto known = spoken.find(static_cast<int>(d));
      const bool key = d == 0 && (row.kind == fault_kind::wrong_type || row.kind == fault_kind::out_of_range);
      const bool in_words = known != spoken.end() && known->second && !key;
      for (const form& f : made.details[d]) {
        if (!in_words && !(key && is_several_words(f.text))) names.insert(f.text);
        if (in_words && !f.is_compared && f.call.empty() && !is_translated(sample(f.text))) say(f);
      }
    }
  }
  for (const form& f : makes_faults ? reader.forms() : std::vector<form>()) {
    if (f.is_compared || f.is_bilingual || is_no_message(f.call) || names.count(f.text) != 0) continue;
    const bool one_word_counts = f.call == "missing" || f.call == "wrong" || f.call == "fail";
    if (!is_several_words(f.text) && !(one_word_counts && std::regex_match(f.text, std::regex("[a-z]{2,}")))) continue;
    if (!is_translated(sample(f.text))) say(f);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

TEST_CASE("every kind of fault has a sentence of the same details in both languages, as its comment says") {
  const auto kinds = enumerators();
  REQUIRE(kinds.size() == std::size(detail::fault_texts));
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    INFO(kinds[k].name);
    const auto& row = detail::fault_texts[k];
    CHECK(static_cast<std::size_t>(row.kind) == k);
    CHECK(has_chinese(row.zh));
    CHECK_FALSE(has_chinese(row.en));
    std::set<int> numbers, en, zh;
    for (const auto& [n, words] : details_of(kinds[k].about)) numbers.insert(n);
    for (const auto& [n, words] : details_of(row.en)) en.insert(n);
    for (const auto& [n, words] : details_of(row.zh)) zh.insert(n);
    CHECK(en == numbers);
    CHECK(zh == numbers);
    CHECK_FALSE(has_latin_words(replaced(sentence({row.kind, {}, {"1", "2", "3", "4"}}, language::zh), "--force", "")));
  }
}

TEST_CASE("every phrase is found under its own form and is Chinese") {
  std::set<std::string_view> seen;
  for (const auto& p : detail::phrases) {
    INFO(p.en);
    CHECK(seen.insert(p.en).second);
    CHECK(std::count(p.en.begin(), p.en.end(), '{') == std::count(p.zh.begin(), p.zh.end(), '{'));
    std::string expected;
    REQUIRE(detail::translate(sample(p.en), p.en, p.zh, expected));
    CHECK(detail::in_chinese(sample(p.en)) == expected);  // no form before it fits
    CHECK_FALSE(has_latin_words(expected));
  }
}

TEST_CASE("every text of which the library and the program make faults has Chinese") {
  std::size_t files = 0, faults = 0, forms = 0;
  for (const char* folder : {"include", "simulations"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(SIFANG_SOURCE_DIR) / folder)) {
      const fs::path& path = entry.path();
      if (path.extension() != ".hpp" && path.extension() != ".cpp") continue;
      const std::string source = content(path);
      ++files;
      faults += source_reader(source).faults().size();
      forms += source_reader(source).forms().size();
      for (const std::string& one : missing_in(source)) FAIL_CHECK(path.string() << ':' << one << "  has no Chinese in core/phrases.hpp");
    }
  }
  CHECK(files > 100);
  CHECK(faults > 90);
  CHECK(forms > 2000);
}

TEST_CASE("a text without Chinese is found wherever a fault is made") {
  const auto missing = [](const std::string& line) { return missing_in("void f() {\n" + line + "\n}  // fault_kind::syntax\n"); };
  CHECK(missing(R"(return fault{fault_kind::syntax, where, {"a comma", text}};)") == texts{"2: a comma"});
  CHECK(missing(R"(return fault{fault_kind::syntax, where, {"text", "something else"}};)").empty());
  CHECK(missing(R"(return make_fault(fault_kind::syntax, place{a, 0, 0}, "a comma", text);)") == texts{"2: a comma"});
  CHECK(missing(R"(return make_fault(fault_kind::syntax, place{}, "text", "something else");)").empty());
  CHECK(missing(R"(fail(fault_kind::out_of_period, "date", a + ".." + b, c); fail(fault_kind::syntax, "colour", c);)") ==
        texts{"2: colour"});
  CHECK(missing(R"(add(fault_kind::missing_key, at, {"key", one ? "text" : "colour"});)") == texts{"2: colour"});
  CHECK(missing(R"(add(fault_kind::missing_key, at, {"colour", one == "colour" ? "text" : "value"});)").empty());
  CHECK(missing(R"(faults.push_back({fault_kind::out_of_range, {}, {"cells", "at least " + std::to_string(3), "none"}});)") ==
        texts{"2: none"});
  CHECK(missing(R"(faults.push_back({fault_kind::out_of_range, {}, {"cells", "beyond " + std::to_string(3), "more"}});)") ==
        texts{"2: beyond {}"});
  CHECK(missing(R"(wrong(path, "a whole number", j); wrong(path, "a green number", j); wrong(path, "green", j);)") ==
        texts{"2: a green number", "2: green"});
  CHECK(
      missing(
          R"(wrong(path.empty() ? "the whole" : path, "text", j); fault{fault_kind::wrong_type, {}, {a ? "the end" : "key", "text", b}};)") ==
      texts{"2: the end", "2: the whole"});
  CHECK(missing(R"(read_csv(path, faults, "a table of trees");)") == texts{"2: a table of trees"});
  CHECK(missing(R"(const std::string what = "from " + a + std::string(" to ") + b + (c ? ";" : ",");)").empty());
  CHECK(missing(R"(const std::string what = "between " + a + " and " + std::string(" so on");)") == texts{"2: between {} and  so on"});
  CHECK(missing(R"(std::cerr << pick(o, "not a phrase", "不是短语");)").empty());
  CHECK(missing(R"(// "not a phrase" is only spoken of)").empty());
  CHECK(missing(R"(if (said.find("not a phrase") == 0 || said == "not a phrase") return;)").empty());
}

TEST_CASE("what the TOML parser says has Chinese") {
  const std::string digits(200, '1');
  const texts broken{"a = 1\r2",
                     "a = \v",
                     "a = 1 2",
                     "a",
                     "a = ",
                     "a = \n",
                     "= 1",
                     "a = tru",
                     "a = fals",
                     "a = truex",
                     "a = [inx]",
                     "a = [nax]",
                     "a = [infx]",
                     "a = 1.",
                     "a = 1._2",
                     "a = 1_",
                     "a = 1__2",
                     "a = 1.2.3",
                     "a = 1e",
                     "a = 1e.",
                     "a = 1e+",
                     "a = 1e5e",
                     "a = 1e5.",
                     "a = 1.5x",
                     "a = -",
                     "a = --1",
                     "a = +x",
                     "a = 01",
                     "a = 00.5",
                     "a = 1e99999",
                     "a = 0x",
                     "a = 0xg",
                     "a = 0x1_",
                     "a = 0o9",
                     "a = 0b2",
                     "a = 0x1.8p1",
                     "a = _1",
                     "a = 99999999999999999999",
                     "a = 0xFFFFFFFFFFFFFFFFF",
                     "a = [2022-13-01]",
                     "a = [2022-02-30]",
                     "a = [2022-1-01]",
                     "a = [2022-01-1]",
                     "a = [2022/01/01]",
                     "a = [2022-01-01x]",
                     "a = [24:00:00]",
                     "a = [1:00]",
                     "a = [10:60:00]",
                     "a = [10:0]",
                     "a = [10:00:61]",
                     "a = [10:00:0]",
                     "a = [10:00:00.]",
                     "a = [10:00:00.x]",
                     "a = [2022-01-01T]",
                     "a = [2022-01-01T10:00:00+25:00]",
                     "a = [2022-01-01T10:00:00+01:99]",
                     "a = [2022-01-01T10:00:00+1]",
                     "a = \"",
                     "a = \"x\n",
                     "a = '",
                     "a = 'x\n",
                     "a = \"\"\"x",
                     "a = '''x",
                     "a = [\"\\q\"]",
                     "a = [\"\\e\"]",
                     "a = [\"\\x41\"]",
                     "a = [\"\\u12\"]",
                     "a = [\"\\uD800\"]",
                     "a = [\"\\U00110000\"]",
                     "a = [\"\"\"\\ x\"\"\"]",
                     "a = [\"\x01\"]",
                     "a = ['\x01']",
                     "# \x01",
                     "a = [1",
                     "a = [1,,2]",
                     "a = [,]",
                     "a = [1 2]",
                     "a = [1 # x",
                     "a = {",
                     "a = {b",
                     "a = {b = 1",
                     "a = {b = 1,",
                     "a = {b = 1,}",
                     "a = {,}",
                     "a = {b = 1 c = 2}",
                     "a = {b = 1\n}",
                     "a = {[}",
                     "[",
                     "[]",
                     "[ ]",
                     "[a",
                     "[a]]",
                     "[a] b",
                     "[[a]",
                     "[ [a]]",
                     "[[a] ]",
                     "[[]]",
                     "[a.]",
                     "\"\"\"a\"\"\" = 1",
                     "a.\"\"\"b\"\"\" = 1",
                     "a. = 1",
                     "a b = 1",
                     "a = {}\n[a.b]",
                     "a = 1\na = 2",
                     "[a]\n[a]",
                     "a = 1\n[a]",
                     "a = 1\n[[a]]",
                     "a.b = 1\na.b.c = 2",
                     "a = [[[",
                     "\x01",
                     "!",
                     "a = @",
                     "a = [@]",
                     "a = [x]",
                     "a = 1:2",
                     "a = [\x01]",
                     "a = [1_.]",
                     "a = [_1]",
                     "a = {b=1-}",
                     "a = {b=1.+}",
                     "a = 1e++",
                     "a = [" + digits + "]",
                     "a = [1." + digits + "]",
                     "a = [1.5e" + digits + "]",
                     "a = [0x" + digits + "]",
                     "a = [" + digits + "x]",
                     "a = " + std::string(300, '['),
                     "a = [10:00:00." + digits + "]",
                     "a = [2022-01-01T10:00:00." + digits + "]",
                     "a =\xC2\xA0"
                     "1",
                     "a\xE3\x80\x80= 1",
                     "a = 1\v",
                     "\f",
                     "a = [2022-01-01x10:00:00]",
                     "a = [2022-01-01t1]",
                     "a = {b = 2022-01-01T10:00:00x}"};
  std::size_t told = 0;
  for (const std::string& text : broken) {
    std::vector<fault> faults;
    static_cast<void>(parse_toml(text, "s.toml", faults));
    for (const fault& f : faults) {
      ++told;
      INFO(text << "\n" << sentence(f));
      CHECK_FALSE(has_latin_words(replaced(sentence(f, language::zh), "实际为(tru|truex|fals|x)$", "")));
    }
  }
  CHECK(told > 100);
}

TEST_CASE("the reasons that POSIX gives for what is done with files have Chinese") {
#ifdef __GLIBC__  // other libraries word some of them otherwise
  for (const int error : {EACCES,  EAGAIN, EBADF,        EBUSY,  EDQUOT, EEXIST, EFBIG,  EINTR,  EINVAL,  EIO,    EISDIR,  ELOOP,
                          EMFILE,  EMLINK, ENAMETOOLONG, ENFILE, ENODEV, ENOENT, ENOLCK, ENOMEM, ENOSPC,  ENOSYS, ENOTDIR, ENOTEMPTY,
                          ENOTSUP, ENXIO,  EOVERFLOW,    EPERM,  EPIPE,  EROFS,  ESPIPE, ESTALE, ETXTBSY, EXDEV}) {
    const std::string reason = detail::reason_of(error);
    INFO(reason);
    CHECK(is_translated(reason));
    CHECK(has_chinese(detail::in_chinese(reason)));
  }
#endif
  CHECK(detail::in_chinese("Something new") == "Something new");
}

TEST_CASE("names, keys and files stay as they are in Chinese, whatever words they are") {
  const auto zh = [](fault_kind kind, texts details) { return sentence(fault{kind, {}, std::move(details)}, language::zh); };
  CHECK(zh(fault_kind::cannot_read, {"how to do/it.toml", "Permission denied"}) == "应为可读取的文件；how to do/it.toml：没有权限");
  CHECK(zh(fault_kind::unknown_unit, {"text", "value"}) == "应为单位代码；“text”不存在；是否应为“value”？");
  CHECK(zh(fault_kind::bad_value, {"kind", "object, array", "string", "array"}) ==
        "“kind”应为 object, array 之一；实际为“string”；是否应为“array”？");
  CHECK(zh(fault_kind::syntax, {"a value (text and clock times stand in quotes)", "village"}) ==
        "应为值（文本和时刻须加引号）；实际为village");
  CHECK(zh(fault_kind::wrong_type, {"a.b", "a list of 7 numbers", "text 'from 1 to 2'"}) ==
        "“a.b”应为 7 个数字的列表；实际为文本“from 1 to 2”");
  CHECK(zh(fault_kind::rule_unsatisfied, {"R8", "the way to town has no head"}) == "规则 R8 无法满足：the way to town 没有主要负责同志");
}

TEST_CASE("what is said in Chinese of ranges, periods, settings and journals") {
  const auto zh = [](fault_kind kind, texts details) { return sentence(fault{kind, {}, std::move(details)}, language::zh); };
  CHECK(zh(fault_kind::out_of_range, {"load.silent_share", "from 0 to 1", "1.5"}) == "“load.silent_share”应在 0 至 1 之间；实际为1.5");
  CHECK(zh(fault_kind::out_of_range, {"load.months", "with at least one weight above 0", "only zeros"}) ==
        "“load.months”应至少有一项大于 0；实际为全 0");
  CHECK(zh(fault_kind::out_of_range, {"cells", "at most 1000000", "more"}) == "“组合数”应不大于 1000000；实际为更多");
  for (const char* period : {"2022-01-01 to 2022-12-31", "2022-01-01..2022-12-31"}) {
    CHECK(zh(fault_kind::out_of_period, {"date", period, "2023-01-01"}) == "“date”应在 2022-01-01 至 2022-12-31 之内；实际为 2023-01-01");
  }
  CHECK(zh(fault_kind::wrong_type, {"the file", "an object", "array"}) == "“文件”应为对象；实际为数组");
  CHECK(zh(fault_kind::wrong_type, {"units", "an array", "object"}) == "“units”应为数组；实际为对象");
  CHECK(zh(fault_kind::wrong_type, {"units", "an array", "string"}) == "“units”应为数组；实际为文本");
  CHECK(zh(fault_kind::syntax, {"key=value|value|…", "'a'"}) == "应为“键=值|值|…”的形式；实际为'a'");
  CHECK(zh(fault_kind::syntax,
           {"a journal of the same scenario, settings, seed, replications and build of the program", "that of: sweep from a to b"}) ==
        "应为方案、设置、随机种子、模拟次数和程序构建均相同的运行日志；实际为以下运行的日志：sweep from a to b");
  CHECK(zh(fault_kind::cannot_write, {"out.journal", "another run has it open"}) == "应为可写入的位置；out.journal：另一运行正在使用");
  CHECK(zh(fault_kind::bad_recurrence, {"FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY of whole numbers -31 to 31 without 0", "32"}) ==
        "日期规则“FREQ=MONTHLY;BYMONTHDAY=32”：应为 BYMONTHDAY（取 -31 至 31 之间的整数，0 除外）；实际为“32”");
  CHECK(zh(fault_kind::rule_unsatisfied, {"R1-R9", "the county has no population in its villages"}) ==
        "规则 R1-R9 无法满足：全县没有村（社区）人口");
  CHECK(zh(fault_kind::empty_file, {"a row for each holiday and make-up workday below the header"}) ==
        "应为表头之下每个节假日或调休日一行；文件是空的");
}
