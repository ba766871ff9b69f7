// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_OFFICE_SQLITE_HPP
#define SIFANG_OFFICE_SQLITE_HPP

#include "sifang/core/fault.hpp"
#include "sifang/io/text_file.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// A database of SQLite in memory: made and given as bytes, or read from bytes that nobody vouches for. The first thing that goes
/// wrong is kept, and nothing is done after it.

namespace sifang::detail {

/// One prepared statement; its texts never come from outside.
class sqlite_statement {
 public:
  sqlite_statement() = default;
  explicit sqlite_statement(sqlite3_stmt* made) : made_(made) {}
  [[nodiscard]] sqlite3_stmt* get() const noexcept { return made_.get(); }

 private:
  struct finish {
    void operator()(sqlite3_stmt* s) const noexcept { sqlite3_finalize(s); }
  };
  std::unique_ptr<sqlite3_stmt, finish> made_;
};

/// A database in memory.
class sqlite_memory {
 public:
  /// \param file  what faults name \param created  an empty one that is to be filled
  explicit sqlite_memory(std::string file) : file_(std::move(file)) {
    sqlite3* made = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_PRIVATECACHE;
    note(sqlite3_open_v2(":memory:", &made, flags, nullptr));
    opened_.reset(made);
    if (made == nullptr) note(SQLITE_NOMEM);
  }

