// SPDX-License-Identifier: BSL-1.0
#include "ledgers.hpp"
#include "placing.hpp"
#include "shipped.hpp"
#include "verbs.hpp"

#include "sifang/core/date_fault.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/io/ledger_cases.hpp"
#include "sifang/io/ledger_fit.hpp"
#include "sifang/io/ledger_fit_files.hpp"
#include "sifang/io/ledger_fit_tables.hpp"
#include "sifang/io/ledger_frame.hpp"
#include "sifang/io/ledger_hold_out.hpp"
#include "sifang/io/ledger_map.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/version.hpp"

#include <filesystem>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang_program {

using namespace sifang;

namespace {

/// The days of registration that the options name.
[[nodiscard]] std::vector<fault> take_days(const options& o, ledger_fit_options& into) {
  std::vector<fault> faults;
  const auto read = [&](const std::string& text, const char* option, std::optional<day>& to) {
    if (text.empty()) return;
    to = parse_day(text);
    if (!to) faults.push_back(date_fault({}, option, text, text));
  };
  read(o.from, "--from", into.first);
  read(o.to, "--to", into.last);
  if (into.first && into.last && *into.last < *into.first)
    faults.push_back({fault_kind::not_chronological, {}, {"--to", to_string(*into.last), to_string(*into.first)}});
  return faults;
}

/// Writes the files of a fit into a folder; returns what went wrong.
[[nodiscard]] std::vector<fault> write_fit(const ledger_fit& found, const held_out_fit* held, const std::string& fitted,
                                           const ledger_fit_origin& origin, output_directory& into) {
  std::vector<fault> faults;
  const auto write = [&](std::string_view name, std::string_view text) {
    for (fault& f : into.write(name, text)) faults.push_back(std::move(f));
  };
  write("fitted.toml", fitted);
  write("parameters.csv", fitted_parameters_csv(found));
  write("arrivals.csv", fitted_arrivals_csv(found));
  write("durations.csv", fitted_durations_csv(found));
  write("quantiles.csv", fitted_quantiles_csv(found));
  if (held != nullptr) write("held-out.csv", held_out_csv(*held));
  write(output_directory::marker, fit_manifest(found, origin));
  return faults;
}

}  // namespace

int fit(const options& o) {
  const auto input = read_input(o.scenarios[1], o.settings);
  if (!input) return tell(input.faults(), o);
  ledger_map map;
  if (!o.map.empty()) {
    auto read = load_ledger_map(o.map, scenario_texts());
    if (!read) return tell(read.faults(), o);
    map = *std::move(read);
  }
  const scenario& s = input->settings;
  ledger_fit_options how{{}, {}, s.confidence, static_cast<std::size_t>(o.samples), s.seed};
  if (const auto faults = take_days(o, how); !faults.empty()) return tell(faults, o);
  const ledger_frame frame(input->settings, input->place.org);
  const auto ledger = load_ledger_cases(o.scenarios[0], frame, map, scenario_texts());
  if (!ledger) return tell(ledger.faults(), o);
  if (ledger->read.rows_rejected > 0 && !o.skip_bad) return tell(sifang::detail::unusable(ledger->read), o);

  const county_tree& units = input->place.org.units();
  const ledger_fit found = fit_ledger(*ledger, s, input->place.calendar, units, how);
  if (found.parameters.empty()) {
    std::cerr << one_line(o.scenarios[0])
              << pick(o, ": expected at least 30 first registrations in the days that are fitted; found ",
                      "：拟合时段内应至少有 30 件初次登记；实际 ")
              << found.rows << '\n';
    return bad_input;
  }
  std::optional<held_out_fit> held;
  if (o.hold_out > 0) {
    held = fit_with_hold_out(*ledger, s, input->place.calendar, units, how, o.hold_out);
    if (!held) {
      std::cerr << pick(o, "--hold-out: expected at least 30 first registrations before the months that are held out; found fewer\n",
                        "--hold-out：留出月份之前应至少有 30 件初次登记；实际不足\n");
      return bad_input;
    }
  }
  const auto fitted = with_fit(s, found);
  if (!fitted) return tell(fitted.faults(), o);
  std::optional<output_directory> folder;
  if (const int code = open_results(o, s.name + "-fit", folder); code != done) return code;
  const std::string file = o.scenarios[0] == "-" ? "standard input" : std::filesystem::path(o.scenarios[0]).filename().string();
  const ledger_fit_origin origin{SIFANG_VERSION_TEXT, file, o.scenarios[1], o.settings, o.hold_out};
  const std::string extends = called_from(folder->target(), o.scenarios[1]);
  const std::string scenario_text = fitted_scenario(found, extends, *fitted, origin);
  const held_out_fit* tried = held ? &*held : nullptr;
  if (const int code = place_results(o, write_fit(found, tried, scenario_text, origin, *folder), *folder); code != done) return code;
  if (o.quiet) return done;
  tell_ledger(o, ledger->read);
  std::cout << ledger_fit_tables(found, tried, o.spoken) << '\n'
            << pick(o, "Scenario with the fitted values: ", "带拟合值的方案：") << (folder->where() / "fitted.toml").string() << '\n';
  return done;
}

}  // namespace sifang_program
