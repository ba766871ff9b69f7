// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_LEDGER_FIT_TABLES_HPP
#define SIFANG_IO_LEDGER_FIT_TABLES_HPP

#include "sifang/core/fault.hpp"
#include "sifang/core/time.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/io/ledger_fit_files.hpp"
#include "sifang/io/ledger_fit_result.hpp"
#include "sifang/io/ledger_hold_out.hpp"

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What a fit found, as a terminal shows it.

namespace sifang {

namespace detail {

/// Writes the tables of a fit in one language.
class ledger_fit_writer {
 public:
  ledger_fit_writer(const ledger_fit& fit, const held_out_fit* held, language lang) : fit_(&fit), held_(held), lang_(lang) {}

  [[nodiscard]] std::string write() {
    rows();
    parameters();
    dispersion();
    durations();
    held_out();
    unfitted();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string in(std::string_view en, std::string_view zh) const { return std::string(spoken(lang_, en, zh)); }
  [[nodiscard]] static std::string chance(double p) {
    if (p < 1e-4) return "< 0.0001";
    char text[32];
    std::snprintf(text, sizeof text, "%.2g", p);
    return text;
  }
  [[nodiscard]] static std::string bounds(const interval& v) {
    if (!v.has_value()) return "–";
    const std::string value = short_figure(v.estimate, 3);
    return v.bounded() ? value + " (" + short_figure(v.lower, 3) + " – " + short_figure(v.upper, 3) + ")" : value;
  }

  void rows() {
    out_ += in("Registrations: ", "登记：") + std::to_string(fit_->rows) + in(", ", "，") + to_string(fit_->first) + in(" to ", " 至 ") +
            to_string(fit_->last);
    const auto other = [&](std::size_t n, std::string_view en, std::string_view zh) {
      if (n > 0) out_ += in("; ", "；") + std::to_string(n) + in(en, zh);
    };
    other(fit_->repeats, " repeats", " 件重复");
    other(fit_->found_by_campaign, " found by the campaign", " 件走访发现");
    other(fit_->backlog, " taken over from before", " 件期初交办");
    out_ += '\n';
    if (fit_->by_remote)
      out_ +=
          in("Season, weekday and dispersion are those of letters, online petitions and calls: visits are registered on reception days.\n",
             "季节、星期与离散程度按信、网、电统计：来访登记在接访日。\n");
    if (fit_->visits > 0 && fit_->on_spot_share > 0)
      out_ += in("Of the visits the scenario answers on the spot, without registering them (reception.on_spot_share): ",
                 "该方案下当场答复、不登记的来访比例（reception.on_spot_share）：") +
              percentage(fit_->on_spot_share, 1) + '\n';
    if (fit_->registered_share < 1)
      out_ += in("Of the matters that arise the scenario registers ", "该方案下产生的诉求登记比例：") +
              percentage(fit_->registered_share, 1) + in(" in its period; others stay silent at first.\n", "（其余起初沉默）。\n");
    out_ += '\n';
  }
  void parameters() {
    std::vector<std::vector<std::string>> rows{{in("parameter", "参数"), in("value", "取值"), in("rows", "件数")}};
    for (const fitted_parameter& p : fit_->parameters) {
      std::string value;
      for (const interval& v : p.values)
        value += (value.empty() ? "" : "; ") + (p.values.size() > 1 ? short_figure(v.estimate, 3) : bounds(v));
      rows.push_back({p.key, value, std::to_string(p.rows)});
    }
    if (rows.size() > 1) out_ += table_of(rows) + '\n';
  }
  void dispersion() {
    std::vector<std::vector<std::string>> rows{{in("arrivals by day", "按日到件"), in("rows", "件数"), in("share", "占比"),
                                                in("index", "离散指数"), in("p, raw", "p（原始）"),
                                                in("index, month and weekday out", "去月份、星期后"), in("p", "p")}};
    for (const group_of_arrivals& g : fit_->groups) {
      if (g.what == "township") continue;  // arrivals.csv has them
      const std::string name = g.what == "all" ? in("all", "全部") : g.what == "remote" ? in("letters, online, calls", "信、网、电") : g.id;
      rows.push_back({name, std::to_string(g.rows), percentage(g.share.estimate, 1), g.is_tested ? short_figure(g.as_one.index, 3) : "–",
                      g.is_tested ? chance(g.as_one.p) : "–",
                      g.is_tested ? short_figure(g.dispersion.index, 3) : in("too few rows", "件数太少"),
                      g.is_tested ? chance(g.dispersion.p) : "–"});
    }
    if (rows.size() == 1) return;
    out_ += in("Index: variance over mean of a day's count, 1 if Poisson; p: chance of so much or more if it were (Fisher's dispersion "
               "test).\n",
               "离散指数：日到件数的方差与均值之比，泊松为 1；p：若为泊松，出现同样或更大值的概率（费希尔离散检验）。\n") +
            table_of(rows) + '\n';
  }
  void durations() {
    for (const fitted_duration& d : fit_->durations) {
      out_ +=
          in(texts_of<case_duration>[static_cast<std::size_t>(d.which)].en, texts_of<case_duration>[static_cast<std::size_t>(d.which)].zh) +
          in(", days: ", "（天）：") + std::to_string(d.ended) + in(" ended, ", " 件已完成，") + std::to_string(d.seen.size() - d.ended) +
          in(" open, ", " 件未完，") + std::to_string(d.set_aside) + in(" taken as never to end\n", " 件视为不再完成\n");
      if (d.fits.empty()) {
        out_ += in("  too few for a law\n\n", "  件数太少，不拟合分布\n\n");
        continue;
      }
      std::vector<std::vector<std::string>> rows{{in("law", "分布"), in("mean", "均值"), in("cv", "变异系数"), "AIC",
                                                  in("A², p by bootstrap", "A²（自助法 p）"), in("KS, p", "KS(p)")}};
      const double z = elementary::normal_quantile(0.5 + fit_->confidence / 2);
      for (std::size_t i = 0; i < d.fits.size(); ++i) {
        const fit_verdict& v = d.verdicts[i];
        const auto with = [&](double x, double p) { return short_figure(x, 3) + (v.samples > 0 ? ", " + chance(p) : std::string()); };
        rows.push_back({std::string(name_of(d.fits[i].law.family)), bounds(d.fits[i].mean(z)), bounds(d.fits[i].cv(z)),
                        short_figure(d.fits[i].aic, 6), with(v.distance.anderson_darling, v.p_anderson_darling),
                        with(v.distance.kolmogorov_smirnov, v.p_kolmogorov_smirnov)});
      }
      out_ += table_of(rows) + '\n';
    }
    const auto say = [&](const interval& v, std::string_view en, std::string_view zh) {
      if (v.has_value()) out_ += in(en, zh) + bounds(v) + '\n';
    };
    say(fit_->repeat_share, "Share of rows that are repeats: ", "重复件占比：");
    say(fit_->repeats_per_case, "Repeats per case: ", "每件重复信访次数：");
    say(fit_->rebounds_per_case, "Rebounds per case: ", "每件反弹次数：");
  }
  void held_out() {
    if (held_ == nullptr) return;
    std::vector<std::vector<std::string>> rows{{in("held out", "留出检验"), "", in("predicted", "预测"), in("found", "实际"),
                                                in("error", "误差"), in("within", "在区间内"), in("naive error", "朴素方法误差")}};
    std::size_t bounded = 0, within = 0;
    for (const held_out_figure& f : held_->figures) {
      const bool is_bounded = f.predicted.bounded(), is_in = f.predicted.contains(f.found);
      bounded += is_bounded;
      within += is_bounded && is_in;
      rows.push_back({f.what, f.id, bounds(f.predicted), short_figure(f.found, 3), short_figure(f.predicted.estimate - f.found, 3),
                      !is_bounded ? ""
                      : is_in     ? in("yes", "是")
                                  : in("no", "否"),
                      short_figure(f.naive - f.found, 3)});
    }
    out_ += '\n' + in("Fitted to the rows before ", "以此日之前的数据拟合：") + to_string(held_->first) +
            in(", compared with ", "，与之后 ") + std::to_string(held_->rows) + in(" rows from then to ", " 件对照，至 ") +
            to_string(held_->last) + ":\n" + table_of(rows);
    out_ += std::to_string(within) + '/' + std::to_string(bounded) + in(" figures lie within their interval\n", " 项落在区间内\n");
  }
  void unfitted() {
    if (fit_->unfitted.empty()) return;
    out_ += '\n' + in("Not fitted:\n", "未拟合：\n");
    for (const unfitted_parameter& u : fit_->unfitted) {
      out_ += "  " + u.key + in(": ", "：") + in(u.why.en, u.why.zh);
      if (u.rows > 0) out_ += in(" (there are ", "（现有 ") + std::to_string(u.rows) + in(")", "）");
      out_ += '\n';
    }
  }

  const ledger_fit* fit_;
  const held_out_fit* held_;
  language lang_;
  std::string out_;
};

}  // namespace detail

/// The tables of a fit, for a terminal. \param held  null: nothing was held out
[[nodiscard]] inline std::string ledger_fit_tables(const ledger_fit& fit, const held_out_fit* held, language lang) {
  return detail::ledger_fit_writer(fit, held, lang).write();
}

}  // namespace sifang

#endif
