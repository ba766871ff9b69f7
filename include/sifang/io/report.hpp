// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_REPORT_HPP
#define SIFANG_IO_REPORT_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace sifang {

/// The report as one HTML page: the template with the results in place of its marker `/*SIFANG_DATA*/`.
///
/// `<` is written as `\u003c`, so that no text of the results can end the page's data element.
/// \pre the template holds the marker once
[[nodiscard]] inline std::string render_report(std::string_view page, std::string_view results_json, language lang) {
  constexpr std::string_view marker = "/*SIFANG_DATA*/";
  const std::size_t at = page.find(marker);
  SIFANG_ASSERT(at != std::string_view::npos);
  std::string out;
  out.reserve(page.size() + results_json.size() + results_json.size() / 8);
  out.append(page.substr(0, at));
  out.append(lang == language::zh ? R"({"lang":"zh","result":)" : R"({"lang":"en","result":)");
  for (const char c : results_json) {
    if (c == '<')
      out.append("\\u003c");
    else
      out.push_back(c);
  }
  out.push_back('}');
  out.append(page.substr(at + marker.size()));
  return out;
}

}  // namespace sifang

#endif
