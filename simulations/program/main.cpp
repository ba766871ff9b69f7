// SPDX-License-Identifier: BSL-1.0
#include "command_line.hpp"
#include "command_table.hpp"
#include "ranks.hpp"
#include "signals.hpp"
#include "streams.hpp"
#include "terminal.hpp"
#include "verbs.hpp"

#include "sifang/io/message_text.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <iostream>
#include <optional>
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

namespace {

/// Understands the words of the command line and does what they ask. Everything that is said goes through `terminal`.
/// \param o  filled with what was asked
/// \returns the code; nothing if the verb ended by an exception, which was told
[[nodiscard]] std::optional<int> serve(const std::vector<std::string>& words, options& o) {
  terminal screen;
  const command asked = understand(words, language_of(words, language_of_environment()));
  o = asked.chosen;
  o.spoken = screen.readable_out(o.lang);
  o.told = screen.readable_error(o.lang);
  o.sparklines = screen.shows_bars();
  screen.speak(o.told);
  for (const complaint& one : asked.wrong) std::cerr << (o.told == sifang::language::zh ? one.zh : one.en) << '\n';
  if (!asked.wrong.empty()) return bad_input;
  if (asked.version)
    std::cout << SIFANG_VERSION << '\n';
  else if (asked.help)
    std::cout << help_text(asked.verb, o.spoken);
  if (asked.version || asked.help) return done;
  // The others keep nothing that is half done: they end at once. A selection may be long, and says that it was stopped.
  if (asked.verb->shared || asked.verb->call == &select) stop_on_signals();
  o.quiet = o.quiet || o.json || !first_rank();
  try {
    return asked.verb->shared || first_rank() ? asked.verb->call(o) : done;
  } catch (const std::exception& e) {
    std::cerr << (o.told == sifang::language::zh ? "失败：" : "failed: ") << e.what() << '\n';
    return std::nullopt;
  }
}

}  // namespace

}  // namespace sifang_program

int main(int argc, char** argv) {
  using namespace sifang_program;
  fill_closed_streams();
  fail_at_file_limits();
  standard_output out;
  if (const int code = begin_ranks(); code != done) return code;
  options o;
  const std::optional<int> code = serve({argv + std::min(argc, 1), argv + argc}, o);
  if (code) return leave_ranks(out.end(o, *code));
  abort_ranks();
  return failed;
}
