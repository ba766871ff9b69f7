// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_REPLAY_STUDY_HPP
#define SIFANG_EXPERIMENT_REPLAY_STUDY_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/outcome.hpp"
#include "sifang/county/replication.hpp"
#include "sifang/county/world.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/team.hpp"
#include "sifang/stats/estimate.hpp"
#include "sifang/stats/interval.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

/// \file
/// A ledger beside what the model makes of it: what is recorded, what the county plays from its arrivals alone, and what the same cases
/// would have come to elsewhere.

namespace sifang {

/// A figure of a record beside the model's.
struct replayed_figure {
  metric which{};         ///< of the whole county
  bool is_count = false;  ///< `recorded.numerator` alone
  ratio_parts recorded;   ///< as the record has it
  interval predicted;     ///< mean over replications in which only the arrivals are the record's
  double least = 0,       ///< see `most`
      most = 0;           ///< between which nine of ten single years lie (5th and 95th percentile)
  /// The figure of the record.
  [[nodiscard]] double recorded_value() const noexcept { return is_count ? recorded.numerator : recorded.numerator / recorded.denominator; }
  /// Predicted less recorded.
  [[nodiscard]] double error() const noexcept { return predicted.estimate - recorded_value(); }
  /// Whether the record lies where nine of ten predicted years do.
  [[nodiscard]] bool is_within() const noexcept { return recorded_value() >= least && recorded_value() <= most; }
};

/// How near the model comes to what is recorded of each case, of those of which the record tells it.
struct replay_fit {
  double reply_days_off = 0,  ///< mean distance between the days to the reply
      settled_right = 0;      ///< share of which it is right whether they were settled
  std::size_t replies = 0,    ///< cases and replications behind the first
      settlements = 0;        ///< behind the second
};

/// A recorded case under both policies: means over the replications.
struct case_elsewhere {
  std::uint32_t position = 0;  ///< among `world::recorded`
  double replied_base = 0,     ///< share of replications in which it was replied to, under the base
      replied_other = 0,       ///< and under the other
      days_base = 0,           ///< days from the recorded day to the reply, of those, under the base; 0 where never
      days_other = 0,          ///< and under the other
      settled_base = 0,        ///< share in which it was settled when the run ended, under the base
      settled_other = 0;       ///< and under the other
};

/// The same cases under another policy.
struct counterfactual {
  /// A figure under both.
  struct change {
    metric which{};  ///< of the whole county
    interval base,   ///< under the base
        other,       ///< under the other
        difference;  ///< other less base, paired by replication
  };
  replay_fit drawn,                   ///< what the base makes of the cases with luck that knows nothing of the record
      conditioned;                    ///< and with that which was chosen
  std::vector<change> changes;        ///< by the figures of `replay_study`
  std::vector<case_elsewhere> cases;  ///< by position
};

/// What a replay found.
struct replay_study_result {
  std::size_t replications = 0;             ///< that were played
  std::vector<replayed_figure> figures;     ///< those of which the record tells
  std::optional<counterfactual> elsewhere;  ///< if there is another policy
};

namespace detail {

/// The figures that a ledger can tell of, and what of it.
struct figure_of_record {
  metric which;
  bool is_count;
  enum { acceptance, reply, settlement, rating, repeats } needs;
};
inline constexpr std::array<figure_of_record, 9> figures_of_records{{
    {metric::registrations, true, figure_of_record::repeats},
    {metric::repeat_rate, false, figure_of_record::repeats},
    {metric::accept_days, false, figure_of_record::acceptance},
    {metric::timely_acceptance_rate, false, figure_of_record::acceptance},
    {metric::reply_days, false, figure_of_record::reply},
    {metric::on_time_reply_rate, false, figure_of_record::reply},
    {metric::resolution_rate, false, figure_of_record::settlement},
    {metric::satisfaction_rate, false, figure_of_record::rating},
    {metric::participation_rate, false, figure_of_record::rating},
}};
/// Whether the record tells of it.
[[nodiscard]] inline bool is_told(const figure_of_record& f, std::span<const recorded_arrival> all) {
  return std::any_of(all.begin(), all.end(), [&](const recorded_arrival& r) {
    switch (f.needs) {
      case figure_of_record::acceptance:
        return r.acceptance.has_value();
      case figure_of_record::reply:
        return r.handling.has_value();
      case figure_of_record::settlement:
        return r.settled.has_value();
      case figure_of_record::rating:
        return r.rated;
      case figure_of_record::repeats:
        break;
    }
    return r.repeat;
  });
}

/// What became of a recorded case in one replication.
struct replayed_course {
  double days = std::numeric_limits<double>::quiet_NaN();  ///< from the recorded day to the first reply; not a number: none
  bool settled = false;
  [[nodiscard]] bool replied() const noexcept { return days == days; }
};
/// By position among the recorded. One that comes twice, since the record is scaled, is told by its first coming.
inline void courses_of(std::span<const matter> matters, std::size_t recorded, std::vector<replayed_course>& out) {
  out.assign(recorded, {});
  std::vector<std::uint8_t> seen(recorded, 0);
  for (const matter& m : matters) {
    if (m.recorded >= recorded || seen[m.recorded] != 0) continue;
    seen[m.recorded] = 1;
    out[m.recorded].settled = m.settled;
    if (m.first_replied != never) out[m.recorded].days = m.first_replied - m.born;
  }
}
/// Days from the record to the reply, if it tells them.
[[nodiscard]] inline std::optional<double> recorded_days(const recorded_arrival& r) noexcept {
  if (!r.handling) return std::nullopt;
  return r.handling->count + r.acceptance.value_or(calendar_days(0)).count;
}
/// How far a course is from the record: a month of the reply weighs as much as half a settlement that is wrong.
[[nodiscard]] inline double distance(const replayed_course& c, const recorded_arrival& r) noexcept {
  double out = 0;
  if (const auto days = recorded_days(r)) {
    out += c.replied() ? std::abs(c.days - *days) / 30 : 3;
  } else if (r.not_replied) {
    out += c.replied() ? 1 : 0;
  }
  if (r.settled && c.settled != *r.settled) out += 2;
  return out;
}

/// Numbers of a replication in a row: figures predicted; with another policy those of both, the courses of the cases drawn, with chosen
/// luck, and under the other.
class replay_worker {
 public:
  replay_worker(const world& predicted, const world* other, std::size_t candidates)
      : predicted_(&predicted), base_(predicted), candidates_(candidates) {
    base_.split_metrics(false);
    if (other == nullptr) return;
    other_.emplace(*other);
    other_->split_metrics(false);
  }
  void operator()(std::size_t piece, std::vector<double>& out) {
    const auto number = static_cast<std::uint32_t>(piece);
    base_.luck_of_recorded({});
    add_figures(base_.run(number), out);
    if (!other_) return;
    choose(number, out);
    base_.luck_of_recorded(span_of(luck_));
    add_figures(base_.run(number), out);
    courses_of(base_.matters(), luck_.size(), courses_);
    add_courses(out);
    other_->luck_of_recorded(span_of(luck_));
    add_figures(other_->run(number), out);
    courses_of(other_->matters(), luck_.size(), courses_);
    add_courses(out);
  }

