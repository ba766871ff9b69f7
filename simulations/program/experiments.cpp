// SPDX-License-Identifier: BSL-1.0
#include "compared.hpp"
#include "databases.hpp"
#include "figures.hpp"
#include "handing_on.hpp"
#include "histories.hpp"
#include "ledgers.hpp"
#include "placing.hpp"
#include "policies.hpp"
#include "ranks.hpp"
#include "shipped.hpp"
#include "unknowns.hpp"
#include "usage.hpp"
#include "verbs.hpp"

#include "report_template.hpp"

#include "sifang/core/one_line.hpp"
#include "sifang/experiment/assemble.hpp"
#include "sifang/experiment/audit_years.hpp"
#include "sifang/experiment/controlled.hpp"
#include "sifang/experiment/precision.hpp"
#include "sifang/experiment/study.hpp"
#include "sifang/experiment/told_stories.hpp"
#include "sifang/experiment/warm_up_check.hpp"
#include "sifang/experiment/welch_figures.hpp"
#include "sifang/io/controlled_table.hpp"
#include "sifang/io/figure_size_text.hpp"
#include "sifang/io/input_print.hpp"
#include "sifang/io/output_directory.hpp"
#include "sifang/io/report.hpp"
#include "sifang/io/result_tables.hpp"
#include "sifang/io/results.hpp"
#include "sifang/io/results_reader.hpp"
#include "sifang/io/setting_text.hpp"
#include "sifang/io/study_results.hpp"
#include "sifang/io/text_file.hpp"
#include "sifang/io/warm_up_table.hpp"
#include "sifang/io/weekly_sparklines.hpp"
#include "sifang/io/welch_picture.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>

