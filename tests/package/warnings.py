# SPDX-License-Identifier: BSL-1.0
"""A program that takes the headers with plain -I is compiled without a warning at -O3: warnings.py COMPILER

It checks a scenario, makes a world of a county and of recorded cases, and reads a rule, which is where GCC 12 used to
warn of faults that it took for half made. Boost and range-v3 come from where the compiler looks, as in any program.
Clang, where there is one, sees what assertions alone look at once they are left out: it reads all headers so.
"""
import pathlib
import shutil
import subprocess
import sys

PROGRAM = """
#include <sifang/sifang.hpp>

#include <cstdio>
#include <utility>

int main(int, char** words) {
  std::size_t faults = sifang::check(sifang::scenario()).size();
  const auto rule = sifang::recurrence::parse(words[0]);
  faults += rule.faults().size();
  faults += sifang::faults_of(sifang::chart_item()).size();
  sifang::organisation county;
  sifang::case_load recorded;
  const auto made = sifang::world::make(sifang::scenario(), std::move(county), sifang::working_calendar(), &recorded);
  for (const sifang::fault& f : made.faults()) std::puts(to_string(f).c_str());
  if (made) faults += sifang::warnings_of(*made).size() + sifang::replicate(*made, 1).size();
  return static_cast<int>(faults + made.faults().size());
}
"""

include = pathlib.Path(__file__).resolve().parents[2] / "include"
EVERYTHING = """
#if __has_include(<zip.h>) && __has_include(<pugixml.hpp>) && __has_include(<xlsxwriter.h>) && __has_include(<libical/ical.h>) && __has_include(<sqlite3.h>)
#define OFFICE
#endif
"""
for path in sorted(include.rglob("*.hpp")):
    line = f"#include <{path.relative_to(include).as_posix()}>\n"
    if "<mpi.h>" in path.read_text(encoding="utf-8"):
        continue
    EVERYTHING += f"#ifdef OFFICE\n{line}#endif\n" if "/office" in line else line


def warns(compiler, flags, program):
    command = [compiler, "-std=c++20", *flags, "-Wall", "-Wextra", "-Werror", "-I", str(include), "-x", "c++", "-c", "-", "-o", "/dev/null"]
    return subprocess.run(command, input=program, text=True).returncode != 0


wrong = warns(sys.argv[1], ["-O3"], PROGRAM)
if clang := shutil.which("clang++"):
    wrong |= warns(clang, ["-DNDEBUG", "-fsyntax-only"], EVERYTHING)
sys.exit(wrong)
