// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_SELECTION_TABLES_HPP
#define SIFANG_IO_SELECTION_TABLES_HPP

#include "sifang/core/assert.hpp"
#include "sifang/core/fault.hpp"
#include "sifang/core/one_line.hpp"
#include "sifang/county/metrics.hpp"
#include "sifang/experiment/select_policy.hpp"
#include "sifang/io/figure_text.hpp"
#include "sifang/stats/selection.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sifang {

namespace detail {

/// What a selection found, as a terminal shows it.
class selection_writer {
 public:
  selection_writer(const policy_selection& s, std::span<const std::string> names, language lang) : s_(s), names_(names), lang_(lang) {}

  [[nodiscard]] std::string write() {
    answer();
    others();
    table();
    notes();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string in(std::string_view en, std::string_view zh) const { return std::string(spoken(lang_, en, zh)); }
  [[nodiscard]] std::string_view unit() const noexcept { return info(s_.what).unit; }
  [[nodiscard]] std::string name(std::size_t k) const { return one_line(names_[k]); }
  [[nodiscard]] std::string names_of(const std::vector<std::size_t>& which) const {
    std::string out;
    for (const std::size_t k : which) out.append(out.empty() ? "" : in(", ", "、")).append(name(k));
    return out;
  }
  [[nodiscard]] static std::string short_number(double x) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", x);
    return text;
  }
  [[nodiscard]] std::string delta() const {
    if (unit() == "share") return short_number(100 * s_.delta) + in(" pp", "个百分点");
    if (lang_ == language::en) return short_number(s_.delta) + (unit().empty() ? "" : " ") + std::string(unit());
    return short_number(s_.delta) + (unit() == "days" ? "天" : unit() == "minutes" ? "分钟" : unit() == "hours" ? "小时" : "");
  }
  [[nodiscard]] std::string level() const { return short_number(100 * s_.confidence) + " %"; }
  [[nodiscard]] std::string most_years() const {
    std::size_t most = 0;
    for (const selection_fate& f : s_.found.fates) most = (std::max)(most, f.replications);
    return std::to_string(most);
  }
  [[nodiscard]] std::string needed() const {
    constexpr std::size_t beyond_sense = 1000000000;
    return s_.found.needed < beyond_sense ? std::to_string(s_.found.needed) : in("more than a thousand million", "十亿以上");
  }
  /// The policies that did not differ from the selected one in any year that was played.
  [[nodiscard]] std::vector<std::size_t> alike() const {
    std::vector<std::size_t> out;
    for (std::size_t k = 0; k < s_.found.fates.size(); ++k) {
      if (s_.found.fates[k].alike) out.push_back(k);
    }
    return out;
  }

