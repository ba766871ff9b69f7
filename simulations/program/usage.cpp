// SPDX-License-Identifier: BSL-1.0
#include "usage.hpp"

#include "sifang/experiment/replicate.hpp"
#include "sifang/county/replication.hpp"

#include <sys/resource.h>

#include <iomanip>
#include <iostream>
#include <sstream>

namespace sifang_program {

void usage::tell(std::size_t county_years, const replication_memory& of_one) const {
  const options& o = *options_;
  if (!o.stats) return;
  const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec); };
  std::ostringstream out;
  out << std::fixed << std::setprecision(3) << pick(o, "time: ", "用时：") << wall << pick(o, " s, of processors ", " 秒，处理器用时 ")
      << seconds(used.ru_utime) + seconds(used.ru_stime) << pick(o, " s; county-years a second: ", " 秒；每秒县年数：")
      << std::setprecision(0) << static_cast<double>(county_years) / wall << '\n';
  // Linux counts the peak in KiB.
  out << std::setprecision(1) << pick(o, "peak memory of the process: ", "进程内存峰值：") << static_cast<double>(used.ru_maxrss) / 1024
      << " MiB\n";
  out << pick(o, "memory of one replication: ", "单次模拟的内存：") << static_cast<double>(of_one.bytes) / (1024.0 * 1024.0) << " MiB";
  if (of_one.most_open > 0) {
    out << pick(o, "; cases open at one time, at most: ", "；同时在办案件最多：") << of_one.most_open
        << pick(o, "; bytes for each: ", "；每件字节数：") << std::setprecision(0)
        << static_cast<double>(of_one.bytes) / static_cast<double>(of_one.most_open);
  }
  std::cerr << out.str() << '\n';
}

void usage::tell(std::size_t county_years, const sifang::world& one) const {
  if (!options_->stats) return;
  sifang::replication<> player(one);
  player.run(0);
  tell(county_years, {player.bytes(), player.most_open()});
}

}  // namespace sifang_program
