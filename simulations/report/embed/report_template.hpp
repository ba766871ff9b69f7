// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_REPORT_TEMPLATE_HPP
#define SIFANG_REPORT_TEMPLATE_HPP

#include <string_view>

namespace sifang_program {

/// The report's page with its marker for the data, as it was bundled when the program was built.
[[nodiscard]] std::string_view report_template() noexcept;

}  // namespace sifang_program

#endif
