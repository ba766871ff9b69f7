// SPDX-License-Identifier: BSL-1.0
#include "ledgers.hpp"

#include "histories.hpp"
#include "shipped.hpp"

#include "sifang/core/date_fault.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/io/anonymise.hpp"
#include "sifang/io/case_load_file.hpp"
#include "sifang/io/file_in_the_making.hpp"
#include "sifang/io/forecast_tables.hpp"
#include "sifang/io/history_ocel.hpp"
#include "sifang/io/ledger_frame.hpp"
#include "sifang/io/ledger_log.hpp"
#include "sifang/io/ledger_map.hpp"
#include "sifang/io/ledger_proposal.hpp"
#include "sifang/io/log_format.hpp"
#include "sifang/io/xes.hpp"

#include <algorithm>
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

/// The recorded cases as an event log.
[[nodiscard]] std::string events_of(const case_load& load, log_format format, std::string_view name) {
  switch (format) {
    case log_format::xes:
      return xes_text(name, ledger_traces(load));
    case log_format::ocel:
      return ledger_ocel(load);
    default:
      return ledger_events_csv(load);
  }
}

}  // namespace

void tell_ledger(const options& o, const ledger_reading& read) {
  if (o.quiet) return;
  std::cout << pick(o, "Recorded cases: ", "已记录案件：") << read.rows - read.rows_rejected << '/' << read.rows
            << pick(o, " rows of ", " 行，文件 ") << one_line(read.file) << '\n';
  if (!read.is_documented()) {
    std::cout << pick(o, "  columns read as: ", "  各列读作：");
    bool first = true;
    for (const ledger_column& c : read.columns) {
      if (!c.holds) continue;
      std::cout << (first ? "" : ", ") << one_line(c.name) << " = " << name_of(*c.holds);
      first = false;
    }
    std::cout << pick(o, " (sifang ledger shows and keeps it)\n", "（sifang ledger 可显示并保存）\n");
  }
  for (const std::string& note : ledger_notes(read, o.told)) std::cerr << note << '\n';
}

int ledger(const options& o) {
  const auto format = events_format(o);
  if (!format) return bad_input;
  const auto input = read_input(o.scenarios[1], o.settings);
  if (!input) return tell(input.faults(), o);
  const auto map = map_of(o);
  if (!map) return tell(map.faults(), o);
  const ledger_frame frame(input->settings, input->place.org);
  const auto read = load_ledger(o.scenarios[0], frame, *map, scenario_texts());
  if (!read) return tell(read.faults(), o);
  std::cout << ledger_proposal_text(*read, o.spoken) << '\n'
            << read->rows << pick(o, " rows, ", " 行，其中 ") << read->load.cases.size() << pick(o, " can be used\n", " 行可以使用\n");
  std::cout.flush();
  static_cast<void>(tell(read->told, o));
  for (const std::string& note : ledger_notes(*read, o.told)) std::cerr << note << '\n';
  if (!o.rejected.empty()) {
    if (const int code = write_file(o, o.rejected, rejected_csv(*read, o.lang)); code != done) return code;
    std::cout << pick(o, "Cells that cannot be used: ", "不能使用的单元格：") << o.rejected << '\n';
  }
  if (!o.events_out.empty()) {
    const std::string text = events_of(read->load, *format, input->settings.name);
    if (const int code = write_file(o, o.events_out, text); code != done) return code;
    std::cout << pick(o, "Events: ", "事件记录：") << o.events_out << '\n';
  }
  if (!o.out.empty()) {
    if (const int code = write_file(o, o.out, ledger_map_text(*read, *map)); code != done) return code;
    std::cout << pick(o, "Mapping: ", "对应文件：") << o.out << '\n';
  } else if (o.map.empty()) {
    std::cout << pick(o, "--out ledger.map.toml keeps this as a mapping that can be edited and given with --map\n",
                      "加 --out ledger.map.toml 可将以上读法存为对应文件，修改后用 --map 指定\n");
  }
  return read->rows_rejected == 0 ? done : not_met;
}

