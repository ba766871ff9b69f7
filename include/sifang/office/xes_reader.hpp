// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_OFFICE_XES_READER_HPP
#define SIFANG_OFFICE_XES_READER_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/io/case_load_file.hpp"
#include "sifang/io/ledger_log.hpp"
#include "sifang/io/log_value.hpp"
#include "sifang/io/text_file.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Event logs from XES files (IEEE 1849): what `io/xes.hpp` writes, and what other programs do.

namespace sifang {

/// How much of an XES file is read at most, so that memory is bounded whatever it holds.
struct xes_limits {
  std::size_t bytes = std::size_t{256} << 20;  ///< of the file; some eight times as much memory is taken meanwhile
  int depth = 32;                              ///< elements within each other; a log needs four
  std::size_t attributes = 1000;               ///< of one case or event
};

/// An event log that was read.
struct xes_log {
  std::vector<log_attribute> attributes;  ///< of the log as a whole
  std::vector<log_trace> traces;          ///< in the order of the file
  std::size_t left_out = 0;               ///< what is not kept: attributes of attributes, lists, events of no trace
};

namespace detail {

/// Reads one log.
class xes_reader {
 public:
  xes_reader(std::string_view text, const std::string& file, const xes_limits& limits) : text_(text), file_(file), limits_(limits) {}

  [[nodiscard]] checked<xes_log> log() {
    if (text_.size() > limits_.bytes) {
      fail(0, "a log of at most " + std::to_string(limits_.bytes >> 20) + " MiB", "a longer one");
      return std::move(faults_);
    }
    pugi::xml_document document;
    constexpr unsigned int options =
        pugi::parse_escapes | pugi::parse_cdata | pugi::parse_wconv_attribute | pugi::parse_eol | pugi::parse_doctype;
    const pugi::xml_parse_result done = document.load_buffer(text_.data(), text_.size(), options, pugi::encoding_utf8);
    if (!done) {
      fail(done.offset, "well-formed XML", "something else");
      return std::move(faults_);
    }
    for (const pugi::xml_node one : document.children()) {
      if (one.type() == pugi::node_doctype) fail(one, "XML without a document type, which may define entities", "one");
    }
    const pugi::xml_node root = document.document_element();
    if (faults_.empty()) check_depth(root);
    if (faults_.empty() && local(root) != "log") fail(root, "a log of the XES standard", "another element");
    if (faults_.empty()) read(root);
    if (!faults_.empty()) return std::move(faults_);
    return std::move(out_);
  }

 private:
  static constexpr std::size_t most_told = 25;

  void fail(std::ptrdiff_t offset, std::string expected, std::string found) {
    if (faults_.size() >= most_told) return;
    const auto at = offset < 0 ? std::size_t{0} : (std::min)(static_cast<std::size_t>(offset), text_.size());
    faults_.push_back(make_fault(fault_kind::syntax, place_in(text_, at, file_), std::move(expected), std::move(found)));
  }
  void fail(pugi::xml_node at, std::string expected, std::string found) { fail(at.offset_debug(), std::move(expected), std::move(found)); }

  /// The name of an element without its prefix.
  [[nodiscard]] static std::string_view local(pugi::xml_node of) noexcept {
    const std::string_view name = of.name();
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
  }

  /// Without recursion, so that no file can be too deep for it.
  void check_depth(pugi::xml_node root) {
    int depth = 1;
    for (pugi::xml_node at = root; at;) {
      if (depth > limits_.depth)
        return fail(at, "elements within each other to a depth of " + std::to_string(limits_.depth), "a deeper one");
      if (at.first_child()) {
        at = at.first_child();
        ++depth;
        continue;
      }
      while (at != root && !at.next_sibling()) {
        at = at.parent();
        --depth;
      }
      if (at == root) return;
      at = at.next_sibling();
    }
  }

  void read(pugi::xml_node root) {
    for (const pugi::xml_node one : root.children()) {
      if (one.type() != pugi::node_element) continue;
      if (faults_.size() >= most_told) return;
      const std::string_view name = local(one);
      if (name == "trace")
        read_trace(one);
      else if (name == "event")
        ++out_.left_out;
      else if (name != "extension" && name != "global" && name != "classifier")
        read_attribute(one, out_.attributes);
    }
    check_keys(root, out_.attributes);
  }
  void read_trace(pugi::xml_node of) {
    log_trace& trace = out_.traces.emplace_back();
    trace.line = line_of(of);
    for (const pugi::xml_node one : of.children()) {
      if (one.type() != pugi::node_element) continue;
      if (local(one) != "event") {
        read_attribute(one, trace.attributes);
        continue;
      }
      log_event& event = trace.events.emplace_back();
      for (const pugi::xml_node a : one.children()) {
        if (a.type() == pugi::node_element) read_attribute(a, event.attributes);
      }
      check_keys(one, event.attributes);
    }
    check_keys(of, trace.attributes);
  }

