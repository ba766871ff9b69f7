// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_LEDGER_FIT_FILES_HPP
#define SIFANG_IO_LEDGER_FIT_FILES_HPP

#include "sifang/core/number_text.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/core/time.hpp"
#include "sifang/county/provenance.hpp"
#include "sifang/county/scenario.hpp"
#include "sifang/io/calibration_results.hpp"
#include "sifang/io/csv.hpp"
#include "sifang/io/json_writer.hpp"
#include "sifang/io/ledger_fit_result.hpp"
#include "sifang/io/ledger_hold_out.hpp"
#include "sifang/io/scenario_reference.hpp"
#include "sifang/io/scenario_setting.hpp"
#include "sifang/stats/goodness_of_fit.hpp"
#include "sifang/stats/interval.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What a fit leaves: fitted.toml, a scenario with mark and source of each value, and tables of arrivals, parameters, durations and of what
/// was held out.

namespace sifang {

/// How a fit came about.
struct ledger_fit_origin {
  std::string version,                ///< of the program
      ledger,                         ///< file, without its folder
      scenario;                       ///< file or name
  std::vector<std::string> settings;  ///< of the command line
  int hold_out = 0;                   ///< months; 0: none
};

namespace detail {

/// A number to so many digits that count.
[[nodiscard]] inline std::string short_figure(double x, int digits = 4) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*g", digits, x);
  return number_text(parse_number<double>(text).value_or(x));
}

/// Shares as decimals that add up to 1 exactly: each to a millionth, what rounding leaves over to those that lost most.
[[nodiscard]] inline std::vector<double> shares_of_one(const std::vector<double>& shares) {
  constexpr std::int64_t whole = 1'000'000;
  double sum = 0;
  for (const double s : shares) sum += s;
  std::vector<std::pair<double, std::size_t>> lost;
  std::vector<std::int64_t> parts;
  std::int64_t given = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double exact = sum > 0 ? shares[i] / sum * whole : static_cast<double>(whole) / static_cast<double>(shares.size());
    parts.push_back(static_cast<std::int64_t>(exact));
    given += parts.back();
    lost.emplace_back(exact - std::floor(exact), i);
  }
  std::stable_sort(lost.begin(), lost.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  for (std::size_t i = 0; given < whole && i < lost.size(); ++i, ++given) ++parts[lost[i].second];
  std::vector<double> out;
  for (const std::int64_t p : parts) out.push_back(static_cast<double>(p) / whole);
  return out;
}

/// A fitted value as `--set` and a scenario file have it.
struct fitted_setting {
  std::string key, value;
  const fitted_parameter* parameter;

  [[nodiscard]] std::string text() const { return key + '=' + value; }
};

[[nodiscard]] inline bool is_channel_share(const std::string& key) {
  return key == "load.visit_share" || key == "load.letter_share" || key == "load.online_share" || key == "load.phone_share";
}
[[nodiscard]] inline bool is_category_share(const std::string& key) { return key.starts_with("category.") && key.ends_with(".share"); }

/// The settings of a fit, shares rounded together.
[[nodiscard]] inline std::vector<fitted_setting> settings_of(const ledger_fit& fit) {
  std::vector<fitted_setting> out;
  const auto together = [&](bool (*is_one)(const std::string&)) {
    std::vector<double> shares;
    for (const fitted_parameter& p : fit.parameters) {
      if (is_one(p.key)) shares.push_back(p.values.front().estimate);
    }
    return shares_of_one(shares);
  };
  const std::vector<double> channels = together(is_channel_share), categories = together(is_category_share);
  std::size_t channel = 0, category = 0;
  for (const fitted_parameter& p : fit.parameters) {
    std::string value;
    if (is_channel_share(p.key)) {
      value = number_text(channels[channel++]);
    } else if (is_category_share(p.key)) {
      value = number_text(categories[category++]);
    } else if (p.values.size() == 1) {
      value = short_figure(p.values.front().estimate);
    } else {
      for (const interval& v : p.values) value += (value.empty() ? "[" : ", ") + short_figure(v.estimate);
      value += ']';
    }
    out.push_back({p.key, std::move(value), &p});
  }
  return out;
}

/// Where a fitted value has its origin, in a sentence.
[[nodiscard]] inline std::string source_of(const fitted_parameter& p, const ledger_fit& fit, const ledger_fit_origin& origin) {
  std::string out = "sifang fit: " + origin.ledger + ", " + to_string(fit.first) + " to " + to_string(fit.last) + ", " +
                    std::to_string(p.rows) + " rows; " + std::string(p.how);
  if (p.values.size() == 1 && p.values.front().bounded()) {
    out += "; " + short_figure(100 * fit.confidence) + " % interval " + short_figure(p.values.front().lower) + " to " +
           short_figure(p.values.front().upper);
  }
  return out;
}

}  // namespace detail