  /// One sentence: which is best, how sure, after how many years.
  void answer() {
    const std::string best = name(s_.found.best), metric(spoken(lang_, info(s_.what).en, info(s_.what).zh));
    const std::string all = std::to_string(s_.found.replications), most = most_years();
    if (alike().size() + 1 == s_.found.fates.size()) {
      out_ += in("No policy differs from another in '", "各方案在“") + metric + in("' in ", "”上于 ") + most +
              in(" years: any of them is as good, and ", " 个模拟年内毫无差异：任一方案均可，此处取第一个 ") + best +
              in(" stands for all, as the first.\n", "。\n");
    } else if (s_.is_guaranteed()) {
      out_ += in("Best in '", "“") + metric + in("': ", "”最优：") + best + in(". Found in ", "。模拟 ") + all +
              in(" years, at most ", " 年（每个方案至多 ") + most + in(" of a policy.\n", " 年）得出。\n") + promise();
    } else if (s_.budget > 0) {
      out_ +=
          in("Best in '", "“") + metric + in("' by ", "”：") + all +
          in(" years, dealt out where they tell most: ", " 个模拟年（按信息量分配）中最优的是 ") + best +
          in(". Nothing is guaranteed; given these years, it is the best with a probability of ", "。无保证；据此各年，其为最优的概率为 ") +
          chance_text(s_.chances[s_.found.best]) + in(".\n", "。\n");
    } else {
      out_ += in("Not decided after ", "模拟每个方案 ") + most +
              in(" years of each policy: at most ", " 年仍未能确定：按目前的波动至多需 ") + needed() +
              in(" would be needed. Best so far in '", " 年。目前“") + metric + in("': ", "”最优的是 ") + best +
              in(". Ask for a larger --delta, or for the best of a --budget.\n", "。可加大 --delta，或以 --budget 限定年数。\n");
    }
  }
  /// What is guaranteed.
  [[nodiscard]] std::string promise() const {
    if (s_.method == selection_method::staged)
      return in("With a probability of ", "所选方案与最优方案相差不到 ") + (lang_ == language::en ? level() : delta()) +
             in(" at least it is the best, or nearer to the best than ", " 的概率在 ") + (lang_ == language::en ? delta() : level()) +
             in(".\n", " 以上。\n");
    return in("Where the best policy is better than each other by ", "若最优方案比其他各方案至少优 ") + delta() +
           in(", it is found so with a probability of ", "，则以 ") + level() +
           in(" at least; policies nearer to it than that are as good.\n", " 以上的概率选中它；差距更小的方案视为同样好。\n");
  }
  /// Who stands beside the best.
  void others() {
    const std::vector<std::size_t> same = alike();
    if (!same.empty() && same.size() + 1 < s_.found.fates.size()) {
      for (const std::size_t k : same) {
        out_ += name(k) + in(": no difference from ", "：与 ") + name(s_.found.fates[k].by) +
                in(" was seen; either is as good\n", " 未见差异，二者同样好\n");
      }
    }
    std::vector<std::size_t> open;
    for (std::size_t k = 0; k < s_.beside.may_be_best.size(); ++k) {
      if (k != s_.found.best && s_.beside.may_be_best[k] && !s_.found.fates[k].alike) open.push_back(k);
    }
    if (!open.empty()) {
      out_ += in("Not excluded as the best, if differences below ", "若计较小于 ") + delta() +
              in(" count: ", " 的差异，尚不能排除其为最优的：") + names_of(open) + '\n';
    }
    out_ += '\n';
  }
  void table() {
    std::vector<std::vector<std::string>> rows{{in("policy", "方案"), in("years", "年数"), std::string(info(s_.what).name),
                                                in("better than the best other by, ", "优于其余最优者（") + level() + in("", "）"),
                                                in("best, probability", "最优的概率"), in("left after", "退出")}};
    for (std::size_t k = 0; k < s_.found.fates.size(); ++k) {
      const selection_fate& f = s_.found.fates[k];
      const std::string when = std::to_string(f.replications) + in(" years, behind ", " 年，落后于 ") + name(f.by);
      rows.push_back({(k == s_.found.best ? "* " : "  ") + name(k), std::to_string(f.replications),
                      interval_text(s_.estimates[k], unit(), lang_), difference_text(s_.beside.advantage[k], unit(), lang_),
                      chance_text(s_.chances[k]),
                      f.alike  ? in("alike", "无差异")
                      : f.left ? when
                               : in("–", "–")});
    }
    out_ += table_of(rows);
  }
  void notes() {
    out_ +=
        in("Comparisons with the best other hold together, approximately where years were added by what was seen.\nThey show chance only: "
           "wrong "
           "assumptions are not in them.\n",
           "与其余最优者的比较同时成立；年数随所见增加时为近似值。\n仅反映随机误差，不含假设之误。\n");
  }

  const policy_selection& s_;
  std::span<const std::string> names_;
  language lang_;
  std::string out_;
};

}  // namespace detail

/// The answer in a sentence, and a table of the policies: years, estimate, how each stands beside the best of the others, the
/// probability that it is the best, when it left.
/// \param names  of the policies, in their order
/// \pre the selection found estimates of all policies; asserted
[[nodiscard]] inline std::string selection_tables(const policy_selection& s, std::span<const std::string> names, language lang) {
  SIFANG_ASSERT(s.estimates.size() == names.size() && s.beside.advantage.size() == names.size() && s.chances.size() == names.size(),
                "a selection that found estimates of these policies");
  return detail::selection_writer(s, names, lang).write();
}

}  // namespace sifang

#endif