  /// Of elements one after another, so that all lines are counted once.
  [[nodiscard]] std::uint32_t line_of(pugi::xml_node of) {
    const auto at = (std::min)(static_cast<std::size_t>((std::max)(of.offset_debug(), std::ptrdiff_t{0})), text_.size());
    if (at > counted_)
      line_ += static_cast<std::uint32_t>(
          std::count(text_.begin() + static_cast<std::ptrdiff_t>(counted_), text_.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    counted_ = (std::max)(counted_, at);
    return line_;
  }

  void read_attribute(pugi::xml_node of, std::vector<log_attribute>& into) {
    const std::string_view kind = local(of);
    if (kind == "list" || kind == "container") {
      ++out_.left_out;
      return;
    }
    for (const pugi::xml_node nested : of.children()) {
      if (nested.type() == pugi::node_element) ++out_.left_out;
    }
    const pugi::xml_attribute key = of.attribute("key"), value = of.attribute("value");
    const bool known = kind == "string" || kind == "date" || kind == "int" || kind == "float" || kind == "boolean" || kind == "id";
    if (!known) return fail(of, "an attribute of the XES standard", "another element");
    if (!key || !value || *key.value() == '\0') return fail(of, "an attribute with a key and a value", "something else");
    if (!is_good(key.value()) || !is_good(value.value())) return fail(of, "text without control characters", "something else");
    if (into.size() >= limits_.attributes)
      return fail(of, "at most " + std::to_string(limits_.attributes) + " attributes of a case or event", "more");
    const std::string_view written = value.value();
    std::optional<log_value> read;
    if (kind == "string" || kind == "id") {
      read = std::string(written);
    } else if (kind == "date") {
      if (const auto time = parse_log_time(written)) read = *time;
    } else if (kind == "int") {
      if (const auto number = parse_number<std::int64_t>(written)) read = *number;
    } else if (kind == "float") {
      if (const auto number = parse_number<double>(written)) read = *number;
    } else if (written == "true" || written == "1" || written == "false" || written == "0") {
      read = written == "true" || written == "1";
    }
    if (!read) return fail(of, "a value that is of the type " + std::string(kind), "something else");
    into.push_back({key.value(), *std::move(read)});
  }
  [[nodiscard]] static bool is_good(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size();) {
      const utf8_character c = character_at(text, at);
      if (c.bytes == 0 || !is_file_text(c.number)) return false;
      at += c.bytes;
    }
    return true;
  }
  /// A key stands once in an element.
  void check_keys(pugi::xml_node of, const std::vector<log_attribute>& read) {
    keys_.clear();
    for (const log_attribute& a : read) keys_.push_back(a.key);
    std::sort(keys_.begin(), keys_.end());
    if (std::adjacent_find(keys_.begin(), keys_.end()) != keys_.end()) fail(of, "each key once", "one that stands twice");
  }

  std::string_view text_;
  const std::string& file_;
  const xes_limits& limits_;
  xes_log out_;
  std::vector<fault> faults_;
  std::vector<std::string_view> keys_;
  std::size_t counted_ = 0;  ///< bytes whose lines are counted
  std::uint32_t line_ = 1;   ///< there
};

}  // namespace detail

/// Reads an XES log from text in UTF-8, which messages call `file`.
///
/// Faults, at most 25, all `syntax` with line and column: no well-formed XML, a document type (it may define entities that grow without
/// end), another root than `log`, deeper or longer than the limits, an element that is none of the standard's, an attribute without key or
/// value, a value that is not of its type, a key twice, control characters. They show nothing of what stands in the log, which may be
/// somebody's. \complexity linear in the text
[[nodiscard]] inline checked<xes_log> read_xes(std::string_view text, const std::string& file, const xes_limits& limits = {}) {
  return detail::xes_reader(text, file, limits).log();
}

/// An XES log of recorded cases that `sifang ledger` wrote, as the documented table of cases: what `given_texts` takes.
/// Faults: those of `read_xes` and of `case_load_of`. \complexity linear in the text
[[nodiscard]] inline checked<std::string> xes_as_case_load(std::string_view text, const std::string& file) {
  const auto log = read_xes(text, file);
  if (!log) return log.faults();
  const auto load = case_load_of(log->traces, file);
  if (!load) return load.faults();
  return case_load_csv(*load);
}

}  // namespace sifang

#endif