 private:
  /// The luck of each case that comes nearest to what is recorded of it, when all others have the same number (`luck_`): of equal ones
  /// the first. What was drawn first goes to `out`.
  void choose(std::uint32_t number, std::vector<double>& out) {
    const auto recorded = span_of(predicted_->recorded());
    luck_.assign(recorded.size(), 0);
    nearest_.assign(recorded.size(), std::numeric_limits<double>::infinity());
    for (std::size_t k = 0; k < candidates_; ++k) {
      const std::vector<std::uint16_t> same(recorded.size(), static_cast<std::uint16_t>(k));
      if (k > 0) {
        base_.luck_of_recorded(span_of(same));
        (void)base_.run(number);
      }
      courses_of(base_.matters(), recorded.size(), courses_);
      if (k == 0) add_courses(out);
      for (std::size_t i = 0; i < recorded.size(); ++i) {
        const double d = distance(courses_[i], recorded[i]);
        if (!(d < nearest_[i])) continue;
        nearest_[i] = d;
        luck_[i] = static_cast<std::uint16_t>(k);
      }
    }
    base_.luck_of_recorded({});
  }
  static void add_figures(const replication_outcome& of, std::vector<double>& out) {
    for (const figure_of_record& f : figures_of_records) {
      out.push_back(of.sums.numerator(f.which, 0));
      out.push_back(of.sums.denominator(f.which, 0));
    }
  }
  void add_courses(std::vector<double>& out) const {
    for (const replayed_course& c : courses_) {
      out.push_back(c.days);
      out.push_back(c.settled ? 1 : 0);
    }
  }

