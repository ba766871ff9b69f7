// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_OCEL_HPP
#define SIFANG_IO_OCEL_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/io/log_value.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// \file
/// Object-centric event logs as JSON files of the OCEL 2.0 standard (ocel-standard.org, 2023): an event may be of many objects, which have
/// values that change and stand to each other in named relations.

namespace sifang {

/// A value that events or objects of a type may have.
struct ocel_kind {
  std::string_view name,  ///< what it is called
      holds;              ///< one of string, time, integer, float, boolean
};
/// A type of events or objects, and the values that they may have.
struct ocel_type {
  std::string_view name;            ///< no other type of its sort is called so
  std::vector<ocel_kind> values{};  ///< each name once
};
/// How an event or object stands to an object.
struct ocel_relation {
  std::string object;          ///< its id
  std::string_view qualifier;  ///< as what: receiver, owner, …
};
/// A value of an object from a moment on.
struct ocel_value {
  std::string_view name;  ///< one that its type declares
  log_value value;        ///< of the type that is declared
  log_time since{};       ///< 1970-01-01 00:00 UTC, as the standard has it, for one that never changes
};
/// Something that events are about.
struct ocel_object {
  std::string id;                          ///< no other object of the log has it
  std::string_view type;                   ///< of those declared
  std::vector<ocel_value> values{};        ///< those of one name in order of time
  std::vector<ocel_relation> relations{};  ///< to objects that the log has
};
/// Something that happens to objects.
struct ocel_event {
  std::string id;                          ///< no other event of the log has it
  std::string_view type;                   ///< of those declared
  log_time at;                             ///< when
  std::vector<log_attribute> values{};     ///< of names that its type declares
  std::vector<ocel_relation> relations{};  ///< to objects that the log has
};

namespace detail {

/// A text in quotes; what is no text becomes U+FFFD.
inline void add_json_text(std::string& out, std::string_view text) {
  out += '"';
  if (is_plain(text)) {
    out.append(text);
  } else {
    each_character(text, [&](std::string_view c) {
      if (c == "\"" || c == "\\")
        out.append(1, '\\').append(c);
      else if (c == "\t")
        out += "\\t";
      else if (c == "\n")
        out += "\\n";
      else if (c == "\r")
        out += "\\r";
      else
        out += c;
    });
  }
  out += '"';
}

/// A value in quotes, whatever its type: the schema of the standard wants texts, and the declared type says how they are read.
inline void add_json_value(std::string& out, const log_value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return add_json_text(out, *text);
  out += '"';
  if (const auto* time = std::get_if<log_time>(&value))
    add_text(out, *time);
  else if (const auto* whole = std::get_if<std::int64_t>(&value))
    out += std::to_string(*whole);
  else if (const auto* number = std::get_if<double>(&value))
    out += number_text(*number);
  else
    out += std::get<bool>(value) ? "true" : "false";
  out += '"';
}

}  // namespace detail

/// Writes an OCEL 2.0 log: events as they come, and at the end the objects, which wait in memory meanwhile. An event and an object stand on
/// a line of their own. The same values give the same bytes.
class ocel_writer {
 public:
  /// The types are written.
  ocel_writer(std::span<const ocel_type> event_types, std::span<const ocel_type> object_types) {
    out_ = "{\n\"eventTypes\":[";
    add(event_types);
    out_ += "\n],\n\"objectTypes\":[";
    add(object_types);
    out_ += "\n],\n\"events\":[";
  }

  /// Adds an event. \pre not finished; asserted
  void add(const ocel_event& e) {
    SIFANG_ASSERT(!finished_, "a log that is being written");
    out_ += any_event_ ? ",\n{\"id\":" : "\n{\"id\":";
    any_event_ = true;
    detail::add_json_text(out_, e.id);
    out_ += ",\"type\":";
    detail::add_json_text(out_, e.type);
    out_ += ",\"time\":\"";
    add_text(out_, e.at);
    out_ += "\",\"attributes\":[";
    bool first = true;
    for (const log_attribute& a : e.values) {
      begin_value(out_, first, a.key);
      detail::add_json_value(out_, a.value);
      out_ += '}';
    }
    out_ += ']';
    add_relations(out_, e.relations);
    out_ += '}';
  }
  /// Adds an object. \pre not finished; asserted
  void add(const ocel_object& o) {
    SIFANG_ASSERT(!finished_, "a log that is being written");
    objects_ += objects_.empty() ? "\n{\"id\":" : ",\n{\"id\":";
    detail::add_json_text(objects_, o.id);
    objects_ += ",\"type\":";
    detail::add_json_text(objects_, o.type);
    objects_ += ",\"attributes\":[";
    bool first = true;
    for (const ocel_value& v : o.values) {
      begin_value(objects_, first, v.name);
      detail::add_json_value(objects_, v.value);
      objects_ += ",\"time\":";
      if (v.since == log_time{})
        objects_ += "\"1970-01-01T00:00:00Z\"}";
      else
        objects_.append(1, '"').append(to_text(v.since)).append("\"}");
    }
    objects_ += ']';
    add_relations(objects_, o.relations);
    objects_ += '}';
  }
  /// The objects are written; nothing more can be added.
  void finish() {
    SIFANG_ASSERT(!finished_, "a log that is being written");
    out_.append("\n],\n\"objects\":[").append(objects_).append("\n]\n}\n");
    objects_ = {};
    finished_ = true;
  }
  /// The text since the last time.
  [[nodiscard]] std::string take() { return std::exchange(out_, std::string()); }

 private:
  void add(std::span<const ocel_type> types) {
    bool first_type = true;
    for (const ocel_type& t : types) {
      out_ += first_type ? "\n{\"name\":" : ",\n{\"name\":";
      first_type = false;
      detail::add_json_text(out_, t.name);
      out_ += ",\"attributes\":[";
      bool first = true;
      for (const ocel_kind& k : t.values) {
        out_ += first ? "{\"name\":" : ",{\"name\":";
        first = false;
        detail::add_json_text(out_, k.name);
        out_.append(",\"type\":\"").append(k.holds).append("\"}");
      }
      out_ += "]}";
    }
  }
  static void begin_value(std::string& out, bool& first, std::string_view name) {
    out += first ? "{\"name\":" : ",{\"name\":";
    first = false;
    detail::add_json_text(out, name);
    out += ",\"value\":";
  }
  static void add_relations(std::string& out, const std::vector<ocel_relation>& relations) {
    out += ",\"relationships\":[";
    bool first = true;
    for (const ocel_relation& r : relations) {
      out += first ? "{\"objectId\":" : ",{\"objectId\":";
      first = false;
      detail::add_json_text(out, r.object);
      out += ",\"qualifier\":";
      detail::add_json_text(out, r.qualifier);
      out += '}';
    }
    out += ']';
  }

  std::string out_, objects_;
  bool any_event_ = false, finished_ = false;
};

}  // namespace sifang

#endif
