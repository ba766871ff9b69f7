# SPDX-License-Identifier: BSL-1.0
"""A program that takes the headers with plain -I is compiled without a warning at -O3: warnings.py COMPILER

It checks a scenario, makes a world of a county and of recorded cases, and reads a rule, which is where GCC 12 used to
warn of faults that it took for half made. Boost and range-v3 come from where the compiler looks, as in any program.
"""
import pathlib
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
command = [sys.argv[1], "-std=c++20", "-O3", "-Wall", "-Wextra", "-Werror", "-I", str(include), "-x", "c++", "-c", "-", "-o", "/dev/null"]
sys.exit(subprocess.run(command, input=PROGRAM, text=True).returncode)
