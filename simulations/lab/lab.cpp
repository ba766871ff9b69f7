// SPDX-License-Identifier: BSL-1.0
#include "lab.hpp"

#include "sifang/county/described_parameter.hpp"
#include "sifang/io/extended_scenario.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/ledger_proposal.hpp"
#include "sifang/io/planned_roster.hpp"
#include "sifang/io/result_tables.hpp"
#include "sifang/io/results_json.hpp"
#include "sifang/io/roster.hpp"
#include "sifang/io/setting_text.hpp"
#include "sifang/io/unknowns_tables.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The functions that the page's workers call. Texts go in as UTF-8 with their length, and come out as one text that stays until the next
/// call; most are JSON. One worker has one of everything here.

namespace {

using namespace sifang;
using namespace sifang_lab;

/// What one worker has.
struct desk {
  named_texts texts;
  std::unique_ptr<study> open;
  std::string answer;             ///< of the last call
  std::vector<double> handed_in;  ///< numbers of a piece that another worker played
};
desk& here() {
  static desk one;
  return one;
}

/// Gives the page a text.
const char* answer(std::string text) {
  here().answer = std::move(text);
  return here().answer.c_str();
}
/// The same of the study that is open; an empty text where there is none, or nothing was taken of it though that is needed.
template <class Of>
const char* answer_of_study(bool wants_figures, Of&& of) {
  const bool there = here().open && (!wants_figures || here().open->years().taken() > 0);
  return answer(there ? of(*here().open) : std::string());
}

void say_both(json_writer& json, std::string_view key, std::string_view en, std::string_view zh) {
  json.key(key).begin_array().value(en).value(zh).end_array();
}

/// A request: a line for each thing, a word and the rest of the line. What is not known is passed over.
wanted_study parsed(std::string_view request) {
  wanted_study out;
  while (!request.empty()) {
    const std::size_t end = (std::min)(request.find('\n'), request.size());
    const std::string_view line = request.substr(0, end);
    request.remove_prefix((std::min)(end + 1, request.size()));
    const std::size_t blank = (std::min)(line.find(' '), line.size());
    const std::string_view word = line.substr(0, blank);
    const std::string rest(line.substr((std::min)(blank + 1, line.size())));
    if (word == "policy") out.policies.push_back({{}, {}, rest});
    if (word == "replications") out.replications = parse_number<int>(rest);
    if (word == "cases") out.cases = rest;
    if (word == "skip-bad") out.skip_bad = true;
    if (word == "unseen") out.unseen = true;
    if (out.policies.empty()) continue;
    if (word == "id") out.policies.back().id = rest;
    if (word == "title") out.policies.back().title = rest;
    if (word == "set") out.policies.back().settings.push_back(rest);
  }
  return out;
}

void write_faults(json_writer& json, const std::vector<told_text>& wrong) {
  json.key("faults").begin_array();
  for (const told_text& one : wrong) json.begin_array().value(one.en).value(one.zh).end_array();
  json.end_array();
}

/// Days on which a kind of session is held in the counted period, where it is held, and what its rule says.
void write_kinds(json_writer& json, const world& w) {
  std::map<std::size_t, std::vector<day>> days;
  std::map<std::size_t, std::size_t> sessions;
  for (const reception_session& s : w.plan().sessions(w.start(), w.end())) {
    auto& of = days[s.where.index()];
    ++sessions[s.where.index()];
    if (of.empty() || of.back() != s.date) of.push_back(s.date);
  }
  json.key("kinds").begin_array();
  for (std::size_t v = 0; v < w.plan().kinds().size(); ++v) {
    const session_kind& k = w.plan().kinds()[v];
    if (k.irregular) continue;
    json.begin_object().member("id", k.id).member("open", k.open).member("rule", name_of(k.counts_for)).member("sessions", sessions[v]);
    say_both(json, "title", text_of(k).en, text_of(k).zh);
    json.key("days").begin_array();
    for (const day d : days[v]) json.value((d - w.start()).count);
    json.end_array().end_object();
  }
  json.end_array();
}

/// Every parameter of the scenario, with its value there and what it means.
void write_parameters(json_writer& json, const scenario& s, const scenario& base) {
  json.key("parameters").begin_array();
  for (const described_parameter& d : describe(s, base)) {
    json.begin_object().member("key", d.about.key).member("value", d.value).member("unit", d.about.unit);
    if (d.about.least != 0 || d.about.most != 0) json.member("least", d.about.least).member("most", d.about.most);
    say_both(json, "means", d.about.en, d.about.zh);
    if (!d.words_en.empty()) say_both(json, "words", d.words_en, d.words_zh);
    json.member("mark", name_of(d.mark)).member("changed", d.changed).end_object();
  }
  json.end_array();
}

void write_ledger(json_writer& json, const ledger_reading& read) {
  json.key("ledger").begin_object().member("rows", read.rows).member("rejected", read.rows_rejected);
  say_both(json, "proposal", ledger_proposal_text(read, language::en), ledger_proposal_text(read, language::zh));
  json.end_object();
}

/// The study as it was opened.
std::string opened(study& s) {
  json_writer json(1);
  const world& first = s.place(0);
  json.begin_object().member("ok", true).member("replications", s.replications()).member("pieces", s.years().pieces());
  json.member("draws", s.draws())
      .member("draw_numbers", s.draw_numbers())
      .member("numbers", s.years().numbers())
      .member("least", least_replications)
      .member("piece", block_replications);
  if (s.wanted().unseen) {
    json.end_object();
    return std::move(json).finish();
  }
  json.member("start", to_string(first.start())).member("end", to_string(first.end()));
  json.member("county", first.org().units()[first.org().units().root()].name);
  std::string workdays;
  for (day d = first.start(); d <= first.end(); ++d) workdays += first.calendar().is_workday(d) ? '1' : '0';
  json.member("workdays", workdays).key("policies").begin_array();
  for (std::size_t k = 0; k < s.worlds().size(); ++k) {
    const scenario& setting = s.place(k).setting();
    json.begin_object().member("name", setting.name);
    say_both(json, "title", setting.title_en, setting.title_zh);
    say_both(json, "about", setting.about_en, setting.about_zh);
    const std::vector<std::string>& of = s.wanted().policies[k].settings;
    say_both(json, "changes", settings_told("", detail::span_of(of), setting, language::en),
             settings_told("", detail::span_of(of), setting, language::zh));
    write_kinds(json, s.place(k));
    write_parameters(json, setting, first.setting());
    json.end_object();
  }
  json.end_array();
  if (s.worlds().front().ledger) write_ledger(json, *s.worlds().front().ledger);
  json.end_object();
  return std::move(json).finish();
}

/// Figures of the headline as numbers, and as the program writes them.
void write_metric(json_writer& json, const result& r, std::size_t m) {
  const result_metric& about = r.metrics[m];
  json.begin_object().member("id", about.id).member("unit", about.unit).member("better", about.better);
  say_both(json, "title", about.en, about.zh);
  json.key("values").begin_array();
  for (const result_policy& p : r.policies) detail::write_value(json, p.values[m][0][0]);
  json.end_array().key("texts").begin_array();
  for (const result_policy& p : r.policies) {
    json.begin_array().value(interval_text(p.values[m][0][0], about.unit, language::en));
    json.value(interval_text(p.values[m][0][0], about.unit, language::zh)).end_array();
  }
  json.end_array();
  if (!r.comparisons.empty()) {
    const result_comparison& c = r.comparisons.front();
    const result_difference& d = c.values[m][0][0];
    json.key("difference");
    detail::write_value(json, d);
    json.member("verdict", d.verdict);
    say_both(json, "verdict_text", verdict_text(d.verdict, language::en), verdict_text(d.verdict, language::zh));
    say_both(json, "difference_text", difference_text(d.difference, about.unit, language::en),
             difference_text(d.difference, about.unit, language::zh));
    if (m < c.matters.size()) json.member("matters", c.matters[m]);
    if (m < c.one_year.size()) json.member("one_year", year_text(c.one_year[m], about.unit));
  }
  json.end_object();
}

std::string summary(const study& s) {
  const result r = s.result();
  json_writer json(1);
  json.begin_object().member("replications", r.policies.front().replications).key("policies").begin_array();
  for (const result_policy& p : r.policies) {
    json.begin_object().member("id", p.id).member("fingerprint", p.fingerprint);
    say_both(json, "title", p.title_en, p.title_zh);
    json.end_object();
  }
  json.end_array().key("metrics").begin_array();
  for (std::size_t m = 0; m < r.metrics.size(); ++m) {
    if (r.metrics[m].headline) write_metric(json, r, m);
  }
  json.end_array().key("warnings").begin_array();
  for (const result_warning& w : r.warnings) json.begin_array().value(w.en).value(w.zh).end_array();
  json.end_array();
  const auto tables = [&](language lang) { return headline_tables(r, lang) + unknowns_tables(r, lang) + fingerprint_lines(r, lang); };
  say_both(json, "tables", tables(language::en), tables(language::zh));
  json.end_object();
  return std::move(json).finish();
}

std::string roster(const study& s, std::size_t policy, language lang) {
  const world& w = s.place(policy);
  json_writer json(1);
  json.begin_object().key("rows").begin_array();
  for (const roster_row& r : roster_of(w, {w.start(), w.end()}, false, lang)) {
    json.begin_object().member("date", to_string(r.date)).member("weekday", weekday_text(r.date.weekday(), lang));
    json.member("start", r.start.count).member("end", r.end.count).member("venue", r.venue).member("unit", r.unit_code);
    json.member("place", r.unit_name).member("rule", r.rule).member("note", r.note).key("who").begin_array();
    for (std::size_t i = 0; i < r.posts.size(); ++i) json.begin_array().value(r.posts[i]).value(r.titles[i]).end_array();
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return std::move(json).finish();
}

std::string toml_of(const study& s, std::size_t policy) {
  const wanted_policy& one = s.wanted().policies[policy];
  std::vector<std::string> keys;
  for (const std::string& setting : one.settings) keys.push_back(detail::key_of_setting(setting));
  return extended_scenario(one.scenario, s.place(policy).setting(), keys,
                           {"Made by sifang's what-if page: sifang run FILE.toml", "-lab", " (what-if page)", "（推演页）"});
}

language of(int lang) { return lang == 0 ? language::en : language::zh; }

}  // namespace

/// Exported to the workers; `extern "C"` for plain names.
extern "C" {

/// Memory for what goes in; freed with `sifang_free`. @{
void* sifang_memory(std::size_t bytes) { return std::malloc(bytes); }  // NOLINT(cppcoreguidelines-no-malloc)
void sifang_free(void* memory) { std::free(memory); }                  // NOLINT(cppcoreguidelines-no-malloc)
/// @}

/// Adds a text: a scenario, a table, a ledger.
void sifang_put(const char* name, std::size_t name_length, const char* text, std::size_t text_length) {
  here().texts.add({name, name_length}, {text, text_length});
}
/// Opens what a request asks for (`parsed`). Answers with the study, or with its faults.
const char* sifang_open(const char* request, std::size_t length) {
  const wanted_study wanted = parsed({request, length});
  here().open.reset();
  json_writer refused(1);
  refused.begin_object().member("ok", false);
  if (wanted.policies.empty() || wanted.replications.value_or(1) < 1) {
    write_faults(refused, {{"expected a policy and at least one replication", "应有方案，模拟次数至少为1"}});
  } else {
    made_study made = study::make(wanted, here().texts);
    if (made.made) {
      here().open = std::move(made.made);
      return answer(opened(*here().open));
    }
    write_faults(refused, made.wrong);
  }
  refused.end_object();
  return answer(std::move(refused).finish());
}
/// Plays a piece, of years or, after those, of draws; its numbers stay until the next. \pre a study is open, as for room and taking
const double* sifang_play(std::size_t piece) { return here().open->play(piece).data(); }
/// Where the numbers of the piece that is taken next are to be written, as many as the answer of `sifang_open` says.
double* sifang_room() {
  here().handed_in.resize(here().open->next_numbers());
  return here().handed_in.data();
}
/// Takes what was written there. \returns the replications that the sums have
std::size_t sifang_take() {
  here().open->take(detail::span_of(here().handed_in));
  return here().open->years().result().replications;
}
/// What can be asked at any time; an empty text where there is nothing yet.
/// The figures by now, as JSON.
const char* sifang_summary() {
  return answer_of_study(true, [](const study& s) { return summary(s); });
}
/// All that is known by now, as the results file of the program.
const char* sifang_results() {
  return answer_of_study(true, [](const study& s) { return results_json(s.result()); });
}
/// Who sits when under a policy, as JSON, and as the CSV of the program. \pre policy is one of the study's @{
const char* sifang_roster(std::size_t policy, int lang) {
  return answer_of_study(false, [&](const study& s) { return roster(s, policy, of(lang)); });
}
const char* sifang_roster_csv(std::size_t policy, int lang) {
  return answer_of_study(false, [&](const study& s) {
    const world& w = s.place(policy);
    const std::vector<roster_row> rows = roster_of(w, {w.start(), w.end()}, false, of(lang));
    return roster_csv(detail::span_of(rows));
  });
}
/// @}
/// A policy as a scenario that the program reads. \pre policy is one of the study's
const char* sifang_toml(std::size_t policy) {
  return answer_of_study(false, [&](const study& s) { return toml_of(s, policy); });
}
}
