// SPDX-License-Identifier: BSL-1.0
// A model of cases that does not judge its guards.
#include "sifang/petition/case_history.hpp"

struct unguarded {
  using cycle = sifang::petition_cycle;
  using record_type = sifang::case_record;
  using facts_type = sifang::step_facts;
  using rules_type = sifang::case_rules;
  using step = sifang::attempted_step<unguarded>;
  static sifang::day nominal_due(sifang::case_clock, const step&);
  static sifang::day extended(const sifang::clock_run&, const step&);
  static void act(sifang::case_record&, const step&);
};
sifang::basic_case_history<unguarded> mistake{sifang::case_record{}};
