// SPDX-License-Identifier: BSL-1.0
#include "placing.hpp"

#include <algorithm>
#include <iostream>
#include <system_error>
#include <utility>

namespace sifang_program {

using namespace sifang;

int open_results(const options& o, const std::string& name, std::optional<output_directory>& into, const std::filesystem::path& within) {
  const std::filesystem::path place = o.out.empty() ? within / name : std::filesystem::path(o.out);
  left_overs found;
  auto opened = output_directory::open(place, o.force, &found);
  const auto say = [&](const std::vector<std::filesystem::path>& paths, std::string_view what) {
    for (const std::filesystem::path& path : paths) std::cerr << path.string() << what << '\n';
  };
  if (!o.quiet) say(found.removed, pick(o, ": left by a run that was killed; removed", "：系被强行终止的运行所留，已清除"));
  say(found.put_back, pick(o, ": results that a killed run had moved away; put back", "：被强行终止的运行曾移走此结果，已放回原处"));
  say(found.kept, pick(o, ": results that a killed run had not put in place; kept here", "：被强行终止的运行未及放到位的结果，保留于此"));
  say(found.remaining, pick(o, ": left by a run that was killed; it holds files that are no results, and stays",
                            "：系被强行终止的运行所留，其中有结果以外的文件，未清除"));
  if (!opened) return tell(opened.faults(), o);
  into = *std::move(opened);
  return done;
}

int place_results(const options& o, std::vector<fault> faults, output_directory& results, bool finished) {
  if (!faults.empty()) {
    tell(faults, o);
    return failed;
  }
  faults = results.commit(finished);
  tell(faults, o);
  const std::string target = results.target().string(), where = results.where().string();
  if (faults.empty() && where != target) {
    std::cerr << target
              << pick(o, ": finished results are there and stay; the unfinished ones are in ", "：已有完整结果，予以保留；未完成的结果在 ")
              << where << '\n';
  }
  if (!faults.empty()) std::cerr << pick(o, "nothing is lost: the results are in ", "结果没有丢失，现在 ") << where << '\n';
  return faults.empty() ? done : failed;
}

int begin_file(const options& o, const std::string& path, std::optional<file_in_the_making>& into) {
  if (path.empty()) return done;
  auto begun = file_in_the_making::begin(path, o.force);
  if (begun) {
    into = *std::move(begun);
    return done;
  }
  tell(begun.faults(), o);
  // Whether the user can mend the command line, or the disk.
  const auto is_there = [](const fault& f) { return f.kind == fault_kind::file_there; };
  return std::all_of(begun.faults().begin(), begun.faults().end(), is_there) ? bad_input : failed;
}

int tell_no_office(const options& o, std::string_view option) {
  std::cerr
      << option
      << pick(o,
              ": expected a program with sifang::office; this one was built without libxlsxwriter, libical and the others that it needs\n",
              "：需要带有 sifang::office 的程序；本程序编译时缺少 libxlsxwriter、libical 等所需的库\n");
  return bad_input;
}

std::string called_from(const std::filesystem::path& folder, const std::string& name) {
  std::error_code error;
  if (!std::filesystem::exists(name, error) || std::filesystem::is_directory(name, error)) return name;
  const auto file = std::filesystem::absolute(name).lexically_normal();
  const auto way = file.lexically_relative(std::filesystem::absolute(folder).lexically_normal());
  return (way.empty() ? file : way).string();
}

}  // namespace sifang_program