namespace sifang_program {

using namespace sifang;

namespace {

/// Reads, checks and builds one policy, or adds its faults. \param base  what it is laid on, if it is a policy without a county
void add_policy(const options& o, const std::string& file, const std::vector<std::string>& settings, std::vector<policy>& into,
                std::vector<fault>& faults, const std::filesystem::path& base = {}, const std::vector<session_kind>& sessions = {}) {
  auto made = make_world(o, file, settings, base, sessions);
  if (!made) {
    faults.insert(faults.end(), made.faults().begin(), made.faults().end());
    return;
  }
  into.push_back({"",
                  std::make_unique<world>(std::move(made->place)),
                  {},
                  !made->laid_on.empty(),
                  std::move(made->ledger),
                  std::move(made->cases),
                  file,
                  settings,
                  base,
                  sessions});
  into.back().id = into.back().place->setting().name;
}

/// Writes what an office hands on. Its tables show each policy on the last counted day: what comes after makes no difference to them.
int hand_on(const options& o, handed_files& files, const result& r, const std::vector<policy>& policies) {
  std::vector<world> as_counted;
  as_counted.reserve(policies.size());
  std::vector<handed_policy> handed;
  for (const policy& p : policies) {
    handed.push_back({p.id, p.place.get(), {}});
    if (!files.wants_year()) continue;
    std::vector<std::string> settings = p.made_with;
    settings.emplace_back("scenario.run_out=0");
    auto made = make_world(o, p.file, std::move(settings), p.base, p.sessions);
    if (!made) {
      tell(made.faults(), o);
      return failed;
    }
    as_counted.push_back(std::move(made->place));
    handed.back().place = &as_counted.back();
    handed.back().tables = tables_of_year(as_counted.back(), 0, o.lang);
  }
  return files.write(o, &r, handed);
}

/// Years of each policy that are kept one by one for what a single year may bring; more would say the same.
constexpr std::size_t years_to_predict_from = 10000;

/// What the options say of differences and intervals.
[[nodiscard]] std::optional<result_wishes> wishes_of(const options& o) {
  auto matters = parse_figure_sizes("--matters", o.matters), precision = parse_figure_sizes("--precision", o.precision);
  std::vector<fault> faults;
  for (const auto* one : {&matters, &precision}) faults.insert(faults.end(), one->faults().begin(), one->faults().end());
  if (!faults.empty()) {
    tell(faults, o);
    return std::nullopt;
  }
  return result_wishes{*std::move(matters), *std::move(precision)};
}

/// Plays the years: as many as are asked for, or until intervals are narrow enough.
study_result play(const options& o, const std::vector<studied_policy>& studied, std::size_t most, const result_wishes& wishes,
                  journal* kept) {
  progress bar(o, most);
  const bool single = studied.size() == 1;
  const kept_years years = o.database ? kept_years(true) : kept_years::first(single && !o.controls ? 0 : years_to_predict_from);
  if (wishes.precision.empty()) {
    return with_team(o, kept, [&](const auto& team) {
      return run_study(
          team, worlds_of(studied), most, [&](std::size_t finished) { bar.show(finished); }, years);
    });
  }
  std::atomic<bool> stop = stop_requested.load();
  stopping_rule rule;
  rule.most = most;
  const auto is_enough = [&](const study_result& so_far) {
    const auto found = precision_of(*studied.front().place, so_far, wishes.precision);
    return std::all_of(found.begin(), found.end(), [](const result_precision& p) { return p.is_reached; });
  };
  const auto finished = [&](std::size_t count) {
    bar.show(count);
    if (stop_requested) stop = true;
  };
  const auto work = [&](const auto& team) { return run_study_until(team, stop, worlds_of(studied), rule, is_enough, finished, years); };
  return with_team(o, kept, work, stop);
}

/// The command that gives a result again: without what only says where it goes, how fast, and what else is done.
std::vector<std::string> command_of(const options& o, const std::string& verb) {
  std::vector<std::string> out{verb};
  const auto add = [&](std::string_view option, const std::string& value) {
    if (value.empty()) return;
    out.emplace_back(option);
    out.push_back(value);
  };
  const auto add_number = [&](std::string_view option, const std::optional<int>& value) {
    if (value) add(option, std::to_string(*value));
  };
  for (const std::string& one : o.scenarios) out.push_back(one);
  for (const std::string& one : o.common) add("--common", one);
  for (const std::string& one : o.settings) add("--set", one);
  add_number("--replications", o.replications);
  for (const std::string& one : o.precision) add("--precision", one);
  for (const std::string& one : o.matters) add("--matters", one);
  add("--cases", o.cases);
  add("--map", o.map);
  if (o.skip_bad) out.emplace_back("--skip-bad");
  add_number("--unknowns", o.unknowns);
  add("--draws", o.draws);
  if (o.others) out.emplace_back("--others");
  add_number("--inner", o.inner);
  return out;
}

/// Everything that a run may leave behind.
struct run_outputs {
  std::optional<output_directory> directory;
  std::optional<journal> kept;
  history_files histories;
  handed_files handed;
};

/// What a run is: one that is resumed, and every rank of it, has to be the same.
fingerprint key_of(const options& o, const std::string& verb, const std::vector<policy>& policies, std::size_t replications,
                   bool until_narrow) {
  fingerprint key;
  if (!o.resume && !many_ranks()) return key;
  add_text(key, verb);
  const bool keeps_years = o.database || o.controls || policies.size() > 2;  // of several, the probability of being best
  if (keeps_years) add_text(key, "with the figures of each replication");
  if (until_narrow) add_text(key, "until intervals are narrow enough");
  key.add(block_replications);
  key.add(ratio_sums::columns);
  key.add(ratio_pair_sums::columns);
  key.add(replications);
  for (const policy& p : policies) add_run(key, o, p.place->setting());
  return key;
}

/// Opens what the first rank writes, before anything is played.
int open_outputs(const options& o, const std::string& verb, const std::vector<policy>& policies, std::size_t replications,
                 const fingerprint& key, run_outputs& into) {
  const std::string name = policies.size() == 1 ? policies.front().id : policies.front().id + "-compared";
  if (const int wrong = into.histories.begin(o, replications); wrong != done) return wrong;
  if (const int wrong = into.handed.begin(o, *policies.front().place); wrong != done) return wrong;
  if (const int wrong = open_results(o, name, into.directory); wrong != done) return wrong;
  if (!o.resume) return done;
  std::string about = verb;
  for (const policy& p : policies) about += ' ' + p.id;
  about += ", " + std::to_string(replications) + " replications";
  return open_journal(o, into.directory->target(), key.value(), about, into.kept);
}

/// Years that were played, and what was read for them.
struct played_years {
  const std::vector<policy>& policies;
  std::vector<studied_policy> studied{};
  study_result study{};
  std::unique_ptr<drawn_worlds> on_draws{};  ///< null: nothing was to be drawn
  drawn_outcomes drawn = drawn_outcomes();
  bool stopped = false;  ///< before all were played

