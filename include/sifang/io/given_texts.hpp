// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_GIVEN_TEXTS_HPP
#define SIFANG_IO_GIVEN_TEXTS_HPP

#include "sifang/core/fault.hpp"
#include "sifang/io/text_file.hpp"
#include "sifang/io/text_source.hpp"

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

/// Makes a table of a spreadsheet: its bytes, what messages call it, and a sheet by name (empty: the first that is not hidden).
using spreadsheet_reader = checked<std::string> (*)(std::string_view bytes, const std::string& file, const std::string& sheet);

/// Makes a table of recorded cases of an event log: its text in UTF-8, and what messages call it.
using event_log_reader = checked<std::string> (*)(std::string_view text, const std::string& file);

/// What the user of a program gives it: files; standard input as `-`, read once and kept; and spreadsheets as the tables that
/// they hold, one sheet as `FILE#SHEET`; and event logs of recorded cases (XES) as tables.
class given_texts {
 public:
  given_texts() = default;
  /// \param folders  where scenarios are found by their names \param spreadsheets  null: they are `is_spreadsheet`
  /// \param event_logs  null: they are texts as any other
  explicit given_texts(std::vector<std::filesystem::path> folders, spreadsheet_reader spreadsheets = nullptr,
                       event_log_reader event_logs = nullptr)
      : files_(std::move(folders)), spreadsheets_(spreadsheets), event_logs_(event_logs) {}

  /// A text in UTF-8. Faults: those of `read_text` and of the reader of spreadsheets.
  [[nodiscard]] checked<std::string> text(const std::filesystem::path& name, const text_wanted& wanted) const {
    const auto [file, sheet] = parted(name.string());
    const checked<std::string> bytes = file == "-" ? standard_input() : read_bytes(file, wanted.most);
    if (!bytes) return bytes.faults();
    if (spreadsheets_ != nullptr && wanted.encoding == text_encoding::utf8_or_gb18030 && detail::is_zip(*bytes))
      return spreadsheets_(*bytes, file, sheet);
    checked<std::string> text = decode_text(*bytes, file, wanted.encoding, wanted.what);
    if (text && event_logs_ != nullptr && wanted.encoding == text_encoding::utf8_or_gb18030 && is_xml(*text))
      return event_logs_(*text, file);
    return text;
  }
  /// As `text_files` has them. @{
  [[nodiscard]] bool has(const std::filesystem::path& name) const { return files_.has(name); }
  [[nodiscard]] std::string identity(const std::filesystem::path& name) const { return files_.identity(name); }
  [[nodiscard]] std::vector<std::string> scenarios(const std::filesystem::path& folder) const { return files_.scenarios(folder); }
  [[nodiscard]] const std::vector<std::filesystem::path>& folders() const noexcept { return files_.folders(); }
  /// @}

 private:
  /// File and sheet; a file that has such a sign in its own name is itself.
  [[nodiscard]] static std::pair<std::string, std::string> parted(const std::string& name) {
    std::error_code ignored;
    const auto at = name.rfind('#');
    if (at == std::string::npos || std::filesystem::exists(name, ignored)) return {name, {}};
    return {name.substr(0, at), name.substr(at + 1)};
  }
  /// No table begins so: the first of its column names would.
  [[nodiscard]] static bool is_xml(std::string_view text) noexcept { return text.starts_with("<?xml") || text.starts_with("<log"); }
  [[nodiscard]] const checked<std::string>& standard_input() const {
    const std::lock_guard lock(input_->reading);
    if (!input_->bytes) input_->bytes = read_bytes("/dev/stdin");
    return *input_->bytes;
  }

  struct input {
    std::mutex reading;
    std::optional<checked<std::string>> bytes;
  };
  text_files files_;
  spreadsheet_reader spreadsheets_ = nullptr;
  event_log_reader event_logs_ = nullptr;
  std::shared_ptr<input> input_ = std::make_shared<input>();
};

}  // namespace sifang

#endif
