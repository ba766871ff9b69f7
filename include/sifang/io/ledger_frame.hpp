// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_IO_LEDGER_FRAME_HPP
#define SIFANG_IO_LEDGER_FRAME_HPP

#include "sifang/county/scenario.hpp"
#include "sifang/io/ledger_reading.hpp"
#include "sifang/io/ledger_words.hpp"
#include "sifang/org/organisation.hpp"

#include <string>
#include <vector>

namespace sifang {

/// What a ledger is checked against where it is to be replayed under a scenario: its categories, its days, its county.
class ledger_frame {
 public:
  /// \param posts  lives as long as this
  ledger_frame(const scenario& s, const organisation& posts) : first_(s.first()), last_(s.last()), posts_(&posts) {
    for (const category_setting& c : s.categories) {
      ids_.push_back(c.id);
      names_.push_back({c.id, c.en, c.zh});
    }
  }
  /// Implicit, as it is nothing else. It refers to this.
  operator case_load_frame() const {  // NOLINT(google-explicit-constructor)
    return {&posts_->units(), ids_, first_, last_, names_, posts_};
  }

 private:
  std::vector<std::string> ids_;
  std::vector<named_category> names_;
  day first_, last_;
  const organisation* posts_;
};

}  // namespace sifang

#endif
