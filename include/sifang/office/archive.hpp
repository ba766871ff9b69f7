// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_OFFICE_ARCHIVE_HPP
#define SIFANG_OFFICE_ARCHIVE_HPP

#include "sifang/core/fault.hpp"

#include <zip.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace sifang {

/// A ZIP archive in memory, read part by part and never unpacked to a disk. However much a part says that it holds, no more
/// than a limit is unpacked.
class archive {
 public:
  /// Opens the bytes of an archive, which have to outlive it. Faults: `syntax` (it is none, or is broken).
  [[nodiscard]] static checked<archive> open(std::string_view bytes, std::string file) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* opened = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
    if (opened == nullptr && source != nullptr) zip_source_free(source);
    zip_error_fini(&error);
    if (opened == nullptr)
      return fault{fault_kind::syntax, {std::move(file)}, {"a whole .xlsx workbook", "an archive that is broken or cut short"}};
    return archive(opened, std::move(file));
  }

  /// Whether there is a part of this name. Names are looked up and never opened as files, so that `../` leads nowhere.
  [[nodiscard]] bool has(const std::string& name) const { return zip_name_locate(opened_.get(), name.c_str(), 0) >= 0; }

  /// The bytes of a part. Faults: `syntax` (there is none, it is encrypted, broken, or longer than `most`).
  [[nodiscard]] checked<std::string> read(const std::string& name, std::size_t most) const {
    const zip_int64_t at = zip_name_locate(opened_.get(), name.c_str(), 0);
    if (at < 0) return wrong("a whole .xlsx workbook", "a part that is missing");
    zip_stat_t about;
    zip_stat_init(&about);
    const auto index = static_cast<zip_uint64_t>(at);
    if (zip_stat_index(opened_.get(), index, 0, &about) != 0) return wrong("a whole .xlsx workbook", "a part that is broken");
    if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE)
      return wrong("a workbook without a password", "an encrypted one");
    if ((about.valid & ZIP_STAT_SIZE) != 0 && about.size > most) return too_long(most);
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> part(zip_fopen_index(opened_.get(), index, 0), &zip_fclose);
    if (!part) return wrong("a whole .xlsx workbook", "a part that is broken");
    std::string out, block(std::size_t{1} << 16, '\0');
    while (true) {
      const zip_int64_t got = zip_fread(part.get(), block.data(), block.size());
      if (got < 0) return wrong("a whole .xlsx workbook", "a part that is broken");
      if (got == 0) return out;
      if (out.size() + static_cast<std::size_t>(got) > most) return too_long(most);  // whatever its header says
      out.append(block, 0, static_cast<std::size_t>(got));
    }
  }

 private:
  archive(zip_t* opened, std::string file) : opened_(opened, &zip_discard), file_(std::move(file)) {}

  [[nodiscard]] fault wrong(std::string expected, std::string found) const {
    return make_fault(fault_kind::syntax, place{file_}, std::move(expected), std::move(found));
  }
  [[nodiscard]] fault too_long(std::size_t most) const {
    return wrong("parts of at most " + std::to_string(most >> 20) + " MiB", "a longer one");
  }

  std::unique_ptr<zip_t, void (*)(zip_t*)> opened_;
  std::string file_;
};

}  // namespace sifang

#endif
