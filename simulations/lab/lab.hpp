// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_LAB_LAB_HPP
#define SIFANG_LAB_LAB_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/county/plausible_draw.hpp"
#include "sifang/experiment/drawn_study.hpp"
#include "sifang/experiment/drawn_worlds.hpp"
#include "sifang/experiment/study_in_pieces.hpp"
#include "sifang/experiment/sweep.hpp"
#include "sifang/experiment/unknowns.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/io/study_results.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/reception/setting.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What the what-if page asks of the library: policies of one county, played in pieces. The page's own half is in `src/`.

namespace sifang_lab {

/// One policy that the page shows.
struct wanted_policy {
  std::string id,                       ///< what tables call it; empty: the name of its scenario
      title;                            ///< as its owner wrote it; empty: the scenario's
  std::string scenario;                 ///< name of the text that it is
  std::vector<std::string> settings{};  ///< each `key=value`, as `--set` has them
};

/// What the page asks for.
struct wanted_study {
  std::vector<wanted_policy> policies{};
  std::optional<int> replications{};  ///< else as many as the scenarios say
  std::string cases{};                ///< name of the text that is a ledger; empty: matters arise as the scenario says
  bool skip_bad = false;              ///< leave out the rows of the ledger that cannot be used
  bool unseen = false;                ///< another worker tells what was opened
};

/// A sentence in both languages.
struct told_text {
  std::string en, zh;
};

/// The policies of a study on draws of what is not known of the county: a first look, as a comparison of the program has it.
class study_on_draws {
 public:
  /// Nothing to be drawn leaves no draws. \param places  of at least two policies, the first the base \param cases  recorded ones, if there
  /// are
  study_on_draws(std::span<const sifang::world* const> places, std::optional<sifang::case_load> cases)
      : worlds_(*places.front(), sifang::plausible_draws(places.front()->setting(), sifang::first_draws), std::move(cases)),
        player_(worlds_, std::span<const sifang::metric>(sifang::sweep_metrics)) {
    for (const sifang::world* other : places.subspan(1)) worlds_.add(*other);
    const std::size_t draws = worlds_.draws().keys.empty() ? 0 : worlds_.draws().rows.size();
    outcomes_ = sifang::drawn_outcomes({draws, places.size(), sifang::first_draw_years, sifang::sweep_metrics.size()});
  }
  study_on_draws(const study_on_draws&) = delete;  // its player refers to its worlds
  study_on_draws& operator=(const study_on_draws&) = delete;

  [[nodiscard]] std::size_t draws() const noexcept { return outcomes_.shape().draws; }
  [[nodiscard]] std::size_t numbers() const noexcept { return outcomes_.shape().piece(); }
  [[nodiscard]] std::span<const double> play(std::size_t draw) {
    sifang::play_draw(outcomes_.shape(), player_, draw, played_);
    return sifang::detail::span_of(played_);
  }
  void take(std::span<const double> numbers) { outcomes_.take(numbers); }
  /// Puts what was found into a result once all draws were taken.
  void add_to(sifang::result& r) const {
    if (draws() == 0 || outcomes_.finished() < draws()) return;
    r.unknowns = sifang::unknowns_of(r, outcomes_, worlds_.draws(), sifang::sweep_metric_names(), sifang::numbers_of(worlds_.base()));
  }

 private:
  sifang::drawn_worlds worlds_;
  sifang::drawn_county_player<sifang::drawn_worlds> player_;
  sifang::drawn_outcomes outcomes_;
  std::vector<double> played_;
};

class study;
/// A study, or everything that is wrong.
struct made_study {
  std::unique_ptr<study> made{};   ///< null: something is wrong
  std::vector<told_text> wrong{};  ///< a line each
};

/// Policies that were read, checked, and are being played.
class study {
 public:
  /// Reads what the page asks for. Wrong can be what `load_world` tells, and policies that have not the same parts.
  [[nodiscard]] static made_study make(const wanted_study& wanted, const sifang::text_source& from) {
    std::unique_ptr<study> out(new study);
    out->wanted_ = wanted;
    std::vector<sifang::fault> faults = out->load(from, {});
    if (!faults.empty()) return refused(faults);
    std::vector<sifang::session_kind> all;
    for (const sifang::planned_world& w : out->worlds_) sifang::add_sessions(all, w.place.setting().reception.sessions);
    bool share = false;
    for (const sifang::planned_world& w : out->worlds_) share = share || w.place.setting().reception.sessions.size() != all.size();
    if (share) faults = out->load(from, all);
    if (!faults.empty()) return refused(faults);
    std::vector<const sifang::world*> places;
    for (std::size_t k = 0; k < out->worlds_.size(); ++k) {
      const sifang::world& place = out->worlds_[k].place;
      places.push_back(&place);
      const wanted_policy& one = wanted.policies[k];
      out->studied_.push_back({&place, one.id.empty() ? place.setting().name : one.id, one.title, one.title});
      if (k > 0 && !sifang::are_comparable(*places.front(), place)) {
        return {{},
                {{"the policies cannot be compared: they need the same townships, subjects and counted period",
                  "两个方案不可比较：乡镇（街道）、问题类别和统计期必须相同"}}};
      }
    }
    out->replications_ = wanted.replications ? static_cast<std::size_t>(*wanted.replications)
                                             : sifang::replications_of(sifang::detail::span_of(out->studied_));
    // As the program keeps them (`years_to_predict_from`), for what a single year may bring.
    constexpr std::size_t most_years = 10000;
    const auto years = places.size() == 1 ? sifang::kept_years() : sifang::kept_years::first(most_years);
    out->years_ = std::make_unique<sifang::study_in_pieces>(sifang::arms_of<>(sifang::detail::span_of(places)), out->replications_, years);
    if (places.size() > 1) out->draws_.emplace(sifang::detail::span_of(places), std::move(out->worlds_.front().cases));
    return {std::move(out), {}};
  }

