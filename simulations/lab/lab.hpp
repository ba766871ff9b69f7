// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_LAB_LAB_HPP
#define SIFANG_LAB_LAB_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/experiment/study_in_pieces.hpp"
#include "sifang/io/planned_world.hpp"
#include "sifang/io/study_results.hpp"
#include "sifang/io/text_source.hpp"
#include "sifang/reception/setting.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
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
    out->pieces_ = std::make_unique<sifang::study_in_pieces>(sifang::arms_of<>(sifang::detail::span_of(places)), out->replications_, years);
    return {std::move(out), {}};
  }

  [[nodiscard]] sifang::study_in_pieces& pieces() noexcept { return *pieces_; }
  [[nodiscard]] const std::vector<sifang::planned_world>& worlds() const noexcept { return worlds_; }
  [[nodiscard]] const sifang::world& place(std::size_t policy) const noexcept { return worlds_[policy].place; }
  [[nodiscard]] const wanted_study& wanted() const noexcept { return wanted_; }
  [[nodiscard]] std::size_t replications() const noexcept { return replications_; }
  /// What is known by now. \pre at least one piece was taken
  [[nodiscard]] sifang::result result() const {
    const std::size_t done = pieces_->result().replications;
    return sifang::assemble(studied_.size() == 1 ? "run" : "compare", sifang::detail::span_of(studied_), pieces_->result(), done);
  }

 private:
  study() = default;
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
  std::unique_ptr<sifang::study_in_pieces> pieces_;
};

}  // namespace sifang_lab

#endif
