// SPDX-License-Identifier: BSL-1.0
// All divisions of China as one hierarchy: building from rows in three orders, each query, and edits beside a
// rebuild. The folder of provinces.csv, cities.csv, areas.csv, streets.csv and villages.csv (or villages.csv.xz, if
// xz is there) is named by the environment variable SIFANG_DIVISIONS; without it a made-up country of the same
// size and the same lengths of codes and names is measured.
//
// "bytes_read" is the least one can do with the same bytes: find the ends of lines and fields. Queries are over
// a random sequence of units, so they include the misses of the cache.
#include "sifang/org/hierarchy_edit.hpp"
#include "sifang/org/hierarchy_views.hpp"
#include "sifang/org/level_set.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace sifang;
using country = hierarchy<std::string>;

/// One text with a line for every division: code, name, and columns that are not needed.
struct divisions_text {
  std::string text;
  bool real = false;
};

std::string content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string unpacked(const std::string& path) {
  std::string text;
  if (FILE* pipe = popen(("xz -dc '" + path + "' 2>&1").c_str(), "r")) {
    std::array<char, 1 << 16> buffer;
    for (std::size_t n; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) text.append(buffer.data(), n);
    if (pclose(pipe) != 0) text.clear();
  }
  return text;
}

divisions_text real_divisions(const std::string& folder) {
  divisions_text out{"0,\"中国\"\n", true};
  for (const char* name : {"provinces", "cities", "areas", "streets", "villages"}) {
    std::string part = content(folder + "/" + name + ".csv");
    if (part.empty()) part = unpacked(folder + "/" + name + ".csv.xz");
    if (part.empty()) return {};
    out.text.append(part, part.find('\n') + 1);
    if (out.text.back() != '\n') out.text += '\n';
  }
  return out;
}

divisions_text made_up_divisions() {
  divisions_text out{"0,\"中国\"\n", false};
  std::vector<std::string> level{""};
  for (const auto& [fan, digits] : {std::pair(31, 2), {11, 2}, {9, 2}, {14, 3}, {15, 3}}) {
    std::vector<std::string> next;
    for (const std::string& above : level) {
      for (int i = 1; i <= fan; ++i) {
        std::string number = std::to_string(i);
        number.insert(0, static_cast<std::size_t>(digits) - number.size(), '0');
        next.push_back(above + number);
        out.text += next.back() + ",\"某某某村村民委员会\"," + above + ",35,3509,350921\n";
      }
    }
    level = std::move(next);
  }
  return out;
}

const divisions_text& divisions() {
  static const divisions_text made = [] {
    const char* folder = std::getenv("SIFANG_DIVISIONS");
    divisions_text found = folder != nullptr ? real_divisions(folder) : divisions_text{};
    return found.real ? found : made_up_divisions();
  }();
  return made;
}

enum class order { as_written, reversed, shuffled };

/// The same lines in another order.
const std::string& text_in(order o) {
  static std::string texts[3];
  std::string& text = texts[static_cast<int>(o)];
  if (!text.empty()) return text;
  text = divisions().text;
  if (o == order::as_written) return text;
  std::vector<std::string_view> lines;
  for (std::string_view rest = divisions().text; !rest.empty();) {
    const std::size_t end = rest.find('\n') + 1;
    lines.push_back(rest.substr(0, end));
    rest.remove_prefix(end);
  }
  if (o == order::reversed)
    std::reverse(lines.begin(), lines.end());
  else
    std::shuffle(lines.begin(), lines.end(), std::mt19937(20230630));
  text.clear();
  for (std::string_view line : lines) text += line;
  return text;
}

/// Calls `row(code, name)` for each line. Codes hold their parent's, so that column need not be read.
template <class Row>
void for_each_row(std::string_view text, Row row) {
  for (const char *at = text.data(), *last = at + text.size(); at != last;) {
    const auto* end = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(last - at)));
    const auto* comma = static_cast<const char*>(std::memchr(at, ',', static_cast<std::size_t>(end - at)));
    const auto* quote = static_cast<const char*>(std::memchr(comma + 2, '"', static_cast<std::size_t>(end - comma - 2)));
    row(std::string_view(at, comma), std::string_view(comma + 2, quote));
    at = end + 1;
  }
}

