// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_TEXT_SOURCE_HPP
#define SIFANG_IO_TEXT_SOURCE_HPP

#include "sifang/core/fault.hpp"
#include "sifang/io/text_file.hpp"

#include <algorithm>
#include <cerrno>
#include <concepts>
#include <cstddef>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Where readers get their texts, by name: from files, or from the memory of the program.
///
/// A scenario names the tables of its county and the scenario that it extends; a reader asks a source for them. Names
/// are paths in either case, and what stands in messages is the name.

namespace sifang {

/// What a reader expects of a text.
struct text_wanted {
  text_encoding encoding = text_encoding::utf8;  ///< which encodings it takes
  std::string what = "text";                     ///< what the text should hold, for the message of an empty one
  std::size_t most = most_bytes_of_a_file;       ///< bytes; a longer text is `cannot_read`
};

/// What can give texts by name: `text`, whether there is one (`has`), what tells whether two names mean the same text
/// (`identity`), and folders in which a scenario is looked for by its bare name (`folders`). A source that can say which
/// scenarios a folder has (`std::vector<std::string> scenarios(folder)`, names without extension) lets messages name the nearest.
template <class T>
concept gives_texts = requires(const T& source, const std::filesystem::path& name, const text_wanted& wanted) {
  { source.text(name, wanted) } -> std::same_as<checked<std::string>>;
  { source.has(name) } -> std::same_as<bool>;
  { source.identity(name) } -> std::same_as<std::string>;
  { source.folders() } -> std::convertible_to<std::vector<std::filesystem::path>>;
};

/// The file system.
class text_files {
 public:
  text_files() = default;
  /// \param folders  where scenarios are that any other may extend by their names, the first first
  explicit text_files(std::vector<std::filesystem::path> folders) : folders_(std::move(folders)) {}

  /// The content of a file in UTF-8. Faults: those of `read_text`.
  [[nodiscard]] checked<std::string> text(const std::filesystem::path& name, const text_wanted& wanted) const {
    return read_text(name, wanted.encoding, wanted.what, wanted.most);
  }
  /// Whether there is something of this name that is no folder.
  [[nodiscard]] bool has(const std::filesystem::path& name) const {
    std::error_code error;
    return std::filesystem::exists(name, error) && !std::filesystem::is_directory(name, error);
  }
  /// The path without links and detours, as far as it exists.
  [[nodiscard]] std::string identity(const std::filesystem::path& name) const {
    std::error_code error;
    const std::filesystem::path whole = std::filesystem::weakly_canonical(name, error);
    return (error ? name.lexically_normal() : whole).string();
  }
  /// Names of the scenarios in a folder, without extension; none if it cannot be read.
  [[nodiscard]] std::vector<std::string> scenarios(const std::filesystem::path& folder) const {
    std::vector<std::string> out;
    std::error_code error;
    const std::filesystem::path inside = folder.empty() ? "." : folder;
    for (std::filesystem::directory_iterator at(inside, error), end; !error && at != end; at.increment(error)) {
      if (at->path().extension() == ".toml") out.push_back(at->path().stem().string());
    }
    std::sort(out.begin(), out.end());
    return out;
  }
  /// Where scenarios are looked for by name.
  [[nodiscard]] const std::vector<std::filesystem::path>& folders() const noexcept { return folders_; }

 private:
  std::vector<std::filesystem::path> folders_;
};

/// Texts in memory, each under the name by which other texts, and messages, call it: `county.toml`, `data/units.csv`.
class named_texts {
 public:
  named_texts() = default;
  /// Names and texts; of two with the same name the later one stays.
  named_texts(std::initializer_list<std::pair<std::string_view, std::string_view>> texts) {
    for (const auto& [name, text] : texts) add(name, text);
  }

  /// Adds a text, or replaces the one of that name.
  named_texts& add(std::string_view name, std::string_view text) {
    texts_.insert_or_assign(identity(std::filesystem::path(name)), std::string(text));
    return *this;
  }

