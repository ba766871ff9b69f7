// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_VERBS_HPP
#define SIFANG_PROGRAM_VERBS_HPP

#include "sifang/core/fault.hpp"

#include <atomic>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// The verbs of the program. Each reads its options and calls the library; none has logic of its own.

namespace sifang_program {

enum exit_code : int {
  done = 0,
  not_met = 1,    ///< `theory`: a value lies outside its interval; `run`, `compare`: a precision was not reached, a warm-up is too short;
                  ///< `calibrate`: a figure is not met; `optimise`: no answer is proven; `pilot`: no trial shows it; `check`: a gap; `diff
                  ///< --exit-code`: not the same
  bad_input = 2,  ///< nothing was begun
  failed = 3,     ///< a run that was stopped, output that could not be written, results that could not be placed
};

struct options {
  std::vector<std::string> scenarios;
  std::vector<std::string> settings;                     ///< run: all applied; compare: one variant each
  std::vector<std::string> common;                       ///< compare: applied to every policy
  std::vector<std::string> vary;                         ///< sweep: key=value|value|…
  std::string divisions;                                 ///< nation, new: folder of division tables
  std::string table;                                     ///< new: units of one's own
  std::string model = "xiapu-2022", links = "balanced";  ///< new: whose rules and bodies, and how links are dealt
  std::string targets;                                   ///< calibrate: file of figures and parameters; optimise: of decisions and targets
  std::optional<int> posterior;                          ///< calibrate: draws that are not ruled out, instead of one fit
  std::string ledger;                                    ///< calibrate: a ledger whose figures are known too
  std::optional<int> population;                         ///< new: of the county
  std::string out, cases, from, to, format = "table";
  std::string map, rejected;                     ///< how a ledger is read; where its rows that cannot be used are listed
  std::string key;                               ///< anonymise: file of the key
  std::string on, units_out;                     ///< forecast: its day, and the file of the units
  std::string cases_out, events_out, histories;  ///< files of histories, and of which replications
  std::string xlsx, geojson;                     ///< files that an office hands on
  std::string ics, notice;                       ///< roster: folder of calendars, file of the notice
  int sequence = 0;                              ///< roster: of the events of calendars
  std::string case_name, unit, clock;            ///< explain: a case as the ledger has it; a unit, and which of its deadlines
  std::vector<std::string> metrics;              ///< diff: which are shown, with all their parts
  std::string metric;                            ///< bottlenecks, select, sensitivity: of which figure
  std::optional<int> top;                        ///< bottlenecks, sensitivity: places or assumptions that are tried one by one
  std::vector<std::string> matters, precision;   ///< run, compare: sizes of differences and of intervals, METRIC=SIZE
  int replication = 0;                           ///< explain, office: which
  std::string delta;                             ///< select: the smallest difference that matters
  std::optional<int> budget;                     ///< select: years of all policies together
  int candidates = 16;                           ///< replay: lucks tried for each case
  std::string method = "default";                ///< sensitivity: how
  int trajectories = 10;                         ///< sensitivity: of the screening
  int points = 0;                                ///< sweep, sensitivity: samples of ranges; 0: none were asked for
  int hold_out = 0, samples = 199;               ///< fit: months; samples of each p-value of a law
  std::optional<int> unknowns, inner;            ///< compare: draws of what is not known, and years of each
  bool looks_at_unknowns = false;                ///< compare: at a few draws of short years, since nobody said how many
  std::string draws;                             ///< compare: a file of such draws
  bool others = false;                           ///< compare: draw what that file has not as well
  std::string power = "0.8", evaluate;           ///< pilot: chance that a trial is to have; the ledger of one that was made
  int months = 36;                               ///< pilot: the longest trial
  std::optional<int> replications;
  int threads = 0;
  bool force = false, quiet = false, resume = false, stats = false, all = false, reference = false, audit = false, skip_bad = false,
       shift_dates = false, database = false, exit_code = false, past = false, warm_up_check = false, controls = false,
       json = false;                               ///< run, compare: the results as JSON on standard output, and nothing else there
  bool sparklines = false;                         ///< standard output is a terminal that can show small bars
  sifang::language lang = sifang::language::en;    ///< of what is written to files
  sifang::language spoken = sifang::language::en;  ///< of standard output; English on a terminal that shows no Chinese
  sifang::language told = sifang::language::en;    ///< of faults on the error stream, likewise
};

int list(const options& o);
int check(const options& o);
int roster(const options& o);
int run(const options& o);
int compare(const options& o);
int sweep(const options& o);
int select(const options& o);
int nation(const options& o);
int calibrate(const options& o);
int bottlenecks(const options& o);
int calibrate_with_uncertainty(const options& o);  ///< `calibrate --posterior`
int sensitivity(const options& o);
int optimise(const options& o);
int pilot(const options& o);
int migrate(const options& o);
int report(const options& o);
int diff(const options& o);
int theory(const options& o);
int explain(const options& o);
int office(const options& o);
int ledger(const options& o);
int anonymise(const options& o);
int forecast(const options& o);
int replay(const options& o);
int new_county_of(const options& o);
int fit(const options& o);
int completion(const options& o);
int manual(const options& o);

/// Set by Ctrl-C and its like (`stop_on_signals`): begin no further replication, keep what is finished.
extern std::atomic<bool> stop_requested;

/// Writes one line a fault to standard error and returns `bad_input`.
int tell(const std::vector<sifang::fault>& faults, const options& o);

[[nodiscard]] constexpr std::string_view pick(const options& o, std::string_view en, std::string_view zh) noexcept {
  return o.spoken == sifang::language::zh ? zh : en;
}

}  // namespace sifang_program

#endif
