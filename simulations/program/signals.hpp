// SPDX-License-Identifier: BSL-1.0
#ifndef SIFANG_PROGRAM_SIGNALS_HPP
#define SIFANG_PROGRAM_SIGNALS_HPP

/// \file
/// What people, terminals and batch systems send to end a run.

namespace sifang_program {

/// From now on SIGINT (Ctrl-C), SIGTERM (a batch system, `timeout`, `kill`) and SIGHUP (a terminal that is closed) set
/// `stop_requested`: what is finished is kept, and the exit code is `failed`. A second one ends the program at once, as
/// signals do (128 + its number in a shell). One that comes within 0.1 s of the first does not count: shells and batch
/// systems send theirs to the process and to its group. A signal that is ignored already stays so (`nohup`).
void stop_on_signals() noexcept;

/// A file that grows beyond `ulimit -f` is output that fails, as on a full disk, and not the end of the program.
void fail_at_file_limits() noexcept;

}  // namespace sifang_program

#endif