  /// Takes bytes over as they are, to be read only, with what keeps SQLite from trusting them: no function of theirs is called, no
  /// text is longer than 1 MiB, and no more steps are taken than a table of that size can need. \param bytes  outlive this
  void load(std::string& bytes) {
    if (!ok()) return;
    sqlite3_db_config(opened_.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(opened_.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_limit(opened_.get(), SQLITE_LIMIT_LENGTH, longest_text);
    sqlite3_limit(opened_.get(), SQLITE_LIMIT_SQL_LENGTH, longest_text);
    sqlite3_limit(opened_.get(), SQLITE_LIMIT_ATTACHED, 0);
    rounds_ = 10'000 + bytes.size() / 50;
    sqlite3_progress_handler(
        opened_.get(), 1000, [](void* rounds) { return --*static_cast<std::size_t*>(rounds) == 0 ? 1 : 0; }, &rounds_);
    auto* const begin = reinterpret_cast<unsigned char*>(bytes.data());  // NOLINT: SQLite's type of bytes
    const auto size = static_cast<sqlite3_int64>(bytes.size());
    note(sqlite3_deserialize(opened_.get(), "main", begin, size, size, SQLITE_DESERIALIZE_READONLY));
  }

  /// Everything so far as the bytes of a file; empty if something went wrong.
  [[nodiscard]] std::string bytes() {
    if (!ok()) return {};
    sqlite3_int64 size = 0;
    const std::unique_ptr<unsigned char, void (*)(void*)> made(sqlite3_serialize(opened_.get(), "main", &size, 0), &sqlite3_free);
    if (made == nullptr) {
      note(SQLITE_NOMEM);
      return {};
    }
    return {reinterpret_cast<const char*>(made.get()), static_cast<std::size_t>(size)};  // NOLINT: as above
  }

  /// Whether nothing went wrong so far.
  [[nodiscard]] bool ok() const noexcept { return faults_.empty(); }
  /// What did: one fault, or none.
  [[nodiscard]] const std::vector<fault>& faults() const noexcept { return faults_; }
  /// What faults name.
  [[nodiscard]] const std::string& file() const noexcept { return file_; }

  /// A statement that is to be carried out, perhaps several times.
  [[nodiscard]] sqlite_statement prepare(std::string_view sql) {
    sqlite3_stmt* made = nullptr;
    if (ok()) note(sqlite3_prepare_v3(opened_.get(), sql.data(), static_cast<int>(sql.size()), 0, &made, nullptr));
    return sqlite_statement(made);
  }
  /// Carries out one that has no parameters, and leaves its rows.
  void run(std::string_view sql) {
    const sqlite_statement once = prepare(sql);
    while (ok() && step(once)) {}
  }
  /// Carries out one with these parameters, and leaves its rows.
  template <class... Values>
  void run(const sqlite_statement& s, const Values&... values) {
    if (!ok()) return;
    int at = 0;
    (bind(s.get(), ++at, values), ...);
    while (ok() && step(s)) {}
    sqlite3_reset(s.get());
  }
  /// Goes to the next row. \returns whether there is one
  [[nodiscard]] bool step(const sqlite_statement& s) {
    if (!ok()) return false;
    const int code = sqlite3_step(s.get());
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) note(code);
    return false;
  }

  /// A column of the row: a whole number, a number or none, a text. What is of another kind is that of SQLite's own conversion; tables
  /// are STRICT and were looked at before. @{
  [[nodiscard]] static std::int64_t integer(const sqlite_statement& s, int column) noexcept {
    return sqlite3_column_int64(s.get(), column);
  }
  [[nodiscard]] static std::optional<double> real(const sqlite_statement& s, int column) noexcept {
    if (sqlite3_column_type(s.get(), column) == SQLITE_NULL) return std::nullopt;
    return sqlite3_column_double(s.get(), column);
  }
  [[nodiscard]] std::string text(const sqlite_statement& s, int column) {
    const unsigned char* const found = sqlite3_column_text(s.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(s.get(), column));
    if (found == nullptr) return {};
    std::string out(reinterpret_cast<const char*>(found), size);  // NOLINT: SQLite's type of text
    if (ok() && first_bad_byte(out)) refuse("texts in UTF-8", "bytes that are not text");
    return out;
  }
  /// @}

  /// Notes that the file is not what it should be.
  void refuse(std::string expected, std::string found) {
    if (ok()) faults_.push_back({fault_kind::syntax, {file_}, {std::move(expected), std::move(found)}});
  }
  /// Notes that a column holds what it cannot.
  void refuse_value(std::string table_and_column, std::string expected, std::string found) {
    if (ok()) faults_.push_back({fault_kind::wrong_type, {file_}, {std::move(table_and_column), std::move(expected), std::move(found)}});
  }
  /// Notes that it is broken.
  void refuse_broken() { refuse("a whole database of results", "one that is broken or cut short"); }

 private:
  static constexpr int longest_text = 1 << 20;

  void note(int code) {
    if (code == SQLITE_OK || !ok()) return;
    switch (code & 0xFF) {
      case SQLITE_NOMEM:
        faults_.push_back({fault_kind::cannot_write, {file_}, {file_, reason_of(ENOMEM)}});
        break;
      case SQLITE_TOOBIG:
        refuse("texts of at most 1 MiB", "a longer one");
        break;
      case SQLITE_FULL:
        faults_.push_back({fault_kind::cannot_write, {file_}, {file_, reason_of(EFBIG)}});
        break;
      case SQLITE_NOTADB:
        refuse("a database of results", "something else");
        break;
      case SQLITE_CONSTRAINT:
        refuse("results whose parts fit together", "something else");
        break;
      default:
        refuse_broken();
    }
  }

  template <std::integral Integer>
  void bind(sqlite3_stmt* s, int at, Integer value) {
    note(sqlite3_bind_int64(s, at, static_cast<sqlite3_int64>(value)));
  }
  void bind(sqlite3_stmt* s, int at, double value) { note(sqlite3_bind_double(s, at, value)); }
  void bind(sqlite3_stmt* s, int at, std::string_view value) {
    note(sqlite3_bind_text64(s, at, value.data() == nullptr ? "" : value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  }
  void bind(sqlite3_stmt* s, int at, const std::string& value) { bind(s, at, std::string_view(value)); }
  template <class T>
  void bind(sqlite3_stmt* s, int at, const std::optional<T>& value) {
    if (value)
      bind(s, at, *value);
    else
      note(sqlite3_bind_null(s, at));
  }

  struct close {
    void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
  };
  std::string file_;
  std::unique_ptr<sqlite3, close> opened_;
  std::vector<fault> faults_;
  std::size_t rounds_ = 0;  ///< of a thousand steps that may still be taken
};

/// What is said of a database in a folder of results that is not of these.
[[nodiscard]] inline fault is_of_other_results(const std::string& file) {
  return fault{fault_kind::syntax, {file}, {"a database of the results beside it", "that of other results"}};
}

}  // namespace sifang::detail

#endif