  /// Its pieces: years first, as many as `years().pieces()`, then draws. A piece is played by anybody, and taken in order.
  [[nodiscard]] const sifang::study_in_pieces& years() const noexcept { return *years_; }
  [[nodiscard]] std::size_t draws() const noexcept { return draws_ ? draws_->draws() : 0; }
  /// Numbers of the draws' pieces.
  [[nodiscard]] std::size_t draw_numbers() const noexcept { return draws_ ? draws_->numbers() : 0; }
  /// Numbers of the piece that is taken next.
  [[nodiscard]] std::size_t next_numbers() const noexcept { return years_are_taken() ? draw_numbers() : years_->numbers(); }
  /// \pre piece < years().pieces() + draws()
  [[nodiscard]] std::span<const double> play(std::size_t piece) {
    return piece < years_->pieces() ? years_->play(piece) : draws_->play(piece - years_->pieces());
  }
  void take(std::span<const double> numbers) {
    if (years_are_taken())
      draws_->take(numbers);
    else
      years_->take(numbers);
  }
  [[nodiscard]] const std::vector<sifang::planned_world>& worlds() const noexcept { return worlds_; }
  [[nodiscard]] const sifang::world& place(std::size_t policy) const noexcept { return worlds_[policy].place; }
  [[nodiscard]] const wanted_study& wanted() const noexcept { return wanted_; }
  [[nodiscard]] std::size_t replications() const noexcept { return replications_; }
  /// What is known by now. \pre at least one piece was taken
  [[nodiscard]] sifang::result result() const {
    const std::size_t done = years_->result().replications;
    sifang::result r =
        sifang::assemble(studied_.size() == 1 ? "run" : "compare", sifang::detail::span_of(studied_), years_->result(), done);
    if (draws_) draws_->add_to(r);
    return r;
  }

 private:
  study() = default;
  [[nodiscard]] bool years_are_taken() const noexcept { return years_->taken() == years_->pieces(); }
  static made_study refused(const std::vector<sifang::fault>& faults) {
    made_study out;
    for (const sifang::fault& f : faults) out.wrong.push_back({to_string(f, sifang::language::en), to_string(f, sifang::language::zh)});
    return out;
  }
  std::vector<sifang::fault> load(const sifang::text_source& from, const std::vector<sifang::session_kind>& sessions) {
    worlds_.clear();
    std::vector<sifang::fault> faults;
    const auto named = [&](const std::string& name) {
      const std::filesystem::path found = sifang::find_scenario(name, {}, from);
      return found.empty() ? std::filesystem::path(name) : found;
    };
    const std::string& base = wanted_.policies.front().scenario;
    for (const wanted_policy& one : wanted_.policies) {
      sifang::world_wanted how;
      how.settings = one.settings;
      how.replications = wanted_.replications;
      how.cases = wanted_.cases;
      how.sessions = sessions;
      if (one.scenario != base) how.base = named(base);  // as `sifang compare` lays the others on the first
      how.skip_bad = wanted_.skip_bad;
      how.keep_cases = worlds_.empty();
      auto made = sifang::load_world(named(one.scenario), how, from);
      if (made)
        worlds_.push_back(*std::move(made));
      else
        faults.insert(faults.end(), made.faults().begin(), made.faults().end());
    }
    return faults;
  }

  wanted_study wanted_;
  std::vector<sifang::planned_world> worlds_;  // not moved once studied_ refers to them
  std::vector<sifang::studied_policy> studied_;
  std::size_t replications_ = 0;
  std::unique_ptr<sifang::study_in_pieces> years_;
  std::optional<study_on_draws> draws_;
};

}  // namespace sifang_lab

#endif
