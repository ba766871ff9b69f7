// SPDX-License-Identifier: BSL-1.0
#include "command_line.hpp"
#include "command_table.hpp"
#include "ranks.hpp"
#include "terminal.hpp"
#include "verbs.hpp"

#include "sifang/io/message_text.hpp"

#include <algorithm>
#include <csignal>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

namespace sifang_program {

std::atomic<bool> stop_requested{false};

int tell(const std::vector<sifang::fault>& faults, const options& o) {
  std::vector<sifang::fault> told = faults;
  sifang::tidy(told);  // of several files, and of the model, which has not cut its own
  for (const sifang::fault& f : told) std::cerr << to_string(f, o.told) << '\n';
  return bad_input;
}

}  // namespace sifang_program

int main(int argc, char** argv) {
  using namespace sifang_program;
  if (const int code = begin_ranks(); code != done) return code;
  terminal screen;
  const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  const command asked = understand(words, language_of(words, language_of_environment()));
  options o = asked.chosen;
  o.spoken = screen.readable_out(o.lang);
  o.told = screen.readable_error(o.lang);
  screen.speak(o.told);
  for (const complaint& one : asked.wrong) std::cerr << (o.told == sifang::language::zh ? one.zh : one.en) << '\n';
  if (!asked.wrong.empty()) return leave_ranks(bad_input);
  if (asked.version) std::cout << SIFANG_VERSION << '\n';
  else if (asked.help) std::cout << help_text(asked.verb, o.spoken);
  if (asked.version || asked.help) return leave_ranks(done);
  std::signal(SIGINT, [](int) { stop_requested.store(true); });
  o.quiet = o.quiet || !first_rank();
  try {
    return leave_ranks(asked.verb->shared || first_rank() ? asked.verb->call(o) : done);
  } catch (const std::exception& e) {
    std::cerr << (o.told == sifang::language::zh ? "失败:" : "failed: ") << e.what() << '\n';
    abort_ranks();
    return failed;
  }
}
