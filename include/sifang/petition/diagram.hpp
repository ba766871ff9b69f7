// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PETITION_DIAGRAM_HPP
#define SIFANG_PETITION_DIAGRAM_HPP

#include "sifang/core/names.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/petition/life_cycle.hpp"
#include "sifang/petition/life_cycle_table.hpp"
#include "sifang/petition/text.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// \file
/// The life cycle drawn from its table, so that the picture in the documents cannot differ from the code.

namespace sifang {

/// Graphviz draws files; Mermaid is drawn by what shows Markdown.
enum class diagram_format : std::uint8_t { graphviz, mermaid };

namespace detail {
// The events that are noted in a state and change nothing would be loops in most states and hide the rest.
template <life_cycle_kinds Cycle>
[[nodiscard]] std::string edge_label(const basic_transition<Cycle>& t, language lang) {
  return std::to_string(t.number) + ". " + std::string(text_of(t.event, lang));
}

/// The remark as one line that stands within quotes.
template <class = when_called>
[[nodiscard]] inline std::string quoted_remark(std::string_view remark) {
  std::string out;
  for (const char c : remark) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}
}  // namespace detail

/// What the picture of a life cycle says below, about the rows left out for instance; nothing unless specialised.
template <class Cycle>
inline constexpr bilingual life_cycle_remark{"", ""};
/// Rows 23 and 24 stay in every open state: 18 loops, so they are one remark.
template <>
inline constexpr bilingual life_cycle_remark<petition_cycle>{"23, 24: any open state may become long-pending or overdue and stays as it is",
                                                             "23、24：任何在办状态均可列为积案、可逾期，状态不变"};

/// The state diagram of a life cycle, unless told that of a petition matter, as text for Graphviz (`dot`) or Mermaid
/// (`stateDiagram-v2`). Rows that change neither state nor clocks are left out.
template <life_cycle_kinds Cycle = petition_cycle>
[[nodiscard]] std::string life_cycle_diagram(diagram_format format, language lang = language::en) {
  const std::string_view remark = life_cycle_remark<Cycle>.in(lang);
  using state = typename Cycle::state;
  constexpr std::size_t states = enumerator_count<state>;
  std::string out;
  if (format == diagram_format::graphviz) {
    out = "digraph life_cycle {\n  rankdir=TB;\n  node [shape=box, style=rounded];\n";
    for (std::size_t i = 0; i < states; ++i) {
      const auto s = static_cast<state>(i);
      out += "  " + std::string(name_of(s)) + " [label=\"" + std::string(text_of(s, lang)) + '"';
      if (s == state{})
        out += ", shape=point";
      else if (!Cycle::is_open(s))
        out += ", peripheries=2";
      out += "];\n";
    }
    for (const auto& t : life_cycle_of<Cycle>) {
      if (t.is_flag()) continue;
      out +=
          "  " + std::string(name_of(t.from)) + " -> " + std::string(name_of(t.to)) + " [label=\"" + detail::edge_label(t, lang) + "\"];\n";
    }
    if (!remark.empty()) out += "  label=\"" + detail::quoted_remark(remark) + "\";\n";
    return out + "}\n";
  }
  out = "stateDiagram-v2\n";
  for (std::size_t i = 1; i < states; ++i) {
    const auto s = static_cast<state>(i);
    out += "  state \"" + std::string(text_of(s, lang)) + "\" as " + std::string(name_of(s)) + '\n';
  }
  std::array<bool, states> goes_on{};
  for (const auto& t : life_cycle_of<Cycle>) {
    if (t.is_flag()) continue;
    goes_on[static_cast<std::size_t>(t.from)] = true;
    // A colon ends the label's introduction in Mermaid; one inside the text would be cut there.
    std::string label = detail::edge_label(t, lang);
    for (char& c : label) {
      if (c == ':') c = ',';
    }
    out += "  " + (t.from == state{} ? std::string("[*]") : std::string(name_of(t.from))) + " --> " + std::string(name_of(t.to)) + " : " +
           label + '\n';
  }
  for (std::size_t i = 1; i < states; ++i) {
    if (!goes_on[i]) out += "  " + std::string(name_of(static_cast<state>(i))) + " --> [*]\n";
  }
  if (!remark.empty()) out += "  %% " + detail::quoted_remark(remark) + '\n';
  return out;
}

}  // namespace sifang

#endif
