// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_LEDGER_FIGURES_HPP
#define SIFANG_IO_LEDGER_FIGURES_HPP

#include "sifang/calendar/working_calendar.hpp"
#include "sifang/core/names.hpp"
#include "sifang/core/time.hpp"
#include "sifang/core/when_called.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/county/tally.hpp"
#include "sifang/experiment/calibrate.hpp"
#include "sifang/io/ledger_cases.hpp"
#include "sifang/petition/clocks.hpp"
#include "sifang/petition/kinds.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

/// \file
/// Figures of a ledger as those that a calibration compares the model with.

namespace sifang {

/// Fewest rows behind a share or a mean of a ledger, below which it is no figure.
inline constexpr std::size_t fewest_for_figures = 30;
/// What a right model may lie beside a figure of a ledger, as a part of it: rows are counted by rules of their own.
inline constexpr double lack_beside_ledger = 0.05;

namespace detail {

/// Numbers that are added up.
struct ledger_mean {
  double sum = 0, squares = 0;
  std::size_t count = 0;

  void add(double x) noexcept {
    sum += x;
    squares += x * x;
    ++count;
  }
  [[nodiscard]] double mean() const noexcept { return sum / static_cast<double>(count); }
  /// Of the mean.
  [[nodiscard]] double error() const noexcept {
    const auto n = static_cast<double>(count);
    return std::sqrt((std::max)(squares / n - mean() * mean(), 0.0) / (n - 1));
  }
};

/// Variance of the counts of whole weeks over their mean, at least 1; 1 below eight weeks.
[[nodiscard]] inline double weekly_dispersion(const std::vector<ledger_case>& cases, day first, day last) {
  const auto weeks = static_cast<std::size_t>(((last - first).count + 1) / 7);
  if (weeks < 8) return 1;
  std::vector<double> counts(weeks, 0.0);
  for (const ledger_case& c : cases) {
    if (c.is_backlog || c.date < first) continue;
    const auto week = static_cast<std::size_t>((c.date - first).count / 7);
    if (week < weeks) counts[week] += 1;
  }
  double sum = 0, squares = 0;
  for (const double n : counts) {
    sum += n;
    squares += n * n;
  }
  const auto n = static_cast<double>(weeks);
  return sum > 0 ? (std::max)(1.0, (squares - sum * sum / n) / (n - 1) / (sum / n)) : 1;
}

/// A figure of a ledger. Spread is that of its sample, in which the chance of its days is; never 0, as a whole sample of one kind has.
[[nodiscard]] inline known_figure ledger_figure(std::string name, measured_figure measure, double value, double spread, std::size_t rows) {
  known_figure out{std::move(name), std::move(measure), {value, spread, 1}, "the ledger, " + std::to_string(rows) + " rows"};
  out.discrepancy = lack_beside_ledger * std::abs(value);
  out.of_one_year = false;
  return out;
}

/// Replies in time, among those whose last day lies in the record: cases that are open then count as missed.
struct ledger_on_time {
  std::size_t due = 0,  ///< cases whose last day is known to have passed
      kept = 0,         ///< replied by then
      extended = 0;     ///< replied later, but by the last day that an extension (L11) would have given them, if they had one
};
/// \param last  day until which the ledger was kept
template <class = when_called>
[[nodiscard]] inline ledger_on_time on_time_of(const std::vector<ledger_case>& cases, const legal_clocks& clocks,
                                               const working_calendar& calendar, day last) {
  ledger_on_time out;
  for (const ledger_case& c : cases) {
    if (c.is_backlog || !c.accepted || *c.accepted < c.date) continue;
    const bool is_written = c.reply_due && *c.reply_due >= *c.accepted;  // a day before acceptance is a slip of the pen
    const day due = is_written ? *c.reply_due : due_day(clocks, case_clock::handle, *c.accepted, calendar, {false, c.is_simplified});
    if (due > last) continue;
    ++out.due;
    if (c.replied && *c.replied <= due) {
      ++out.kept;
      continue;
    }
    if (is_written || c.is_simplified) continue;
    const day longest = clocks.last_day(clocks.reply_due(*c.accepted, clocks.extension), calendar);
    // What was not replied yet may still be extended as long as that day has not passed.
    out.extended += c.replied ? *c.replied <= longest : longest > last;
  }
  return out;
}

}  // namespace detail

/// What a ledger says of the figures of a scenario: registrations in as many days as the scenario counts, repeats among them, channels of
/// first registrations, days to acceptance and from there to the reply, replies in time; as far as it has the columns, and at least
/// `fewest_for_figures` rows. Rows taken over from before are left out. The channel of the fewest rows is left out too: it follows from the
/// others.
///
/// Days without a row count from the first registration to the last. A part of a year stands for the whole of it: season is not taken out.
/// Cases that are open say nothing of the days to their reply, so that a ledger of few months shows replies that are too quick. Replies in
/// time are among the cases whose last day has passed; without a column of that day nobody knows who had an extension (L11), so the figure
/// is the middle of what would hold with none and with all that could have had one, and half of that may be lacking beside the model.
/// \returns nothing for a ledger of less than a week  \complexity linear in the rows
template <class = when_called>
[[nodiscard]] inline std::vector<known_figure> figures_of(const ledger_cases& ledger, const scenario& s, const working_calendar& calendar) {
  std::size_t rows = 0;
  day first, last;
  detail::ledger_mean repeats, to_acceptance, to_reply;
  std::array<std::size_t, channel_count> by_channel{};
  std::size_t initial = 0;
  for (const ledger_case& c : ledger.cases) {
    if (c.is_backlog) continue;
    first = rows == 0 ? c.date : (std::min)(first, c.date);
    last = rows == 0 ? c.date : (std::max)(last, c.date);
    ++rows;
    if (c.repeat) repeats.add(*c.repeat ? 1 : 0);
    if (!c.repeat.value_or(false)) {
      ++by_channel[static_cast<std::size_t>(c.channel)];
      ++initial;
    }
    if (c.accepted && *c.accepted >= c.date) to_acceptance.add((*c.accepted - c.date).count);
    if (c.handling) to_reply.add(c.handling->count);
  }
  std::vector<known_figure> out;
  constexpr int week = 7;
  if (rows == 0 || (last - first).count + 1 < week) return out;
  const double days = (last - first).count + 1, counted = (s.end - s.start).count + 1, n = static_cast<double>(rows);
  const double chance = std::sqrt(n * detail::weekly_dispersion(ledger.cases, first, last));
  out.push_back(detail::ledger_figure("registrations", {metric::registrations}, n / days * counted, chance / days * counted, rows));
  // Laplace's rule keeps the spread of a share above 0 where all rows are alike.
  const auto share_error = [](double share, std::size_t of) {
    const double m = static_cast<double>(of), near = (share * m + 1) / (m + 2);
    return std::sqrt(near * (1 - near) / m);
  };
  const auto add_mean = [&](const char* name, metric what, const detail::ledger_mean& m) {
    if (m.count < fewest_for_figures) return;
    const double least = 0.5 / std::sqrt(static_cast<double>(m.count));  // whole days are rounded
    out.push_back(detail::ledger_figure(name, {what}, m.mean(), (std::max)(m.error(), least), m.count));
  };
  if (ledger.has_repeat && repeats.count >= fewest_for_figures) {
    out.push_back(detail::ledger_figure("repeat_rate", {metric::repeat_rate}, repeats.mean(), share_error(repeats.mean(), repeats.count),
                                        repeats.count));
  }
  add_mean("accept_days", metric::accept_days, to_acceptance);
  add_mean("reply_days", metric::reply_days, to_reply);
  const detail::ledger_on_time on_time = detail::on_time_of(ledger.cases, s.clocks, calendar, last);
  if (ledger.has_accepted && (ledger.has_replied || ledger.has_handling_days) && on_time.due >= fewest_for_figures) {
    const double all = static_cast<double>(on_time.due), open = static_cast<double>(on_time.extended) / all / 2;
    const double share = static_cast<double>(on_time.kept) / all + open;
    out.push_back(
        detail::ledger_figure("on_time_reply_rate", {metric::on_time_reply_rate}, share, share_error(share, on_time.due), on_time.due));
    out.back().discrepancy = (std::max)(out.back().discrepancy, open);
  }
  if (initial < fewest_for_figures) return out;
  std::vector<std::size_t> used;
  for (std::size_t c = 0; c < by_channel.size(); ++c) {
    if (by_channel[c] > 0) used.push_back(c);
  }
  std::stable_sort(used.begin(), used.end(), [&](std::size_t a, std::size_t b) { return by_channel[a] > by_channel[b]; });
  used.pop_back();
  for (const std::size_t c : used) {
    const double share = static_cast<double>(by_channel[c]) / static_cast<double>(initial);
    out.push_back(detail::ledger_figure("first_by_" + std::string(names_of<channel>[c]),
                                        {metric::first_registrations, dimension::channel, {c}, true}, share, share_error(share, initial),
                                        initial));
  }
  return out;
}

}  // namespace sifang

#endif
