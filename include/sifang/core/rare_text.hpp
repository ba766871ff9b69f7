// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_CORE_RARE_TEXT_HPP
#define SIFANG_CORE_RARE_TEXT_HPP

#include <concepts>
#include <memory>
#include <string>
#include <string_view>

namespace sifang {

/// A text that most values of their kind lack: as large as a pointer, and without memory of its own where it is empty.
class rare_text {
 public:
  rare_text() = default;  ///< Empty.
  /// Of any text. \complexity linear in it; one allocation unless it is empty
  template <std::convertible_to<std::string_view> Text>
  rare_text(const Text& text) : rare_text(std::string_view(text), 0) {}
  /// A copy has memory of its own. @{
  rare_text(const rare_text& other) : rare_text(other.view(), 0) {}
  rare_text& operator=(const rare_text& other) {
    if (this != &other) *this = rare_text(other);
    return *this;
  }
  rare_text(rare_text&&) noexcept = default;
  rare_text& operator=(rare_text&&) noexcept = default;
  ~rare_text() = default;
  /// @}

  /// What it says, as long as it is not assigned to. @{
  [[nodiscard]] std::string_view view() const noexcept { return text_ ? std::string_view(*text_) : std::string_view(); }
  operator std::string_view() const noexcept { return view(); }
  /// @}
  [[nodiscard]] bool empty() const noexcept { return text_ == nullptr; }  ///< Whether there is none.
  friend bool operator==(const rare_text& a, const rare_text& b) noexcept { return a.view() == b.view(); }

 private:
  rare_text(std::string_view text, int) {
    if (!text.empty()) text_ = std::make_unique<const std::string>(text);
  }

  std::unique_ptr<const std::string> text_;
};

}  // namespace sifang

#endif