  const world* predicted_;
  replication<> base_;
  std::optional<replication<>> other_;
  std::size_t candidates_;
  std::vector<std::uint16_t> luck_;
  std::vector<double> nearest_;
  std::vector<replayed_course> courses_;
};

/// Rows of numbers, one a replication, and what is made of them.
class replay_rows {
 public:
  explicit replay_rows(const world& predicted) : predicted_(&predicted) {}
  void add(std::span<const double> row) { rows_.emplace_back(row.begin(), row.end()); }
  [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }

  [[nodiscard]] replayed_figure figure(std::size_t f, const replication_outcome& recorded, double confidence) const {
    const figure_of_record& info = figures_of_records[f];
    replayed_figure out{info.which, info.is_count, {recorded.sums.numerator(info.which, 0), recorded.sums.denominator(info.which, 0)}, {}};
    out.predicted = estimate(f, 0, confidence);
    std::vector<double> years;
    for (const auto& row : rows_) {
      const double above = row[2 * f], below = row[2 * f + 1];
      if (info.is_count || below != 0) years.push_back(info.is_count ? above : above / below);
    }
    std::sort(years.begin(), years.end());
    if (years.empty()) return out;
    const auto at = [&](double p) { return years[static_cast<std::size_t>(p * static_cast<double>(years.size() - 1))]; };
    out.least = at(0.05);
    out.most = years[years.size() - 1 - static_cast<std::size_t>(0.05 * static_cast<double>(years.size() - 1))];
    return out;
  }
  [[nodiscard]] counterfactual other(double confidence) const {
    counterfactual out;
    const std::size_t cases = predicted_->recorded().size();
    for (std::size_t f = 0; f < figures_of_records.size(); ++f) {
      out.changes.push_back({figures_of_records[f].which, estimate(f, at_base(), confidence), estimate(f, at_other(), confidence),
                             difference(f, confidence)});
    }
    out.drawn = fit(at_drawn());
    out.conditioned = fit(at_base() + figures);
    out.cases.resize(cases);
    for (std::size_t i = 0; i < cases; ++i) {
      case_elsewhere& c = out.cases[i];
      c.position = static_cast<std::uint32_t>(i);
      mean_course(at_base() + figures + 2 * i, c.replied_base, c.days_base, c.settled_base);
      mean_course(at_other() + figures + 2 * i, c.replied_other, c.days_other, c.settled_other);
    }
    return out;
  }

 private:
  static constexpr std::size_t figures = 2 * figures_of_records.size();
  [[nodiscard]] std::size_t at_drawn() const noexcept { return figures; }
  [[nodiscard]] std::size_t at_base() const noexcept { return figures + 2 * predicted_->recorded().size(); }
  [[nodiscard]] std::size_t at_other() const noexcept { return at_base() + figures + 2 * predicted_->recorded().size(); }

