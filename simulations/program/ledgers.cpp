// SPDX-License-Identifier: BSL-1.0
#include "ledgers.hpp"

#include "shipped.hpp"

#include "sifang/core/one_line.hpp"
#include "sifang/io/case_load_file.hpp"
#include "sifang/io/file_in_the_making.hpp"
#include "sifang/io/ledger_frame.hpp"
#include "sifang/io/ledger_map.hpp"
#include "sifang/io/ledger_proposal.hpp"

#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sifang_program {

using namespace sifang;

namespace {

/// The map that the options name, or an empty one.
[[nodiscard]] checked<ledger_map> map_of(const options& o) {
  if (o.map.empty()) return ledger_map{};
  return load_ledger_map(o.map, scenario_texts());
}

/// Writes a file that is not to replace one, unless `--force`. \returns the exit code
int write_file(const options& o, const std::string& path, std::string_view text) {
  auto file = file_in_the_making::begin(path, o.force);
  if (!file) return tell(file.faults(), o);
  file->append(text);
  const std::vector<fault> faults = file->commit();
  if (faults.empty()) return done;
  static_cast<void>(tell(faults, o));
  return failed;
}

}  // namespace

void tell_ledger(const options& o, const ledger_reading& read) {
  if (o.quiet) return;
  std::cout << pick(o, "Recorded cases: ", "已记录案件:") << read.rows - read.rows_rejected << '/' << read.rows
            << pick(o, " rows of ", " 行,文件 ") << one_line(read.file) << '\n';
  if (!read.is_documented()) {
    std::cout << pick(o, "  columns read as: ", "  各列读作:");
    bool first = true;
    for (const ledger_column& c : read.columns) {
      if (!c.holds) continue;
      std::cout << (first ? "" : ", ") << one_line(c.name) << " = " << name_of(*c.holds);
      first = false;
    }
    std::cout << pick(o, " (sifang ledger shows and keeps it)\n", "(sifang ledger 可显示并保存)\n");
  }
  for (const std::string& note : ledger_notes(read, o.told)) std::cerr << note << '\n';
}

int ledger(const options& o) {
  const auto input = read_input(o.scenarios[1], o.settings);
  if (!input) return tell(input.faults(), o);
  const auto map = map_of(o);
  if (!map) return tell(map.faults(), o);
  const ledger_frame frame(input->settings, input->place.org);
  const auto read = load_ledger(o.scenarios[0], frame, *map, scenario_texts());
  if (!read) return tell(read.faults(), o);
  std::cout << ledger_proposal_text(*read, o.spoken) << '\n'
            << read->rows << pick(o, " rows, ", " 行,其中 ") << read->load.cases.size() << pick(o, " can be used\n", " 行可以使用\n");
  std::cout.flush();
  static_cast<void>(tell(read->told, o));
  for (const std::string& note : ledger_notes(*read, o.told)) std::cerr << note << '\n';
  if (!o.rejected.empty()) {
    if (const int code = write_file(o, o.rejected, rejected_csv(*read, o.lang)); code != done) return code;
    std::cout << pick(o, "Cells that cannot be used: ", "不能使用的单元格:") << o.rejected << '\n';
  }
  if (!o.out.empty()) {
    if (const int code = write_file(o, o.out, ledger_map_text(*read, *map)); code != done) return code;
    std::cout << pick(o, "Mapping: ", "对应文件:") << o.out << '\n';
  } else if (o.map.empty()) {
    std::cout << pick(o, "--out ledger.map.toml keeps this as a mapping that can be edited and given with --map\n",
                      "加 --out ledger.map.toml 可将以上读法存为对应文件,修改后用 --map 指定\n");
  }
  return read->rows_rejected == 0 ? done : not_met;
}

}  // namespace sifang_program