  /// The text in UTF-8. Faults: `cannot_read` where there is none of that name, and those of `decode_text`.
  [[nodiscard]] checked<std::string> text(const std::filesystem::path& name, const text_wanted& wanted) const {
    const std::string file = name.string();
    const auto found = texts_.find(identity(name));
    if (found == texts_.end()) return fault{fault_kind::cannot_read, {file}, {file, detail::reason_of(ENOENT)}};
    if (found->second.size() > wanted.most) return fault{fault_kind::cannot_read, {file}, {file, detail::reason_of(EFBIG)}};
    return decode_text(found->second, file, wanted.encoding, wanted.what);
  }
  /// Whether there is a text of this name.
  [[nodiscard]] bool has(const std::filesystem::path& name) const { return texts_.contains(identity(name)); }
  /// The name without detours: `a/../b.toml` is `b.toml`.
  [[nodiscard]] std::string identity(const std::filesystem::path& name) const { return name.lexically_normal().generic_string(); }
  /// Names of the scenarios in a folder, without extension.
  [[nodiscard]] std::vector<std::string> scenarios(const std::filesystem::path& folder) const {
    std::vector<std::string> out;
    for (const auto& [name, text] : texts_) {
      const std::filesystem::path one(name);
      if (one.extension() == ".toml" && one.parent_path() == folder.lexically_normal()) out.push_back(one.stem().string());
    }
    return out;
  }
  /// None: scenarios are found beside each other.
  [[nodiscard]] std::vector<std::filesystem::path> folders() const { return {}; }

 private:
  std::map<std::string, std::string, std::less<>> texts_;
};

/// Any source of texts, as readers take it. It refers to the source, which has to outlive it, as that of an argument does.
class text_source {
 public:
  /// Implicit, so that a source is passed as it is.
  template <gives_texts Source>
  requires(!std::same_as<std::remove_cvref_t<Source>, text_source>)
      text_source(const Source& source)  // NOLINT(google-explicit-constructor)
      : source_(&source),
        text_([](const void* from, const std::filesystem::path& name, const text_wanted& wanted) {
          return static_cast<const Source*>(from)->text(name, wanted);
        }),
        has_([](const void* from, const std::filesystem::path& name) { return static_cast<const Source*>(from)->has(name); }),
        identity_([](const void* from, const std::filesystem::path& name) { return static_cast<const Source*>(from)->identity(name); }),
        folders_([](const void* from) { return std::vector<std::filesystem::path>(static_cast<const Source*>(from)->folders()); }),
        scenarios_([]([[maybe_unused]] const void* from, [[maybe_unused]] const std::filesystem::path& folder) {
          if constexpr (requires(const Source& s) { s.scenarios(folder); })
            return std::vector<std::string>(static_cast<const Source*>(from)->scenarios(folder));
          else
            return std::vector<std::string>();
        }) {}

  /// What the source says. @{
  [[nodiscard]] checked<std::string> text(const std::filesystem::path& name, const text_wanted& wanted) const {
    return text_(source_, name, wanted);
  }
  [[nodiscard]] bool has(const std::filesystem::path& name) const { return has_(source_, name); }
  [[nodiscard]] std::string identity(const std::filesystem::path& name) const { return identity_(source_, name); }
  [[nodiscard]] std::vector<std::filesystem::path> folders() const { return folders_(source_); }
  [[nodiscard]] std::vector<std::string> scenarios(const std::filesystem::path& folder) const { return scenarios_(source_, folder); }
  /// @}

 private:
  const void* source_;
  checked<std::string> (*text_)(const void*, const std::filesystem::path&, const text_wanted&);
  bool (*has_)(const void*, const std::filesystem::path&);
  std::string (*identity_)(const void*, const std::filesystem::path&);
  std::vector<std::filesystem::path> (*folders_)(const void*);
  std::vector<std::string> (*scenarios_)(const void*, const std::filesystem::path&);
};

/// The extension of scenario files; it may be left out where one is named.
inline constexpr std::string_view scenario_extension = ".toml";

/// The scenario meant by a name in the folder `beside`: the file of that name there, with or without `.toml`; else the
/// one that a folder of the source has. Empty if there is none.
/// \param but  a text that is not meant: that of whoever asks, who may have the name of what it extends
[[nodiscard]] inline std::filesystem::path find_scenario(const std::string& name, const std::filesystem::path& beside,
                                                         const text_source& from, const std::filesystem::path& but = {}) {
  std::vector<std::filesystem::path> folders = from.folders();
  folders.insert(folders.begin(), beside);
  for (const std::filesystem::path& folder : folders) {
    for (const std::string& file : {name, name + std::string(scenario_extension)}) {
      std::filesystem::path found = (folder / file).lexically_normal();
      const bool is_asking = !but.empty() && file != name && from.identity(found) == from.identity(but);
      if (!is_asking && from.has(found)) return found;
    }
  }
  return {};
}

}  // namespace sifang

#endif
