// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_DIAGRAM_HPP
#define SIFANG_PETITION_DIAGRAM_HPP

#include "sifang/core/when_called.hpp"
#include "sifang/petition/life_cycle.hpp"

#include <string>

/// \file
/// The life cycle drawn from its table, so that the picture in the documents cannot differ from the code.

namespace sifang {

/// Graphviz draws files; Mermaid is drawn by what shows Markdown.
enum class diagram_format : std::uint8_t { graphviz, mermaid };

namespace detail {
// Rows 23 and 24 stay in every open state: 18 loops that would hide the rest, so they are one remark.
[[nodiscard]] constexpr bool is_flag_row(const transition& t) noexcept { return t.number >= 23; }

template <class = when_called>
[[nodiscard]] inline std::string edge_label(const transition& t, language lang) {
  return std::to_string(t.number) + ". " + std::string(text_of(t.event, lang));
}

template <class = when_called>
[[nodiscard]] inline std::string flag_remark(language lang) {
  return lang == language::zh ? "23、24:任何在办状态均可列为积案、可逾期,状态不变"
                              : "23, 24: any open state may become long-pending or overdue and stays as it is";
}
}  // namespace detail

/// The state diagram as text for Graphviz (`dot`) or Mermaid (`stateDiagram-v2`).
template <class = when_called>
[[nodiscard]] inline std::string life_cycle_diagram(diagram_format format, language lang = language::en) {
  std::string out;
  if (format == diagram_format::graphviz) {
    out = "digraph life_cycle {\n  rankdir=TB;\n  node [shape=box, style=rounded];\n";
    for (std::size_t i = 0; i < case_state_count; ++i) {
      const auto s = static_cast<case_state>(i);
      out += "  " + std::string(name_of(s)) + " [label=\"" + std::string(text_of(s, lang)) + '"';
      if (s == case_state::none) out += ", shape=point";
      if (is_closed(s)) out += ", peripheries=2";
      out += "];\n";
    }
    for (const transition& t : life_cycle) {
      if (detail::is_flag_row(t)) continue;
      out += "  " + std::string(name_of(t.from)) + " -> " + std::string(name_of(t.to)) + " [label=\"" +
             detail::edge_label(t, lang) + "\"];\n";
    }
    out += "  label=\"" + detail::flag_remark(lang) + "\";\n}\n";
    return out;
  }
  out = "stateDiagram-v2\n";
  for (std::size_t i = 1; i < case_state_count; ++i) {
    const auto s = static_cast<case_state>(i);
    out += "  state \"" + std::string(text_of(s, lang)) + "\" as " + std::string(name_of(s)) + '\n';
  }
  for (const transition& t : life_cycle) {
    if (detail::is_flag_row(t)) continue;
    // A colon ends the label's introduction in Mermaid; one inside the text would be cut there.
    std::string label = detail::edge_label(t, lang);
    for (char& c : label) {
      if (c == ':') c = ',';
    }
    out += "  " + (t.from == case_state::none ? std::string("[*]") : std::string(name_of(t.from))) + " --> " +
           std::string(name_of(t.to)) + " : " + label + '\n';
  }
  for (const case_state s : {case_state::diverted, case_state::not_accepted}) {
    out += "  " + std::string(name_of(s)) + " --> [*]\n";
  }
  out += "  %% " + detail::flag_remark(lang) + '\n';
  return out;
}

}  // namespace sifang

#endif
