// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_EXPERIMENT_RESULTS_DIFFERENCE_HPP
#define SIFANG_EXPERIMENT_RESULTS_DIFFERENCE_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/number_text.hpp"
#include "sifang/core/sort_stably.hpp"
#include "sifang/core/span_of.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/experiment/result.hpp"
#include "sifang/experiment/verdict.hpp"
#include "sifang/stats/comparison.hpp"
#include "sifang/stats/interval.hpp"
#include "sifang/stats/skewed_t.hpp"
#include "sifang/stats/student_t.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What differs between two results that were made at different times: in what was asked, and in the figures.

namespace sifang {

/// Something that was asked otherwise.
struct asked_difference {
  std::string policy,         ///< id; empty where it holds for all
      what,                   ///< "program_version", "seed", …, or the key of a parameter
      before,                 ///< as the first results have it
      after;                  ///< as the second have it
  bool in_before = true,      ///< the first results have it at all
      in_after = true;        ///< the second have it at all
  bool is_parameter = false;  ///< `what` is the key of a parameter
};

/// A policy of the first results and its counterpart in the second.
struct matched_policies {
  std::size_t before = 0,   ///< position in the first
      after = 0;            ///< position in the second
  bool same_years = false;  ///< both were made from the same histories (fingerprint): no difference is one of chance
  bool paired = false;      ///< otherwise, both have the figures of single replications under the same seed
};

/// How a difference between two results was judged.
enum class difference_basis : std::uint8_t {
  same_years,   ///< both from the same histories: the difference is exact
  paired,       ///< replication by replication, under the same seed
  independent,  ///< as if the years of one had nothing to do with those of the other
};

/// One figure beside itself.
struct figure_difference {
  std::size_t policy = 0;    ///< position in `results_difference::policies`
  result_metric metric;      ///< of the first results, or of the second if only they have it
  std::string dimension;     ///< id
  label slice;               ///< item of the dimension
  interval before{},         ///< of the first results
      after{};               ///< of the second; no value where one of the results has none such
  interval difference{};     ///< after minus before, at the confidence of the first results; of county-wide headline metrics together
  double size = 0;           ///< how many times the smallest difference that matters; 0 or more
  std::string verdict;       ///< see `verdict_of`; empty where one of them has no value
  difference_basis basis{};  ///< what the interval of the difference is made from
  /// Whether anything differs that files would show.
  [[nodiscard]] bool differs() const noexcept {
    const auto same = [](const interval& a, const interval& b) {
      return a.kind == b.kind && a.estimate == b.estimate && a.lower == b.lower && a.upper == b.upper;
    };
    return !same(before, after);
  }
};

/// What differs between two results.
struct results_difference {
  std::vector<asked_difference> asked;     ///< those of all policies first
  std::vector<matched_policies> policies;  ///< by their ids; the only ones of each, whatever they are called
  std::vector<figure_difference> figures;  ///< of these, all of them: largest first, then those that only one has
};

namespace detail {

/// The same interval at another level, as far as its distances grow with Student's factor.
template <class = when_called>
[[nodiscard]] inline interval at_confidence(interval v, std::size_t replications, double from, double to) noexcept {
  if (from == to || !v.bounded()) return v;
  const double factor = t_factor(replications, from), by = factor > 0 ? t_factor(replications, to) / factor : 1;
  v.lower = v.estimate - by * (v.estimate - v.lower);
  v.upper = v.estimate + by * (v.upper - v.estimate);
  return v;
}

/// The items of a list under their keys, in its order.
struct keyed_positions {
  /// Equal keys are told apart by their number: the second of one list is the counterpart of the second of the other.
  template <class List, class Key>
  keyed_positions(const List& list, const Key& key) {
    std::map<std::string, std::size_t> seen;
    for (std::size_t k = 0; k < list.size(); ++k) {
      const std::string name = key(list[k]);
      names.emplace_back(name, seen[name]++);
      at[names.back()] = k;
    }
  }
  [[nodiscard]] std::optional<std::size_t> find(const std::pair<std::string, std::size_t>& name) const {
    const auto found = at.find(name);
    return found == at.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<std::pair<std::string, std::size_t>> names;
  std::map<std::pair<std::string, std::size_t>, std::size_t> at;
};

/// Two results side by side.
template <class = when_called>
class results_beside {
 public:
  results_beside(const result& before, const result& after) : before_(&before), after_(&after) {}