std::string_view parent_of(std::string_view code) {
  switch (code.size()) {
    case 1:
      return "";
    case 2:
      return "0";
    case 4:
      return code.substr(0, 2);
    case 6:
      return code.substr(0, 4);
    case 9:
      return code.substr(0, 6);
    default:
      return code.substr(0, 9);
  }
}

checked<country> built_from(std::string_view text) {
  hierarchy_builder<std::string> builder;
  for_each_row(text,
               [&](std::string_view code, std::string_view name) { builder.add(std::string(code), parent_of(code), std::string(name)); });
  return std::move(builder).build();
}

const country& china() {
  static const country made = *built_from(text_in(order::as_written));
  return made;
}

void per_row(benchmark::State& state) {
  state.counters["per unit"] =
      benchmark::Counter(static_cast<double>(china().size()), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void bytes_read(benchmark::State& state) {
  const std::string& text = text_in(order::as_written);
  for (auto _ : state) {
    std::size_t fields = 0;
    for (const char *at = text.data(), *last = at + text.size(); at != last; ++at) fields += *at == ',' || *at == '\n';
    benchmark::DoNotOptimize(fields);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) * state.iterations());
  state.SetLabel(divisions().real ? "real divisions" : "made-up divisions");
}
BENCHMARK(bytes_read)->Unit(benchmark::kMillisecond);

void rows_split(benchmark::State& state) {
  for (auto _ : state) {
    std::size_t bytes = 0;
    for_each_row(text_in(order::as_written), [&](std::string_view code, std::string_view name) { bytes += code.size() + name.size(); });
    benchmark::DoNotOptimize(bytes);
  }
  per_row(state);
}
BENCHMARK(rows_split)->Unit(benchmark::kMillisecond);

void rows_copied(benchmark::State& state) {
  struct row {
    std::string code, name;
  };
  for (auto _ : state) {
    std::vector<row> rows;
    for_each_row(text_in(order::as_written), [&](std::string_view code, std::string_view name) {
      rows.push_back({std::string(code), std::string(name)});
    });
    benchmark::DoNotOptimize(rows.data());
  }
  per_row(state);
}
BENCHMARK(rows_copied)->Unit(benchmark::kMillisecond);

void build(benchmark::State& state) {
  const auto o = static_cast<order>(state.range(0));
  const std::string& text = text_in(o);
  for (auto _ : state) {
    auto made = built_from(text);
    benchmark::DoNotOptimize(made->size());
  }
  per_row(state);
  constexpr const char* names[] = {"as written", "reversed", "shuffled"};
  state.SetLabel(names[state.range(0)]);
  state.counters["units"] = static_cast<double>(china().size());
  state.counters["structure B/unit"] = static_cast<double>(china().structure_bytes()) / static_cast<double>(china().size());
}
BENCHMARK(build)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

/// Units in a random order, long enough to leave the cache.
const std::vector<unit_id>& some_units() {
  static const std::vector<unit_id> drawn = [] {
    std::mt19937 random(1);
    std::vector<unit_id> out(1 << 16);
    for (unit_id& u : out) u = unit_id(random() % china().size());
    return out;
  }();
  return drawn;
}

template <class Query>
void ask(benchmark::State& state, Query query) {
  const country& tree = china();
  const auto& units = some_units();
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(query(tree, units[i], units[i ^ 1]));
    i = (i + 1) & (units.size() - 1);
  }
}

template <class Units>
std::size_t sum(Units&& units) {
  std::size_t out = 0;
  for (unit_id u : units) out += u.index();
  return out;
}

BENCHMARK_CAPTURE(ask, parent, [](const country& t, unit_id u, unit_id) { return t.parent(u); });
BENCHMARK_CAPTURE(ask, depth, [](const country& t, unit_id u, unit_id) { return t.depth(u); });
BENCHMARK_CAPTURE(ask, contains, [](const country& t, unit_id u, unit_id v) { return t.contains(u, v); });
BENCHMARK_CAPTURE(ask, lowest_common_ancestor, [](const country& t, unit_id u, unit_id v) { return t.lowest_common_ancestor(u, v); });
BENCHMARK_CAPTURE(ask, ancestors, [](const country& t, unit_id u, unit_id) { return sum(t.ancestors(u)); });
BENCHMARK_CAPTURE(ask, code_and_payload, [](const country& t, unit_id u, unit_id) { return t.code(u).size() + t[u].size(); });

