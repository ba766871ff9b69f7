// SPDX-License-Identifier: BSL-1.0
#include "shipped.hpp"

#include "command_line.hpp"
#ifdef SIFANG_EMBEDDED_SCENARIOS
#include "embedded.hpp"
#endif

#ifdef SIFANG_PROGRAM_WITH_OFFICE
#include "sifang/office/xes_reader.hpp"
#include "sifang/office/xlsx.hpp"
#endif
#include "sifang/io/figure_text.hpp"
#include "sifang/io/scenario_check.hpp"
#include "sifang/io/scenario_file.hpp"
#include "sifang/io/toml_text.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <system_error>
#include <utility>

namespace sifang_program {

namespace fs = std::filesystem;
using namespace sifang;

namespace {

constexpr std::string_view extension = scenario_extension;

/// What the names of linked texts begin with; nobody has a folder that is called so.
const fs::path inside_the_program("(sifang)");

/// Names of the scenario files of a folder; none if it cannot be read.
[[nodiscard]] std::vector<std::string> scenarios_in(const fs::path& folder) {
  std::vector<std::string> out;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const fs::path& path = at->path();
    if (path.extension() == extension) out.push_back(path.filename().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// What the first folder that has it holds under this name; a file of the user's own folder is named with its extension.
[[nodiscard]] fs::path shipped_file(const std::string& name) {
  for (const fs::path& folder : scenario_folders()) {
    if (fs::path found = find_scenario(name, folder, scenario_texts()); !found.empty()) return found;
  }
  return {};
}

/// A file that a path names, or one that ships in a folder beside the scenarios; the name itself if there is none.
[[nodiscard]] fs::path shipped_beside(const std::string& name, const char* kind, std::string_view ending = extension) {
  std::error_code ignored;
  if (fs::exists(name, ignored) || !fs::path(name).parent_path().empty()) return name;
  for (const fs::path& folder : scenario_folders()) {
    fs::path found = (folder / ".." / kind / name).lexically_normal();
    if (found.extension() != ending) found += ending;
    if (scenario_texts().has(found)) return found;
  }
  return name;
}

/// What a scenario file says that it extends, without the extension; empty if nothing.
[[nodiscard]] std::string extended_by(const fs::path& path) {
  const auto text = scenario_texts().text(path, {text_encoding::utf8, "a scenario"});
  if (!text) return {};
  std::vector<fault> ignored;  // the scenario was read before
  const auto document = parse_toml(*text, path.string(), ignored);
  const auto base = document.root["extends"].value<std::string>();
  const fs::path name(base.value_or(""));
  return (name.extension() == extension ? name.stem() : name.filename()).string();
}

}  // namespace

shipped_texts::shipped_texts(given_texts given) : given_(std::move(given)) {
#ifdef SIFANG_EMBEDDED_SCENARIOS
  for (const embedded_text& one : embedded_texts()) inside_.add((inside_the_program / one.name).string(), one.text);
#endif
}
checked<std::string> shipped_texts::text(const fs::path& name, const text_wanted& wanted) const {
  return is_inside(name) ? inside_.text(name, wanted) : given_.text(name, wanted);
}
bool shipped_texts::has(const fs::path& name) const { return given_.has(name) || inside_.has(name); }
std::string shipped_texts::identity(const fs::path& name) const { return is_inside(name) ? inside_.identity(name) : given_.identity(name); }
std::vector<std::string> shipped_texts::scenarios(const fs::path& folder) const {
  std::vector<std::string> out = given_.scenarios(folder);
  for (std::string& name : inside_.scenarios(folder)) out.push_back(std::move(name));
  return out;
}
std::vector<fs::path> shipped_texts::folders() const { return scenario_folders(); }
bool shipped_texts::is_inside(const fs::path& name) const { return inside_.has(name) && !given_.has(name); }

std::vector<fs::path> scenario_folders() {
  const char* own = std::getenv("SIFANG_SCENARIOS");
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  std::vector<fs::path> out;
  for (const fs::path& folder :
       {fs::path(own != nullptr ? own : ""), program / SIFANG_INSTALLED_SCENARIOS, fs::path(SIFANG_SCENARIO_DIR)}) {
    if (!folder.empty() && fs::is_directory(folder, ignored)) out.push_back(folder.lexically_normal());
  }
#ifdef SIFANG_EMBEDDED_SCENARIOS
  out.push_back(inside_the_program / "scenarios");
#endif
  return out;
}

const shipped_texts& scenario_texts() {
#ifdef SIFANG_PROGRAM_WITH_OFFICE
  static const shipped_texts texts(given_texts({}, &xlsx_as_csv, &xes_as_case_load));
#else
  static const shipped_texts texts{given_texts()};
#endif
  return texts;
}

std::vector<std::string> shipped_names() {
  std::vector<std::string> out;
  for (const fs::path& folder : scenario_folders()) {
    for (std::string& name : scenario_texts().scenarios(folder)) out.push_back(std::move(name));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

checked<fs::path> scenario_meant(const std::string& name) {
  std::error_code error;
  const fs::file_status status = fs::status(name, error);
  if (fs::exists(status) && !fs::is_directory(status)) return fs::path(name);
  if (fs::path shipped = shipped_file(name); !shipped.empty()) return shipped;
  if (status.type() != fs::file_type::not_found) return fs::path(name);  // a folder, or nothing we may look at: reading it says so
  const fs::path folder = fs::path(name).parent_path();
  std::vector<std::string> candidates;
  if (folder.empty()) candidates = shipped_names();
  if (fs::path(name).has_extension()) {
    for (std::string& shipped : candidates) shipped += extension;
  }
  for (const std::string& file : scenarios_in(folder.empty() ? "." : folder)) candidates.push_back((folder / file).string());
  return fault{fault_kind::unknown_scenario, {}, {name, meant_by(name, candidates)}};
}

fs::path targets_meant(const std::string& name) { return shipped_beside(name, "calibration"); }
fs::path draws_meant(const std::string& name) { return shipped_beside(name, "calibration", ".csv"); }
fs::path optimisation_meant(const std::string& name) { return shipped_beside(name, "optimisation"); }

checked<planning_input> read_input(const std::string& name, std::span<const std::string> settings) {
  const auto path = scenario_meant(name);
  if (!path) return path.faults();
  return load_planning_input(*path, settings, scenario_texts());
}

int list(const options& o) {
  std::vector<std::vector<std::string>> rows(
      1, {std::string(pick(o, "name", "名称")), std::string(pick(o, "title", "标题")), std::string(pick(o, "extends", "继承自"))});
  std::vector<fault> faults;
  for (const std::string& name : shipped_names()) {
    const fs::path path = shipped_file(name);
    const auto found = load_scenario(path, {}, scenario_texts());
    if (!found) {
      faults.insert(faults.end(), found.faults().begin(), found.faults().end());
      continue;
    }
    const std::string base = extended_by(path);
    rows.push_back({name, title_of(*found, o.spoken), base.empty() ? "–" : base});
  }
  std::cout << table_of(rows);
  for (const fs::path& folder : scenario_folders()) {
    std::cout << '\n';
    if (folder == inside_the_program / "scenarios")
      std::cout << pick(o, "They are part of the program", "均包含在程序之内");
    else
      std::cout << pick(o, "They stand in ", "所在文件夹：") << folder.string();
  }
  std::cout << '\n';
  return faults.empty() ? static_cast<int>(done) : tell(faults, o);
}

}  // namespace sifang_program