  [[nodiscard]] results_difference compare() {
    compare_all();
    match_policies();
    for (std::size_t k = 0; k < out_.policies.size(); ++k) {
      compare_policy(k);
      compare_figures(k);
    }
    sort_stably(out_.figures, [](const figure_difference& a, const figure_difference& b) {
      const bool both_a = !a.verdict.empty(), both_b = !b.verdict.empty();
      return both_a != both_b ? both_a : a.size > b.size;
    });
    return std::move(out_);
  }

 private:
  void note(const std::string& policy, std::string what, std::string before, std::string after, bool is_parameter = false) {
    if (before == after) return;
    asked_difference found;
    found.policy = policy;
    found.what = std::move(what);
    found.before = std::move(before);
    found.after = std::move(after);
    found.is_parameter = is_parameter;
    out_.asked.push_back(std::move(found));
  }
  void note_one(const std::string& policy, std::string what, std::string value, bool in_before, bool is_parameter = false) {
    asked_difference found;
    found.policy = policy;
    found.what = std::move(what);
    (in_before ? found.before : found.after) = std::move(value);
    (in_before ? found.in_after : found.in_before) = false;
    found.is_parameter = is_parameter;
    out_.asked.push_back(std::move(found));
  }

  void compare_all() {
    const result &a = *before_, &b = *after_;
    note("", "kind", a.kind, b.kind);
    note("", "program_version", a.version, b.version);
    note("", "county", a.county, b.county);
    note("", "start", a.start, b.start);
    note("", "end", a.end, b.end);
    note("", "confidence", number_text(a.confidence), number_text(b.confidence));
    note("", "unfinished_replications", std::to_string(a.unfinished_replications), std::to_string(b.unfinished_replications));
  }
  void match_policies() {
    const auto id = [](const result_policy& p) { return p.id; };
    const keyed_positions a(before_->policies, id), b(after_->policies, id);
    const auto add = [&](std::size_t i, std::size_t k) {
      const result_policy &x = before_->policies[i], &y = after_->policies[k];
      const bool same = x.fingerprint == y.fingerprint && x.replications == y.replications && x.seed == y.seed;
      const bool pairs = !same && x.seed == y.seed && !x.years.empty() && x.years.size() == y.years.size();
      out_.policies.push_back({i, k, same, pairs});
    };
    if (a.names.size() == 1 && b.names.size() == 1) {
      note("", "policy", a.names[0].first, b.names[0].first);
      return add(0, 0);
    }
    for (std::size_t k = 0; k < a.names.size(); ++k) {
      if (const auto other = b.find(a.names[k]))
        add(k, *other);
      else
        note_one("", "policy", a.names[k].first, true);
    }
    for (const auto& name : b.names) {
      if (!a.find(name)) note_one("", "policy", name.first, false);
    }
  }
  void compare_policy(std::size_t at) {
    const result_policy& a = before_->policies[out_.policies[at].before];
    const result_policy& b = after_->policies[out_.policies[at].after];
    note(a.id, "seed", std::to_string(a.seed), std::to_string(b.seed));
    note(a.id, "replications", std::to_string(a.replications), std::to_string(b.replications));
    const auto key = [](const result_assumption& one) { return one.key; };
    const keyed_positions x(a.assumptions, key), y(b.assumptions, key);
    for (std::size_t k = 0; k < x.names.size(); ++k) {
      const auto other = y.find(x.names[k]);
      if (other)
        note(a.id, a.assumptions[k].key, a.assumptions[k].value, b.assumptions[*other].value, true);
      else
        note_one(a.id, a.assumptions[k].key, a.assumptions[k].value, true, true);
    }
    for (std::size_t k = 0; k < y.names.size(); ++k) {
      if (!x.find(y.names[k])) note_one(a.id, b.assumptions[k].key, b.assumptions[k].value, false, true);
    }
  }