  [[nodiscard]] interval estimate(std::size_t f, std::size_t from, double confidence) const {
    std::vector<double> above, below;
    for (const auto& row : rows_) {
      above.push_back(row[from + 2 * f]);
      below.push_back(row[from + 2 * f + 1]);
    }
    if (figures_of_records[f].is_count) return mean_interval(detail::span_of(above), confidence, quantity::count);
    const bool share = metric_table[static_cast<std::size_t>(figures_of_records[f].which)].unit == "share";
    return ratio_interval(detail::span_of(above), detail::span_of(below), confidence, share ? quantity::share : quantity::amount);
  }
  /// Of the years' values, where both policies have one.
  [[nodiscard]] interval difference(std::size_t f, double confidence) const {
    std::vector<double> values;
    for (const auto& row : rows_) {
      const auto value = [&](std::size_t from) {
        const double above = row[from + 2 * f], below = row[from + 2 * f + 1];
        return figures_of_records[f].is_count ? above : above / below;
      };
      const double d = value(at_other()) - value(at_base());
      if (std::isfinite(d)) values.push_back(d);
    }
    return mean_interval(detail::span_of(values), confidence, quantity::number);
  }
  [[nodiscard]] replay_fit fit(std::size_t from) const {
    replay_fit out;
    const auto& recorded = predicted_->recorded();
    for (const auto& row : rows_) {
      for (std::size_t i = 0; i < recorded.size(); ++i) {
        const double days = row[from + 2 * i];
        if (const auto told = recorded_days(recorded[i]); told && days == days) {
          out.reply_days_off += std::abs(days - *told);
          ++out.replies;
        }
        if (!recorded[i].settled) continue;
        out.settled_right += (row[from + 2 * i + 1] != 0) == *recorded[i].settled;
        ++out.settlements;
      }
    }
    if (out.replies > 0) out.reply_days_off /= static_cast<double>(out.replies);
    if (out.settlements > 0) out.settled_right /= static_cast<double>(out.settlements);
    return out;
  }
  void mean_course(std::size_t at, double& replied, double& days, double& settled) const {
    for (const auto& row : rows_) {
      const bool is_replied = row[at] == row[at];
      replied += is_replied;
      days += is_replied ? row[at] : 0;
      settled += row[at + 1];
    }
    if (replied > 0) days /= replied;
    replied /= static_cast<double>(rows_.size());
    settled /= static_cast<double>(rows_.size());
  }

  const world* predicted_;
  std::vector<std::vector<double>> rows_;
};

struct no_replay_told {
  void operator()(std::size_t) const noexcept {}
};

}  // namespace detail

/// Replays a record: as it was recorded, which gives its own figures; predicted from its arrivals, which says how far to trust the model;
/// and, if there is another policy, the same cases under that.
///
/// A case's luck under the other policy is conditioned on the record: of `candidates` lucks of each case the one is taken with which the
/// base comes nearest to what is recorded of it, and the same is played under both. What is recorded is not copied. Cases meet in the
/// lines of officials, so that the luck chosen while all others had theirs by another number is near and not exact: `counterfactual` says
/// how near.
/// \param recorded    the record as it was (`replay_mode::as_recorded`)
/// \param predicted   the county that is meant to have made it (`replay_mode::predicted`), under the same record
/// \param other       another policy, predicted, under the same record; or nothing
/// \param candidates  at least 1; lucks that are tried for each case
/// \param finished    called with the replications that are done
/// \pre both of the worlds that are predicted have the same recorded cases; asserted
/// \complexity replications × (candidates + 2) years
template <class Team, class Finished = detail::no_replay_told>
requires work_team<Team>
[[nodiscard]] replay_study_result replay_study(Team&& team, const world& recorded, const world& predicted, const world* other,
                                               std::size_t candidates, std::size_t replications, Finished&& finished = {}) {
  SIFANG_ASSERT(recorded.as_recorded() && predicted.replays() && !predicted.as_recorded(), "a record, and a prediction from it");
  SIFANG_ASSERT(other == nullptr || (!other->as_recorded() && other->recorded().size() == predicted.recorded().size()),
                "another policy under the same record");
  SIFANG_ASSERT(candidates >= 1 && candidates < 65536, "lucks to choose from");
  detail::replay_rows rows(predicted);
  team.run(
      replications, [&] { return detail::replay_worker(predicted, other, candidates); },
      [&](std::size_t, std::span<const double> row) {
        rows.add(row);
        finished(rows.size());
      });
  replay_study_result out;
  out.replications = rows.size();
  if (rows.size() == 0) return out;
  replication<> as_it_was(recorded);
  const replication_outcome& told = as_it_was.run(0);
  const double confidence = predicted.setting().confidence;
  for (std::size_t f = 0; f < detail::figures_of_records.size(); ++f) {
    if (detail::is_told(detail::figures_of_records[f], detail::span_of(recorded.recorded())))
      out.figures.push_back(rows.figure(f, told, confidence));
  }
  if (other != nullptr) out.elsewhere = rows.other(confidence);
  return out;
}

}  // namespace sifang

#endif