/// The scenario with the values of a fit. Values outside what the scenario allows are faults, as `apply_setting` tells them.
[[nodiscard]] inline checked<scenario> with_fit(scenario s, const ledger_fit& fit) {
  std::vector<fault> faults;
  for (const detail::fitted_setting& one : detail::settings_of(fit)) {
    for (fault& f : apply_setting(s, one.text())) faults.push_back(std::move(f));
  }
  if (!faults.empty()) return faults;
  return s;
}

/// fitted.toml: a scenario that extends another and has what was fitted, with mark and source of each value. It names no tables of a
/// county, so it can also be laid on another scenario, as a policy.
///
/// What was counted has the mark S; what rests on a law or a dispersion as well, I.
/// \param extends  what the other scenario is called from there
/// \param fitted   the scenario with the values of the fit (`with_fit`)
[[nodiscard]] inline std::string fitted_scenario(const ledger_fit& fit, const std::string& extends, const scenario& fitted,
                                                 const ledger_fit_origin& origin) {
  using detail::toml_quoted;
  std::string out =
      "# Made by `sifang fit` of " + one_line(origin.ledger) + ". Mark and source of each value stand below, in [provenance].\n";
  out += "extends = " + toml_quoted(extends) + "\n\nscenario.format = 2\nscenario.name = " + toml_quoted(fitted.name + "-fitted") + '\n';
  out += "scenario.title_en = " + toml_quoted((fitted.title_en.empty() ? fitted.name : fitted.title_en) + " (fitted to a ledger)") + '\n';
  out += "scenario.title_zh = " + toml_quoted((fitted.title_zh.empty() ? fitted.name : fitted.title_zh) + "（按台账拟合）") + '\n';
  const std::vector<detail::fitted_setting> settings = detail::settings_of(fit);
  std::string categories, sources;
  const std::vector<described_parameter> values = describe(fitted);
  for (const detail::fitted_setting& one : settings) {
    if (detail::is_category_share(one.key)) {
      const std::string id = one.key.substr(9, one.key.size() - 15);  // of category.ID.share
      categories += "\n[[category]]\nid = " + toml_quoted(id) + "\nshare = " + one.value + '\n';
    } else {
      out += one.key + " = " + one.value + '\n';
    }
    const auto found = std::find_if(values.begin(), values.end(), [&](const described_parameter& d) { return d.about.key == one.key; });
    if (found == values.end() || found->is_default) continue;  // a default has its source
    const bool by_law = one.key == "load.overdispersion" || one.key.starts_with("routing.") || one.key == "load.matters_per_year";
    sources += toml_quoted(one.key) + " = { mark = \"" + std::string(name_of(by_law ? origin::inference : origin::source)) +
               "\", source = " + toml_quoted(detail::source_of(*one.parameter, fit, origin)) + " }\n";
  }
  out += categories + "\n[provenance]\n" + sources;
  if (!fit.unfitted.empty()) out += "\n# What the ledger does not fix, which is as in the scenario that this extends:\n";
  for (const unfitted_parameter& u : fit.unfitted) out += "# " + u.key + ": " + std::string(u.why.en) + '\n';
  return out;
}

/// parameters.csv: each value that was fitted, with its interval, rows and method; and each that was not, with the reason.
[[nodiscard]] inline std::string fitted_parameters_csv(const ledger_fit& fit) {
  csv_writer csv{"parameter", "place", "value", "lower", "upper", "interval", "rows", "method"};
  for (const fitted_parameter& p : fit.parameters) {
    for (std::size_t i = 0; i < p.values.size(); ++i) {
      csv.field(p.key).field(p.values.size() == 1 ? std::string() : std::to_string(i + 1));
      csv.field(p.values[i].estimate).field(p.values[i].lower).field(p.values[i].upper).field(text_of(p.values[i].kind).id);
      csv.field(static_cast<std::int64_t>(p.rows)).field(p.how).end_row();
    }
  }
  for (const unfitted_parameter& u : fit.unfitted) {
    csv.field(u.key).empty().empty().empty().empty().field(std::string_view("not_fitted")).field(static_cast<std::int64_t>(u.rows));
    csv.field(u.why.en).end_row();
  }
  return csv.text();
}

/// arrivals.csv: all, channels, categories and townships, with their share and the test of Poisson counts.
[[nodiscard]] inline std::string fitted_arrivals_csv(const ledger_fit& fit) {
  csv_writer csv{"of",         "id", "rows", "share", "share_lower", "share_upper", "index_raw", "p_raw", "index", "degrees_of_freedom",
                 "chi_square", "p"};
  for (const group_of_arrivals& g : fit.groups) {
    csv.field(g.what)
        .field(g.id)
        .field(static_cast<std::int64_t>(g.rows))
        .field(g.share.estimate)
        .field(g.share.lower)
        .field(g.share.upper);
    if (g.is_tested)
      csv.field(g.as_one.index)
          .field(g.as_one.p)
          .field(g.dispersion.index)
          .field(g.dispersion.df)
          .field(g.dispersion.statistic)
          .field(g.dispersion.p);
    else
      csv.empty().empty().empty().empty().empty().empty();
    csv.end_row();
  }
  return csv.text();
}