  [[nodiscard]] const std::optional<ledger_reading>& recorded() const { return policies.front().ledger; }  // the same for all
  [[nodiscard]] std::size_t rows_left_out() const { return recorded() ? recorded()->rows_rejected : 0; }
};

result result_of(const options& o, const std::string& verb, const played_years& y, std::size_t replications, const result_wishes& wishes) {
  result r = make_result(verb, y.studied, y.study, replications, wishes);
  r.command = command_of(o, verb);
  if (y.drawn.finished() > 0) add_unknowns(o, *y.on_draws, y.drawn, r);
  if (y.stopped) return r;
  told_years told = tell_years(detail::span_of(worlds_of(y.studied)));
  r.stories = std::move(told.stories);
  for (std::size_t k = 0; k < r.policies.size(); ++k) r.policies[k].links = std::move(told.links[k]);
  return r;
}

/// \param json  the results as they are written
std::vector<fault> write_files(const options& o, const std::string& verb, const played_years& y, const result& r, const std::string& json,
                               const output_directory& directory) {
  const run_origin origin{verb, o.scenarios, o.settings, o.common, o.cases, o.map, y.rows_left_out(), o.draws};
  std::vector<fault> faults = write_results(r, origin, directory);
  const auto add = [&](std::vector<fault> more) { faults.insert(faults.end(), more.begin(), more.end()); };
  add(add_database(o, r, origin, directory));
  if (r.unknowns) add(write_unknowns(*y.on_draws, y.drawn, r, directory));
  if (y.rows_left_out() > 0) add(directory.write("rejected.csv", rejected_csv(*y.recorded(), o.lang)));
  add(directory.write("report.html", render_report(report_template(), json, o.lang)));
  return faults;
}

void print_result(const options& o, const played_years& y, const result& r, const result_wishes& wishes,
                  const std::filesystem::path& where) {
  if (o.quiet) return;
  std::cout << headline_tables(r, o.spoken, wishes.matters) << unknowns_text(r, o);
  if (o.sparklines && !many_ranks()) std::cout << weekly_sparklines(r, o.spoken);
  std::cout << fingerprint_lines(r, o.spoken);
  if (o.controls) std::cout << controlled_table(control_for_arrivals(*y.policies.front().place, y.study), r, o.spoken);
  std::cout << pick(o, "Report: ", "报告：") << (where / "report.html").string() << '\n';
}

/// What a run that was placed ends with. \param code  of what was written beside the results
int told_end(const options& o, const played_years& y, const result& r, int code) {
  if (y.on_draws && y.drawn.finished() < y.on_draws->draws().rows.size()) {
    std::cerr << pick(o, "stopped early; draws of what is not known that were played: ", "已提前中止；已完成的未知因素抽取次数：")
              << y.drawn.finished() << '\n';
    return failed;
  }
  if (r.unfinished_replications > 0) {
    std::cerr << pick(o, "stopped early; the report holds what was finished\n", "已提前中止；报告仅含已完成部分\n");
    return failed;
  }
  const auto is_reached = [](const result_precision& p) { return p.is_reached; };
  return code == done && !std::all_of(r.precision.begin(), r.precision.end(), is_reached) ? not_met : code;
}

/// \param folder  where the results were put, if anybody asks
int simulate(const options& o, const std::string& verb, std::vector<policy>& policies, std::filesystem::path* folder = nullptr) {
  const std::optional<result_wishes> wishes = wishes_of(o);
  if (!wishes) return agree(o, bad_input);
  const usage took(o);
  played_years y{policies};
  echo_policies(o, policies);
  if (y.recorded()) tell_ledger(o, *y.recorded());
  std::cout.flush();  // before what may take long
  for (const policy& p : policies) y.studied.push_back({p.place.get(), p.id});
  tell_warnings(o, warnings_of_all(y.studied));
  const bool until_narrow = !wishes->precision.empty();
  std::size_t replications =
      until_narrow ? static_cast<std::size_t>(o.replications.value_or(static_cast<int>(stopping_rule{}.most))) : replications_of(y.studied);
  if (const int wrong = worlds_on_draws(o, worlds_of(y.studied), policies.front().cases, y.on_draws); wrong != done) return agree(o, wrong);

  const fingerprint key = key_of(o, verb, policies, replications, until_narrow);
  run_outputs into;
  int code = first_rank() ? open_outputs(o, verb, policies, replications, key, into) : done;
  code = agree(o, code, key.value());
  if (code != done) return code;

  y.study = play(o, y.studied, replications, *wishes, into.kept ? &*into.kept : nullptr);
  y.stopped = y.study.replications < replications && (!until_narrow || stop_requested);
  if (y.on_draws && shared_by_first(!y.stopped) != 0) y.drawn = play_on_draws(o, *y.on_draws);
  if (!first_rank()) return done;
  if (!y.stopped) replications = y.study.replications;
  if (into.kept && y.stopped) {
    tell(into.kept->faults(), o);  // what could not be kept must be done again
    tell_stopped(o, *into.kept);
    return failed;
  }
  if (y.study.replications == 0) {
    std::cerr << pick(o, "stopped before every policy had a finished replication; nothing was written\n",
                      "已中止：有方案尚无完成的模拟，未写出任何内容\n");
    return failed;
  }

  const result r = result_of(o, verb, y, replications, *wishes);
  const std::string json = results_json(r);
  std::vector<fault> faults = write_files(o, verb, y, r, json, *into.directory);
  const bool finished = r.unfinished_replications == 0;
  if (folder != nullptr) *folder = into.directory->target();
  if (const int placed = place_results(o, std::move(faults), *into.directory, finished); placed != done) return placed;
  if (into.kept) {
    tell(into.kept->faults(), o);  // a journal that could not be kept has no influence on the results
    into.kept->remove();
  }
  if (o.json) std::cout << json;
  print_result(o, y, r, *wishes, into.directory->where());
  if (finished) code = into.histories.write(o, y.studied);
  if (finished && code == done && into.handed.wanted()) code = hand_on(o, into.handed, r, policies);
  took.tell(policies.size() * (y.study.replications + y.drawn.finished() * y.drawn.shape().replications), *policies.front().place);
  return told_end(o, y, r, code);
}

}  // namespace

namespace {

constexpr calendar_days more(365);  ///< of the longer warm-up

/// Draws how the county settles from the first day of the longer warm-up on: warm-up.svg in the folder of the results.
int draw_the_warm_up(const options& o, const policy& p, const std::filesystem::path& folder, std::size_t years) {
  const scenario& s = p.place->setting();
  const day first = s.first() - more;
  std::vector<std::string> settings = p.made_with;
  settings.push_back("scenario.start=" + to_string(first));
  settings.push_back("scenario.warm_up=0");
  const auto whole = make_world(o, p.file, std::move(settings), p.base, p.sessions);
  if (!whole) return tell(whole.faults(), o);
  progress bar(o, years);
  const welch_finding found =
      see_warm_up(thread_team{o.threads, &stop_requested}, whole->place, years, [&](std::size_t finished) { bar.show(finished); });
  if (found.replications < years) {
    std::cerr << pick(o, "stopped before the warm-up was drawn\n", "预热图未完成即已中止\n");
    return failed;
  }
  const day marks[] = {s.start - more, s.start};
  const std::filesystem::path picture = folder / "warm-up.svg";
  if (const std::vector<fault> faults = write_text(picture, welch_svg(found, marks)); !faults.empty()) {
    (void)tell(faults, o);
    return failed;
  }
  if (!o.quiet) std::cout << pick(o, "Picture: ", "图：") << picture.string() << '\n';
  return done;
}

/// Plays the years once more after a longer warm-up (`--warm-up-check`).
int check_the_warm_up(const options& o, const policy& p, const std::filesystem::path& folder) {
  const world& place = *p.place;
  const calendar_days longer = place.setting().warm_up + more;
  std::vector<std::string> settings = p.made_with;
  settings.push_back("scenario.warm_up=" + std::to_string(longer.count));
  const auto other = make_world(o, p.file, std::move(settings), p.base, p.sessions);
  if (!other) return tell(other.faults(), o);
  const auto years = static_cast<std::size_t>(o.replications.value_or(place.setting().replications));
  progress bar(o, years);
  const warm_up_finding found =
      check_warm_up(thread_team{o.threads, &stop_requested}, place, other->place, years, [&](std::size_t finished) { bar.show(finished); });
  if (found.replications < years) {
    std::cerr << pick(o, "stopped before the warm-up was checked\n", "预热检验未完成即已中止\n");
    return failed;
  }
  if (!o.quiet) std::cout << '\n' << warm_up_table(found, place.setting().warm_up.count, longer.count, o.spoken);
  // Recorded cases begin where counting does: before it there is nothing to be drawn.
  if (const int code = o.cases.empty() ? draw_the_warm_up(o, p, folder, years) : done; code != done) return code;
  return found.too_short ? not_met : done;
}

/// Looks at every day of the years that were run (`--audit`).
int audit(const options& o, const world& w) {
  const auto years = static_cast<std::uint32_t>(o.replications.value_or(w.setting().replications));
  const std::vector<audited_fault> found = audit_years(w, years);
  for (const audited_fault& f : found) std::cerr << sentence(f, o.told) << '\n';
  if (found.empty() && !o.quiet) {
    std::cout << pick(o, "Audit: every day of every year was looked at; nothing was found that cannot be.\n",
                      "核查：已逐日核查全部年份，未发现不合逻辑之处。\n");
  }
  return found.empty() ? done : failed;
}

}  // namespace

int run(const options& o) {
  if (const int code = agree(o, check_database(o)); code != done) return code;
  std::vector<policy> policies;
  std::vector<fault> faults;
  add_policy(o, o.scenarios.front(), o.settings, policies, faults);
  if (!faults.empty()) return agree(o, tell(faults, o));
  policies.front().settings = o.settings;
  std::filesystem::path folder;
  int code = simulate(o, "run", policies, &folder);
  if (code == done && o.warm_up_check && first_rank()) code = check_the_warm_up(o, policies.front(), folder);
  return code == done && o.audit && first_rank() ? audit(o, *policies.front().place) : code;
}

namespace {

/// The policies that the command line names. \param sessions  kinds of session that all of them are to have, open or closed
std::vector<policy> policies_to_compare(const options& o, std::vector<fault>& faults, const std::vector<session_kind>& sessions = {}) {
  std::vector<policy> policies;
  const auto base = scenario_meant(o.scenarios.front());
  for (std::size_t k = 0; k < o.scenarios.size(); ++k) {
    add_policy(o, o.scenarios[k], o.common, policies, faults, k > 0 && base ? *base : std::filesystem::path(), sessions);
  }
  for (const std::string& variant : o.settings) {
    const std::vector<std::string> own = settings_of_variant(variant);
    std::vector<std::string> settings = o.common;
    settings.insert(settings.end(), own.begin(), own.end());
    const std::size_t before = policies.size();
    add_policy(o, o.scenarios.front(), settings, policies, faults, {}, sessions);
    if (policies.size() == before) continue;
    policies.back().id = variant;
    policies.back().settings = own;
  }
  return policies;
}

/// Gives all policies the kinds of session of each, closed where they have none such, so that results have the same parts.
void share_sessions(const options& o, std::vector<policy>& policies, std::vector<fault>& faults) {
  std::vector<session_kind> all;
  for (const policy& p : policies) add_sessions(all, p.place->setting().reception.sessions);
  const auto has_all = [&](const policy& p) { return p.place->setting().reception.sessions.size() == all.size(); };
  if (!std::all_of(policies.begin(), policies.end(), has_all)) policies = policies_to_compare(o, faults, all);
}

}  // namespace

void echo_policies(const options& o, const std::vector<policy>& policies) {
  echo_settings(o, pick(o, "every policy", "所有方案"), o.common, policies.front().place->setting());
  for (const policy& p : policies) echo_settings(o, policies.size() == 1 ? "" : p.id, p.settings, p.place->setting());
  for (const policy& p : policies) {
    if (!p.laid_elsewhere || o.quiet) continue;
    const std::string base = one_line(policies.front().id);
    std::cout << one_line(p.id) << pick(o, ": laid on ", "：叠加于 ") << base
              << pick(o, ", not on what its file extends\n", "，而非其文件所继承的方案\n");
  }
}

int compared_policies(const options& o, std::string_view verb, std::vector<policy>& policies) {
  std::vector<fault> faults;
  policies = policies_to_compare(o, faults);
  if (faults.empty()) share_sessions(o, policies, faults);
  if (!faults.empty()) {
    std::vector<fault> once;  // the base's faults come with every variant, and with every policy, which has a place for them
    for (fault& f : faults) {
      const auto is_same = [&](const fault& g) {
        return to_string(g) == to_string(f) || (g.where.file.empty() && sentence(g) == sentence(f));
      };
      if (std::none_of(once.begin(), once.end(), is_same)) once.push_back(std::move(f));
    }
    return tell(once, o);
  }
  if (policies.size() < 2) {
    std::cerr << verb << pick(o, ": expected two scenarios, or one and a --set variant\n", "：应有两个方案，或一个方案加 --set 变体\n");
    return bad_input;
  }
  const world& first = *policies.front().place;
  for (const policy& p : policies) {
    if (!are_comparable(*p.place, first)) {
      std::cerr << one_line(p.id)
                << pick(o, ": expected the same county, categories and period as the base\n", "：县、类别和统计期应与基准相同\n");
      return bad_input;
    }
  }
  return done;
}

int compare(const options& asked) {
  options o = asked;
  o.looks_at_unknowns = !o.unknowns && o.draws.empty();
  if (const int code = agree(o, check_database(o)); code != done) return code;
  std::vector<policy> policies;
  if (const int code = agree(o, compared_policies(o, "compare", policies)); code != done) return code;
  return simulate(o, "compare", policies);
}

int report(const options& o) {
  const std::filesystem::path folder = o.scenarios.front();
  const auto r = read_results(folder / "results.json");
  if (!r) return tell(r.faults(), o);
  const std::filesystem::path file = o.out.empty() ? folder / "report.html" : std::filesystem::path(o.out);
  std::cerr << unfinished_mark(*r, o.spoken);
  const auto faults = write_text(file, render_report(report_template(), results_json(*r), o.lang));
  if (!faults.empty()) {
    tell(faults, o);
    return failed;
  }
  if (!o.quiet) std::cout << pick(o, "Report: ", "报告：") << file.string() << '\n';
  return done;
}

}  // namespace sifang_program