void find_by_code(benchmark::State& state) {
  std::vector<std::string> codes;
  for (unit_id u : some_units()) codes.push_back(china().code(u));
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(china().find(codes[i]));
    i = (i + 1) & (codes.size() - 1);
  }
}
BENCHMARK(find_by_code);

/// Time for each unit listed.
template <class List>
void list(benchmark::State& state, List listing) {
  const country& tree = china();
  std::size_t listed = 0;
  for (unit_id u : listing(tree)) listed += u.valid();
  for (auto _ : state) benchmark::DoNotOptimize(sum(listing(tree)));
  state.counters["listed"] = static_cast<double>(listed);
  state.counters["per listed"] =
      benchmark::Counter(static_cast<double>(listed), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
unit_id province(const country& tree) { return *tree.children(tree.root()).begin(); }

BENCHMARK_CAPTURE(list, subtree, [](const country& t) { return t.subtree(province(t)); });
BENCHMARK_CAPTURE(list, children, [](const country& t) { return t.children(*t.layer(province(t), 4).begin()); });
BENCHMARK_CAPTURE(list, siblings, [](const country& t) { return t.siblings(*t.layer(province(t), 5).begin()); });
BENCHMARK_CAPTURE(list, counties_of_the_country, [](const country& t) { return t.layer(t.root(), 3); });
BENCHMARK_CAPTURE(list, counties_by_filter, [](const country& t) { return t.subtree(t.root()) | at_depth(t, 3); });
BENCHMARK_CAPTURE(list, long_names, [](const country& t) {
  return t.subtree(province(t)) | where(t, [](const std::string& name) { return name.size() > 30; });
});

/// So many villages each go to the township of another, as one batch.
void edit(benchmark::State& state) {
  const country& tree = china();
  std::mt19937 random(2);
  std::vector<unit_id> villages, townships;
  for (unit_id u : tree.layer(tree.root(), 5)) villages.push_back(u);
  for (unit_id u : tree.layer(tree.root(), 4)) townships.push_back(u);
  std::vector<std::pair<std::string, std::string>> moves;
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    moves.emplace_back(tree.code(villages[random() % villages.size()]), tree.code(townships[random() % townships.size()]));
  }
  for (auto _ : state) {
    reorganisation edits(tree);
    for (const auto& [village, township] : moves) edits.move(village, township);
    auto after = std::move(edits).apply();
    benchmark::DoNotOptimize(after->tree.size());
  }
}
BENCHMARK(edit)->Arg(1)->Arg(100)->Arg(10'000)->Unit(benchmark::kMillisecond);

/// A new version in which one township is merged into its neighbour, renamed and given another code.
void merge_and_recode(benchmark::State& state) {
  const country& tree = china();
  auto townships = tree.layer(province(tree), 4);
  const std::string one = tree.code(*townships.begin()), other = tree.code(*tree.siblings(*townships.begin()).begin());
  for (auto _ : state) {
    auto after = std::move(reorganisation(tree).merge(one, other).revise(other, "新镇").recode(other, "new")).apply();
    benchmark::DoNotOptimize(after->tree.size());
  }
}
BENCHMARK(merge_and_recode)->Unit(benchmark::kMillisecond);

/// What an edit saves: all rows handed to a builder again, already parsed.
void rebuild(benchmark::State& state) {
  const country& tree = china();
  for (auto _ : state) {
    hierarchy_builder<std::string> builder;
    builder.reserve(tree.size());
    for (unit_id u : tree.all()) builder.add(tree.code(u), u == tree.root() ? std::string_view() : tree.code(*tree.parent(u)), tree[u]);
    auto made = std::move(builder).build();
    benchmark::DoNotOptimize(made->size());
  }
}
BENCHMARK(rebuild)->Unit(benchmark::kMillisecond);

}  // namespace
