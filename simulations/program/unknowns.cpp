// SPDX-License-Identifier: BSL-1.0
#include "unknowns.hpp"

#include "figures.hpp"
#include "ranks.hpp"
#include "shipped.hpp"

#include "sifang/core/number_text.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/county/plausible_draw.hpp"
#include "sifang/experiment/sweep.hpp"
#include "sifang/experiment/unknowns.hpp"
#include "sifang/io/draws_file.hpp"
#include "sifang/io/unknowns_tables.hpp"

#include <iostream>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace sifang_program {

using namespace sifang;

namespace {

/// Years of each draw where it is said how many draws.
constexpr std::size_t usual_years = 8;

/// Tells that the base has a number that lies far from all draws of it, as another county's draws make likely; of few draws nothing is
/// said.
void tell_foreign_draws(const options& o, const std::vector<foreign_number>& found) {
  if (o.quiet || found.empty()) return;
  const foreign_number& first = found.front();
  const std::string own = number_text(first.own), least = number_text(first.least), most = number_text(first.most);
  const std::string others = std::to_string(found.size() - 1);
  if (o.spoken == language::zh) {
    std::cerr << "--draws：" << first.key << " 在基准方案中为 " << own << "，而各次抽取为 " << least << " 至 " << most;
    if (found.size() > 1) std::cerr << "（另有 " << others << " 项亦如此）";
    std::cerr << "；这些抽取是否取自他县？\n";
    return;
  }
  std::cerr << "--draws: " << first.key << " is " << own << " in the base, and " << least << " to " << most << " in the draws";
  if (found.size() > 1) std::cerr << " (and so for " << others << (found.size() == 2 ? " other)" : " others)");
  std::cerr << "; are they another county's?\n";
}

}  // namespace

int worlds_on_draws(const options& o, const std::vector<const world*>& policies, std::optional<case_load> cases,
                    std::unique_ptr<drawn_worlds>& into) {
  if (o.others && o.draws.empty()) {
    std::cerr << pick(o, "--others: expected --draws with it\n", "--others：应与 --draws 合用\n");
    return bad_input;
  }
  if (o.unknowns == 0 && !o.draws.empty()) {
    std::cerr << pick(o, "--unknowns: with --draws expected at least 1, found 0\n", "--unknowns：与 --draws 合用时应至少为 1，实为 0\n");
    return bad_input;
  }
  if (!asks_of_unknowns(o)) {
    if (!o.inner) return done;
    std::cerr << pick(o, "--inner: expected --unknowns or --draws with it\n", "--inner：应与 --unknowns 或 --draws 合用\n");
    return bad_input;
  }
  const world& base = *policies.front();
  const std::size_t most = draws_wanted(o);
  parameter_draws draws;
  if (o.draws.empty()) {
    draws = plausible_draws(base.setting(), most);
  } else {
    auto read = load_draws(draws_meant(o.draws), base.setting(), scenario_texts());
    if (!read) return tell(read.faults(), o);
    draws = *std::move(read);
    if (draws.rows.size() < most) {
      const std::string rows = std::to_string(draws.rows.size());
      std::cerr << pick(o, "--unknowns: expected at most ", "--unknowns：应不大于 ") << rows
                << pick(o, ", the rows of the draws, found ", "（抽取表的行数），实为 ") << most << '\n';
      return bad_input;
    }
    if (draws.rows.size() >= least_draws) tell_foreign_draws(o, foreign_numbers(draws, base.setting()));
    if (most > 0) draws.rows.resize(most);
    if (o.others) draws = with_plausible_others(std::move(draws), base.setting());
  }
  if (draws.keys.empty()) {
    if (o.looks_at_unknowns) return done;
    std::cerr << pick(o, "--unknowns: expected a number whose mark is I or K; the base has none\n",
                      "--unknowns：应有标记为 I 或 K 的数值；基准方案没有\n");
    return bad_input;
  }
  into = std::make_unique<drawn_worlds>(base, std::move(draws), std::move(cases));
  for (std::size_t p = 1; p < policies.size(); ++p) into->add(*policies[p]);
  return done;
}

drawn_outcomes play_on_draws(const options& o, const drawn_worlds& worlds) {
  const std::size_t usual = o.looks_at_unknowns ? first_draw_years : usual_years;
  const std::size_t years = o.inner ? static_cast<std::size_t>(*o.inner) : usual;
  const drawn_shape shape{worlds.draws().rows.size(), worlds.policies(), years, sweep_metrics.size()};
  const auto make_player = [&] { return drawn_county_player<drawn_worlds>(worlds, std::span<const metric>(sweep_metrics)); };
  progress bar(o, shape.draws);
  return with_team(o, nullptr, [&](const auto& team) {
    return play_draws(team, shape, make_player, [&](std::size_t finished) { bar.show(finished); });
  });
}

void add_unknowns(const options& o, const drawn_worlds& worlds, const drawn_outcomes& played, result& into) {
  into.unknowns = unknowns_of(into, played, worlds.draws(), sweep_metric_names(), numbers_of(worlds.base()), one_line(o.draws));
  into.unknowns->others_drawn = o.others;
  if (o.quiet) return;
  for (std::size_t d = 0; d < played.finished(); ++d) {
    if (played.was_played(d)) continue;
    for (std::size_t p = 0; p < worlds.policies(); ++p) {
      const auto made = worlds.make(d, p);
      if (made) continue;
      std::cerr << pick(o, "draw ", "第 ") << d << pick(o, " was left out: ", " 次抽取未计入：") << sentence(made.faults().front(), o.told)
                << '\n';
      return;  // one is enough to see why
    }
  }
}

std::string unknowns_text(const result& r, const options& o) { return unknowns_tables(r, o.spoken); }

std::vector<fault> write_unknowns(const drawn_worlds& worlds, const drawn_outcomes& played, const result& r, const output_directory& into) {
  std::vector<fault> faults = into.write("unknowns.csv", unknowns_csv(r));
  for (fault& f : into.write("unknown_draws.csv", unknown_draws_csv(r, played, worlds.draws(), sweep_metric_names())))
    faults.push_back(std::move(f));
  return faults;
}

}  // namespace sifang_program
