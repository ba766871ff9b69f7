// SPDX-License-Identifier: BSL-1.0
#include "histories.hpp"

#include "handing_on.hpp"
#include "placing.hpp"
#include "policies.hpp"

#include "sifang/county/histories/case_ledger.hpp"
#include "sifang/county/histories/event_log.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/county/histories/case_ledger.hpp"
#include "sifang/county/histories/event_log.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/scenario_warnings.hpp"
#include "sifang/experiment/watch.hpp"
#include "sifang/io/event_log_file.hpp"
#include "sifang/io/history_log.hpp"
#include "sifang/io/history_ocel.hpp"
#include "sifang/io/ledger_file.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/number_list.hpp"
#include "sifang/io/office_tables.hpp"
#include "sifang/version.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <utility>
#include <variant>

namespace sifang_program {

using namespace sifang;

namespace {

/// The writer of events in a format, each of which is told of a replication with its ledger.
class events_writer {
 public:
  /// \param name  of the log
  events_writer(log_format format, std::string_view name) {
    if (format == log_format::xes) kind_.emplace<history_xes_writer>(name);
    if (format == log_format::ocel) kind_.emplace<history_ocel_writer>();
  }
  void add(std::string_view policy, const world& w, std::span<const case_row> cases, std::span<const history_event> events) {
    if (auto* table = std::get_if<event_log_writer>(&kind_)) table->add(policy, w, events);
    if (auto* log = std::get_if<history_xes_writer>(&kind_)) log->add(policy, w, cases, events);
    if (auto* log = std::get_if<history_ocel_writer>(&kind_)) log->add(policy, w, cases, events);
  }
  /// Nothing more can be added.
  void finish() {
    if (auto* log = std::get_if<history_xes_writer>(&kind_)) log->finish();
    if (auto* log = std::get_if<history_ocel_writer>(&kind_)) log->finish();
  }
  [[nodiscard]] std::string take() {
    return std::visit([](auto& one) { return one.take(); }, kind_);
  }

 private:
  std::variant<event_log_writer, history_xes_writer, history_ocel_writer> kind_;
};

}  // namespace

std::optional<log_format> events_format(const options& o) {
  const auto format = log_format_of(o.events_out);
  if (!format) {
    std::cerr << pick(o, "--events-out expected a name that ends in .csv, .xes or .json (OCEL 2.0); found '",
                      "--events-out 的文件名应以 .csv、.xes 或 .json（OCEL 2.0）结尾；实际为“")
              << one_line(o.events_out) << pick(o, "'\n", "”\n");
  }
  return format;
}

int history_files::begin(const options& o, std::size_t replications) {
  const bool wanted = !o.cases_out.empty() || !o.events_out.empty();
  if (!wanted && !o.histories.empty()) {
    std::cerr << pick(o, "--histories says which replications go to --cases-out and --events-out; expected one of them\n",
                      "--histories 指明 --cases-out 和 --events-out 写出哪几次模拟；应至少给出其一\n");
    return bad_input;
  }
  if (!wanted) return done;
  if (o.cases_out == o.events_out) {
    std::cerr << pick(o, "--cases-out and --events-out expected two files; found one: ",
                      "--cases-out 与 --events-out 应为两个文件；实际相同：")
              << one_line(o.cases_out) << '\n';
    return bad_input;
  }
  const auto format = events_format(o);
  if (!format) return bad_input;
  format_ = *format;
  auto numbers = parse_number_list(o.histories.empty() ? "0" : o.histories, "--histories", replications);
  if (!numbers) return tell(numbers.faults(), o);
  numbers_ = *std::move(numbers);
  if (const int code = begin_file(o, o.cases_out, cases_); code != done) return code;
  return begin_file(o, o.events_out, events_);
}

int history_files::write(const options& o, std::span<const studied_policy> policies) {
  if (!cases_ && !events_) return done;
  ledger_writer ledger;
  events_writer log(format_, policies.front().place->setting().name);
  const run_options how{o.threads, {}, &stop_requested};
  for (const studied_policy& p : policies) {
    const auto take = [&](std::uint32_t, case_ledger&& cases, event_log&& events) {
      if (cases_) {
        ledger.add(p.id, *p.place, cases.cases());
        cases_->append(ledger.take());
      }
      if (events_) {
        log.add(p.id, *p.place, cases.cases(), events.events());
        events_->append(log.take());
      }
    };
    if (watch_replications(*p.place, numbers_, how, sifang::policies<>{}, take, case_ledger{}, event_log{}) == numbers_.size()) continue;
    std::cerr << pick(o, "stopped early; no histories were written\n", "已提前中止；未写出案件历史\n");
    return failed;
  }
  if (events_) {
    log.finish();
    events_->append(log.take());
  }
  int code = done;
  const auto place = [&](std::optional<file_in_the_making>& file, const std::string& path, std::string_view what) {
    if (!file) return;
    if (const auto faults = file->commit(); !faults.empty()) {
      tell(faults, o);
      code = failed;
    } else if (!o.quiet) {
      std::cout << what << path << '\n';
    }
  };
  place(cases_, o.cases_out, pick(o, "Cases: ", "台账："));
  place(events_, o.events_out, pick(o, "Events: ", "事件记录："));
  return code;
}

std::vector<office_table> tables_of_year(const world& w, std::uint32_t number, language lang) {
  replication<sifang::policies<>, case_ledger, event_log, wall_chart> year(w, {}, case_ledger{}, event_log{}, wall_chart{});
  (void)year.run(number);
  return office_tables(w, year.observer<case_ledger>().cases(), year.observer<event_log>().events(), year.observer<wall_chart>().items(),
                       lang);
}

int office(const options& o) {
  // The tables show the county on the last counted day: what comes after makes no difference to them.
  std::vector<std::string> settings = o.settings;
  settings.emplace_back("scenario.run_out=0");
  auto made = make_world(o, o.scenarios.front(), std::move(settings));
  if (!made) return tell(made.faults(), o);
  const world& w = made->place;
  std::optional<output_directory> results;
  if (const int code = open_results(o, w.setting().name + "-office", results); code != done) return code;
  handed_files handed;
  if (const int code = handed.begin(o, w); code != done) return code;
  if (!o.quiet) tell_warnings(o, warnings_of(w));
  const auto number = static_cast<std::uint32_t>(o.replication);
  const auto tables = tables_of_year(w, number, o.lang);
  std::vector<fault> faults;
  const auto write = [&](std::string_view name, std::string_view text) {
    for (fault& f : results->write(name, text)) faults.push_back(std::move(f));
  };
  json_writer json(2);
  json.begin_object()
      .member("format", "sifang-manifest")
      .member("version", 1)
      .member("program_version", std::string_view(SIFANG_VERSION_TEXT));
  json.member("command", "office").member("finished", true).key("scenarios").begin_array().value(std::string_view(w.setting().name));
  json.end_array().member("seed", w.setting().seed).member("replication", o.replication).end_object();
  for (const office_table& t : tables) write(t.file, t.text);
  write(output_directory::marker, std::move(json).finish());
  const int code = place_results(o, std::move(faults), *results);
  if (code != done) return code;
  for (const office_table& t : tables) {
    if (!o.quiet) std::cout << (results->where() / t.file).string() << "  " << pick(o, t.title.en, t.title.zh) << '\n';
  }
  const handed_policy one{w.setting().name, &w, tables};
  return handed.write(o, nullptr, {&one, 1});
}

}  // namespace sifang_program
