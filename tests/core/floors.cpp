// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

/// What each header includes of ours and of others, by its path below include/sifang.
struct house {
  struct header {
    std::vector<std::string> ours, others;
    std::size_t lines = 0;
  };
  fs::path root = fs::path(SIFANG_SOURCE_DIR) / "include/sifang";
  std::map<std::string, header> headers;

  house() {
    const std::regex include("^ *#include [<\"]([^>\"]+)[>\"]");
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
      if (entry.path().extension() != ".hpp") continue;
      header& h = headers[entry.path().lexically_relative(root).generic_string()];
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line); ++h.lines) {
        std::smatch found;
        if (!std::regex_search(line, found, include)) continue;
        const std::string name = found[1];
        if (name.starts_with("sifang/"))
          h.ours.push_back(name.substr(7));
        else
          h.others.push_back(name);
      }
    }
  }
  [[nodiscard]] static bool is_umbrella(const std::string& name) { return name.find('/') == std::string::npos; }
};

const std::vector<std::string> floors{"core",   "random",    "engine", "stats",      "calendar", "org",   "petition",
                                      "assign", "reception", "county", "experiment", "io",       "office"};

std::size_t floor_of(const std::string& header) {
  const auto at = std::find(floors.begin(), floors.end(), header.substr(0, header.find('/')));
  REQUIRE(at != floors.end());
  return static_cast<std::size_t>(at - floors.begin());
}

}  // namespace

TEST_CASE("includes only go down, and no header takes a whole library at once") {
  const house all;
  std::size_t rooms = 0;
  for (const auto& [name, header] : all.headers) {
    if (house::is_umbrella(name)) continue;
    ++rooms;
    INFO(name);
    CHECK(header.lines <= 600);
    for (const std::string& other : header.others) CHECK(other != "range/v3/all.hpp");
    for (const std::string& to : header.ours) {
      INFO("includes " << to);
      REQUIRE(all.headers.count(to) == 1);
      REQUIRE((!house::is_umbrella(to) || to == "version.hpp"));  // no room includes an umbrella
      if (to != "version.hpp") CHECK(floor_of(to) <= floor_of(name));
    }
  }
  CHECK(rooms > 120);
}

TEST_CASE("no headers include each other in a ring") {
  const house all;
  std::set<std::string> done, open;
  std::vector<std::string> way;
  const std::function<void(const std::string&)> walk = [&](const std::string& name) {
    if (done.count(name) != 0) return;
    way.push_back(name);
    INFO(name << " is included on its own way, of " << way.size() << " from " << way.front());
    REQUIRE(open.insert(name).second);
    for (const std::string& to : all.headers.at(name).ours) walk(to);
    open.erase(name);
    done.insert(name);
    way.pop_back();
  };
  for (const auto& [name, header] : all.headers) walk(name);
  CHECK(done.size() == all.headers.size());
}

TEST_CASE("the engine's floors need nothing but the standard library") {
  const house all;
  std::set<std::string> seen;
  const std::function<void(const std::string&)> walk = [&](const std::string& name) {
    if (!seen.insert(name).second) return;
    INFO(name);
    for (const std::string& other : all.headers.at(name).others) CHECK(other.find_first_of("/.") == std::string::npos);
    for (const std::string& to : all.headers.at(name).ours) walk(to);
  };
  walk("engine.hpp");
  for (const std::string& name : seen) {
    INFO(name);
    CHECK((house::is_umbrella(name) || floor_of(name) <= 3));
  }
  CHECK(seen.size() > 40);
}