/// durations.csv: each law of each duration, with its parameters, log-likelihood, AIC and how far it is from the data.
[[nodiscard]] inline std::string fitted_durations_csv(const ledger_fit& fit) {
  csv_writer csv{"duration",
                 "law",
                 "seen",
                 "ended",
                 "set_aside",
                 "scale",
                 "scale_lower",
                 "scale_upper",
                 "shape",
                 "shape_lower",
                 "shape_upper",
                 "mean",
                 "mean_lower",
                 "mean_upper",
                 "cv",
                 "cv_lower",
                 "cv_upper",
                 "log_likelihood",
                 "aic",
                 "kolmogorov_smirnov",
                 "p_kolmogorov_smirnov",
                 "anderson_darling",
                 "p_anderson_darling",
                 "samples"};
  const double z = elementary::normal_quantile(0.5 + fit.confidence / 2);
  for (const fitted_duration& d : fit.durations) {
    for (std::size_t i = 0; i < d.fits.size(); ++i) {
      const duration_fit& f = d.fits[i];
      const fit_verdict& v = d.verdicts[i];
      csv.field(name_of(d.which)).field(name_of(f.law.family)).field(static_cast<std::int64_t>(f.seen));
      csv.field(static_cast<std::int64_t>(f.ended)).field(static_cast<std::int64_t>(d.set_aside));
      for (const interval& x : {f.scale(z), f.shape(z), f.mean(z), f.cv(z)}) csv.field(x.estimate).field(x.lower).field(x.upper);
      csv.field(f.log_likelihood).field(f.aic).field(v.distance.kolmogorov_smirnov).field(v.p_kolmogorov_smirnov);
      csv.field(v.distance.anderson_darling).field(v.p_anderson_darling).field(static_cast<std::int64_t>(v.samples)).end_row();
    }
  }
  return csv.text();
}

/// quantiles.csv: for a QQ plot, quantiles of each duration (Kaplan and Meier's) beside those of each law.
[[nodiscard]] inline std::string fitted_quantiles_csv(const ledger_fit& fit) {
  csv_writer csv{"duration", "law", "share", "seen", "by_law"};
  constexpr std::size_t points = 50;
  for (const fitted_duration& d : fit.durations) {
    for (const duration_fit& f : d.fits) {
      for (const quantile_pair& q : quantile_pairs(f.law, d.curve, points))
        csv.field(name_of(d.which)).field(name_of(f.law.family)).field(q.share).field(q.seen).field(q.law).end_row();
    }
  }
  return csv.text();
}

/// held-out.csv: what the fit of the months before says of those that were held out, and what they were.
[[nodiscard]] inline std::string held_out_csv(const held_out_fit& held) {
  csv_writer csv{"what", "which", "unit", "predicted", "lower", "upper", "found", "error", "within", "naive", "naive_error"};
  for (const held_out_figure& f : held.figures) {
    csv.field(f.what).field(f.id).field(f.unit).field(f.predicted.estimate);
    const bool is_bounded = f.predicted.bounded();
    if (is_bounded)
      csv.field(f.predicted.lower).field(f.predicted.upper);
    else
      csv.empty().empty();
    csv.field(f.found).field(f.predicted.estimate - f.found);
    csv.field(std::string_view(!is_bounded                     ? ""
                               : f.predicted.contains(f.found) ? "yes"
                                                               : "no"))
        .field(f.naive)
        .field(f.naive - f.found)
        .end_row();
  }
  return csv.text();
}

/// manifest.json: what was fitted.
[[nodiscard]] inline std::string fit_manifest(const ledger_fit& fit, const ledger_fit_origin& origin) {
  json_writer json(2);
  json.begin_object().member("format", "sifang-manifest").member("version", 1).member("program_version", std::string_view(origin.version));
  json.member("command", "fit")
      .member("finished", true)
      .key("scenarios")
      .begin_array()
      .value(std::string_view(origin.scenario))
      .end_array();
  json.member("ledger", std::string_view(origin.ledger)).key("settings").begin_array();
  for (const std::string& text : origin.settings) json.value(std::string_view(text));
  json.end_array().member("first", std::string_view(to_string(fit.first))).member("last", std::string_view(to_string(fit.last)));
  json.member("rows", static_cast<std::int64_t>(fit.rows)).member("hold_out", origin.hold_out).end_object();
  return std::move(json).finish();
}

}  // namespace sifang

#endif