  using positions = std::optional<std::size_t>;
  /// Walks two lists: what both have and what the first has, in its order, then what only the second has.
  template <class List, class Key, class Do>
  static void beside(const List& a, const List& b, const Key& key, const Do& act) {
    const keyed_positions x(a, key), y(b, key);
    for (std::size_t k = 0; k < a.size(); ++k) act(positions(k), y.find(x.names[k]));
    for (std::size_t k = 0; k < b.size(); ++k) {
      if (!x.find(y.names[k])) act(positions(), positions(k));
    }
  }
  void compare_figures(std::size_t at) {
    const std::size_t first = out_.figures.size();
    const result_policy& a = before_->policies[out_.policies[at].before];
    const result_policy& b = after_->policies[out_.policies[at].after];
    static const result_dimension nothing{};
    // The same name in another unit is another metric.
    beside(
        before_->metrics, after_->metrics, [](const result_metric& m) { return m.id + '\n' + m.unit; },
        [&](positions m, positions n) {
          const result_metric& about = m ? before_->metrics[*m] : after_->metrics[*n];
          beside(
              before_->dimensions, after_->dimensions, [](const result_dimension& d) { return d.id; },
              [&](positions d, positions e) {
                const result_dimension& x = d ? before_->dimensions[*d] : nothing;
                const result_dimension& y = e ? after_->dimensions[*e] : nothing;
                beside(
                    x.items, y.items, [](const label& l) { return l.id; },
                    [&](positions i, positions k) {
                      figure_difference found;
                      found.policy = at;
                      found.metric = about;
                      found.dimension = d ? x.id : y.id;
                      found.slice = i ? x.items[*i] : y.items[*k];
                      if (m && d && i) found.before = a.values[*m][*d][*i];
                      if (n && e && k) found.after = b.values[*n][*e][*k];
                      found.basis = out_.policies[at].same_years ? difference_basis::same_years : difference_basis::independent;
                      if (!found.before.has_value() && !found.after.has_value()) return;
                      const bool both = found.before.has_value() && found.after.has_value();
                      const bool paired =
                          both && out_.policies[at].paired && found.dimension == "all" && *m < a.years[0].size() && *n < b.years[0].size();
                      places_.push_back(paired ? std::optional(std::pair(*m, *n)) : std::nullopt);
                      out_.figures.push_back(std::move(found));
                    });
              });
        });
    judge(first, a, b);
  }
  /// The paired difference of a metric, if it can be told. \returns whether it can
  bool pair(figure_difference& f, const result_policy& a, std::size_t at_a, const result_policy& b, std::size_t at_b, double level) const {
    std::vector<double> columns[4];
    for (std::size_t k = 0; k < a.years.size(); ++k) {
      columns[0].push_back(a.years[k][at_a].numerator);
      columns[1].push_back(a.years[k][at_a].denominator);
      columns[2].push_back(b.years[k][at_b].numerator);
      columns[3].push_back(b.years[k][at_b].denominator);
    }
    const quantity what = f.metric.unit == "share" ? quantity::share : quantity::number;
    const paired_difference found =
        compare_ratios(span_of(columns[0]), span_of(columns[1]), span_of(columns[2]), span_of(columns[3]), level, what);
    if (!found.difference.has_value()) return false;
    f.difference = found.difference;
    f.basis = difference_basis::paired;
    return true;
  }
  /// Differences, intervals and verdicts of the figures of one pair of policies. County-wide headline figures are judged together, by
  /// simultaneous intervals, as in `compare`.
  void judge(std::size_t first, const result_policy& a, const result_policy& b) {
    const auto years_a = static_cast<std::size_t>((std::max)(a.replications, 0)),
               years_b = static_cast<std::size_t>((std::max)(b.replications, 0));
    const std::size_t years = (std::min)(years_a, years_b);
    const auto is_joint = [](const figure_difference& f) {
      return f.metric.headline && f.dimension == "all" && f.before.has_value() && f.after.has_value();
    };
    const auto together =
        static_cast<std::size_t>(std::count_if(out_.figures.begin() + static_cast<std::ptrdiff_t>(first), out_.figures.end(), is_joint));
    for (std::size_t k = first; k < out_.figures.size(); ++k) {
      figure_difference& f = out_.figures[k];
      if (!f.before.has_value() || !f.after.has_value()) continue;
      const double level = is_joint(f) ? each_of_joint(before_->confidence, together) : before_->confidence;
      if (!places_[k] || !pair(f, a, places_[k]->first, b, places_[k]->second, level)) {
        f.difference = difference_of(at_confidence(f.before, years_a, before_->confidence, level),
                                     at_confidence(f.after, years_b, after_->confidence, level), f.basis);
      }
      const double smallest = smallest_that_matters(f.metric.unit, f.before.estimate, f.after.estimate);
      f.size = smallest > 0 ? std::abs(f.difference.estimate) / smallest : 0;
      f.verdict = verdict_of(f.metric.better, f.difference, smallest, years);
    }
  }
  /// After minus before. Of independent ones, each bound lies as far as the bounds of both allow (MOVER).
  [[nodiscard]] static interval difference_of(const interval& before, const interval& after, difference_basis basis) noexcept {
    const double d = after.estimate - before.estimate;
    if (before.kind == interval_kind::too_little_data || after.kind == interval_kind::too_little_data)
      return {d, d, d, interval_kind::too_little_data};
    if (basis == difference_basis::same_years || (!before.bounded() && !after.bounded())) return {d, d, d, interval_kind::constant};
    const double below = std::hypot(after.estimate - after.lower, before.upper - before.estimate);
    const double above = std::hypot(after.upper - after.estimate, before.estimate - before.lower);
    return {d, d - below, d + above, interval_kind::two_sided};
  }
  const result *before_, *after_;
  results_difference out_;
  /// Of each figure, where the figures of single years of both stand, if they can be paired.
  std::vector<std::optional<std::pair<std::size_t, std::size_t>>> places_;
};

}  // namespace detail

/// What differs between two results: what was asked, and every figure of the policies that both have, beside its counterpart.
///
/// Where both come from the same histories (same seed, replications and fingerprint), a difference is exact: it is how they were counted.
/// County-wide metrics whose figures of single replications both have (`result_policy::years`), of as many replications under the same
/// seed, are paired as `compare` pairs them. Of all else the interval is made from the two intervals as if they were independent, by the
/// method of variance estimates recovery (Zou and Donner 2008): the lower bound is d − √((e₂−l₂)² + (u₁−e₁)²), the upper one d + √((u₂−e₂)²
/// + (e₁−l₁)²). Under the same seed the years have their luck in common; then it is usually wider than that of `compare`. Verdicts are
/// those of `verdict_of`, with the smaller number of replications; those of county-wide headline metrics hold together.
///
/// \pre both have a value for each of their metrics, dimensions and items, as results that are read have; asserted for the metrics
/// \complexity n log n in the figures
template <class = when_called>
[[nodiscard]] inline results_difference difference_of_results(const result& before, const result& after) {
  for (const result* r : {&before, &after}) {
    for ([[maybe_unused]] const result_policy& p : r->policies)
      SIFANG_ASSERT(p.values.size() == r->metrics.size(), "a value for each metric");
  }
  return detail::results_beside<>(before, after).compare();
}

}  // namespace sifang

#endif