int anonymise(const options& o) {
  const auto map = map_of(o);
  if (!map) return tell(map.faults(), o);
  std::string key = random_key();
  if (!o.key.empty()) {
    constexpr std::size_t longest = 4096;
    const auto given = read_bytes(o.key, longest);
    if (!given) return tell(given.faults(), o);
    if (given->size() < shortest_key) {
      std::cerr << one_line(o.key) << pick(o, ": expected a key of at least 16 bytes\n", "：密钥应至少为 16 字节\n");
      return bad_input;
    }
    key = *given;
  }
  std::optional<planning_input> input;
  std::optional<ledger_frame> frame;
  if (o.scenarios.size() > 1) {
    auto of_scenario = read_input(o.scenarios[1], {});
    if (!of_scenario) return tell(of_scenario.faults(), o);
    input = *std::move(of_scenario);
    frame.emplace(input->settings, input->place.org);
  }
  const std::string name = map->sheet.empty() ? o.scenarios[0] : o.scenarios[0] + '#' + map->sheet;
  const auto text = scenario_texts().text(name, {text_encoding::utf8_or_gb18030, "a case load"});
  if (!text) return tell(text.faults(), o);
  const case_load_frame known = frame ? case_load_frame(*frame) : case_load_frame{};
  const auto made = anonymise_ledger(*text, o.scenarios[0], {std::move(key), o.shift_dates}, frame ? &known : nullptr, *map);
  if (!made) return tell(made.faults(), o);
  if (const int code = write_file(o, o.out, made->text); code != done || o.quiet) return code;
  std::cout << pick(o, "Rows: ", "行数：") << made->rows << '\n' << pick(o, "Kept: ", "保留的列：");
  const auto list = [&](bool kept) {
    bool first = true;
    for (const ledger_column& c : made->columns) {
      if (c.name.empty() || c.holds.has_value() != kept) continue;
      std::cout << (first ? "" : ", ") << one_line(c.name);
      first = false;
    }
    std::cout << (first ? "–\n" : "\n");
  };
  list(true);
  std::cout << pick(o, "Dropped: ", "去掉的列：");
  list(false);
  if (made->cells_left_out > 0) {
    std::cout << pick(o, "Cells of kept columns that were not known or may be somebody's, left empty: ",
                      "保留列中未识别或疑为个人信息而留空的单元格：")
              << made->cells_left_out << '\n';
  }
  if (o.key.empty())
    std::cout << pick(o, "The key was of one use: hashes cannot be linked with another file's.\n",
                      "密钥为一次性：散列值不能与其他文件对应。\n");
  return done;
}

int forecast(const options& o) {
  const auto on = parse_day(o.on);
  if (!on) return tell({date_fault({}, "--on", o.on, shortened(o.on))}, o);
  if (!o.out.empty() && o.out == o.units_out) {
    std::cerr << pick(o, "--out and --units-out expected two files; found one: ", "--out 与 --units-out 应为两个文件；实际相同：")
              << one_line(o.out) << '\n';
    return bad_input;
  }
  const auto input = read_input(o.scenarios[1], o.settings);
  if (!input) return tell(input.faults(), o);
  const auto map = map_of(o);
  if (!map) return tell(map.faults(), o);
  const ledger_frame of_scenario(input->settings, input->place.org);
  case_load_frame frame = of_scenario;
  frame.first = first_day_allowed;  // the ledger has days of its own
  frame.last = last_day_allowed;
  const auto read = load_ledger(o.scenarios[0], frame, *map, scenario_texts());
  if (!read) return tell(read.faults(), o);
  const case_load& load = read->load;
  if (read->rows_rejected > 0 && (!o.skip_bad || load.cases.empty())) {
    std::vector<fault> faults = read->told;
    faults.push_back({fault_kind::rows_unusable, {read->file}, {std::to_string(read->rows_rejected), std::to_string(read->rows)}});
    return tell(faults, o);
  }
  const forecast_rules rules = forecast_rules_of(input->settings, input->place.org.units(), input->place.calendar);
  const ledger_forecast made = forecast_ledger(load, *on, rules);
  if (made.state != forecast_state::made) {
    const std::string days = to_string(made.first) + " to " + to_string(made.last + longest_after_ledger);
    return tell({{fault_kind::out_of_period, {}, {"--on", days, to_string(*on)}}}, o);
  }
  if (!o.quiet) {
    tell_ledger(o, *read);
    std::cout << forecast_text(made, load, frame, o.spoken, o.all);
    if (o.past) {
      const auto days = mondays_of_second_half(made.first, (std::min)(made.last, *on));
      for (const case_clock duty : {case_clock::accept, case_clock::handle}) {
        std::cout << '\n'
                  << (duty == case_clock::accept
                          ? pick(o, "How forecasts of acceptance from past Mondays came true\n", "以往各周一所作受理预测的应验情况\n")
                          : pick(o, "How forecasts of replies from past Mondays came true\n", "以往各周一所作答复预测的应验情况\n"))
                  << forecast_check_text(check_forecast(load, days, (std::min)(made.last, *on), duty, rules), o.spoken);
      }
    }
  }
  const auto write = [&](const std::string& path, const std::string& text, std::string_view what) {
    if (path.empty()) return int{done};
    const int code = write_file(o, path, text);
    if (code == done && !o.quiet) std::cout << what << path << '\n';
    return code;
  };
  if (const int code = write(o.out, forecast_cases_csv(made, load, frame, o.lang), pick(o, "Cases: ", "案件：")); code != done) return code;
  return write(o.units_out, forecast_units_csv(made, load, frame, o.lang), pick(o, "Units: ", "责任单位："));
}

}  // namespace sifang_program
