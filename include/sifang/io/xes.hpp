// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_XES_HPP
#define SIFANG_IO_XES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/io/log_value.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// \file
/// Event logs as XES files (IEEE 1849-2016, confirmed in 2023), which programs of process mining read. `office/xes_reader.hpp` reads them.

namespace sifang {

namespace detail {

/// A text as the value of an XML attribute; what XML cannot hold becomes U+FFFD.
inline void add_xml_text(std::string& out, std::string_view text) {
  if (is_plain(text)) {
    out.append(text);
    return;
  }
  each_character(text, [&](std::string_view c) {
    switch (c.front()) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\t':
        out += "&#9;";
        break;
      case '\n':
        out += "&#10;";
        break;
      case '\r':
        out += "&#13;";
        break;
      default:
        out += c;
    }
  });
}

/// A number as XML Schema writes it.
[[nodiscard]] inline std::string xml_number(double n) {
  if (std::isnan(n)) return "NaN";
  if (std::isinf(n)) return n > 0 ? "INF" : "-INF";
  return number_text(n);
}

}  // namespace detail

/// Writes an XES log piece by piece: begun with its name, a case after another, and finished.
///
/// The extensions Concept, Lifecycle, Organizational, Time and Cost are declared, and `sifang`, whose keys docs/event-logs.md lists. The
/// same values give the same bytes.
class xes_writer {
 public:
  /// \param name  of the log \param attributes  more that is said of the log as a whole
  explicit xes_writer(std::string_view name, const std::vector<log_attribute>& attributes = {}) {
    out_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<log xes.version=\"1849.2016\" xes.features=\"\" xmlns=\"http://www.xes-standard.org/\">\n";
    constexpr std::pair<std::string_view, std::string_view> extensions[] = {
        {"Concept", "concept"}, {"Lifecycle", "lifecycle"}, {"Organizational", "org"}, {"Time", "time"}, {"Cost", "cost"}};
    for (const auto& [called, prefix] : extensions) {
      out_.append(" <extension name=\"").append(called).append("\" prefix=\"").append(prefix);
      out_.append("\" uri=\"http://www.xes-standard.org/").append(prefix).append(".xesext\"/>\n");
    }
    out_ +=
        " <extension name=\"Sifang\" prefix=\"sifang\" uri=\"urn:sifang:xes:1\"/>\n"
        " <global scope=\"trace\">\n  <string key=\"concept:name\" value=\"\"/>\n </global>\n"
        " <global scope=\"event\">\n  <string key=\"concept:name\" value=\"\"/>\n"
        "  <string key=\"lifecycle:transition\" value=\"complete\"/>\n"
        "  <date key=\"time:timestamp\" value=\"1970-01-01T00:00:00.000+00:00\"/>\n </global>\n"
        " <classifier name=\"Event\" scope=\"event\" keys=\"concept:name\"/>\n"
        " <classifier name=\"EventAndTransition\" scope=\"event\" keys=\"concept:name lifecycle:transition\"/>\n";
    add(1, {"concept:name", std::string(name)});
    add(1, {"lifecycle:model", std::string("standard")});
    for (const log_attribute& a : attributes) add(1, a);
  }

  /// Adds a case. \pre not finished; asserted; the case has a `concept:name`, its events one too,
  /// `lifecycle:transition` and `time:timestamp`
  void add(const log_trace& trace) {
    SIFANG_ASSERT(!finished_, "a log that is being written");
    out_ += " <trace>\n";
    for (const log_attribute& a : trace.attributes) add(2, a);
    for (const log_event& e : trace.events) {
      out_ += "  <event>\n";
      for (const log_attribute& a : e.attributes) add(3, a);
      out_ += "  </event>\n";
    }
    out_ += " </trace>\n";
  }
  /// Nothing more can be added.
  void finish() {
    SIFANG_ASSERT(!finished_, "a log that is being written");
    out_ += "</log>\n";
    finished_ = true;
  }
  /// The text since the last time.
  [[nodiscard]] std::string take() { return std::exchange(out_, std::string()); }

 private:
  void add(std::size_t depth, const log_attribute& a) {
    constexpr std::string_view kinds[] = {"string", "date", "int", "float", "boolean"};
    static_assert(std::size(kinds) == std::variant_size_v<log_value>);
    out_.append(depth, ' ').append("<").append(kinds[a.value.index()]).append(" key=\"");
    detail::add_xml_text(out_, a.key);
    out_ += "\" value=\"";
    if (const auto* text = std::get_if<std::string>(&a.value))
      detail::add_xml_text(out_, *text);
    else if (const auto* time = std::get_if<log_time>(&a.value))
      add_text(out_, *time);
    else if (const auto* whole = std::get_if<std::int64_t>(&a.value))
      out_ += std::to_string(*whole);
    else if (const auto* number = std::get_if<double>(&a.value))
      out_ += detail::xml_number(*number);
    else
      out_ += std::get<bool>(a.value) ? "true" : "false";
    out_ += "\"/>\n";
  }

  std::string out_;
  bool finished_ = false;
};

/// A log as one text.
[[nodiscard]] inline std::string xes_text(std::string_view name, const std::vector<log_trace>& traces) {
  xes_writer writer(name);
  for (const log_trace& t : traces) writer.add(t);
  writer.finish();
  return writer.take();
}

}  // namespace sifang

#endif
